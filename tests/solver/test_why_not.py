"""Why not: the price of a cell is that of brute force, told rule by rule, by the checker."""

from __future__ import annotations

import itertools
import random

import pytest

from solver.check import Checker
from solver.formats import generate, kitchen
from solver.problem import Person, Problem
from solver.roster import Roster
from solver.rules import (
    Bounds,
    ConsecutiveWork,
    Coverage,
    Eligibility,
    GroupCover,
    Pattern,
    Pin,
    Pins,
    Requests,
    Scope,
    Sequences,
    Wish,
)
from solver.run import Limits
from solver.search import solve
from solver.why_not import why_not
from tests.solver.tiny import SHIFTS, START

THREE = SHIFTS[:3]
NAMES = ("ann", "bo")
DAYS = 4


def small(seed: int) -> Problem:
    chance = random.Random(seed)
    steps = tuple(tuple((chance.choice(THREE).id,) for _ in range(2)) for _ in range(3))
    rules = (
        Sequences(id="sequence", weight=chance.randint(1, 5), patterns=tuple(Pattern(steps=step) for step in steps)),
        ConsecutiveWork(id="row", hard=True, limit=3),
        Coverage(id="work", weight=3, shifts=("work",), every_day=Bounds(minimum=1, maximum=1)),
        GroupCover(id="group", weight=4, members=NAMES, limit=2),
        Requests(id="wish", wishes=(Wish(person="bo", day=1, shift="early", weight=chance.randint(1, 9)),)),
        Eligibility(id="no early", scope=Scope(people=("ann",), days=(3,)), refused=("early",)),
    )
    return Problem(start=START, days=DAYS, shifts=THREE, people=tuple(Person(id=name) for name in NAMES), rules=rules)


def cheapest_with(problem: Problem, person: str, day: int, shift: str) -> int:
    rows = list(itertools.product([one.id for one in THREE], repeat=DAYS))
    prices = (
        Checker(problem, dict(zip(NAMES, chosen, strict=True)))
        for chosen in itertools.product(rows, repeat=2)
        if chosen[NAMES.index(person)][day] == shift
    )
    return min(price.cost for price in prices if not price.hard)


@pytest.mark.parametrize("seed", range(3))
def test_the_difference_is_that_of_brute_force(seed):
    problem = small(seed)
    best = solve(problem, Limits(seconds=20, workers=1)).roster
    for person, day, shift in (("ann", 0, "off"), ("bo", 2, "early"), ("bo", 3, "work")):
        answer = why_not(problem, best, person, day, shift, seconds=20)
        expected = cheapest_with(problem, person, day, shift) - Checker(problem, best).cost
        assert (answer.status, answer.difference, answer.exact) == ("possible", expected, True)
        assert answer.at_least == expected


def told(problem: Problem, roster: Roster, answer) -> tuple[Checker, Checker]:
    """The roster as it is and the one that the answer's moves make."""
    now, then = Checker(problem, roster), Checker(problem, roster)
    for move in answer.moved:
        assert now.roster.cells[problem.index.person[move.person]][move.day] == move.before
        then.set(move.person, move.day, move.after)
    return now, then


def check_told(problem: Problem, roster: Roster, answer) -> None:
    now, then = told(problem, roster, answer)
    assert then.hard == 0
    assert then.cost - now.cost == answer.difference
    assert [one for one in then.violations() if one not in now.violations()] == list(answer.broken)
    assert [one for one in now.violations() if one not in then.violations()] == list(answer.mended)


def test_what_is_broken_mended_and_moved_adds_up_to_the_difference():
    problem = kitchen.problem(generate.kitchen(8, 31, 1))
    roster = solve(problem, Limits(seconds=10)).roster
    free = Checker(problem, roster)
    asked = 0
    for name, day in itertools.product(map(str, range(4)), (5,)):
        shift = "O" if free.roster.cells[problem.index.person[name]][day] != "O" else "W"
        answer = why_not(problem, roster, name, day, shift, seconds=4) if asked < 2 else None
        if answer is not None and answer.status == "possible":
            asked += 1
            assert (answer.moved[0].person, answer.moved[0].day, answer.moved[0].after) == (name, day, shift)
            check_told(problem, roster, answer)
            assert answer.at_least is None or answer.at_least <= answer.difference
    assert asked >= 2


def test_an_answer_that_leaves_a_move_out_does_not_add_up():
    """The control of the test above."""
    problem = small(1)
    best = solve(problem, Limits(seconds=20, workers=1)).roster
    other = "off" if best.cells[0][0] == "work" else "work"
    answer = why_not(problem, best, "ann", 0, other, seconds=20)
    check_told(problem, best, answer)
    assert answer.moved
    with pytest.raises(AssertionError):
        check_told(problem, best, answer.model_copy(update={"moved": answer.moved[1:]}))


def test_the_fewest_cells_move_among_rosters_of_one_price():
    people = tuple(Person(id=name) for name in ("ann", "bo", "cy", "di"))
    cover = Coverage(id="work", weight=3, shifts=("work",), every_day=Bounds(minimum=2, maximum=2))
    problem = Problem(start=START, days=5, shifts=THREE, people=people, rules=(cover,))
    rows = {"ann": ["work"] * 5, "bo": ["work"] * 5, "cy": ["off"] * 5, "di": ["off"] * 5}
    answer = why_not(problem, Roster(problem, rows), "ann", 2, "off", seconds=10)
    assert (answer.difference, len(answer.moved), answer.exact) == (0, 2, True)
    assert (answer.alone.cost, answer.alone.hard) == (3, 0)


def test_a_shift_that_the_hard_rules_do_not_allow_is_answered_with_those_rules():
    problem = small(0)
    best = solve(problem, Limits(seconds=20, workers=1)).roster
    answer = why_not(problem, best, "ann", 3, "early", seconds=10)
    assert answer.status == "clash"
    assert [(part.rule, part.people, part.days) for part in answer.clash.parts] == [("no early", ("ann",), (3,))]
    assert answer.clash.minimal
    assert answer.alone.hard == 1
    assert [violation.rule for violation in answer.broken if violation.hard] == ["no early"]


def test_a_pinned_cell_names_its_pin():
    problem = small(0)
    pinned = problem.model_copy(
        update={"rules": (*problem.rules, Pins(id="pin", cells=(Pin(person="bo", day=0, shift="work"),)))}
    )
    best = solve(pinned, Limits(seconds=20, workers=1)).roster
    answer = why_not(pinned, best, "bo", 0, "off", seconds=10)
    assert [part.rule for part in answer.clash.parts] == ["pin"]


def test_a_cell_that_is_not_there_is_an_error():
    problem = small(0)
    with pytest.raises(ValueError, match="no cell"):
        why_not(problem, Roster(problem), "cy", 0, "off")
    with pytest.raises(ValueError, match="no shift"):
        why_not(problem, Roster(problem), "bo", 0, "holiday")
