"""Alternatives: nearly as cheap, far enough apart, told truly."""

from __future__ import annotations

import random

import pytest

from solver.alternatives import Alternatives, alternatives
from solver.check import Checker
from solver.formats import generate, kitchen
from solver.nearby import Distance, rows_of
from solver.problem import Person, Problem
from solver.roster import Roster
from solver.rules import Bounds, Coverage, Pin, Pins
from solver.run import Limits, Stop
from solver.search import solve
from tests.solver import small, test_agreement
from tests.solver.tiny import SHIFTS, START

THREE = SHIFTS[:3]
NAMES = ("ann", "bo")


def convict(problem: Problem, best: Roster, within: float, found: Alternatives) -> None:
    """Fail unless each alternative is cheap and unlike each other roster, and is told as it is."""
    known = [best]
    most = Checker(problem, best).cost * (1 + within / 100)
    for one in found.found:
        here = Checker(problem, one.roster)
        assert (here.hard, here.undecided, here.cost) == (0, 0, one.cost)
        assert here.cost <= found.most <= most
        apart = [
            sum(old != new for was, now in zip(other.cells, here.roster.cells, strict=True)
                for old, new in zip(was, now, strict=True))
            for other in known
        ]  # fmt: skip
        assert min(apart) == one.nearest >= found.distance
        assert len(one.moved) == apart[0]
        assert sum(rule.here - rule.best for rule in one.rules) == one.difference
        known.append(here.roster)


def swapping(days: int = 4) -> Problem:
    """Two who may change places every day: 2 ** days rosters cost the same."""
    cover = tuple(
        Coverage(id=f"one {shift}", hard=True, shifts=(shift,), every_day=Bounds(minimum=1, maximum=1))
        for shift in ("work", "off")
    )
    pin = Pins(id="pin", cells=(Pin(person="ann", day=0, shift="work"),))
    people = tuple(Person(id=name) for name in NAMES)
    return Problem(start=START, days=days, shifts=THREE, people=people, rules=(*cover, pin))


def test_all_alternatives_of_a_small_problem_are_found_and_no_more():
    problem = swapping()
    best = solve(problem, Limits(seconds=10, workers=1)).roster
    found = alternatives(problem, best, within=0, count=20, apart=20, seconds=20)
    convict(problem, best, 0, found)
    assert (found.free, found.distance) == (7, 2)
    assert found.exhausted
    assert len(found.found) == 2**3 - 1


def test_shift_types_that_the_roster_gives_nobody_come_only_where_nothing_else_is_left():
    plenty = Problem(start=START, days=8, shifts=THREE, people=tuple(Person(id=name) for name in NAMES))
    best = Roster(plenty, {name: ["work", "off"] * 4 for name in NAMES})
    found = alternatives(plenty, best, apart=40, seconds=10)
    convict(plenty, best, 5, found)
    assert {shift for one in found.found for row in one.roster.values() for shift in row} == {"work", "off"}
    assert len(found.found) == 3
    alike = Roster(plenty, {name: ["work"] * 8 for name in NAMES})
    found = alternatives(plenty, alike, apart=40, seconds=10)
    convict(plenty, alike, 5, found)
    assert len(found.found) == 3


def test_alternatives_too_near_are_convicted():
    """The control: the same rosters do not pass where more distance is asked, or less cost."""
    problem = swapping()
    best = solve(problem, Limits(seconds=10, workers=1)).roster
    found = alternatives(problem, best, within=0, count=3, apart=20, seconds=20)
    with pytest.raises(AssertionError):
        convict(problem, best, 0, found.model_copy(update={"distance": 7}))
    doubled = (found.found[0], found.found[0])
    with pytest.raises(AssertionError):
        convict(problem, best, 0, found.model_copy(update={"found": doubled}))


def test_a_kitchen_has_three_alternatives_in_ten_percent_of_the_cells():
    problem = kitchen.problem(generate.kitchen(8, 31, 1))
    best = solve(problem, Limits(seconds=10)).roster
    found = alternatives(problem, best, within=10, seconds=30)
    convict(problem, best, 10, found)
    assert len(found.found) == 3
    assert found.distance * 10 >= found.free
    assert {one.shift for one in found.found[0].fairness} == set(problem.index.shift)


def test_the_distance_rule_costs_and_forbids_what_it_specifies():
    for draw in range(150):
        chance = random.Random(f"distance-{draw}")
        plain = small.problem([], chance)
        near = Roster(plain, small.roster(plain, chance, 0.3))
        rule = Distance(id="d", hard=draw % 2 == 0, rows=rows_of(near), minimum=chance.randint(12, 20))
        problem = plain.model_copy(update={"rules": (rule,)})
        cells = small.roster(problem, chance)
        assert test_agreement.by_model(problem, cells) == test_agreement.by_specification(problem, cells)


def test_what_makes_no_sense_is_an_error():
    problem = swapping()
    best = solve(problem, Limits(seconds=10, workers=1)).roster
    with pytest.raises(ValueError, match="within"):
        alternatives(problem, best, within=-1)
    with pytest.raises(ValueError, match="empty cells"):
        alternatives(problem, Roster(problem))


def test_a_cancelled_search_for_alternatives_ends():
    problem = swapping()
    best = solve(problem, Limits(seconds=10, workers=1)).roster
    stop = Stop()
    stop.cancel()
    assert alternatives(problem, best, stop=stop).found == ()
