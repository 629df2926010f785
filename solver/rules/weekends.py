"""How many weekends a person works, and that a weekend is worked or free as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from solver.frozen import Day, ShiftId, Weekday
from solver.rules.rule import Excess, Mentions, Place, RowRule

if TYPE_CHECKING:
    from solver.grid import Grid
    from solver.index import Index
    from solver.roster import Roster


class Weekends(RowRule):
    """At most ``maximum`` weekends are worked; with ``whole``, no weekend is worked in part.

    ``Σ over weekends of max over their days of [day worked] ≤ maximum``: every weekend above breaks the rule by 1. Each
    two adjacent days of a weekend of which one is worked break it by 1 where ``whole``. A weekend is a run of days with
    one of ``weekdays``. Days before the horizon and out of scope do not make a weekend worked, for it was counted then;
    a day before the horizon is looked at for ``whole``.
    """

    kind: Literal["weekends"] = "weekends"
    working: tuple[ShiftId, ...] = Field(min_length=1, description="shifts with which a day is worked")
    weekdays: tuple[Weekday, ...] = Field(default=(5, 6), min_length=1, max_length=6)
    maximum: int | None = Field(default=None, ge=0, description="weekends")
    whole: bool = False

    def mentions(self) -> Mentions:
        """Return the scope's names and the working shifts."""
        return super().mentions()._replace(shifts=self.working)

    def weekends(self, index: Index) -> list[list[Day]]:
        """Return the days of each weekend that has a day in the horizon, those out of scope left out."""
        dates = index.dates(self.scope)

        def make() -> list[list[Day]]:
            found: list[list[Day]] = [[]]
            for day in range(-6, index.days):
                if (index.weekday[0] + day) % 7 not in self.weekdays:
                    found.append([])
                elif day < 0 or day in dates:
                    found[-1].append(day)
            return [days for days in found if days and days[-1] >= 0]

        return index.once((self.kind, self.weekdays, self.scope), make)

    def at(self, roster: Roster, place: Place) -> Iterator[Excess]:
        """Yield the weekends above the maximum, and 1 for each change within a weekend."""
        person, row = roster.index.ids[place], roster.cells[place]
        weekends = self.weekends(roster.index)
        if self.maximum is not None:
            worked = [days for days in weekends if any(day >= 0 and row[day] in self.working for day in days)]
            if len(worked) > self.maximum:
                detail: dict[str, int | str] = {"maximum": self.maximum, "count": len(worked)}
                yield Excess((person,), (worked[0][0], worked[-1][-1]), len(worked) - self.maximum, detail)
        for days in weekends if self.whole else ():
            for day, later in pairwise(days):
                if later >= 0 and later == day + 1:
                    one, other = self._shift(roster, place, day), row[later]
                    if one is not None and other is not None and (one in self.working) != (other in self.working):
                        yield Excess((person,), (day, later), 1, {"shifts": f"{one} {other}"})

    def _shift(self, roster: Roster, place: Place, day: Day) -> ShiftId | None:
        before = roster.index.before[place]
        if day >= 0:
            return roster.cells[place][day]
        return before[day] if day >= -len(before) else None

    def post(self, grid: Grid, place: Place) -> None:
        """Count the weekends with a Boolean each; charge each change within one as a day pair."""
        weekends = self.weekends(grid.index)
        if self.maximum is not None:
            worked = dict.fromkeys(self.working, 1)
            totals = [grid.total(((place, day) for day in days if day >= 0), worked) for days in weekends]
            grid.measure("occasions", self.maximum, totals, self)
        free = grid.all_but(*self.working)
        for days in weekends if self.whole else ():
            for day, later in pairwise(days):
                if later >= 0 and later == day + 1 and grid.known(place, (day, later)):
                    changes = ((self.working, free), (free, self.working))
                    grid.not_together([[(place, day, a), (place, later, b)] for a, b in changes], self, 1)
