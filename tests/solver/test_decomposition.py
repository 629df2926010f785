"""Diagrams price what their rows do and find the cheapest; the bound of two halves never exceeds an optimum."""

from __future__ import annotations

import itertools
import math
import random

import numpy
import pytest

from solver.decomposition import first_multipliers
from solver.diagram import diagram
from solver.formats import generate, kitchen
from solver.grid import Grid
from solver.halves import NODES, decomposed
from solver.layers import NOBODY, Layers
from solver.model import Model
from solver.relaxation import relax
from solver.run import Limits
from solver.search import solve
from solver.state import State
from solver.watch import Watch
from tests.solver import small
from tests.solver.test_relaxation import modelled, optimum

DRAWS = 6


def posted(kind: str, draw: int) -> tuple[Grid, random.Random] | None:
    """Two rules of a kind, the second soft; None when they clash at once."""
    chance = random.Random(f"{kind} {draw}")
    rules = [small.rule(kind, draw % 3 == 0, chance), small.rule(kind, False, chance)]
    grid = Grid(small.problem(rules, chance))
    grid.post()
    return None if grid.clashes else (grid, chance)


def parts(grid: Grid):
    """The cells of each person and of each day, with the rows that look at no others."""
    for axis in (0, 1):
        for number in {place[axis] for place in grid.places}:
            cells = [cell for cell, place in enumerate(grid.places) if place[axis] == number]
            rows = [row for row in grid.rows if {cell for side in row.sides for cell in side.cells} <= {*cells}]
            yield cells, rows


def priced(rows, codes: dict[int, int]) -> float:
    total = 0.0
    for row in rows:
        sums = [
            sum(units[codes[cell]] for cell, units in zip(side.cells, side.units, strict=True)) - side.limit
            for side in row.sides
        ]
        if max(sums) > 0:
            total += math.inf if row.weight is None else row.weight * max(sums)
    return total


@pytest.mark.parametrize("kind", small.KINDS)
def test_a_diagram_prices_rosters_as_its_rows_do(kind):
    for draw in range(DRAWS):
        grid, chance = posted(kind, draw) or (None, None)
        for cells, rows in parts(grid) if grid is not None else ():
            chance.shuffle(cells)
            found = diagram(grid, cells, rows, NODES)
            for _ in range(20):
                codes = [chance.choice(grid.left[cell]) for cell in cells]
                assert found.price(codes) == priced(rows, dict(zip(cells, codes, strict=True)))


SOME = ["group_cover", "sequences", "consecutive_work", "period_limits", "coverage"]


def side_by_side(kind: str, draw: int):
    """Diagrams of two to four cells, prices of single cells, and of each diagram what every roster costs."""
    grid, _ = posted(kind, draw) or (None, None)
    if grid is None:
        return None
    prices = numpy.random.default_rng(draw).integers(-9, 9, (len(grid.places), len(grid.shifts))).astype(float)
    some, costs = [], []
    for size, first in enumerate(range(0, 12, 4), start=2):
        cells = list(range(first, first + size))
        rows = [row for row in grid.rows if {cell for side in row.sides for cell in side.cells} <= {*cells}]
        some.append((cells, rows))
        rosters = itertools.product(*(grid.left[cell] for cell in cells))
        costs.append({
            codes: priced(rows, dict(zip(cells, codes, strict=True))) + sum(prices[cells, codes]) for codes in rosters
        })  # fmt: skip
    return some, costs, prices, Layers([diagram(grid, *each, NODES) for each in some], len(grid.shifts))


@pytest.mark.parametrize("kind", SOME)
def test_layers_find_the_cheapest_of_each_diagram(kind):
    """Of diagrams with two to four cells side by side, under prices of single cells, as brute force does."""
    for draw in range(DRAWS):
        if (made := side_by_side(kind, draw)) is None:
            continue
        some, costs, prices, layers = made
        best = sum(min(of.values()) for of in costs)
        value, chosen = layers.solve(prices)
        assert value == best
        if math.isfinite(best):
            there = chosen != NOBODY
            codes = dict(zip(layers.cells[there].tolist(), chosen[there].tolist(), strict=True))
            assert sum(priced(rows, codes) + sum(prices[c, codes[c]] for c in cells) for cells, rows in some) == best


@pytest.mark.parametrize("kind", ["sequences", "consecutive_work", "coverage"])
def test_narrowed_layers_keep_every_roster_that_costs_so_little_more(kind):
    """At its price, and leave out some that cost more."""
    left_out = 0
    for draw in range(DRAWS):
        if (made := side_by_side(kind, draw)) is None or not all(math.isfinite(min(of.values())) for of in made[1]):
            continue
        some, costs, prices, layers = made
        least, most = [min(of.values()) for of in costs], 5.0
        layers.narrow(prices, most)
        for number, (cells, _) in enumerate(some):
            rest = sum(least) - least[number]
            for codes, cost in costs[number].items():
                only = prices.copy()
                only[cells] += math.inf
                only[cells, codes] = prices[cells, codes]
                value, _ = layers.solve(only)
                assert value >= cost + rest
                assert value == cost + rest or cost > least[number] + most
                left_out += value > cost + rest
    assert left_out


@pytest.mark.parametrize("kind", small.KINDS)
def test_any_multipliers_prove_a_bound_and_climbing_stays_below_the_optimum(kind):
    for draw in range(DRAWS):
        chance = random.Random(f"{kind} {draw}")
        rules = [small.rule(some, draw % 3 == 0 and some == kind, chance) for some in (kind, "requests", "coverage")]
        model = modelled(rules, chance)
        best = None if model is None else optimum(model)
        halves = None if best is None else decomposed(model.grid, lambda: False)
        if halves is None:
            continue
        drawn = numpy.random.default_rng(draw).integers(-99, 99, (len(model.grid.places), len(model.grid.shifts)))
        shared = numpy.isin(numpy.arange(len(drawn)), halves.days.cells)[:, None]
        for scale in (0.0, 0.1, 1.0):
            assert halves.bound(numpy.rint(scale * drawn) * shared)[0] <= best
        for known in (None, best, best + chance.randint(1, 9)):
            watch, halves = Watch(Limits(seconds=60), None, None), decomposed(model.grid, lambda: False)
            watch.cost = known
            halves.climb(watch, numpy.zeros(drawn.shape), rounds=40)
            assert 0 <= watch.bound <= best


def test_two_halves_bound_a_kitchen_better_than_its_relaxation():
    problem = kitchen.problem(generate.kitchen(10, 35, 1))
    grid = Grid(problem)
    grid.post()
    model = Model(State(grid, [left[0] for left in grid.left]), range(len(grid.places)))
    watch = Watch(Limits(seconds=120), None, None)
    with watch:
        relaxation = relax(model, watch)
        relaxed, halves = watch.bound, decomposed(grid, lambda: False)
        halves.climb(watch, first_multipliers(relaxation, model), rounds=200)
    found = solve(problem, Limits(seconds=3, workers=2))
    assert found.cost is not None
    assert relaxed < watch.bound <= found.cost
    leaning = numpy.array(watch.leaning)
    assert numpy.allclose(leaning.sum(1), 1.0)
    assert (leaning >= 0).all()


def test_diagrams_that_grow_too_large_are_given_up():
    grid = Grid(kitchen.problem(generate.kitchen(10, 35, 1)))
    grid.post()
    cells, rows = next(parts(grid))
    assert diagram(grid, cells, rows, 50) is None
    assert decomposed(grid, lambda: True) is None
