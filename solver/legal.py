"""What a legal row is, for people whose hard rules a dynamic program over their days can keep.

The rows of a grid say what is forbidden one inequality at a time. Here those that look at one person are read back into
what they mean together: which shifts each day may hold, which shift may follow which, how long stretches of work and of
rest are, totals over the whole row, and how many weekends are worked. Someone with any other hard rule has no such
description, nor has one with a soft rule that is not a price of single cells.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from math import gcd
from typing import NamedTuple

from solver.grid import Grid, Row, Units
from solver.totals import Cell, Code, Measure

LONGEST = 14
"""Days of work in a row above which stretches would be too many."""


Refused = frozenset[tuple[Code, Code]]
"""Shifts of two days in a row, or of a position in a row and a shift."""


class Span(NamedTuple):
    """``low ≤ Σ units ≤ high`` over the whole row; only work has units, none of them below 0."""

    units: Units
    low: int
    high: int

    def of(self, codes: Iterable[Code]) -> int:
        """Return the total of a row."""
        return sum(self.units[code] for code in codes)


class LegalRow(NamedTuple):
    """What a legal row of a person is.

    Attributes
    ----------
    cells : tuple of Cell
        One a day, in order.
    work : tuple of Code
        All other shifts are rest.
    minimum, maximum, rest : int
        Days of work in a row, and least days of rest in a row. A run at an end of the row may be short.
    refused : frozenset of (int, Code)
        Which position in the row may not hold which shift.
    follow : frozenset of (Code, Code)
        Which shift of work may not be followed by which on the next day.
    spans : tuple of Span
    weekends : tuple of tuple of int
        Positions in the row, one or two neighbouring ones each.
    most : int
        Weekends that may be worked.
    """

    cells: tuple[Cell, ...]
    work: tuple[Code, ...]
    minimum: int
    maximum: int
    rest: int
    refused: frozenset[tuple[int, Code]]
    follow: Refused
    spans: tuple[Span, ...]
    weekends: tuple[tuple[int, ...], ...]
    most: int


class Legal:
    """The legal rows of everyone who has such a description, and the rows of the grid that look at several people.

    Attributes
    ----------
    rows : dict of int to LegalRow
        By person.
    shared : list of int
        The grid's rows with cells of several people.
    whole : bool
        Whether every person with a choice has a description, and nothing else looks at several people.
    """

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.shared: list[int] = []
        self._own: dict[int, list[Row]] = {}
        self._measures: dict[int, list[Measure]] = {}
        self.whole = True
        implied = {row for runs in grid.runs.values() for run in runs for row in run.rows}
        for number, row in enumerate(grid.rows):
            if number not in implied:
                person = self._person(cell for side in row.sides for cell in side.cells)
                if person is None:
                    self.shared.append(number)
                else:
                    self._own.setdefault(person, []).append(row)
        for measure in grid.measures:
            person = self._person(cell for total in measure.totals for cell in total.cells)
            if person is None:
                self.whole = False
            else:
                self._measures.setdefault(person, []).append(measure)
        self._pairs: dict[object, Refused] = {}
        self.rows: dict[int, LegalRow] = {}
        self._read_all()

    def _read_all(self) -> None:
        """Describe everyone's row. What nobody could do anyway is refused alike, so that rows are alike."""
        grid = self.grid
        for person, days in enumerate(grid.index.employed):
            if days:
                row = self._read(person)
                if row is None:
                    self.whole = False
                else:
                    self.rows[person] = row
        refused = Refused().union(*(row.follow for row in self.rows.values()))
        for person, row in self.rows.items():
            may = {code for cell in row.cells for code in grid.left[cell]}
            if not any(a in may and b in may for a, b in refused - row.follow):
                self.rows[person] = row._replace(follow=refused)

    def _person(self, cells: Iterable[Cell]) -> int | None:
        """Return whose cells they are; None where they are several people's."""
        places = self.grid.places
        people = iter(cells)
        first = next(people, None)
        if first is None:
            return None
        person = places[first][0]
        return person if all(places[cell][0] == person for cell in people) else None

    def _read(self, person: int) -> LegalRow | None:
        """Return what a legal row of a person is, or None where that cannot be said."""
        grid = self.grid
        days = grid.index.employed[person]
        cells = tuple(grid.cell[person, day] for day in days)
        lengths = self._lengths(person)
        if lengths is None:
            return None
        work, minimum, maximum, rest = lengths
        found = _Found(grid, cells, work, self._pairs)
        if not all(found.take(row) for row in self._own.get(person, ())):
            return None
        weekends = _weekends(grid, cells, work, self._measures.get(person, ()))
        spans, follow = found.spans(), found.follow()
        if weekends is None or follow is None:
            return None
        return LegalRow(cells, tuple(sorted(work)), minimum, maximum, rest, found.refused(), follow, spans, *weekends)

    def _lengths(self, person: int) -> tuple[frozenset[Code], int, int, int] | None:
        """Return the shifts of work, least and most days of work in a row, and least days of rest."""
        runs = self.grid.runs.get(person, [])
        days = self.grid.index.employed[person]
        longest = next((run for run in runs if run.maximum is not None), None)
        if longest is None or longest.maximum is None or longest.maximum > LONGEST:
            return None
        work = longest.codes
        others = frozenset(range(len(self.grid.shifts))) - work
        rest = 1
        for run in runs:
            if run.days != days or (run is not longest and (run.codes != others or run.maximum is not None)):
                return None
            if run is not longest:
                rest = max(rest, run.minimum)
        return work, longest.minimum, longest.maximum, rest


class _Found:
    """What the hard rows of one person add up to."""

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


def _weekends(
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
