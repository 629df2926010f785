"""Whose rows have a description: people whose hard rules a dynamic program over their days can keep.

The rows of a grid say what is forbidden one inequality at a time. Here those that look at one person are read back into
what they mean together: which shifts each day may hold, which shift may follow which, how long stretches of work and of
rest are, totals over the whole row, and how many weekends are worked. Someone with any other hard rule has no such
description, nor has one with a soft rule that is not a price of single cells.
"""

from __future__ import annotations

from collections.abc import Iterable

from solver.grid import Grid, Row
from solver.legal_row import LegalRow, Refused
from solver.own_rows import OwnRows, weekends
from solver.totals import Cell, Code, Measure

LONGEST = 14
"""Days of work in a row above which stretches would be too many."""


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
        found = OwnRows(grid, cells, work, self._pairs)
        if not all(found.take(row) for row in self._own.get(person, ())):
            return None
        worked = weekends(grid, cells, work, self._measures.get(person, ()))
        spans, follow = found.spans(), found.follow()
        if worked is None or follow is None:
            return None
        return LegalRow(cells, tuple(sorted(work)), minimum, maximum, rest, found.refused(), follow, spans, *worked)

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
