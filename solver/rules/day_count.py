"""What rules share that bound how many people have some shift on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Self

from pydantic import Field, model_validator

from solver.frozen import Day, Frozen, HorizonDay, ShiftId, Weekday
from solver.rules.rule import Excess, Mentions, Place, Rule

if TYPE_CHECKING:
    from solver.grid import Grid
    from solver.index import Index
    from solver.roster import Roster


class Bounds(Frozen):
    """``minimum`` ≤ a number of people ≤ ``maximum``; null bounds nothing."""

    minimum: int | None = Field(default=None, ge=0)
    maximum: int | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise ValueError(f"the minimum {self.minimum} is above the maximum {self.maximum}")
        return self


class DayCount(Rule):
    """``minimum ≤ number of people with one of shifts ≤ maximum`` on each day in scope.

    The bounds of a day are those of ``by_day``, else of ``by_weekday``, else ``every_day``.
    """

    shifts: tuple[ShiftId, ...] = Field(min_length=1)
    every_day: Bounds = Bounds()
    by_weekday: dict[Weekday, Bounds] = Field(default_factory=dict[Weekday, Bounds])
    by_day: dict[HorizonDay, Bounds] = Field(default_factory=dict[HorizonDay, Bounds])
    no_minimum_days: tuple[HorizonDay, ...] = Field(default=(), description="days without a minimum")

    def counted(self, index: Index) -> Sequence[int]:
        """Positions of the people who count."""
        return index.people(self.scope)

    def bounds(self, index: Index, day: Day) -> Bounds:
        """Return the bounds of ``day``."""
        bounds = self.by_day.get(day) or self.by_weekday.get(index.weekday[day]) or self.every_day
        return bounds.model_copy(update={"minimum": None}) if day in self.no_minimum_days else bounds

    def mentions(self) -> Mentions:
        """Return the scope's names, the shifts, and the days with bounds of their own."""
        people, _, days = super().mentions()
        return Mentions(people, self.shifts, (*days, *self.by_day, *self.no_minimum_days))

    def places(self, index: Index) -> Iterable[Place]:
        """Days in scope."""
        return sorted(index.dates(self.scope))

    def touched(self, index: Index, person: int, day: Day) -> Iterable[Place]:
        """The day of the cell, when its person counts."""
        return (day,) if day in index.dates(self.scope) and person in self.counted(index) else ()

    def at(self, roster: Roster, place: Place) -> Iterator[Excess]:
        """Yield the people missing, or too many, on one day."""
        bounds, counted = self.bounds(roster.index, place), self.counted(roster.index)
        here = [roster.cells[person][place] for person in counted]
        having = [person for person, shift in zip(counted, here, strict=True) if shift in self.shifts]
        undecided = sum(roster.undecided(person, place) for person in counted)
        low, high = bounds.minimum, bounds.maximum
        if low is not None and len(having) + undecided < low:
            detail: dict[str, int | str] = {"minimum": low, "count": len(having), "undecided": undecided}
            yield Excess((), (place,), low - len(having) - undecided, detail)
        if high is not None and len(having) > high:
            people = tuple(roster.index.ids[person] for person in having)
            yield Excess(people, (place,), len(having) - high, {"maximum": high, "count": len(having)})

    def post(self, grid: Grid, place: Place) -> None:
        """Charge everyone missing or too many, or forbid it where hard."""
        bounds = self.bounds(grid.index, place)
        count = grid.total(((person, place) for person in self.counted(grid.index)), dict.fromkeys(self.shifts, 1))
        if bounds.minimum is not None:
            grid.at_least(bounds.minimum, count, self)
        if bounds.maximum is not None:
            grid.at_most(bounds.maximum, count, self)
