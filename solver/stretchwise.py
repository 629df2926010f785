"""The least prices of rows stretch by stretch, and the stretches of a cheapest row."""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false

from __future__ import annotations

from typing import Any, NamedTuple

import numpy

from solver.contents import Contents, Priced
from solver.counts import Counts
from solver.kinds import Described, Vector

KEPT = 16_000_000
"""Places remembered from one day to the next, which bounds memory."""


class Step(NamedTuple):
    """A stretch by its length, and what it uses up."""

    length: int
    use: Vector


class Costs(NamedTuple):
    """What stretches cost with the rest that must follow.

    Attributes
    ----------
    ready : ndarray of float, shape (days, steps, people)
        By the day before which the rest ends.
    short : ndarray of float, shape (gaps, steps, people)
        Those whose rest ends with the row, by the days of it.
    """

    ready: Any
    short: Any


class Stretchwise:
    """The dynamic program of some people by stretches.

    Parameters
    ----------
    group : list of Described
    contents : Contents
    counts : Counts

    Attributes
    ----------
    steps : list of Step
        What stretches there are.
    reach : int
        So many days before a day there may be the first one of a stretch that leads to it.
    """

    def __init__(self, group: list[Described], contents: Contents, counts: Counts) -> None:
        rows = [one.row for one in group]
        self.counts, self.people = counts, len(group)
        self.days = len(rows[0].cells)
        self.minimum = numpy.array([row.minimum for row in rows])
        self.maximum = numpy.array([row.maximum for row in rows])
        self.gap = numpy.array([row.rest for row in rows])
        uses = contents.uses
        self.longest = len(uses) - 1
        self.reach = self.longest + int(self.gap.max())
        self.steps = [Step(length, use) for length in range(1, len(uses)) for use in uses[length]]
        self._uses = numpy.array([(*step.use, 0) for step in self.steps])
        self._lengths = numpy.array([step.length for step in self.steps])
        self._worked = self._weekends(rows[0].weekends)
        self._some = [self._possible(day) for day in range(self.days + 1)]
        self._places: dict[tuple[Vector, tuple[Vector, ...]], Any] = {}
        self._when: dict[tuple[int, int], Any] = {}

    @property
    def size(self) -> int:
        """How many values it takes to look at all that leads to the days."""
        return len(self.steps) * self.counts.size * max(1, len(self._places))

    def costs(self, priced: Priced, rest: Any) -> Costs:
        """Return what stretches cost; ``rest`` has the shape (days, people)."""
        days, gaps = self.days, int(self.gap.max()) + 1
        after = [numpy.zeros((days + 1, self.people))]
        for gap in range(1, gaps):
            after.append(after[-1][:-1] + rest[gap - 1 :])
        ready = numpy.full((days + 1, len(self.steps), self.people), numpy.inf)
        short = numpy.full((gaps, len(self.steps), self.people), numpy.inf)
        at = 0
        for length, stretches in enumerate(priced.stretches[1:], 1):
            least = stretches[:-1].min(axis=1)
            least[:, :, length > self.maximum] = numpy.inf
            least[:, 1:-1, length < self.minimum] = numpy.inf
            steps = slice(at, at := at + len(least))
            for gap in range(min(gaps, days - length + 1)):
                last = days - length - gap
                here = least[:, : last + 1] + after[gap][length : length + last + 1]
                mine = self.gap == gap
                ready[length + gap :, steps, mine] = here[:, :, mine].transpose(1, 0, 2)
                short[gap, steps] = numpy.where(self.gap >= gap, here[:, -1], numpy.inf)
        return Costs(ready, short)

    def value(self, costs: Costs, rest: Any) -> Any:
        """Return ``V``, of shape (``reach`` days before the first and all days, vectors and what cannot be)."""
        owner = self.counts.owner
        value = numpy.full((self.reach + self.days + 1, self.counts.size + 1), numpy.inf)
        value[self.reach, self.counts.first] = 0.0
        for day in range(1, self.days + 1):
            some = self._some[day]
            mine = owner[some]
            here = value[self.reach + day - 1, :-1][some] + rest[day - 1].take(mine)
            before = value[day : day + self.reach].reshape(-1)
            for ago, cost in self._arrivals(costs, day):
                came = before.take(self._looked(ago, day))
                came += cost.take(mine, axis=1)
                numpy.minimum(here, came.min(axis=0), out=here)
            value[self.reach + day, :-1][some] = here
        return value

    def trace(self, person: int, last: int, value: Any, costs: Costs, rest: Any) -> list[tuple[int, Step]]:
        """Return the stretches of a cheapest row that ends with a vector, and their first days."""
        found: list[tuple[int, Step]] = []
        day, here = self.days, last
        while day > 0:
            resting = value[self.reach + day - 1, here] + rest[day - 1, person]
            if resting != value[self.reach + day, here]:
                arrived = min(
                    (self._arrived(here, day, int(ago[person]), cost[:, person], value))
                    for ago, cost in self._arrivals(costs, day)
                )
                if arrived[0] < resting:
                    _, step, day, here = arrived
                    found.append((day, self.steps[step]))
                    continue
            day -= 1
        return found

    def _arrived(self, here: int, day: int, ago: int, cost: Any, value: Any) -> tuple[float, int, int, int]:
        """Return the least price of a stretch that ended some days ago, which one it is, its first day and vector."""
        starts = day - ago - self._lengths
        uses = self._uses.copy()
        uses[:, -1] = self._worked[starts, self._lengths]
        before = self.counts.before_one(here, uses)
        came = value[self.reach + starts, before] + cost
        best = int(came.argmin())
        return float(came[best]), best, int(starts[best]), int(before[best])

    def _arrivals(self, costs: Costs, day: int) -> list[tuple[Any, Any]]:
        """Return how long each person has rested, and what stretches cost; at the last day, rest may be short."""
        if day < self.days:
            return [(self.gap, costs.ready[day])]
        return [(numpy.full(self.people, gap), short) for gap, short in enumerate(costs.short)]

    def _looked(self, ago: Any, day: int) -> Any:
        """Return where to look, in ``V`` of the days before, for each step to each vector of a day."""
        when = day, int(ago[0]) if day == self.days else -1
        if when in self._when:
            return self._when[when][:, self._some[day]]
        gaps = sorted(set(ago.tolist()))
        lengths = numpy.arange(1, self.longest + 1)
        worked = {gap: tuple(self._worked[day - gap - lengths, lengths].tolist()) for gap in gaps}
        key = tuple(ago.tolist()), tuple(worked.values())
        if key not in self._places:
            if self.size > KEPT:
                self._places.clear()
                self._when.clear()
            width, owner = self.counts.size + 1, self.counts.owner
            found = numpy.empty((len(self.steps), self.counts.size), dtype=numpy.intp)
            for gap in gaps:
                mine = ago[owner] == gap
                for at, (length, use) in enumerate(self.steps):
                    before = self.counts.before((*use, worked[gap][length - 1])) + (self.reach - gap - length) * width
                    found[at] = before if len(gaps) == 1 else numpy.where(mine, before, found[at])
            self._places[key] = found
        self._when[when] = self._places[key]
        return self._when[when][:, self._some[day]]

    def _possible(self, day: int) -> Any:
        """Return which vectors there can be before a day that can still come to a legal row."""
        found = ((self.counts.early <= day) & (day <= self.counts.late)).nonzero()[0]
        if len(found) and found[-1] - found[0] + 1 == len(found):
            return slice(int(found[0]), int(found[-1]) + 1)
        return found

    def _weekends(self, weekends: tuple[tuple[int, ...], ...]) -> Any:
        """Return on how many weekends stretches work, by first day (those before the row last) and length."""
        found = numpy.zeros((self.days + self.reach, self.longest + 1), dtype=numpy.intp)
        start, length = numpy.arange(self.days)[:, None], numpy.arange(self.longest + 1)
        for days in weekends:
            found[: self.days] += (length > 0) & (start <= max(days)) & (start + length > min(days))
        return found
