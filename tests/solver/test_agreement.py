"""A rule's encoding costs what its specification says, and forbids what its specification forbids."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest
from ortools.sat.python import cp_model

from solver.cpsat import one_thread
from solver.grid import Grid, Total
from solver.model import Model
from solver.roster import Roster
from solver.rules import Rule, Scope
from solver.state import State
from tests.solver import small

DRAWS = 500
UNSCOPED = ("pins", "requests")
"""Kinds that name their own cells."""


def by_specification(problem, cells) -> int | None:
    """The cost of a roster by its rules' ``excess``; None where a hard rule is broken."""
    found = [(rule, excess.amount) for rule in problem.rules for excess in rule.excess(Roster(problem, cells))]
    return None if any(rule.hard for rule, _ in found) else sum(rule.weight * amount for rule, amount in found)


def by_model(problem, cells) -> int | None:
    """The cost of the same roster pinned in the model of the whole problem; None where it is infeasible."""
    grid = Grid(problem)
    grid.post()
    if grid.clashes:
        return None
    model = Model(State(grid, [left[0] for left in grid.left]), range(len(grid.places)))
    pinned = []
    for cell, (person, day) in enumerate(grid.places):
        code = grid.code[cells[grid.index.ids[person]][day]]
        if code not in grid.left[cell]:
            return None
        if cell in model.literals:
            pinned.append(model.literals[cell][code])
    model.cp.add_bool_and(pinned)
    solver = one_thread(0)
    solver.parameters.cp_model_presolve = False
    solver.parameters.linearization_level = 0  # all cells are pinned: there is nothing to relax
    status = solver.solve(model.cp)
    assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    return round(solver.objective_value) if status == cp_model.OPTIMAL else None


def by_state(problem, cells) -> int | None:
    """The cost of the same roster as the moves of the local search price it; None where a hard row is broken."""
    grid = Grid(problem)
    grid.post()
    codes = [grid.code[cells[grid.index.ids[person]][day]] for person, day in grid.places]
    if grid.clashes or any(code not in left for code, left in zip(codes, grid.left, strict=True)):
        return None
    state = State(grid, [left[0] for left in grid.left])
    state.become(dict(enumerate(codes)))
    assert state.cost == State(grid, codes).cost
    return state.cost if state.feasible else None


def compared(kind: str, hard: bool, draws: int, price: Callable = by_model) -> Iterator[tuple[int | None, int | None]]:
    """Price random rosters under one random rule of a kind: by the encoding, and by the specification."""
    for draw in range(draws):
        chance = random.Random(f"{kind}-{hard}-{draw}")
        problem = small.problem([small.rule(kind, hard, chance)], chance)
        cells = small.roster(problem, chance)
        yield price(problem, cells), by_specification(problem, cells)


def disagree(kind: str, hard: bool, draws: int, price: Callable = by_model) -> bool:
    """Say whether some of so many rosters is priced otherwise than specified."""
    return any(found != expected for found, expected in compared(kind, hard, draws, price))


@pytest.mark.fault(18)
@pytest.mark.parametrize("hard", [False, True], ids=["soft", "hard"])
@pytest.mark.parametrize("kind", small.KINDS)
def test_the_model_agrees_with_the_specification(kind, hard):
    pairs = list(compared(kind, hard, DRAWS))
    assert all(found == expected for found, expected in pairs)
    broken = sum(expected != 0 for _, expected in pairs) / DRAWS
    assert 0.2 <= broken <= 0.8, "the draws must show both sides of the rule"


@pytest.mark.parametrize("hard", [False, True], ids=["soft", "hard"])
@pytest.mark.parametrize("kind", small.KINDS)
def test_the_moves_agree_with_the_specification(kind, hard):
    assert not disagree(kind, hard, 200, by_state)


def off_by_one(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Plant an error of one unit in what rules ask of a grid."""
    true = getattr(Grid, name)

    def planted(grid: Grid, limit: int, total: Total, rule: Rule, *more: int, **named: int) -> None:
        true(grid, limit + 1, total, rule, *more, **named)

    monkeypatch.setattr(Grid, name, planted)


@pytest.mark.fault(18, control=True)
@pytest.mark.parametrize("hard", [False, True], ids=["soft", "hard"])
@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("at_most", "group_cover"), ("at_most", "daily_limits"), ("at_most", "coverage"), ("at_most", "period_limits"),
        ("at_least", "daily_limits"), ("at_least", "coverage"), ("at_least", "period_limits"),
        ("at_least", "consecutive_work"),
    ],
)  # fmt: skip
def test_a_planted_off_by_one_is_caught(name, kind, hard, monkeypatch):
    """The control: the same comparison convicts an encoding that is wrong by one."""
    off_by_one(name, monkeypatch)
    assert disagree(kind, hard, 60)


@pytest.mark.fault(18, control=True)
@pytest.mark.parametrize(
    "kind",
    ["sequences", "consecutive_work", "rolling_limits", "run_lengths", "minimum_rest", "weekends", "hours"],
)
def test_an_encoding_that_forgets_the_days_before_is_caught(kind, monkeypatch):
    """The control for the carry-in: a grid that knows nothing before day 0 disagrees."""
    monkeypatch.setattr(Grid, "_before", lambda grid, person, day: None)
    assert disagree(kind, False, 60)


def everywhere(problem, cells) -> int | None:
    """The price by a model of rules that forgot their scope."""
    rules = tuple(rule.model_copy(update={"scope": Scope()}) for rule in problem.rules)
    return by_model(problem.model_copy(update={"rules": rules}), cells)


@pytest.mark.fault(18, control=True)
@pytest.mark.parametrize("kind", [kind for kind in small.KINDS if kind not in UNSCOPED])
def test_an_encoding_that_ignores_the_scope_is_caught(kind):
    assert disagree(kind, False, 60, everywhere)


def test_all_rules_together_cost_the_sum():
    for draw in range(60):
        chance = random.Random(draw)
        rules = [small.rule(kind, False, chance) for kind in small.KINDS]
        problem = small.problem(rules, chance)
        cells = small.roster(problem, chance)
        assert by_model(problem, cells) == by_specification(problem, cells)


def test_a_cell_holds_exactly_one_shift():
    """The rule no roster can break: in the model, two shifts or none in one cell are infeasible."""
    chance = random.Random(0)
    grid = Grid(small.problem([], chance))
    for chosen in ((), ("off", "work")):
        model = Model(State(grid, [0] * len(grid.places)), range(len(grid.places)))
        literals = model.literals[0]
        for code, literal in literals.items():
            model.cp.add_bool_and(literal if grid.shifts[code] in chosen else ~literal)
        assert cp_model.CpSolver().solve(model.cp) == cp_model.INFEASIBLE


def test_there_are_no_cells_outside_the_employment():
    problem = small.problem([], random.Random(1))
    places = set(Grid(problem).places)
    for person, employed in enumerate(problem.index.employed):
        assert {day for day in range(problem.days) if (person, day) in places} == set(employed)
