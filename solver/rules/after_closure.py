"""The first days after a long closure are worked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from solver.frozen import Day, ShiftId
from solver.rules.rule import Excess, Mentions, Place, Rule

if TYPE_CHECKING:
    from solver.grid import Grid
    from solver.index import Index
    from solver.roster import Roster


class AfterClosure(Rule):
    """After ``length`` or more closures in a row, each of the next ``days`` days is worked by everybody in scope.

    Each of those cells that holds a shift of ``away`` breaks the rule by 1. A closure among them ends them.
    """

    kind: Literal["after_closure"] = "after_closure"
    closures: tuple[Day, ...] = Field(default=(), description="days of the horizon, and before it (negative)")
    length: int = Field(default=2, ge=1, description="closures in a row, at least")
    days: int = Field(default=1, ge=1, description="days after them")
    away: tuple[ShiftId, ...] = Field(min_length=1, description="shifts with which a day is not worked")

    unary: ClassVar[bool] = True

    @cached_property
    def opened(self) -> frozenset[Day]:
        """Days that the rule speaks of; some may be outside the horizon."""
        closed, found = set(self.closures), set[Day]()
        for last in (day for day in closed if day + 1 not in closed):
            if all(day in closed for day in range(last + 1 - self.length, last)):
                for day in range(last + 1, last + 1 + self.days):
                    if day in closed:
                        break
                    found.add(day)
        return frozenset(found)

    def mentions(self) -> Mentions:
        """Return the scope's names, the closures within the horizon, and the shifts."""
        people, _, days = super().mentions()
        return Mentions(people, self.away, (*days, *(day for day in self.closures if day >= 0)))

    def places(self, index: Index) -> Iterable[Place]:
        """Days after a long closure."""
        return sorted(self.opened & index.dates(self.scope))

    def touched(self, index: Index, person: int, day: Day) -> Iterable[Place]:
        """The day of the cell."""
        return (day,) if day in self.opened and index.concerns(self.scope, person, day) else ()

    def at(self, roster: Roster, place: Place) -> Iterator[Excess]:
        """Yield an excess of 1 for everyone who does not work on the day."""
        for person in roster.index.people(self.scope):
            shift = roster.cells[person][place]
            if shift is not None and shift in self.away:
                yield Excess((roster.index.ids[person],), (place,), 1, {"shift": shift})

    def post(self, grid: Grid, place: Place) -> None:
        """Take the shifts of absence out of the day's cells, or charge them."""
        for person in grid.index.people(self.scope):
            grid.avoid(person, place, self.away, self)
