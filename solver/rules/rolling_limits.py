"""How many days off, working days or minutes a person has in any few days in a row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, Self

from pydantic import Field, model_validator

from solver.frozen import ShiftId
from solver.rules.rule import Excess, Mentions, Place, RowRule

if TYPE_CHECKING:
    from solver.grid import Grid
    from solver.index import Index
    from solver.roster import Roster


class RollingLimits(RowRule):
    """``minimum ≤ Σ units over each window of days ≤ maximum``; every unit missing or too many breaks the rule by 1.

    ``units`` says what one day of a shift type counts, in whatever unit the limits are given in; a shift that is not
    listed counts nothing. Windows end on a day of the horizon and may begin in the known days before it. For a maximum,
    days that are unknown, outside the employment or out of scope count nothing; a window with one has no minimum.
    """

    kind: Literal["rolling_limits"] = "rolling_limits"
    window: int = Field(default=7, ge=2, le=366, description="days in a row")
    units: dict[ShiftId, int] = Field(min_length=1)
    minimum: int | None = Field(default=None, ge=0)
    maximum: int | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if min(self.units.values()) < 0:
            raise ValueError("units: expected numbers from 0")
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise ValueError(f"the minimum {self.minimum} is above the maximum {self.maximum}")
        return self

    def mentions(self) -> Mentions:
        """Return the scope's names and the counted shifts."""
        return super().mentions()._replace(shifts=self.units)

    def windows(self, index: Index, person: int) -> range:
        """First days of the windows of a row."""
        return range(max(1 - self.window, -len(index.before[person])), index.days - self.window + 1)

    def at(self, roster: Roster, place: Place) -> Iterator[Excess]:
        """Yield the units missing, or too many, in each window of the row."""
        person, first = roster.index.ids[place], -len(roster.index.before[place])
        counts, empties, unknowns = self._read(roster, place)
        best = max(self.units.values())
        for start in self.windows(roster.index, place):
            begin, end = start - first, start - first + self.window
            count = counts[end] - counts[begin]
            span = (start, start + self.window - 1)
            if self.maximum is not None and count > self.maximum:
                yield Excess((person,), span, count - self.maximum, {"maximum": self.maximum, "count": count})
            if self.minimum is not None and count < self.minimum and unknowns[end] == unknowns[begin]:
                missing = self.minimum - count - best * (empties[end] - empties[begin])
                if missing > 0:
                    yield Excess((person,), span, missing, {"minimum": self.minimum, "count": count})

    def post(self, grid: Grid, place: Place) -> None:
        """Charge every unit missing or too many in each window, or forbid it where hard."""
        dates = grid.index.dates(self.scope)
        for start in self.windows(grid.index, place):
            window = range(start, start + self.window)
            counted = [day for day in window if day < 0 or day in dates]
            total = grid.total(((place, day) for day in counted), self.units)
            if self.maximum is not None:
                grid.at_most(self.maximum, total, self)
            if self.minimum is not None and len(counted) == self.window and grid.known(place, window):
                grid.at_least(self.minimum, total, self)

    def _read(self, roster: Roster, place: Place) -> tuple[list[int], list[int], list[int]]:
        """Return, for each known day, the units, the undecided days and the unknown days until then."""
        dates, employed = roster.index.dates(self.scope), roster.index.employed[place]
        counts, empties, unknowns = [0], [0], [0]
        count = empty = unknown = 0
        for day, shift in roster.days_with_carry_in(place):
            if day >= 0 and day not in dates:
                unknown += 1
            elif shift is not None:
                count += self.units.get(shift, 0)
            elif day in employed:
                empty += 1
            else:
                unknown += 1
            counts.append(count)
            empties.append(empty)
            unknowns.append(unknown)
        return counts, empties, unknowns
