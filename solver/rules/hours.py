"""How long people work in a week, a month or the whole horizon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from solver.frozen import Day, Frozen, PersonId, Weekday
from solver.rules.rule import Excess, Mentions, Place, Rule
from solver.spans import Span, spans

if TYPE_CHECKING:
    from solver.grid import Grid
    from solver.index import Index
    from solver.roster import Roster


class Minutes(Frozen):
    """``minimum`` ≤ minutes of work ≤ ``maximum``; null bounds nothing."""

    minimum: int | None = Field(default=None, ge=0)
    maximum: int | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise ValueError(f"the minimum {self.minimum} is above the maximum {self.maximum}")
        return self


class Hours(Rule):
    """``minimum ≤ Σ minutes of a person's shifts ≤ maximum`` in each week, each month or the horizon.

    The rule is broken by the steps begun of what is missing or too much: ``⌈(minimum - minutes) / step⌉`` or
    ``⌈(minutes - maximum) / step⌉``. ``by_person`` holds contracted minutes, for who is in it instead of ``everybody``.
    Limits are stated for a whole span, or for ``basis`` days (7: contracted minutes a week, in a month too). Where
    fewer days of a span count they are scaled to their share, the minimum rounded down and the maximum up. The days
    that count are those in scope within the employment and, of a span begun before the horizon, those known.
    """

    kind: Literal["hours"] = "hours"
    span: Span = "week"
    first_weekday: Weekday = 0
    first_day_of_month: int = Field(default=1, ge=1, le=28)
    everybody: Minutes = Minutes()
    by_person: dict[PersonId, Minutes] = Field(default_factory=dict[PersonId, Minutes])
    basis: int | None = Field(default=None, ge=1, description="days that the limits are stated for; null: a whole span")
    step: int = Field(default=60, ge=1, description="minutes; the excess is counted in steps begun")

    def mentions(self) -> Mentions:
        """Return the scope's names and the people with limits of their own."""
        people, _, days = super().mentions()
        return Mentions((*people, *self.by_person), (), days)

    def spans(self, index: Index) -> list[range]:
        """Return the weeks or months; the first and the last may reach beyond the horizon."""
        key = (self.kind, self.span, self.first_weekday, self.first_day_of_month)
        return index.once(
            key, lambda: spans(index.start, index.days, self.span, self.first_weekday, self.first_day_of_month)
        )

    def places(self, index: Index) -> Iterable[Place]:
        """Spans of the people in scope: ``person x number of spans + span``."""
        number = len(self.spans(index))
        return (person * number + span for person in index.people(self.scope) for span in range(number))

    def touched(self, index: Index, person: int, day: Day) -> Iterable[Place]:
        """The span of the cell."""
        if not index.concerns(self.scope, person, day):
            return ()
        found = self.spans(index)
        return [person * len(found) + number for number, span in enumerate(found) if day in span]

    def limits(self, index: Index, place: Place) -> _Limits:
        """Return whom and which days the place is about, and the minutes they allow."""
        known = index.kept(self, dict[Place, _Limits])
        if place not in known:
            known[place] = self._limits(index, place)
        return known[place]

    def _limits(self, index: Index, place: Place) -> _Limits:
        found, dates = self.spans(index), index.dates(self.scope)
        person, number = divmod(place, len(found))
        span, employed, before = found[number], index.employed[person], index.before[person]
        known = [day for day in range(max(span.start, -len(before)), 0) if before[day] is not None]
        days = [*known, *(day for day in span if day in employed and day in dates)]
        stated = self.by_person.get(index.ids[person], self.everybody)
        basis = self.basis or len(span)
        low = None if stated.minimum is None else stated.minimum * len(days) // basis
        high = None if stated.maximum is None else -(-stated.maximum * len(days) // basis)
        return _Limits(person, days, low, high)

    def at(self, roster: Roster, place: Place) -> Iterator[Excess]:
        """Yield the steps missing, or too many, of a person's minutes in one span."""
        index = roster.index
        person, days, low, high = self.limits(index, place)
        if not days:
            return
        row, before = roster.cells[person], index.before[person]
        shifts = [before[day] if day < 0 else row[day] for day in days]
        count = sum([index.minutes[shift] for shift in shifts if shift is not None])
        possible = count + index.longest * shifts.count(None)
        name, span = (index.ids[person],), (days[0], days[-1])
        if low is not None and possible < low:
            yield Excess(name, span, -((possible - low) // self.step), {"minimum": low, "count": count})
        if high is not None and count > high:
            yield Excess(name, span, -((high - count) // self.step), {"maximum": high, "count": count})

    def post(self, grid: Grid, place: Place) -> None:
        """Charge the steps missing or too many, or forbid any where hard."""
        person, days, low, high = self.limits(grid.index, place)
        total = grid.total(((person, day) for day in days), grid.index.minutes)
        if days and low is not None:
            grid.at_least(low, total, self, step=self.step)
        if days and high is not None:
            grid.at_most(high, total, self, step=self.step)


class _Limits(NamedTuple):
    """A person (by position), the days that count, and the least and most minutes on them."""

    person: int
    days: list[Day]
    minimum: int | None
    maximum: int | None
