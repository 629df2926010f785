"""How long runs of a shift type are: night weeks neither too short nor too long, days off that are not single."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal, Self

from pydantic import Field, model_validator

from solver.frozen import Day, ShiftId
from solver.rules.rule import Excess, Mentions, Place, RowRule

if TYPE_CHECKING:
    from solver.grid import Grid
    from solver.roster import Roster

Step = tuple[int, Day, Sequence[ShiftId]]


class RunLengths(RowRule):
    """``minimum ≤ length of each run of days with one of shifts ≤ maximum``.

    A run that is too short breaks the rule by the days missing, one that is too long by the days above, each of which
    ends a window of ``maximum + 1`` days. Runs may begin in the days before the horizon; one that may go on beyond what
    is known (it touches the last day, the first known day, an end of the employment or a day out of scope) is not too
    short.
    """

    kind: Literal["run_lengths"] = "run_lengths"
    shifts: tuple[ShiftId, ...] = Field(min_length=1)
    minimum: int = Field(default=1, ge=1, description="days")
    maximum: int | None = Field(default=None, ge=1, description="days")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.maximum is not None and self.minimum > self.maximum:
            raise ValueError(f"the minimum {self.minimum} is above the maximum {self.maximum}")
        return self

    def mentions(self) -> Mentions:
        """Return the scope's names and the shifts."""
        return super().mentions()._replace(shifts=self.shifts)

    def at(self, roster: Roster, place: Place) -> Iterator[Excess]:
        """Yield the days missing of each short run, and 1 for each day above the maximum."""
        person, first = roster.index.ids[place], -len(roster.index.before[place])
        row = self._read(roster, place)
        length = 0
        for day, inside in enumerate(row, start=first):
            length = length + 1 if inside == "in" else 0
            if self.maximum is not None and length > self.maximum and day >= 0:
                window = (day - self.maximum, day)
                yield Excess((person,), window, 1, {"maximum": self.maximum, "count": length})
            if inside == "in" and day > first and row[day - first - 1] == "out":
                length_at_most = self._end(row, day - first)
                if length_at_most is not None and day + length_at_most >= 0:
                    detail: dict[str, int | str] = {"minimum": self.minimum, "count": length_at_most}
                    yield Excess((person,), (day, day + length_at_most - 1), self.minimum - length_at_most, detail)

    def _read(self, roster: Roster, place: Place) -> list[str]:
        """Return for each day since the first known whether it is ``in`` a run, ``out``, ``empty`` or ``unknown``."""
        index, shifts = roster.index, self.shifts
        dates, employed = index.dates(self.scope), index.employed[place]
        read = ["unknown" if shift is None else "in" if shift in shifts else "out" for shift in index.before[place]]
        for day, shift in enumerate(roster.cells[place]):
            if day not in dates:
                read.append("unknown")
            elif shift is None:
                read.append("empty" if day in employed else "unknown")
            else:
                read.append("in" if shift in shifts else "out")
        return read

    def _end(self, row: Sequence[str], start: int) -> int | None:
        """Return the most days that the run from ``start`` can have, when that is known and less than the minimum."""
        for length in range(1, min(self.minimum, len(row) - start)):
            if row[start + length] == "out":
                return length
            if row[start + length] == "unknown":
                return None
        return None

    def post(self, grid: Grid, place: Place) -> None:
        """Charge each window that is too long, and each start of a run for every day missing."""
        dates = grid.index.dates(self.scope)
        open_days = {
            day
            for day in range(-len(grid.index.before[place]), grid.index.days)
            if (day < 0 or day in dates) and grid.known(place, (day,))
        }
        since = len(grid.rows)
        inside = dict.fromkeys(self.shifts, 1)
        for day in sorted(open_days):
            if self.maximum is not None and day >= 0:
                window = range(day - self.maximum, day + 1)
                if open_days.issuperset(window):
                    grid.at_most(self.maximum, grid.total(((place, one) for one in window), inside), self)
            if self.minimum > 1 and day - 1 in open_days:
                self._post_start(grid, place, day, open_days)
        if self.hard:
            grid.keep_runs(place, self.shifts, (self.minimum, self.maximum), open_days, since)

    def _post_start(self, grid: Grid, place: Place, start: Day, open_days: set[Day]) -> None:
        """Charge a run from ``start`` that ends before the minimum.

        The days missing are the number of lengths ``k < minimum`` that the run does not exceed, each a Boolean:
        ``out[start - 1] + in[start] + out[start + j] - 2 ≤ short[k]`` for ``j ≤ k``.
        """
        out = grid.all_but(*self.shifts)
        ends: list[list[Step]] = []
        for length in range(1, self.minimum):
            day = start + length
            if day not in open_days:
                break
            if day >= 0:
                ends.append([(place, start - 1, out), (place, start, self.shifts), (place, day, out)])
            elif grid.index.before[place][day] not in self.shifts:
                break
        if self.hard:
            if ends:
                grid.not_together(ends, self, 1)
            return
        for length in range(1, self.minimum):
            sides = [end for end in ends if end[2][1] <= start + length]
            if sides:
                grid.not_together(sides, self, 1)
