"""Finds people's cheapest legal rows under any prices of single cells.

Totals that single shifts use up, and few rows come near, become a dimension of the dynamic program
(``solver/batch.py``) once a row has broken them: state space relaxation [1]_.

References
----------
.. [1] N. Boland, J. Dethridge, I. Dumitrescu, Accelerated label setting algorithms for the elementary resource
   constrained shortest path problem, Oper. Res. Lett. 34 (2006).
"""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy

from solver.batch import Batch
from solver.grid import Grid
from solver.kinds import Described, described
from solver.legal_row import LegalRow, Span
from solver.totals import Code

ROOM = 1_000_000
"""Values of ``V`` of those whose rows are found at once: more are slower, for they fill the processor's memory."""
KEPT = 16_000_000
"""Values kept from one time to the next, which bounds memory."""
MANY = 4_000_000
"""Values of ``V`` of one person above which only days of work and weekends are counted."""
PATIENCE = 8
"""Rows in succession far from a total after which that is no dimension any more."""
TRIES = 12
"""Times that such a row is searched until it breaks no total."""

Rows = dict[int, tuple[float, list[Code]]]
"""Price and shifts of a row, by person."""


class Cheapest:
    """Finds the cheapest legal rows of people.

    Parameters
    ----------
    grid : Grid
    rows : dict of int to LegalRow
        What a legal row is, by person.

    Attributes
    ----------
    exact : bool
        Whether no legal row is cheaper than those found last.
    """

    def __init__(self, grid: Grid, rows: Mapping[int, LegalRow]) -> None:
        self.grid = grid
        self.rows = rows
        self._open = numpy.zeros((len(grid.places), len(grid.shifts)), dtype=bool)
        for cell, left in enumerate(grid.left):
            self._open[cell, list(left)] = True
        for row in rows.values():
            for at, code in row.refused:
                self._open[row.cells[at], code] = False
        self._may = {
            person: frozenset(code for cell in row.cells for code in grid.left[cell]) for person, row in rows.items()
        }
        self._active = {person: _at_first(row) for person, row in rows.items()}
        self._known: dict[int, Described] = {}
        self._batches: dict[tuple[int, ...], Batch] = {}
        self._loose: dict[tuple[int, Span], int] = {}
        self.exact = True

    @property
    def size(self) -> int:
        """How many values of ``V`` it takes to find everybody's row once."""
        return sum(self._described(person).size for person in self.rows)

    def find(self, people: Sequence[int], prices: Any, stopped: Callable[[], bool] = lambda: False) -> Rows:
        """Return for each of the people the price and the shifts of a cheapest legal row; nobody without one.

        Parameters
        ----------
        people : sequence of int
        prices : ndarray of float, shape (cells, shifts)
        stopped : callable
            Polled between batches of people; once true, those whose turn has not come are left out.
        """
        found: Rows = {}
        left: list[int] = []
        for person in people:
            if self._described(person).size <= MANY:
                left.append(person)
            elif not stopped() and (row := self._roughly(person, prices)) is not None:
                found[person] = row
        self.exact = len(left) == len(people)
        while left:
            if any(self._described(person).size > MANY for person in left):
                return found | self.find(left, prices, stopped)
            solved = self._solved(left, prices, stopped)
            left = [person for person, (_, codes) in solved.items() if self._widen(person, codes)]
            found |= {person: row for person, row in solved.items() if person not in left}
        for person, (_, codes) in found.items():
            self._narrow(person, codes)
        return found

    def _solved(self, people: Sequence[int], prices: Any, stopped: Callable[[], bool]) -> Rows:
        """Return price and shifts of everyone's cheapest row that keeps the totals which are dimensions."""
        found: Rows = {}
        for batch in self._split(people):
            if stopped():
                break
            cells = batch.cells
            here = numpy.where(self._open[cells], prices[cells], numpy.inf)
            rows = zip(batch.people, batch.solve(here), strict=True)
            found |= {person: row for person, row in rows if row is not None}
        return found

    def _roughly(self, person: int, prices: Any) -> tuple[float, list[Code]] | None:
        """Return a cheap legal row of somebody whose totals have too many values.

        Only days of work are counted. Where the row found breaks a total, it may have fewer or more of them; or what
        the total counts is made dearer or cheaper, the more the oftener it is broken.
        """
        row, step = self.rows[person], 0.0
        work, cells = set(row.work), list(row.cells)
        own = numpy.where(self._open[cells], prices[cells], numpy.inf)
        one = tuple(int(code in work) for code in range(len(self.grid.shifts)))
        low, high, extra = 0, len(cells), numpy.zeros(len(one))
        for _ in range(TRIES):
            counted = described(person, row, (Span(one, low, high),), self._may[person])
            found = self._batch([counted]).solve((own + extra)[None])[0]
            if found is None:
                return None
            codes = found[1]
            broken = [(span, total) for span in row.spans if not span.low <= (total := span.of(codes)) <= span.high]
            if not broken:
                return float(own[range(len(cells)), codes].sum()), codes
            step = max(2 * step, 1.0, numpy.ptp(own[numpy.isfinite(own)]) / 16)
            days = sum(one[code] for code in codes)
            for span, total in broken:
                counts = [span.units[code] for code in row.work if code in self._may[person]]
                over = total - span.high if total > span.high else total - span.low
                if min(counts) == 0:
                    extra += numpy.sign(over) * step * (numpy.array(span.units) > 0)
                elif over > 0:
                    high = days - max(1, over // max(counts))
                    low = min(low, high)
                else:
                    low = days + max(1, -over // max(counts))
                    high = max(low, high)
        return None

    def _described(self, person: int) -> Described:
        active, known = self._active[person], self._known.get(person)
        if known is None or known.spans != active:
            known = self._known[person] = described(person, self.rows[person], active, self._may[person])
        return known

    def _widen(self, person: int, codes: Sequence[Code]) -> bool:
        """Make those totals that a row breaks dimensions; return whether it breaks any."""
        broken = [span for span in self.rows[person].spans if not span.low <= span.of(codes) <= span.high]
        self._active[person] = tuple(sorted((*self._active[person], *broken)))
        return bool(broken)

    def _narrow(self, person: int, codes: Sequence[Code]) -> None:
        """Leave out those totals that no row has come near for a while."""
        first = _at_first(self.rows[person])
        kept = []
        for span in self._active[person]:
            loose = self._loose.get((person, span), 0) + 1
            if span in first or (total := span.of(codes)) == span.high or 0 < total == span.low:
                loose = 0
            self._loose[person, span] = loose
            if loose < PATIENCE:
                kept.append(span)
            else:
                del self._loose[person, span]
        self._active[person] = tuple(kept)

    def _split(self, people: Sequence[int]) -> list[Batch]:
        """Sort people into batches of those whose rows are alike."""
        alike: dict[object, list[Described]] = {}
        for person in people:
            row, one = self.rows[person], self._described(person)
            key = len(row.cells), row.work, row.follow, row.weekends, len(one.units), -1 in one.kinds
            alike.setdefault(key, []).append(one)
        found: list[Batch] = []
        for group in alike.values():
            step = max(1, ROOM // max(one.size for one in group))
            found += [self._batch(group[first : first + step]) for first in range(0, len(group), step)]
        return found

    def _batch(self, group: list[Described]) -> Batch:
        people = tuple(one.person for one in group)
        batch = self._batches.get(people)
        if batch is None or batch.group != group:
            if sum(one.size for one in self._batches.values()) > KEPT:
                self._batches.clear()
            batch = self._batches[people] = Batch(group, len(self.grid.shifts))
        return batch


def _at_first(row: LegalRow) -> tuple[Span, ...]:
    """Return the totals that matter to most rows: with a minimum, or used up alike by all work."""
    return tuple(span for span in row.spans if span.low > 0 or len({span.units[code] for code in row.work}) == 1)
