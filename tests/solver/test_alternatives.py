"""Alternatives: nearly as cheap, far enough apart, told truly; and what a bound proves, checked by brute force."""

from __future__ import annotations

import itertools
import random

import pytest

from solver.alternatives import Alternatives, alternatives
from solver.check import Checker
from solver.formats import generate, kitchen
from solver.nearby import Distance, rows_of
from solver.problem import Person, Problem
from solver.proof import Proof, proof, wishes_at_most
from solver.roster import Outcome, Roster
from solver.rules import Bounds, Coverage, Pin, Pins, Requests, Wish
from solver.run import Limits, Stop
from solver.search import solve
from tests.solver import hotel, small, test_agreement
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
    found = alternatives(problem, best, within=10, seconds=12)
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


def outcome(status: str, cost: int | None, bound: int | None) -> Outcome:
    return Outcome(status=status, roster=None, cost=cost, bound=bound, seconds=1.0, first_seconds=None)


def test_a_bound_says_what_it_proves_and_no_more():
    assert proof(outcome("infeasible", None, None)) == Proof(kind="none", args={})
    assert proof(outcome("optimal", 40, 40)) == Proof(kind="cheapest", args={"cost": 40})
    assert proof(outcome("feasible", 50, 40)) == Proof(kind="at_least", args={"cost": 40, "found": 50})
    assert proof(outcome("unknown", None, 7)) == Proof(kind="at_least", args={"cost": 7, "found": -1})
    assert proof(outcome("feasible", 50, 0)) is None
    assert proof(outcome("feasible", 50, None)) is None


@pytest.mark.parametrize("seed", range(4))
def test_the_number_of_wishes_is_that_of_brute_force(seed):
    chance = random.Random(seed)
    wishes = tuple(
        Wish(person=chance.choice(NAMES), day=chance.randrange(3), shift=chance.choice(THREE).id,
             wanted=chance.random() < 0.7, weight=chance.randint(1, 9))
        for _ in range(9)
    )  # fmt: skip
    problem = swapping(3)
    problem = problem.model_copy(update={"rules": (*problem.rules, Requests(id="wishes", weight=5, wishes=wishes))})
    rows = list(itertools.product([shift.id for shift in THREE], repeat=3))
    best = 0
    for chosen in itertools.product(rows, repeat=2):
        checker = Checker(problem, dict(zip(NAMES, chosen, strict=True)))
        if not checker.hard:
            best = max(best, len(wishes) - len(checker.violations()))
    assert wishes_at_most(problem, seconds=10) == Proof(
        kind="wishes", args={"granted": best, "wishes": len(wishes), "met": best}
    )


def test_the_hotel_learns_how_many_wishes_can_be_met():
    told = wishes_at_most(hotel.kitchen(), seconds=6)
    assert told is not None
    assert told.args["met"] <= told.args["granted"] <= told.args["wishes"]
