"""Reads the grid's hard rows and measures of one person back into what they say of the whole row."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from math import gcd

from solver.grid import Grid, Row
from solver.legal_row import Refused, Span
from solver.totals import Cell, Code, Measure, Units


class OwnRows:
    """What the hard rows of one person add up to.

    Parameters
    ----------
    grid : Grid
    cells : tuple of Cell
        The person's, in order.
    work : frozenset of Code
    pairs : dict
        What rows have been found to refuse, shared by all people: their rows are mostly alike.
    """

    def __init__(
        self,
        grid: Grid,
        cells: tuple[Cell, ...],
        work: frozenset[Code],
        pairs: dict[object, Refused],
    ) -> None:
        self._grid = grid
        self._cells = cells
        self._work = work
        self._pairs = pairs
        self._refused: dict[Cell, Refused] = {}
        self._never: set[tuple[Cell, Code]] = set()
        self._bounds: dict[Units, list[int]] = {}

    def take(self, row: Row) -> bool:
        """Read a row; return whether it says something that a description can hold."""
        if row.weight is not None:
            return False
        for side in row.sides:
            if len(side.cells) == 1:
                cell, units = side.cells[0], side.units[0]
                self._never |= {(cell, code) for code in self._grid.left[cell] if units[code] > side.limit}
            elif len(side.cells) == 2 and side.cells[1] == side.cells[0] + 1:
                refused = self._refused_by(side.cells, side.units, side.limit)
                self._refused[side.cells[0]] = self._refused.get(side.cells[0], frozenset()) | refused
            elif not self._take_total(side.cells, side.units, side.limit):
                return False
        return True

    def _refused_by(self, cells: list[Cell], units: list[Units], limit: int) -> Refused:
        """Return the pairs of shifts on two neighbouring days that are above the limit together."""
        left = self._grid.left
        key = left[cells[0]], left[cells[1]], units[0], units[1], limit
        found = self._pairs.get(key)
        if found is None:
            first, second = key[0], key[1]
            found = frozenset((a, b) for a in first for b in second if units[0][a] + units[1][b] > limit)
            self._pairs[key] = found
        return found

    def _take_total(self, cells: list[Cell], units: list[Units], limit: int) -> bool:
        """Read a total over the whole row: all cells count alike, those left out nothing."""
        first = units[0]
        if any(other is not first and other != first for other in units):
            return False
        sign = -1 if min(first) < 0 else 1
        counts = tuple(sign * unit for unit in first)
        looked = set(cells)
        rest = (cell for cell in self._cells if cell not in looked)
        if min(counts) < 0 or any(counts[code] for cell in rest for code in self._grid.left[cell]):
            return False
        if any(count and code not in self._work for code, count in enumerate(counts)):
            return False
        common = gcd(*counts)
        least = tuple(count // common for count in counts)
        bounds = self._bounds.setdefault(least, [0, len(self._cells) * max(least)])
        if sign > 0:
            bounds[1] = min(bounds[1], limit // common)
        else:
            bounds[0] = max(bounds[0], -(limit // common))
        return True

    def refused(self) -> frozenset[tuple[int, Code]]:
        """Return which position may not hold which shift, beyond what the grid's cells say."""
        return frozenset((cell - self._cells[0], code) for cell, code in self._never)

    def spans(self) -> tuple[Span, ...]:
        """Return the totals."""
        most = {units: len(self._cells) * max(units) for units in self._bounds}
        return tuple(
            Span(units, low, high)
            for units, (low, high) in sorted(self._bounds.items())
            if low > 0 or high < most[units]
        )

    def follow(self) -> Refused | None:
        """Return the pairs refused on any day; None where one is allowed on another day, or is not work."""
        left = self._grid.left
        refused = Refused().union(*set(self._refused.values()))
        if any(a not in self._work or b not in self._work for a, b in refused):
            return None
        pairs = pairwise(self._cells)
        kinds = {(self._refused.get(one, Refused()), left[one], left[other]) for one, other in pairs}
        for here, first, second in kinds:
            if any(a in first and b in second for a, b in refused - here):
                return None
        return refused


def weekends(
    grid: Grid, cells: tuple[Cell, ...], work: frozenset[Code], measures: Iterable[Measure]
) -> tuple[tuple[tuple[int, ...], ...], int] | None:
    """Return the weekends and how many may be worked, or None where a measure says something else."""
    position = {cell: at for at, cell in enumerate(cells)}
    found: tuple[tuple[tuple[int, ...], ...], int] = (), 0
    for measure in measures:
        if measure.weight is not None or measure.form != "occasions" or found[0]:
            return None
        days: list[tuple[int, ...]] = []
        for total in measure.totals:
            places = tuple(sorted(position[cell] for cell in total.named))
            if total.constant or len(places) > 2 or (len(places) == 2 and places[1] != places[0] + 1):
                return None
            if any(code in work for cell in set(total.named) - set(total.cells) for code in grid.left[cell]):
                return None
            for cell, units in zip(total.cells, total.units, strict=True):
                if any((units[code] > 0) != (code in work) for code in grid.left[cell]):
                    return None
            days.append(places)
        found = tuple(days), measure.limit
    return found
