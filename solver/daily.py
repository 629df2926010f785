"""The least prices of rows day by day: less work than by stretches where these use up totals in many ways.

What is known of a row at the end of a day is how long it has worked and its last shift, or how long it has rested; with
``F[g, k, v]`` the least price of ``k`` days of work of which the last has a shift of group ``g``,

    F'[g, k, v] = price of g + min over g' that may come before g of F[g', k - 1, v - use of g],

and a stretch begins from the least price of rows that have rested enough, which is ``V`` of ``solver/batch.py``.
"""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false

from __future__ import annotations

from typing import Any

import numpy

from solver.contents import Contents, Priced
from solver.counts import Counts
from solver.kinds import Described


class Daily:
    """The dynamic program of some people by days.

    Parameters
    ----------
    group : list of Described
    contents : Contents
    counts : Counts
    """

    def __init__(self, group: list[Described], contents: Contents, counts: Counts) -> None:
        rows = [one.row for one in group]
        self.contents, self.counts = contents, counts
        self.weekends = rows[0].weekends
        self.longest = len(contents.uses) - 1
        owner = counts.owner
        self._gap = numpy.array([row.rest for row in rows])[owner]
        maximum = numpy.array([row.maximum for row in rows])[owner]
        minimum = numpy.array([row.minimum for row in rows])[owner]
        length = numpy.arange(1, self.longest + 1)[:, None]
        self._long = numpy.where(length > maximum, numpy.inf, 0.0)
        self._short = numpy.where(length < minimum, numpy.inf, 0.0)
        self.rest = int(self._gap.max())
        self._before: dict[tuple[int, int], Any] = {}

    def value(self, priced: Priced, rest: Any) -> Any:
        """Return ``V``, of shape (``reach`` days before the first and all days, vectors and what cannot be)."""
        size, days = self.counts.size, len(rest)
        reach = self.longest + self.rest
        value = numpy.full((reach + days + 1, size + 1), numpy.inf)
        work = numpy.full((len(self.contents.before), self.longest, size + 1), numpy.inf)
        rested = numpy.full((self.rest, size + 1), numpy.inf)
        rested[-1, self.counts.first] = 0.0
        for day in range(days):
            value[reach + day] = rested[-1]
            worked = self._worked(work, rested[-1], priced.day[:, day], day)
            rested = self._rested(work, rested, rest[day], day)
            work = worked
        value[reach + days] = numpy.minimum(rested.min(axis=0), work.min(axis=(0, 1)))
        return value

    def _worked(self, work: Any, ready: Any, prices: Any, day: int) -> Any:
        """Return ``F`` after a day of work."""
        owner = self.counts.owner
        found = numpy.full_like(work, numpy.inf)
        begun = sum(day in weekend for weekend in self.weekends)
        new = sum(day == min(weekend) for weekend in self.weekends)
        for group, before in enumerate(self.contents.before):
            price = prices[group].take(owner)
            found[group, 0, :-1] = ready.take(self._looked(group, begun)) + price
            if before and self.longest > 1:
                longer = work[before, :-1].min(axis=0).take(self._looked(group, new), axis=1)
                longer += price
                longer += self._long[1:]
                found[group, 1:, :-1] = longer
        return found

    def _rested(self, work: Any, rested: Any, price: Any, day: int) -> Any:
        """Return the least prices by days of rest, enough at the last, after a day of rest."""
        found = numpy.full_like(rested, numpy.inf)
        least = work[:, :, :-1].min(axis=0)
        ended = (least + self._short).min(axis=0)
        if 0 < day <= self.longest:
            ended = numpy.minimum(ended, least[day - 1])  # a run that began with the row may be short
        found[1:] = rested[:-1]
        found[-1] = numpy.minimum(found[-1], rested[-1])
        for days in range(self.rest):
            here = numpy.where(self._gap == self.rest - days, ended, numpy.inf)
            found[days, :-1] = numpy.minimum(found[days, :-1], here)
        found[:, :-1] += price.take(self.counts.owner)
        return found

    def _looked(self, group: int, weekends: int) -> Any:
        """Return the position of each vector less a shift of a group and some weekends."""
        key = group, weekends
        if key not in self._before:
            kinds = len(self.contents.uses[0][0])
            mine = self.contents.kind[group][self.counts.owner]
            found = numpy.empty(self.counts.size, dtype=numpy.intp)
            for kind in sorted(set(mine.tolist())):
                use = (*(int(kind == at) for at in range(kinds)), weekends)
                found[mine == kind] = self.counts.before(use)[mine == kind]
            self._before[key] = found
        return self._before[key]
