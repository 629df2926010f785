"""What rules share that bound how many people have some shift on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Self

from pydantic import Field, model_validator

from solver.frozen import Day, Frozen, HorizonDay, ShiftId, Weekday
from solver.rules.rule import Excess, Mentions, Place, Rule

if TYPE_CHECKING:
    from solver.grid import Grid
    from solver.index import Index
    from solver.roster import Roster


class Bounds(Frozen):
    """``minimum`` ≤ a number of people ≤ ``maximum``, best of all ``preferred``; null bounds nothing.

    Everybody missing, too many, or away from the number preferred counts as much as the bound's weight says.
    """

    minimum: int | None = Field(default=None, ge=0)
    preferred: int | None = Field(default=None, ge=0)
    maximum: int | None = Field(default=None, ge=0)
    minimum_weight: int = Field(default=1, ge=1)
    preferred_weight: int = Field(default=1, ge=1)
    maximum_weight: int = Field(default=1, ge=1)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        given = [
            (name, bound)
            for name, bound in (("minimum", self.minimum), ("preferred", self.preferred), ("maximum", self.maximum))
            if bound is not None
        ]
        for (low, least), (high, most) in pairwise(given):
            if least > most:
                raise ValueError(f"the {low} {least} is above the {high} {most}")
        return self


class DayCount(Rule):
    """``minimum ≤ number of people with one of shifts ≤ maximum`` on each day in scope, best of all ``preferred``.

    Everybody missing or too many breaks the rule by ``minimum_weight`` or ``maximum_weight``, and everybody away from
    the number preferred by ``preferred_weight``. The bounds of a day are those of ``by_day``, else of ``by_weekday``,
    else ``every_day``.
    """

    shifts: tuple[ShiftId, ...] = Field(min_length=1)
    every_day: Bounds = Bounds()
    by_weekday: dict[Weekday, Bounds] = Field(default_factory=dict[Weekday, Bounds])
    by_day: dict[HorizonDay, Bounds] = Field(default_factory=dict[HorizonDay, Bounds])
    no_minimum_days: tuple[HorizonDay, ...] = Field(default=(), description="days with a maximum only")

    @model_validator(mode="after")
    def _prefers_softly(self) -> Self:
        every = (self.every_day, *self.by_weekday.values(), *self.by_day.values())
        if self.hard and any(bounds.preferred is not None for bounds in every):
            raise ValueError("a hard rule cannot prefer a number: give it to a soft rule of its own")
        return self

    def counted(self, index: Index) -> Sequence[int]:
        """Positions of the people who count."""
        return index.people(self.scope)

    def bounds(self, index: Index, day: Day) -> Bounds:
        """Return the bounds of ``day``."""
        bounds = self.by_day.get(day) or self.by_weekday.get(index.weekday[day]) or self.every_day
        none = {"minimum": None, "preferred": None}
        return bounds.model_copy(update=none) if day in self.no_minimum_days else bounds

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
        """Yield what one day's number is below the minimum, above the maximum, and away from the number preferred."""
        bounds, counted = self.bounds(roster.index, place), self.counted(roster.index)
        here = [(person, roster.cells[person][place]) for person in counted]
        having = [person for person, shift in here if shift in self.shifts]
        undecided = sum(roster.undecided(person, place) for person, shift in here if shift is None)
        count, most = len(having), len(having) + undecided
        low, best, high = bounds.minimum, bounds.preferred, bounds.maximum
        if low is not None and most < low:
            detail: dict[str, int | str] = {"minimum": low, "count": count, "undecided": undecided}
            yield Excess((), (place,), (low - most) * bounds.minimum_weight, detail)
        if high is not None and count > high:
            people = tuple(roster.index.ids[person] for person in having)
            detail = {"maximum": high, "count": count}
            yield Excess(people, (place,), (count - high) * bounds.maximum_weight, detail)
        if best is not None and not count <= best <= most:
            away = max(best - most, count - best)
            detail = {"preferred": best, "count": count, "undecided": undecided}
            yield Excess((), (place,), away * bounds.preferred_weight, detail)

    def post(self, grid: Grid, place: Place) -> None:
        """Charge everyone missing, too many or away from the number preferred, or forbid it where hard."""
        bounds = self.bounds(grid.index, place)
        count = grid.total(((person, place) for person in self.counted(grid.index)), dict.fromkeys(self.shifts, 1))
        if bounds.minimum is not None:
            grid.at_least(bounds.minimum, count, self, bounds.minimum_weight)
        if bounds.maximum is not None:
            grid.at_most(bounds.maximum, count, self, bounds.maximum_weight)
        if bounds.preferred is not None:
            grid.exactly(bounds.preferred, count, self, bounds.preferred_weight)
