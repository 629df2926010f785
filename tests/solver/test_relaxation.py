"""The relaxation's bound never exceeds an optimum, whatever the dual prices; its roster is one that cells may hold."""

from __future__ import annotations

import random

import numpy
import pytest
from ortools.sat.python import cp_model

from solver.formats import generate, kitchen
from solver.grid import Grid
from solver.model import Model
from solver.relaxation import Relaxation
from solver.run import Limits
from solver.search import solve
from solver.state import State
from solver.watch import Watch
from tests.solver import small

DRAWS = 6


def modelled(rules: list, chance: random.Random) -> Model | None:
    """The model of all cells; None when hard rules clash at once."""
    grid = Grid(small.problem(rules, chance))
    grid.post()
    return None if grid.clashes else Model(State(grid, [left[0] for left in grid.left]), range(len(grid.places)))


def optimum(model: Model) -> int | None:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    return round(solver.objective_value) if solver.solve(model.cp) == cp_model.OPTIMAL else None


def relaxed(model: Model) -> tuple[Relaxation, Watch]:
    relaxation, watch = Relaxation(model), Watch(Limits(seconds=60), None, None)
    with watch:
        relaxation.solve(watch)
    return relaxation, watch


@pytest.mark.parametrize("kind", small.KINDS)
def test_the_bound_is_at_most_the_optimum(kind):
    """Under each rule, soft and hard, beside random wishes that give a roster a price."""
    for draw in range(DRAWS):
        chance = random.Random(f"{kind} {draw}")
        rules = [small.rule(kind, draw % 3 == 0, chance), small.rule("requests", False, chance)]
        model = modelled(rules, chance)
        best = None if model is None else optimum(model)
        if best is not None:
            relaxation, watch = relaxed(model)
            assert relaxation.exact is not None
            assert relaxation.exact <= best
            assert watch.bound == -int(-relaxation.exact // 1) <= best


def test_any_dual_prices_prove_a_bound():
    """Even prices of the wrong sign, or drawn at random: the bound does not trust the method that found them."""
    chance = random.Random(1)
    model = modelled([small.rule(kind, False, chance) for kind in ("requests", "coverage", "sequences")], chance)
    best = optimum(model)
    relaxation = Relaxation(model)
    draw = numpy.random.default_rng(1)
    for scale in (0.0, 0.1, 1.0, 10.0, 1e3):
        relaxation._certify(draw.normal(0, scale, len(relaxation.low)))
        assert relaxation.exact is not None
        assert relaxation.exact <= best


def test_prices_too_large_to_sum_exactly_prove_nothing():
    model = modelled([small.rule("requests", False, random.Random(1))], random.Random(1))
    relaxation = Relaxation(model)
    relaxation._certify(numpy.full(len(relaxation.low), 1e13))
    assert relaxation.exact is None


def test_what_is_likely_may_be_held_and_tells_where_to_begin():
    """Every cell gets a shift it may hold, and the same each time."""
    grid = Grid(kitchen.problem(generate.kitchen(8, 35, 1)))
    grid.post()
    model = Model(State(grid, [left[0] for left in grid.left]), range(len(grid.places)))
    (first, watch), (second, _) = relaxed(model), relaxed(model)
    likely = first.likely(model)
    assert likely == second.likely(model)
    assert likely.keys() == model.literals.keys()
    assert all(code in grid.left[cell] for cell, code in likely.items())
    best = solve(grid.problem, Limits(seconds=20))
    assert 0.8 * best.bound <= watch.bound <= best.cost


def test_a_relaxation_stopped_before_it_begins_proves_nothing():
    model = modelled([small.rule("requests", False, random.Random(1))], random.Random(1))
    relaxation, watch = Relaxation(model), Watch(Limits(), None, None)
    watch.stop.finish()
    with watch:
        assert not relaxation.solve(watch)
    assert watch.bound == 0
