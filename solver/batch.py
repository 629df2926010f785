"""The cheapest legal rows of people whose rows are alike, by dynamic programming over the days.

A row is a succession of stretches (``solver/stretches.py``). Let ``c[a, k, u]`` be the least price of ``k`` days of
work from day ``a`` that use up ``u`` of the totals, successions kept: a shortest path over ``k`` days. Then the least
price ``V[t, v]`` of the days before ``t`` that have used up ``v`` is the least of

    V[t - 1, v] + rest[t - 1]            and            V[a, v - u] + c[a, k, u] + the rest that must follow,

the dimensions of ``v`` being how many shifts of each kind that totals over the row count alike, and the weekends
worked. It is the pricing problem of the literature, a shortest path with resources [1]_, here for many people at once.

References
----------
.. [1] S. Irnich, G. Desaulniers, Shortest path problems with resource constraints, in: Column Generation (2005).
"""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false

from __future__ import annotations

from typing import Any

import numpy

from solver.kinds import Described, Vector, added
from solver.legal_row import LegalRow
from solver.steps import Form, Shared, Step
from solver.totals import Code

Contents = dict[tuple[int, Vector], Any]
"""For each length and use of stretches an array over people, first days, and last shifts."""
Costs = dict[tuple[int, Vector], list[Any]]
"""For each length and use, by first day, what a stretch costs each person; None where it costs all too much."""


class Batch:
    """People whose rows are alike but for prices and limits."""

    def __init__(self, group: list[Described], shifts: int, shared: Shared) -> None:
        self.group = group
        self.people = tuple(one.person for one in group)
        rows = [one.row for one in group]
        self.cells = numpy.array([row.cells for row in rows])
        first = rows[0]
        self.days, self.gap = len(first.cells), first.rest
        self.work, self.off = list(first.work), [code for code in range(shifts) if code not in first.work]
        self.longest = max(row.maximum for row in rows)
        self.minimum = numpy.array([row.minimum for row in rows])
        self.maximum = numpy.array([row.maximum for row in rows])
        most = [max(numbers) for numbers in zip(*(one.most for one in group), strict=True)]
        self.used = tuple(tuple(int(kind == at) for at in range(len(most))) for kind in group[0].kinds)
        self.size = (*(number + 1 for number in most), max(row.most for row in rows) + 1)
        self._runners(first)
        self._end()
        form = Form(self.days, self.gap, self.longest, self.size, self.used, first.weekends)
        if form not in shared:
            shared[form] = form.lengths(), form.steps()
        self.lengths, self.steps = shared[form]

    def _runners(self, row: LegalRow) -> None:
        """Group the shifts by those that may come before them and by their kind."""
        groups: dict[tuple[Vector, Vector], list[int]] = {}
        for at, code in enumerate(self.work):
            before = tuple(one for one, runner in enumerate(self.work) if (runner, code) not in row.follow)
            groups.setdefault((before, self.used[at]), []).append(at)
        self.groups = [(list(before), used, members) for (before, used), members in groups.items()]

    def _end(self) -> None:
        """Mark the numbers of shifts and weekends that the totals of each person do not allow in the end."""
        self.end = numpy.zeros((len(self.group), *self.size))
        numbers = numpy.indices(self.size)
        for at, one in enumerate(self.group):
            wrong = numbers[-1] > one.row.most
            for span, units in zip(one.spans, zip(*one.units, strict=True), strict=True):
                total = sum(unit * number for unit, number in zip(units, numbers[:-1], strict=True))
                wrong |= (total < span.low) | (total > span.high)
            self.end[at][wrong] = numpy.inf

    def solve(self, prices: Any) -> list[tuple[float, list[Code]] | None]:
        """Return price and shifts of a cheapest row of each; ``prices`` has the shape (people, days, shifts)."""
        rest = prices[:, :, self.off].min(axis=2) if self.off else numpy.full(prices.shape[:2], numpy.inf)
        contents = self._contents(prices[:, :, self.work])
        costs = self._costs(contents, rest)
        shape = (len(self.people), *(1 for _ in self.size))
        value = numpy.full((self.days + 1, len(self.people), *self.size), numpy.inf)
        value[(0, slice(None), *(0 for _ in self.size))] = 0.0
        for day in range(1, self.days + 1):
            here = value[day]
            numpy.add(value[day - 1], rest[:, day - 1].reshape(shape), out=here)
            for step in self.steps[day]:
                cost = costs[step.length, step.used][step.start]
                if cost is not None:
                    into = here[step.into]
                    numpy.minimum(into, value[step.start][step.out] + cost.reshape(shape), out=into)
        last = (value[self.days] + self.end).reshape(len(self.people), -1)
        best = last.argmin(axis=1)
        found: list[tuple[float, list[Code]] | None] = []
        for person, at in enumerate(best):
            price = float(last[person, at])
            if not numpy.isfinite(price):
                found.append(None)
                continue
            pieces = self._pieces(person, value, costs, rest, numpy.unravel_index(at, self.size))
            found.append((price, self._codes(person, pieces, contents, prices)))
        return found

    def _contents(self, prices: Any) -> Contents:
        """Return the least price of stretches by length and use, for each person, first day, and last shift."""
        people, days, shifts = prices.shape
        found: Contents = {}
        for length in range(1, self.longest + 1):
            for used in self.lengths[length]:
                found[length, used] = numpy.full((people, days, shifts), numpy.inf)
        for _, used, members in self.groups:
            found[1, used][:, :, members] = prices[:, :, members]
        for length in range(2, min(self.longest, days) + 1):
            kept = days - length + 1
            for before in self.lengths[length - 1]:
                shorter = found[length - 1, before]
                for runners, used, members in self.groups:
                    if runners:
                        least = shorter[:, :kept, runners].min(axis=2)
                        into = found[length, added(before, used)]
                        into[:, :kept, members] = least[:, :, None] + prices[:, length - 1 :, members]
        return found

    def _costs(self, contents: Contents, rest: Any) -> Costs:
        """Return for each length, use and first day what a stretch costs each person with the rest after it."""
        days = self.days
        after = numpy.zeros((days + 1, len(self.people)))
        for back in range(self.gap):
            after[: days - back] += rest.T[back:]
        found: Costs = {}
        for (length, used), content in contents.items():
            least = content.min(axis=2).T.copy()
            kept = max(0, days - length + 1)
            least[:kept] += after[length : length + kept]
            least[:, length > self.maximum] = numpy.inf
            inner = slice(1, max(1, kept - 1))
            least[inner, length < self.minimum] = numpy.inf
            least[kept:] = numpy.inf
            some = numpy.isfinite(least).any(axis=1)
            found[length, used] = [row if one else None for row, one in zip(least, some, strict=True)]
        return found

    def _pieces(self, person: int, value: Any, costs: Costs, rest: Any, at: Any) -> list[Step]:
        """Trace a cheapest row back to its stretches."""
        found: list[Step] = []
        day, here = self.days, tuple(int(part) for part in at)
        while day > 0:
            price = value[(day, person, *here)]
            if value[(day - 1, person, *here)] + rest[person, day - 1] == price:
                day -= 1
                continue
            for step in self.steps[day]:
                cost = costs[step.length, step.used][step.start]
                before = tuple(one - part for one, part in zip(here, step.shift, strict=True))
                if (
                    cost is not None
                    and min(before) >= 0
                    and value[(step.start, person, *before)] + cost[person] == price
                ):
                    found.append(step)
                    day, here = step.start, before
                    break
            else:
                raise AssertionError("a row that was priced has no stretches")
        return found

    def _codes(self, person: int, pieces: list[Step], contents: Contents, prices: Any) -> list[Code]:
        """Return the shifts of a row made of some stretches."""
        own = prices[person]
        codes = (
            [min(self.off, key=lambda code: own[day, code]) for day in range(self.days)]
            if self.off
            else [0] * self.days
        )
        for step in pieces:
            used = step.used
            allowed = range(len(self.work))
            for length in range(step.length, 0, -1):
                content = contents[length, used][person, step.start]
                last = min(allowed, key=lambda at: content[at])
                codes[step.start + length - 1] = self.work[last]
                allowed = next(group[0] for group in self.groups if last in group[2])
                used = tuple(one - part for one, part in zip(used, self.used[last], strict=True))
        return codes
