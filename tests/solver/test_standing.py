"""A roster that is taken as it stands costs nothing, whatever it breaks; another one costs the difference."""

from __future__ import annotations

import random

import pytest

from solver.check import Checker
from solver.problem import Problem
from solver.roster import Roster
from solver.standing import Standing, filled
from solver.state import State
from tests.solver import small

DRAWS = 60


def drawn(kind: str, hard: bool, draw: int) -> tuple[Problem, Roster, Roster]:
    """A problem of one rule, and two random rosters."""
    chance = random.Random(f"{kind}-{hard}-{draw}")
    problem = small.problem([small.rule(kind, hard, chance)], chance)
    return problem, *(Roster(problem, small.roster(problem, chance)) for _ in range(2))


def posted(problem: Problem, *rosters: Roster) -> Standing:
    grid = Standing(problem, rosters)
    grid.post()
    return grid


def cost_on(grid: Standing, roster: Roster) -> int:
    return State(grid, [grid.code[roster.cells[person][day]] for person, day in grid.places]).cost


@pytest.mark.parametrize("hard", [False, True], ids=["soft", "hard"])
@pytest.mark.parametrize("kind", small.KINDS)
def test_a_roster_that_stands_costs_nothing_and_keeps_every_rule(kind, hard):
    broken = 0
    for draw in range(DRAWS):
        problem, now, _ = drawn(kind, hard, draw)
        grid = posted(problem, now)
        assert cost_on(grid, now) == 0
        assert not grid.clashes
        assert all(
            grid.code[now.cells[row][day]] in left for (row, day), left in zip(grid.places, grid.left, strict=True)
        )
        assert grid.standing == Checker(problem, now).cost
        broken += bool(Checker(problem, now).violations())
    assert broken > DRAWS / 5, "the draws must show rules that are broken"


@pytest.mark.parametrize("kind", small.KINDS)
def test_what_two_rosters_break_alike_hides_nothing_of_what_they_do_not(kind):
    changed = 0
    for draw in range(DRAWS):
        problem, now, other = drawn(kind, False, draw)
        grid = posted(problem, now, other)
        costs = [Checker(problem, roster).cost for roster in (now, other)]
        assert [grid.standing + cost_on(grid, roster) for roster in (now, other)] == costs
        changed += costs[0] != costs[1]
    assert changed > 0


def test_empty_cells_are_filled_and_the_others_stay():
    chance = random.Random(1)
    problem = small.problem([small.rule("daily_limits", False, chance)], chance)
    roster = Roster(problem, small.roster(problem, chance, empty=0.5))
    whole = filled(problem, roster, 0, lambda: False)
    assert Checker(problem, roster).undecided > Checker(problem, whole).undecided == 0
    for was, now in zip(roster.cells, whole.cells, strict=True):
        assert all(old in (None, new) for old, new in zip(was, now, strict=True))
    assert filled(problem, whole, 0, lambda: False) is whole
