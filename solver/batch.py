"""The cheapest legal rows of many people at once, by dynamic programming over the days.

A row is a succession of stretches (``solver/stretches.py``). Let ``c[a, k, u]`` be the least price of ``k`` days of
work from day ``a`` that use up ``u`` of the totals, successions kept (``solver/contents.py``). Then the least price
``V[t, v]`` of the days before ``t`` that have used up ``v`` is the least of

    V[t - 1, v] + rest[t - 1]            and            V[a, v - u] + c[a, k, u] + the rest that must follow,

the dimensions of ``v`` being how many shifts of each kind that totals over the row count alike, and the weekends
worked (``solver/counts.py``). It is the pricing problem of the literature, a shortest path with resources [1]_. The
vectors ``v`` of everybody lie in one array, and a day takes a few operations on it.

References
----------
.. [1] S. Irnich, G. Desaulniers, Shortest path problems with resource constraints, in: Column Generation (2005).
"""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false

from __future__ import annotations

from typing import Any

import numpy

from solver.contents import Contents
from solver.counts import Counts
from solver.daily import Daily
from solver.kinds import Described
from solver.stretchwise import Stretchwise
from solver.totals import Code

DEARER = 2.0
"""What a length and last shift of a stretch costs by days, as a multiple of a length and use by stretches."""


class Batch:
    """People whose rows are alike but for prices and limits.

    Parameters
    ----------
    group : list of Described
    shifts : int
        Of the problem.
    """

    def __init__(self, group: list[Described], shifts: int) -> None:
        self.group = group
        self.people = tuple(one.person for one in group)
        self.cells = numpy.array([one.row.cells for one in group])
        self.off = [code for code in range(shifts) if code not in group[0].row.work]
        longest = min(max(one.row.maximum for one in group), len(group[0].row.cells))
        self.contents, self.counts = Contents(group, longest), Counts(group)
        self.stretches = Stretchwise(group, self.contents, self.counts)
        shorter = DEARER * longest * len(self.contents.before) < len(self.stretches.steps)
        self.daily = Daily(group, self.contents, self.counts) if shorter else None

    @property
    def size(self) -> int:
        """How many values are kept from one solution to the next."""
        return self.counts.size if self.daily is not None else self.stretches.size

    def solve(self, prices: Any) -> list[tuple[float, list[Code]] | None]:
        """Return price and shifts of a cheapest row of each; ``prices`` has the shape (people, days, shifts)."""
        rest = prices[:, :, self.off].min(axis=2).T if self.off else numpy.full(prices.shape[1::-1], numpy.inf)
        priced = self.contents.priced(prices)
        costs = self.stretches.costs(priced, rest)
        value = self.stretches.value(costs, rest) if self.daily is None else self.daily.value(priced, rest)
        last = value[-1, :-1] + self.counts.end
        ends = numpy.append(self.counts.first[1:], self.counts.size)
        found: list[tuple[float, list[Code]] | None] = []
        for person, (first, end) in enumerate(zip(self.counts.first, ends, strict=True)):
            best = int(first + last[first:end].argmin())
            if not numpy.isfinite(last[best]):
                found.append(None)
                continue
            own = prices[person]
            least = own[:, self.off].argmin(axis=1).tolist() if self.off else [0] * len(own)
            codes = [self.off[code] if self.off else 0 for code in least]
            for start, step in self.stretches.trace(person, best, value, costs, rest):
                codes[start : start + step.length] = self.contents.codes(priced, own, person, start, *step)
            found.append((float(last[best]), codes))
        return found
