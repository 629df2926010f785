"""Diverging: away from every known roster, for what may be spent where that does, and for more where it does not."""

from __future__ import annotations

import pytest

from solver import diverge as diverge_module
from solver.alternatives import alternatives
from solver.check import Checker
from solver.diverge import diverge
from solver.formats import generate, kitchen
from solver.nearby import moves
from solver.problem import Person, Problem
from solver.roster import Roster
from solver.rules import Pin, Pins, Requests
from solver.rules.requests import Wish
from solver.run import Limits, Stop
from solver.search import solve
from tests.solver.tiny import SHIFTS, START

NAMES = ("ann", "bo", "cy", "di")
DAYS = 10
CELLS = len(NAMES) * DAYS


def wishing(weight: int, base: int = 0) -> tuple[Problem, Roster]:
    """All 40 cells wish to be at work; one more is pinned against its wish, which costs ``base``."""
    pinned = Pins(id="pin", cells=(Pin(person="pat", day=0, shift="off"),))
    against = (Wish(person="pat", day=0, shift="work", weight=base),) if base else ()
    wishes = tuple(Wish(person=name, day=day, shift="work", weight=weight) for name in NAMES for day in range(DAYS))
    people = (*(Person(id=name) for name in NAMES), Person(id="pat", last_day=0))
    rules = (Requests(id="wishes", wishes=(*wishes, *against)), pinned)
    problem = Problem(start=START, days=DAYS, shifts=SHIFTS[:3], people=people, rules=rules)
    everybody = dict.fromkeys(NAMES, ("work",) * DAYS)
    return problem, Roster(problem, {**everybody, "pat": ("off", *[None] * (DAYS - 1))})


def reached(problem: Problem, best: Roster, distance: int, spare: int) -> tuple[int, int]:
    """Return in how many cells a roster differs, and what it costs more."""
    roster = diverge(problem, best, [best], distance, spare, Limits(20, 1), Stop())
    return len(moves(best, roster)), Checker(problem, roster).cost - Checker(problem, best).cost


@pytest.mark.parametrize("weight", [1, 3, 7])
def test_a_cell_too_dear_at_first_is_given_up_for_a_higher_price(weight):
    """No more cells differ than asked for, each for what it costs."""
    assert reached(*wishing(weight), distance=4, spare=4) == (4, 4 * weight)


def test_without_a_rise_of_the_price_no_cell_is_given_up(monkeypatch):
    """The control of the test above."""
    monkeypatch.setattr(diverge_module, "RISES", 0)
    assert reached(*wishing(3), distance=4, spare=4) == (0, 0)


def test_alternatives_that_cost_all_they_may_are_found():
    """Each may cost 8 of 100 more, and differs in four of forty cells from the best, for which it pays 2 each."""
    problem, best = wishing(2, base=100)
    found = alternatives(problem, best, within=8, count=3, seconds=20)
    assert (found.distance, found.most) == (4, 108)
    assert [one.cost for one in found.found] == [108, 108, 108]
    assert alternatives(problem, best, within=7, count=1, seconds=20).exhausted


def test_where_people_may_change_places_alternatives_cost_no_more():
    problem = kitchen.problem(generate.kitchen(20, 31, 1))
    best = solve(problem, Limits(seconds=2)).roster
    known = [best]
    for seed in range(3):
        known.append(diverge(problem, best, known, 55, 0, Limits(20, 1, seed), Stop()))
        assert Checker(problem, known[-1]).hard == 0
        assert Checker(problem, known[-1]).cost <= Checker(problem, best).cost
        assert min(len(moves(other, known[-1])) for other in known[:-1]) >= 55


def test_a_stopped_divergence_is_where_it_began():
    problem, best = wishing(1)
    stop = Stop()
    stop.cancel()
    assert diverge(problem, best, [best], 4, 4, Limits(20, 1), stop) == best
