"""A model of some cells prices what it frees as the model of all would, and can be told where the roster stands."""

from __future__ import annotations

import gc
import random
import weakref

import pytest
from ortools.sat.python import cp_model

from solver.grid import Grid
from solver.improve import Improver
from solver.model import Model
from solver.run import Limits
from solver.state import State
from solver.watch import Watch
from tests.solver import small

DRAWS = 25


def drawn(kind: str, draw: int) -> tuple[State, list[int], list[int]]:
    """A state under a random soft rule, ten cells to free, and the shifts of another roster."""
    chance = random.Random(f"{kind} {draw}")
    problem = small.problem([small.rule(kind, False, chance)], chance)
    grid = Grid(problem)
    grid.post()
    here, there = (
        [grid.code[cells[grid.index.ids[person]][day]] for person, day in grid.places]
        for cells in (small.roster(problem, chance), small.roster(problem, chance))
    )
    return State(grid, here), chance.sample(range(len(here)), 10), there


def solved(model: Model, **parameters: bool) -> int:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    for name, value in parameters.items():
        setattr(solver.parameters, name, value)
    assert solver.solve(model.cp) == cp_model.OPTIMAL
    return round(solver.objective_value)


@pytest.mark.parametrize("kind", small.KINDS)
def test_a_neighbourhood_costs_what_the_whole_roster_does(kind):
    for draw in range(DRAWS):
        state, free, there = drawn(kind, draw)
        model = Model(state, free)
        for cell in free:
            if cell in model.literals:
                model.cp.add_bool_and(model.literals[cell][there[cell]])
        mixed = [there[cell] if cell in free else code for cell, code in enumerate(state.codes)]
        assert solved(model, cp_model_presolve=False) == State(state.grid, mixed).cost


@pytest.mark.parametrize("kind", small.KINDS)
def test_a_hint_is_a_complete_solution(kind):
    """With every variable fixed to its hint the model is feasible and costs what the state does."""
    for draw in range(DRAWS):
        state, free, there = drawn(kind, draw)
        model = Model(state, free)
        state.become({cell: there[cell] for cell in free})
        model.hint()
        assert solved(model, fix_variables_to_their_hinted_value=True) == state.cost


def test_what_the_bound_leans_to_least_is_freed_first():
    """And nothing is, before the bound leans to anything."""
    state, cells, _ = drawn(small.KINDS[0], 0)
    watch = Watch(Limits(seconds=60), None, None)
    improver = Improver(state.grid, state, watch, seed=1)
    doubted = {cell for cell in cells if len(state.grid.left[cell]) > 1}
    assert 1 < len(doubted) < improver.movable
    watch.leaning = [
        [float((code == now) != (cell in doubted)) for code in range(len(state.grid.shifts))]
        for cell, now in enumerate(state.codes)
    ]
    for _ in range(20):
        assert improver.doubtful(len(doubted)) == doubted
        assert len(improver.doubtful(improver.movable)) == improver.movable


def test_an_improver_doubts_only_what_the_bound_has_weighed(monkeypatch):
    state, _, _ = drawn(small.KINDS[0], 0)
    asked: list[str] = []
    watch = Watch(Limits(seconds=60), None, None)
    improver = Improver(state.grid, state, watch, seed=1)
    monkeypatch.setattr(improver, "solve", lambda free: False)
    improver.kinds = [lambda size, name=kind.__name__: asked.append(name) or set() for kind in improver.kinds]
    for leaning in (None, [[1.0] * len(state.grid.shifts)] * len(state.codes)):
        watch.leaning, asked[:] = leaning, []
        for _ in range(100):
            improver.step()
        assert set(asked) == {"window", "people", "block", "broken", *(["doubtful"] if leaning else [])}


@pytest.mark.parametrize("hard", [False, True])
@pytest.mark.parametrize("kind", small.KINDS)
def test_a_model_is_freed_when_nobody_holds_it(kind, hard):
    """Thousands are made in a search; those that wait for the garbage collector cost 20 MB."""
    chance = random.Random(kind)
    grid = Grid(small.problem([small.rule(kind, hard, chance)], chance))
    grid.post()
    state = State(grid, [left[0] for left in grid.left])
    gc.disable()
    try:
        model = Model(state, range(len(grid.places)))
        model.hint()
        freed, cp = weakref.ref(model), weakref.ref(model.cp)
        del model
        assert freed() is None
        assert cp() is None
    finally:
        gc.enable()
