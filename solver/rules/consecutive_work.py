"""No more than so many working days in a row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from solver.rules.rule import Excess, Place, RowRule

if TYPE_CHECKING:
    from solver.grid import Grid
    from solver.roster import Roster


class ConsecutiveWork(RowRule):
    """Each window of ``limit + 1`` days without a rest shift breaks the rule by 1.

    Windows end on a day of the horizon and may begin in the days before it. A window is not broken when one of its
    days is outside the employment, unknown or undecided, or when one of its days in the horizon is out of scope.
    """

    kind: Literal["consecutive_work"] = "consecutive_work"
    limit: int = Field(default=5, ge=1, description="working days in a row")

    def at(self, roster: Roster, place: Place) -> Iterator[Excess]:
        """Yield an excess of 1 for each window of the row without rest."""
        index, dates = roster.index, roster.index.dates(self.scope)
        run = 0
        for day, shift in roster.days_with_carry_in(place):
            working = shift is not None and shift not in index.rest and (day < 0 or day in dates)
            run = run + 1 if working else 0
            if run > self.limit and day >= 0:
                window = (day - self.limit, day)
                yield Excess((index.ids[place],), window, 1, {"limit": self.limit, "count": run})

    def post(self, grid: Grid, place: Place) -> None:
        """Ask each window for a rest shift, or charge it."""
        dates, size = grid.index.dates(self.scope), self.limit + 1
        first = -len(grid.index.before[place])
        for end in range(max(0, first + self.limit), grid.index.days):
            window = range(end + 1 - size, end + 1)
            if all(day < 0 or day in dates for day in window) and grid.known(place, window):
                grid.at_least(1, grid.total(((place, day) for day in window), dict.fromkeys(grid.index.rest, 1)), self)
