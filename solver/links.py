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
        first = self._first
        entries = numpy.concatenate([numpy.arange(int(first[key]), int(first[key + 1])) for key in keys.tolist()])
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
        low, size = cells[0] * self.shifts, len(cells) * self.shifts
        first, last = self._first[low], self._first[low + size]
        side, unit = self._side[first:last], self._unit[first:last]
        before = over[side]
        added = numpy.maximum(0, before + unit) - numpy.maximum(0, before)
        here = numpy.bincount(self._key[first:last] - low, numpy.minimum(self.weight[side], heavy) * added, size)
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
