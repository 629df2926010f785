"""What the rows of several people have in common: the rows of a grid that look at more than one of them, as arrays."""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy

from solver.grid import Grid
from solver.totals import Cell, Code, Units


class Links:
    """The sides of shared rows, and what each shift in each cell counts there.

    Parameters
    ----------
    grid : Grid
    shared : sequence of int
        The rows.

    Attributes
    ----------
    base : ndarray of float, shape (cells, shifts)
        The price of each shift in each cell.
    limit, row, weight : ndarray of int, int, float, shape (sides,)
        Of each side its limit, the row by position in ``shared``, and the row's weight, infinite where hard.
    most : ndarray of int, shape (rows,)
        The largest excess of each row.
    """

    def __init__(self, grid: Grid, shared: Sequence[int]) -> None:
        self.shifts = len(grid.shifts)
        self.base = numpy.zeros((len(grid.places), self.shifts))
        for cell, price in enumerate(grid.price):
            for code, amount in price.items():
                self.base[cell, code] = amount
        rows = [grid.rows[number] for number in shared]
        self.most = numpy.array([row.most for row in rows], dtype=numpy.int64)
        keys: list[Any] = []
        sides: list[Any] = []
        units: list[Any] = []
        limits: list[int] = []
        of_row: list[int] = []
        for number, row in enumerate(rows):
            for side in row.sides:
                cells = numpy.array(side.cells, dtype=numpy.int64)
                at, code, unit = _counted(side.units)
                keys.append(cells[at] * self.shifts + code)
                units.append(unit)
                sides.append(numpy.full(len(at), len(limits)))
                limits.append(side.limit)
                of_row.append(number)
        self.limit, self.row = numpy.array(limits, dtype=numpy.int64), numpy.array(of_row, dtype=numpy.int64)
        weight = [numpy.inf if row.weight is None else float(row.weight) for row in rows]
        self.weight = numpy.array(weight)[self.row] if rows else numpy.zeros(0)
        key = numpy.concatenate(keys) if keys else numpy.zeros(0, dtype=numpy.int64)
        order = numpy.argsort(key, kind="stable")
        self._key = key[order]
        self._side = numpy.concatenate(sides)[order] if keys else key
        self._unit = numpy.concatenate(units)[order] if keys else key
        self._first = numpy.searchsorted(self._key, numpy.arange(self.base.size + 1))

    def prices(self, dual: Any) -> Any:
        """Return the price of each shift in each cell less what the dual prices of the sides give for it."""
        given = numpy.bincount(self._key, self._unit * dual[self._side], self.base.size)
        return self.base - given.reshape(self.base.shape)

    def counts(self, cells: Sequence[Cell], codes: Sequence[Code]) -> tuple[Any, Any]:
        """Return the sides that some cells with these shifts count in, and how much."""
        keys = numpy.asarray(cells) * self.shifts + numpy.asarray(codes)
        first, number = self._first[keys], self._first[keys + 1] - self._first[keys]
        entries = numpy.arange(int(number.sum())) + numpy.repeat(first - (number.cumsum() - number), number)
        return self._side[entries], self._unit[entries]

    def own(self, cells: Sequence[Cell], codes: Sequence[Code]) -> float:
        """Return the sum of the prices of single cells."""
        return float(self.base[list(cells), list(codes)].sum())

    def sums(self, codes: Sequence[Code]) -> Any:
        """Return each side's sum less its limit, all cells given."""
        side, unit = self.counts(range(len(codes)), codes)
        return numpy.bincount(side, unit, len(self.limit)).astype(numpy.int64) - self.limit

    def marginal(self, cells: Sequence[Cell], over: Any, heavy: float) -> Any:
        """Return prices of one person's cells, all others given: exact where each row looks at one of the cells.

        Parameters
        ----------
        cells : sequence of Cell
            A person's, in order without a gap.
        over : ndarray of float, shape (sides,)
            Each side's sum less its limit, without the person.
        heavy : float
            What a unit of excess of a hard row counts.

        Returns
        -------
        ndarray of float, shape (len(cells), shifts)
        """
        side, unit, place = self._looked(cells)
        before = over[side]
        added = numpy.maximum(0, before + unit) - numpy.maximum(0, before)
        return self._priced(cells, place, numpy.minimum(self.weight[side], heavy) * added)

    def sloped(self, cells: Sequence[Cell], over: Any, price: Any, slope: Any, most: Any) -> Any:
        """Return prices of one person's cells where each side asks a price that its sum moves along a slope.

        Parameters
        ----------
        cells : sequence of Cell
            A person's, in order without a gap.
        over : ndarray of float, shape (sides,)
            Each side's sum less its limit, without the person.
        price, slope, most : ndarray of float, shape (sides,)
            What each side asks for a unit at its limit, by how much more per unit above it, and at most.

        Returns
        -------
        ndarray of float, shape (len(cells), shifts)
        """
        side, unit, place = self._looked(cells)
        asked = numpy.clip(price[side] + slope[side] * (over[side] + unit / 2), 0.0, most[side])
        return self._priced(cells, place, unit * asked)

    def _looked(self, cells: Sequence[Cell]) -> tuple[Any, Any, Any]:
        """Return what some cells in order count: side, number, and which shift of which cell."""
        low = cells[0] * self.shifts
        first, last = self._first[low], self._first[low + len(cells) * self.shifts]
        return self._side[first:last], self._unit[first:last], self._key[first:last] - low

    def _priced(self, cells: Sequence[Cell], place: Any, added: Any) -> Any:
        """Return the prices of some cells in order with what is added to them."""
        here = numpy.bincount(place, added, len(cells) * self.shifts)
        return self.base[cells[0] : cells[-1] + 1] + here.reshape(len(cells), self.shifts)


def _counted(units: Sequence[Units]) -> tuple[Any, Any, Any]:
    """Return position, shift and number of whatever counts, position by position."""
    if len(set(map(id, units))) > 1:
        counts = numpy.array(units, dtype=numpy.int64)
        at, code = counts.nonzero()
        return at, code, counts[at, code]
    counts = numpy.array(units[0], dtype=numpy.int64)  # as everybody's cover of a day counts alike
    (code,) = counts.nonzero()
    size = len(units)
    return numpy.repeat(numpy.arange(size), len(code)), numpy.tile(code, size), numpy.tile(counts[code], size)
