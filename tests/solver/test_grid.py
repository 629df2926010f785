"""What rules leave on a grid: nothing that nothing can break, constants where cells are fixed, clashes by name."""

from __future__ import annotations

import random
from datetime import date

import pytest

from solver.grid import Grid
from solver.problem import Person, Problem
from solver.rules import (
    AfterClosure,
    BackupCover,
    Bounds,
    Coverage,
    Eligibility,
    Fairness,
    GroupCover,
    Hours,
    MinimumChange,
    MinimumRest,
    Minutes,
    Pair,
    Preference,
    Priority,
    RollingLimits,
    RunLengths,
    Scope,
    StaffTypeLimits,
    Weekends,
)
from tests.solver import small

WORKING = ("work", "early", "night")
MONDAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    "rule",
    [
        GroupCover(id="r", members=("ann", "bo"), limit=4),
        StaffTypeLimits(id="r", staff_type="cook", limit=4),
        BackupCover(id="r", members=("ann",), backups=("di",), away=("off",), working=small.IDS),
        AfterClosure(id="r", closures=(3,), away=("off",)),
        RollingLimits(id="r", units={"off": 2}, minimum=0, maximum=14),
        RunLengths(id="r", shifts=("off",), maximum=20),
        MinimumRest(id="r", minutes=60, scope=Scope(people=("di",), days=(0,))),
        Weekends(id="r", working=WORKING, maximum=2),
        Hours(id="r", everybody=Minutes(minimum=0, maximum=7 * 500)),
        Priority(id="r", preferences=(Preference(person="ann", shifts=small.IDS),)),
        Pair(id="r", people=("ann", "bo"), shifts=small.IDS, together=True, same=False),
        Fairness(id="r", shifts=("night",), limit=9),
        Fairness(id="r", shifts=("night",), scope=Scope(people=("di",))),
        Coverage(id="r", shifts=("work",), every_day=Bounds(minimum=0, maximum=4)),
        MinimumChange(id="r"),
    ],
    ids=lambda rule: rule.kind,
)
@pytest.mark.parametrize("hard", [False, True], ids=["soft", "hard"])
def test_a_rule_that_nothing_can_break_costs_no_variable(rule, hard):
    problem = small.problem([rule.model_copy(update={"hard": hard})], random.Random(2))
    grid = Grid(problem)
    grid.post()
    assert (grid.rows, grid.measures, grid.clashes) == ([], [], set())
    assert grid.constant == 0
    assert not any(cost for price in grid.price for cost in price.values())


def test_what_is_certain_costs_no_variable_either():
    """Where cells are fixed, what they break is a constant."""
    nights = Eligibility(id="e", refused=tuple(shift for shift in small.IDS if shift != "night"))
    fair = Fairness(id="f", weight=3, shifts=("night",), limit=0, past={"ann": 4}, scope=Scope(people=("ann", "di")))
    hours = Hours(id="h", weight=2, everybody=Minutes(maximum=0), span="horizon", step=60)
    problem = Problem(
        start=MONDAY,
        days=6,
        shifts=small.SHIFTS,
        people=(Person(id="ann"), Person(id="di")),
        rules=(nights, fair, hours),
    )
    grid = Grid(problem)
    grid.post()
    assert (grid.rows, grid.measures) == ([], [])
    assert grid.constant == 3 * 4 + 2 * 2 * 50


def test_a_hard_measure_that_cannot_be_kept_is_a_clash_with_the_rules_that_fixed_its_cells():
    nights = Eligibility(id="only nights", refused=tuple(shift for shift in small.IDS if shift != "night"))
    rule = Weekends(id="no weekend", hard=True, working=WORKING, maximum=0)
    problem = Problem(
        start=MONDAY, days=7, shifts=small.SHIFTS, people=(Person(id="ann"),), rules=(nights, rule)
    )  # fmt: skip
    grid = Grid(problem)
    grid.post()
    assert grid.clashes == {"only nights", "no weekend"}
