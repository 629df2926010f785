"""How many days off, early or other units a person has in a span of days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Self

from pydantic import Field, model_validator

from solver.frozen import Day, Frozen, HorizonDay, PersonId, ShiftId
from solver.rules.rule import Excess, Mentions, Place, Rule

if TYPE_CHECKING:
    from solver.grid import Grid
    from solver.index import Index
    from solver.roster import Roster


class SpanLimit(Frozen):
    """``minimum ≤ already + units from first to last ≤ maximum`` of one person.

    ``first`` and ``last`` are inclusive; ``already`` are units of the span that fall before day 0.
    """

    person: PersonId
    first: HorizonDay
    last: HorizonDay
    minimum: int | None = Field(default=None, ge=0)
    maximum: int | None = Field(default=None, ge=0)
    already: int = Field(default=0, ge=0)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise ValueError(f"the last day {self.last} is before the first, {self.first}")
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise ValueError(f"the minimum {self.minimum} is above the maximum {self.maximum}")
        return self


class PeriodLimits(Rule):
    """Every unit missing or too many in a span breaks the rule by 1.

    ``units`` says what one day of a shift type counts, in whatever unit the limits are given in: with half days,
    ``{"off": 2, "leave": 2, "early": 1}`` and limits of 14 to 16 mean 7 to 8 days off. A shift that is not listed
    counts nothing. Days out of scope count nothing either.
    """

    kind: Literal["period_limits"] = "period_limits"
    units: dict[ShiftId, int] = Field(min_length=1)
    limits: tuple[SpanLimit, ...] = ()

    @model_validator(mode="after")
    def _counts_upwards(self) -> Self:
        if min(self.units.values()) < 0:
            raise ValueError("units: expected numbers from 0")
        return self

    @cached_property
    def _by_person(self) -> dict[PersonId, list[Place]]:
        found: dict[PersonId, list[Place]] = {}
        for place, limit in enumerate(self.limits):
            found.setdefault(limit.person, []).append(place)
        return found

    def mentions(self) -> Mentions:
        """Return the names in the scope and the limits, and the counted shifts."""
        people, _, days = super().mentions()
        people = (*people, *(limit.person for limit in self.limits))
        return Mentions(people, self.units, (*days, *(limit.last for limit in self.limits)))

    def places(self, index: Index) -> Iterable[Place]:
        """Positions of the limits."""
        return range(len(self.limits))

    def touched(self, index: Index, person: int, day: Day) -> Iterable[Place]:
        """The person's limits whose span contains the day."""
        places = self._by_person.get(index.ids[person], ())
        return [place for place in places if self.limits[place].first <= day <= self.limits[place].last]

    def span(self, index: Index, place: Place) -> tuple[int, list[Day]]:
        """Return the person's position and the days that count at ``place``."""
        limit, dates = self.limits[place], index.dates(self.scope)
        return index.person[limit.person], [day for day in range(limit.first, limit.last + 1) if day in dates]

    def at(self, roster: Roster, place: Place) -> Iterator[Excess]:
        """Yield the units missing, or too many, in one span."""
        limit, (person, days) = self.limits[place], self.span(roster.index, place)
        row, units = roster.cells[person], self.units
        count = limit.already + sum(units.get(shift, 0) for shift in (row[day] for day in days) if shift is not None)
        empty = sum(roster.undecided(person, day) for day in days if row[day] is None)
        possible = count + max(units.values()) * empty
        span = (limit.first, limit.last)
        if limit.minimum is not None and possible < limit.minimum:
            yield Excess((limit.person,), span, limit.minimum - possible, {"minimum": limit.minimum, "count": count})
        if limit.maximum is not None and count > limit.maximum:
            yield Excess((limit.person,), span, count - limit.maximum, {"maximum": limit.maximum, "count": count})

    def post(self, grid: Grid, place: Place) -> None:
        """Charge every unit missing or too many, or forbid it where hard."""
        limit, (person, days) = self.limits[place], self.span(grid.index, place)
        count = grid.total(((person, day) for day in days), self.units, limit.already)
        if limit.minimum is not None:
            grid.at_least(limit.minimum, count, self)
        if limit.maximum is not None:
            grid.at_most(limit.maximum, count, self)
