"""Enough hours between the end of a shift and the next start."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from solver.frozen import Day, ShiftId
from solver.rules.cliques import Clique, levels
from solver.rules.rule import Excess, Place, RowRule

if TYPE_CHECKING:
    from solver.grid import Grid
    from solver.index import Index
    from solver.roster import Roster

Times = dict[Day, dict[ShiftId, tuple[int, int]]]
"""For each day, start and end of the shifts that have times, as instants."""


class MinimumRest(RowRule):
    """``start of the next shift - end of a shift ≥ minutes``; the rule is broken by the steps begun of what is missing.

    ``⌈(minutes - rest) / step⌉`` for each two shifts with times that follow one another, the second on a day of the
    horizon, with no other such shift between them. Times are those of the problem's zone, so that the nights on which
    clocks change are as long as they are. Over an unknown or undecided day, or one out of scope, nothing is broken.
    """

    kind: Literal["minimum_rest"] = "minimum_rest"
    minutes: int = Field(default=660, ge=1, le=4320)
    step: int = Field(default=60, ge=1, description="minutes; the rest missing is counted in steps begun")

    def at(self, roster: Roster, place: Place) -> Iterator[Excess]:
        """Yield the steps of rest missing between each two shifts of the row."""
        index, dates = roster.index, roster.index.dates(self.scope)
        times = instants(index)
        last: tuple[Day, int] | None = None
        for day, shift in roster.days_with_carry_in(place):
            if shift is None or (day >= 0 and day not in dates):
                last = None
                continue
            here = times[day].get(shift)
            if here is None:
                continue
            if last is not None and day >= 0 and here[0] - last[1] < self.minutes:
                rest = here[0] - last[1]
                detail: dict[str, int | str] = {"minimum": self.minutes, "count": rest}
                yield Excess((index.ids[place],), (last[0], day), self._steps(rest), detail)
            last = day, here[1]

    def post(self, grid: Grid, place: Place) -> None:
        """Charge each two shifts too close to one another: nested cliques of a day pair, one Boolean a level."""
        index, dates = grid.index, grid.index.dates(self.scope)
        reach = self._reach(index)
        first = -len(index.before[place])
        for last in sorted(dates):
            for gap in range(1, reach + 1):
                days = range(last - gap, last + 1)
                if days[0] < first or not all(day < 0 or day in dates for day in days) or not grid.known(place, days):
                    break
                for amount, cliques in self._levels(index, last - gap, last):
                    grid.not_together(
                        [[(place, days[0], a), *self._free(grid, place, days[1:-1]), (place, last, b)]
                         for a, b in cliques],
                        self, amount,
                    )  # fmt: skip

    def _steps(self, rest: int) -> int:
        return -((rest - self.minutes) // self.step)

    def _free(self, grid: Grid, place: Place, days: range) -> Iterator[tuple[int, Day, list[ShiftId]]]:
        """The days between, each without a shift that has times."""
        untimed = [shift.id for shift in grid.problem.shifts if shift.start is None]
        return ((place, day, untimed) for day in days)

    def _reach(self, index: Index) -> int:
        """Return over how many days two shifts can be too close."""
        longest = max((_end(shift.start, shift.end, shift.minutes) for shift in index.shift.values()), default=0)
        return -(-(longest + self.minutes + 60) // 1440)

    def _levels(self, index: Index, day: Day, later: Day) -> list[tuple[int, list[Clique]]]:
        """Return what two shifts on two days cost, in steps."""

        def make() -> list[tuple[int, list[Clique]]]:
            times = instants(index)
            rests = {
                (a, b): start - end for a, (_, end) in times[day].items() for b, (start, _) in times[later].items()
            }
            return levels({pair: self._steps(rest) for pair, rest in rests.items() if rest < self.minutes})

        return index.once((self.kind, self.minutes, self.step, day, later), make)


def instants(index: Index) -> Times:
    """Return when the shifts of each known day begin and end."""

    def make() -> Times:
        first = -max(map(len, index.before))
        return {
            day: {
                shift.id: (
                    index.clock.instant(day, shift.start),
                    index.clock.instant(day, _end(shift.start, shift.end, shift.minutes)),
                )
                for shift in index.shift.values()
                if shift.start is not None
            }
            for day in range(first, index.days)
        }

    return index.once("instants", make)


def _end(start: int | None, end: int | None, minutes: int) -> int:
    """Return when a shift ends, in minutes after midnight of the day it starts; 0 without times."""
    if start is None:
        return 0
    return start + minutes if end is None else end
