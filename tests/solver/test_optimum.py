"""The search under rules that compare, count and round finds what brute force finds, and prices what it returns."""

from __future__ import annotations

import random
from datetime import date

import pytest

from solver.check import Checker
from solver.problem import Person, Problem
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
from tests.solver.test_search import cheapest

FRIDAY = date(2026, 11, 6)


@pytest.mark.parametrize("seed", range(6))
def test_the_optimum_is_that_of_brute_force(seed):
    chance = random.Random(seed)
    shifts = (small.SHIFTS[0], small.SHIFTS[1], small.SHIFTS[4])
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
    people = (Person(id="ann"), Person(id="bo"))
    before = {"ann": ("work", "night")}
    problem = Problem(start=FRIDAY, days=3, shifts=shifts, people=people, before=before, rules=rules)
    outcome = solve(problem, Limits(seconds=20))
    best = cheapest(problem, ("ann", "bo"), 3, tuple(shift.id for shift in shifts))
    assert (outcome.cost, outcome.bound) == (best, best)
    assert outcome.status == ("infeasible" if best is None else "optimal")


def test_a_ward_under_every_rule_is_searched_and_priced_right():
    problem = crowd.ward(15, 28)
    outcome = solve(problem, Limits(seconds=4))
    assert outcome.roster is not None
    checker = Checker(problem, outcome.roster)
    assert (checker.cost, checker.hard, checker.undecided) == (outcome.cost, 0, 0)
    assert outcome.bound <= outcome.cost
    greedy = Checker(problem, dict.fromkeys(problem.index.ids, ["work"] * 28)).cost
    assert outcome.cost < greedy / 2
