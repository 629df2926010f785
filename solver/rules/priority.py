"""What somebody prefers or avoids, week after week."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from solver.frozen import Day, Frozen, HorizonDay, PersonId, ShiftId, Weekday
from solver.rules.rule import Excess, Mentions, Place, Rule

if TYPE_CHECKING:
    from solver.grid import Grid
    from solver.index import Index
    from solver.roster import Roster


class Preference(Frozen):
    """Somebody prefers, or avoids, some shifts on some weekdays and dates; null means all of them."""

    person: PersonId
    shifts: tuple[ShiftId, ...] = Field(min_length=1)
    prefers: bool = Field(default=True, description="false: avoids")
    weekdays: tuple[Weekday, ...] | None = None
    days: tuple[HorizonDay, ...] | None = None
    level: int = Field(default=3, ge=1, le=5, description="1 would be nice … 5 matters most")
    neutral: tuple[ShiftId, ...] = Field(default=(), description="shifts that go with a preference, as days off")


class Priority(Rule):
    """Each decided cell against a preference breaks the rule by the preference's level.

    Against one who prefers is every shift that is neither among ``shifts`` nor ``neutral``; against one who avoids is
    every shift of ``shifts``. Preferences that must be kept go into a hard rule, where the level means nothing.
    """

    kind: Literal["priority"] = "priority"
    preferences: tuple[Preference, ...] = Field(min_length=1)

    unary: ClassVar[bool] = True

    @cached_property
    def _by_person(self) -> dict[PersonId, list[Place]]:
        found: dict[PersonId, list[Place]] = {}
        for place, preference in enumerate(self.preferences):
            found.setdefault(preference.person, []).append(place)
        return found

    def mentions(self) -> Mentions:
        """Return the scope's names and those of the preferences."""
        people, _, days = super().mentions()
        asked = self.preferences
        shifts = (shift for one in asked for shift in (*one.shifts, *one.neutral))
        dates = (day for one in asked for day in one.days or ())
        return Mentions((*people, *(one.person for one in asked)), shifts, (*days, *dates))

    def places(self, index: Index) -> Iterable[Place]:
        """Positions of the preferences."""
        return range(len(self.preferences))

    def touched(self, index: Index, person: int, day: Day) -> Iterable[Place]:
        """The person's preferences."""
        return self._by_person.get(index.ids[person], ())

    def days(self, index: Index, place: Place) -> list[Day]:
        """Return the days of the preference at ``place`` that are in scope."""
        asked = self.preferences[place]
        if self.scope.people is not None and asked.person not in self.scope.people:
            return []
        return [
            day
            for day in sorted(index.dates(self.scope))
            if (asked.weekdays is None or index.weekday[day] in asked.weekdays)
            and (asked.days is None or day in asked.days)
        ]

    def against(self, index: Index, place: Place) -> frozenset[ShiftId]:
        """Return the shifts that are against the preference at ``place``."""
        asked = self.preferences[place]
        if asked.prefers:
            return frozenset(index.shift) - {*asked.shifts, *asked.neutral}
        return frozenset(asked.shifts)

    def at(self, roster: Roster, place: Place) -> Iterator[Excess]:
        """Yield the preference's level for each cell against it."""
        asked, against = self.preferences[place], self.against(roster.index, place)
        row = roster.cells[roster.index.person[asked.person]]
        for day in self.days(roster.index, place):
            shift = row[day]
            if shift is not None and shift in against:
                detail: dict[str, int | str] = {
                    "shift": " ".join(asked.shifts), "found": shift, "wanted": int(asked.prefers),
                }  # fmt: skip
                yield Excess((asked.person,), (day,), asked.level, detail)

    def post(self, grid: Grid, place: Place) -> None:
        """Charge the shifts against the preference, or take them out of its cells where hard."""
        asked, against = self.preferences[place], self.against(grid.index, place)
        for day in self.days(grid.index, place):
            grid.avoid(grid.index.person[asked.person], day, against, self, asked.level)
