"""The search under rules that compare, count and round finds what brute force finds, and prices what it returns."""

from __future__ import annotations

import random
from datetime import date

import pytest

from solver.check import Checker
from solver.problem import Person, Problem, Shift
from solver.rules import (
    Bounds,
    Coverage,
    Fairness,
    Hours,
    MinimumRest,
    Minutes,
    Pair,
    RollingLimits,
    RunLengths,
    Weekends,
)
from solver.run import Limits
from solver.search import solve
from tests.solver import crowd, small
from tests.solver.test_agreement import off_by_one

FRIDAY = date(2026, 11, 6)


def mixed(seed: int, names: tuple[str, ...], shifts: tuple[Shift, ...]) -> Problem:
    """Three days under rules of every form."""
    chance = random.Random(seed)
    rules = (
        Fairness(
            id="f", hard=seed == 1, weight=chance.randint(1, 9), shifts=("night",), limit=seed % 2,
            past={"ann": 1}, shares={"bo": 50},
        ),
        Weekends(id="w", hard=seed == 2, weight=chance.randint(1, 9), working=("work", "night"), maximum=0, whole=True),
        Hours(id="h", weight=2, span="horizon", everybody=Minutes(minimum=chance.choice((480, 1000))), step=90),
        Coverage(id="c", weight=6, shifts=("night",), every_day=Bounds(minimum=1, preferred=2, minimum_weight=3)),
        MinimumRest(id="r", weight=1, hard=seed == 3, minutes=660),
        RunLengths(id="l", weight=chance.randint(1, 5), shifts=("off",), minimum=2),
        RollingLimits(id="o", weight=2, window=3, units={"off": 1}, minimum=1),
        Pair(id="p", weight=chance.randint(1, 5), people=("ann", "bo"), shifts=("work",), together=seed % 2 == 0),
    )  # fmt: skip
    people = tuple(Person(id=name) for name in names)
    before = {"ann": ("work", "night")}
    return Problem(start=FRIDAY, days=3, shifts=shifts, people=people, before=before, rules=rules)


def cheapest(problem: Problem) -> int | None:
    """Price every roster, one cell after another; None when all of them break a hard rule."""
    cells = [(name, day) for name in problem.index.ids for day in range(problem.days)]
    checker, best = Checker(problem), list[int]()

    def fill(place: int) -> None:
        if place == len(cells):
            if not checker.hard and (not best or checker.cost < best[0]):
                best[:] = [checker.cost]
            return
        for shift in problem.index.shift:
            checker.set(*cells[place], shift)
            fill(place + 1)

    fill(0)
    return best[0] if best else None


def differs(problem: Problem) -> bool:
    """Whether the search ends with another price, bound or status than brute force."""
    outcome, best = solve(problem, Limits(seconds=20)), cheapest(problem)
    expected = (best, best, "infeasible" if best is None else "optimal")
    return (outcome.cost, outcome.bound, outcome.status) != expected


@pytest.mark.fault(20)
@pytest.mark.parametrize("seed", range(6))
def test_the_optimum_is_that_of_brute_force(seed):
    assert not differs(mixed(seed, ("ann", "bo"), (small.SHIFTS[0], small.SHIFTS[1], small.SHIFTS[4])))


@pytest.mark.soak
@pytest.mark.timeout(900)
@pytest.mark.fault(20)
@pytest.mark.parametrize("seed", range(6, 12))
def test_the_optimum_of_three_people_three_days_and_four_shifts_is_that_of_brute_force(seed):
    assert not differs(mixed(seed, ("ann", "bo", "cy"), (*small.SHIFTS[:3], small.SHIFTS[4])))


@pytest.mark.fault(20, control=True)
@pytest.mark.parametrize("name", ["at_most", "at_least"])
def test_a_search_with_limits_off_by_one_is_caught(name, monkeypatch):
    off_by_one(name, monkeypatch)
    shifts = (small.SHIFTS[0], small.SHIFTS[1], small.SHIFTS[4])
    assert any(differs(mixed(seed, ("ann", "bo"), shifts)) for seed in range(6))


def test_a_ward_under_every_rule_is_searched_and_priced_right():
    problem = crowd.ward(15, 28)
    outcome = solve(problem, Limits(seconds=4))
    assert outcome.roster is not None
    checker = Checker(problem, outcome.roster)
    assert (checker.cost, checker.hard, checker.undecided) == (outcome.cost, 0, 0)
    assert outcome.bound <= outcome.cost
    greedy = Checker(problem, dict.fromkeys(problem.index.ids, ["work"] * 28)).cost
    assert outcome.cost < greedy / 2
