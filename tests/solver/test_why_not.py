"""Why not: the price of a cell is that of brute force, told rule by rule, by the checker."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest

from solver.check import Checker
from solver.formats import generate, kitchen
from solver.nearby import moves, with_rules
from solver.problem import Problem
from solver.roster import Cells, Roster
from solver.rules import (
    ConsecutiveWork,
    Eligibility,
    Pin,
    Pins,
    Requests,
    Scope,
    Wish,
)
from solver.run import Limits
from solver.search import solve
from solver.why_not import why_not
from tests.solver.asked_cells import DAYS, NAMES, THREE, balanced, check_told, crew, small, told


def priced(problem: Problem, roster: Cells) -> Counter:
    """The cost of what is broken, each rule, place and side apart."""
    found = Counter()
    for one in Checker(problem, roster).violations():
        found[one.rule, one.people, one.days, "minimum" in one.detail] += one.cost
    return found


def least_worse(problem: Problem, now: Cells, person: str, day: int, shift: str) -> int:
    """By brute force: what becomes worse at least, less what the cell mends by itself."""
    alone = {name: list(row) for name, row in now.items()}
    alone[person][day] = shift
    before, changed = priced(problem, now), priced(problem, alone)
    rows = list(itertools.product([one.id for one in THREE], repeat=DAYS))
    rosters = (dict(zip(NAMES, chosen, strict=True)) for chosen in itertools.product(rows, repeat=2))
    found = (priced(problem, one) for one in rosters if one[person][day] == shift and not Checker(problem, one).hard)
    mended = sum((before - changed).values())
    return min(sum((after - (before & changed)).values()) for after in found) - mended


@pytest.mark.parametrize("seed", range(3))
def test_the_difference_is_that_of_brute_force(seed):
    """Also on a roster that could be better anywhere."""
    problem = small(seed)
    best = solve(problem, Limits(seconds=20, workers=1)).roster
    poor = Roster(problem, {"ann": ["off", "work", "work", "off"], "bo": ["early", "off", "off", "work"]})
    assert not Checker(problem, poor).hard
    for roster, (person, day, shift) in itertools.product(
        (best, poor), (("ann", 0, "off"), ("bo", 2, "early"), ("bo", 3, "work"))
    ):
        answer = why_not(problem, roster, person, day, shift, seconds=20)
        expected = least_worse(problem, roster.rows(), person, day, shift)
        assert (answer.status, answer.difference, answer.exact) == ("possible", expected, True)
        assert answer.at_least == expected


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
    problem, roster = crew(5, range(5), range(5), (), ())
    answer = why_not(problem, roster, "ann", 2, "off", seconds=10)
    assert (answer.difference, len(answer.moved), answer.exact) == (0, 2, True)
    assert (answer.alone.cost, answer.alone.hard) == (3, 0)


def test_where_cells_move_that_save_little_a_way_with_fewer_is_told_at_its_true_price():
    problem, roster = balanced()
    answer = why_not(problem, roster, "ann", 2, "off", seconds=10)
    assert (answer.difference, len(answer.moved), answer.exact) == (0, 4, True)
    assert answer.fewer is not None
    assert [(move.person, move.day) for move in answer.fewer.moved] == [("ann", 2), ("bo", 2)]
    now, then = told(problem, roster, answer.model_copy(update={"moved": answer.fewer.moved}))
    assert (then.hard, then.cost - now.cost, answer.fewer.difference) == (0, 1, 1)


def test_no_other_way_is_told_where_every_move_is_worth_it_or_two_cells_move():
    problem, roster = balanced()
    dear = with_rules(problem, (rule.model_copy(update={"weight": 3}) for rule in problem.rules))
    answer = why_not(dear, roster, "ann", 2, "off", seconds=10)
    assert (answer.difference, len(answer.moved), answer.fewer) == (0, 4, None)
    problem, roster = crew(5, range(5), range(5), (), ())
    assert why_not(problem, roster, "ann", 2, "off", seconds=10).fewer is None


def test_what_could_be_better_elsewhere_is_left_alone_and_not_in_the_price():
    problem, roster = crew(9, range(9), range(6), (), ())  # nobody beside ann from day 6 on
    answer = why_not(problem, roster, "ann", 2, "off", seconds=10)
    assert {move.day for move in answer.moved} == {2}
    assert (answer.difference, answer.besides, answer.exact, len(answer.moved)) == (0, 0, True, 2)


def test_the_cheapest_roster_with_the_shift_is_another_answer():
    """The control of the test above: it mends what has nothing to do with the shift, and its price is no price."""
    problem, roster = crew(9, range(9), range(6), (), ())
    forced = Pins(id="asked", cells=(Pin(person="ann", day=2, shift="off"),))
    cheapest = solve(with_rules(problem, (*problem.rules, forced)), Limits(10, 1), roster)
    assert cheapest.cost - Checker(problem, roster).cost == -9
    assert {move.day for move in moves(roster, cheapest.roster)} >= {2, 6, 7, 8}


def test_what_the_shift_itself_mends_is_in_the_price():
    problem, roster = crew(9, range(9), range(6), (), ())
    answer = why_not(problem, roster, "bo", 7, "work", seconds=10)
    assert (answer.difference, answer.besides, len(answer.moved)) == (-3, 0, 1)


def test_what_moved_cells_mend_besides_is_told_and_not_in_the_price():
    """Only cy may work for ann, and had wished to anyway."""
    problem, roster = crew(3, range(3), range(3), (), ())
    wish = Requests(id="wish", wishes=(Wish(person="cy", day=1, shift="work", weight=2),))
    barred = Eligibility(id="di never", hard=True, scope=Scope(people=("di",)), refused=("work",))
    problem = with_rules(problem, (*problem.rules, wish, barred))
    answer = why_not(problem, roster, "ann", 1, "off", seconds=10)
    assert [(move.person, move.day) for move in answer.moved] == [("ann", 1), ("cy", 1)]
    assert (answer.difference, answer.besides) == (0, 2)
    check_told(problem, roster, answer)


def test_a_hard_rule_that_is_broken_elsewhere_is_no_reason_and_stays_as_it_is():
    problem, roster = crew(5, range(5), range(5), (), ())
    pinned = Pins(id="pin", cells=(Pin(person="cy", day=4, shift="work"),))
    row = ConsecutiveWork(id="row", hard=True, scope=Scope(people=("bo",)), limit=3)
    problem = with_rules(problem, (*problem.rules, pinned, row))
    assert Checker(problem, roster).hard == 3
    answer = why_not(problem, roster, "ann", 0, "off", seconds=10)
    assert (answer.status, answer.difference, len(answer.moved)) == ("possible", 0, 2)
    assert {move.day for move in answer.moved} == {0}


def test_empty_cells_are_filled_in_and_the_price_is_of_the_shift_alone():
    problem, full = crew(6, range(6), range(6), (), ())
    rows = {name: [*row[:3], None, None, None] for name, row in full.rows().items()}
    answer = why_not(problem, Roster(problem, rows), "ann", 1, "off", seconds=10)
    assert (answer.status, answer.difference, len(answer.moved)) == ("possible", 0, 2)


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
