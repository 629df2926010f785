"""A few cells and the rows that look at them alone, as a decision diagram: their rosters as paths, each at its cost.

Cells are followed one after another. What a row still needs to know of the cells before is the sum of its units less
its limit, and of that only what the cells that are left can still change. With ``low`` and ``high`` what is left of the
sum at least and at most,

    sums below - high    are one: the row can no longer be broken,
    sums above - low     are one: every further unit costs, and what is above is charged at once.

Paths to the same sums meet in one node, so there are some hundred nodes a cell, where rosters double with each [1]_.

References
----------
.. [1] D. Bergman, A. A. Cire, W.-J. van Hoeve, J. Hooker, Decision Diagrams for Optimization, Springer 2016.
"""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any, NamedTuple

import numpy

from solver.grid import Grid
from solver.totals import Cell, Code, Row, Side

EXACT = 2**24
"""Costs below it are exact in 32 bits."""
WIDE = 2**62
"""Keys below it fit 64 bits."""


class Sum(NamedTuple):
    """The sum of one side of a row, less its limit.

    Attributes
    ----------
    row : int
        By position among the rows given.
    single : bool
        Whether it is the row's only side.
    weight : float
        Of the row, infinite where hard.
    counts : dict of int to tuple of int
        What the cells that the side looks at count, by place and code.
    begin : int
        The sum before them.
    first, last : int
        The first place that the side looks at, and the last one that the row does.
    low, high : list of int
        What is left of the sum before each place, at least and at most; 0 in the end.
    """

    row: int
    single: bool
    weight: float
    counts: dict[int, tuple[int, ...]]
    begin: int
    first: int
    last: int
    low: list[int]
    high: list[int]


class Layer(NamedTuple):
    """The nodes at one cell: by choice of shifts that count alike and by node, the next node and the cost."""

    choices: list[tuple[Code, ...]]
    next: Any
    cost: Any


class Diagram(NamedTuple):
    """The rosters of some cells: a path from the one node of the first layer to the one behind the last.

    Attributes
    ----------
    cells : tuple of Cell
    layers : list of Layer
        One for each cell.
    constant : float
        What no roster avoids; infinite where there is none.
    """

    cells: tuple[Cell, ...]
    layers: list[Layer]
    constant: float

    def price(self, codes: Sequence[Code]) -> float:
        """Return what the rows cost when the cells have these shifts."""
        total, node = self.constant, 0
        for layer, code in zip(self.layers, codes, strict=True):
            choice = next(number for number, alike in enumerate(layer.choices) if code in alike)
            total += float(layer.cost[choice, node])
            node = int(layer.next[choice, node])
        return total


def diagram(grid: Grid, cells: Sequence[Cell], rows: Sequence[Row], most: int) -> Diagram | None:
    """Return the diagram of cells in this order, or None where it has too many nodes or costs that are not exact.

    Parameters
    ----------
    grid : Grid
    cells : sequence of Cell
        The fewer rows reach across a place in it, the fewer nodes there are.
    rows : sequence of Row
        That look at no other cells.
    most : int
        Nodes.
    """
    if any((row.weight or 0) * row.most >= EXACT for row in rows):
        return None
    place = {cell: at for at, cell in enumerate(cells)}
    sums = [_sum(grid, place, number, row, side) for number, row in enumerate(rows) for side in row.sides if side.cells]
    constant, layers, nodes = 0.0, list[Layer](), 0
    active: list[Sum] = []
    states = numpy.zeros((1, 0), dtype=numpy.int64)
    for at, cell in enumerate(cells):
        fresh = [one for one in sums if one.first == at]
        begin = numpy.array([one.begin for one in fresh], dtype=numpy.int64)
        states = numpy.hstack([states, numpy.broadcast_to(begin, (len(states), len(fresh)))])
        active += fresh
        for position, one in enumerate(active[len(active) - len(fresh) :], len(active) - len(fresh)):
            constant += float(_charge(one, states[:, position], one.low[at], one.high[at]).max())
        layer, states, active = _step(states, active, at, grid.left[cell])
        layers.append(layer)
        nodes += len(states)
        if nodes > most:
            return None
    return Diagram(tuple(cells), layers, constant)


def _sum(grid: Grid, place: dict[Cell, int], number: int, row: Row, side: Side) -> Sum:
    counts = {place[cell]: units for cell, units in zip(side.cells, side.units, strict=True)}
    kinds = [[counts[at][code] for code in grid.left[cell]] if at in counts else [0] for cell, at in place.items()]
    low, high = (list(accumulate(map(end, reversed(kinds)), initial=0))[::-1] for end in (min, max))
    last = max(place[cell] for other in row.sides for cell in other.cells)
    weight = numpy.inf if row.weight is None else float(row.weight)
    return Sum(number, len(row.sides) == 1, weight, counts, -side.limit, min(counts), last, low, high)


def _charge(one: Sum, sums: Any, low: int, high: int) -> Any:
    """Bring sums to what can still matter, and return the cost of what is certain."""
    cost = numpy.zeros(sums.shape)
    if one.single:
        above = numpy.maximum(sums + low, 0)
        sums -= above
        cost[above > 0] = one.weight
        cost *= numpy.maximum(above, 1)
    numpy.maximum(sums, -high, out=sums)
    return cost


def _step(states: Any, active: list[Sum], at: int, left: tuple[Code, ...]) -> tuple[Layer, Any, list[Sum]]:
    """Return the layer at a cell, the sums at the nodes of the next one, and the sides that these are of."""
    alike: dict[tuple[int, ...], list[Code]] = {}
    for code in left:
        alike.setdefault(tuple(one.counts[at][code] if at in one.counts else 0 for one in active), []).append(code)
    added = numpy.array(list(alike), dtype=numpy.int64).reshape(len(alike), 1, len(active))
    sums = states[None] + added
    cost = numpy.zeros(sums.shape[:2])
    excess: dict[int, tuple[float, Any]] = {}
    for position, one in enumerate(active):
        here = sums[:, :, position]
        cost += _charge(one, here, one.low[at + 1], one.high[at + 1])
        if one.last == at and not one.single:
            excess[one.row] = one.weight, numpy.maximum(excess.get(one.row, (0.0, 0))[1], here)
    for weight, above in excess.values():
        cost[above > 0] += weight * above[above > 0]
    kept = [position for position, one in enumerate(active) if one.last > at]
    following = sums[:, :, kept].reshape(sums.shape[0] * sums.shape[1], len(kept))
    first, node = _distinct(following)
    layer = Layer(
        [tuple(codes) for codes in alike.values()],
        node.reshape(cost.shape).astype(numpy.int32), cost.astype(numpy.float32),
    )  # fmt: skip
    return layer, following[first], [active[position] for position in kept]


def _distinct(states: Any) -> tuple[Any, Any]:
    """Return where each distinct state is first, and which one each state is."""
    key, size = numpy.zeros(len(states), dtype=numpy.int64), 1
    for sums in states.T:
        low, high = int(sums.min()), int(sums.max())
        if size * (high - low + 1) > WIDE:
            _, key = numpy.unique(key, return_inverse=True)
            size = int(key.max()) + 1
        key = key * (high - low + 1) + (sums - low)
        size *= high - low + 1
    _, first, node = numpy.unique(key, return_index=True, return_inverse=True)
    return first, node
