"""Closures on which everybody is off, and days on which nobody is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from solver.frozen import Day, HorizonDay, ShiftId
from solver.rules.rule import Excess, Mentions, Place, Rule

if TYPE_CHECKING:
    from solver.grid import Grid
    from solver.index import Index
    from solver.roster import Roster


class Calendar(Rule):
    """Each cell that the calendar does not allow breaks the rule by 1.

    On a day of ``must_off`` only the shifts of ``off`` are allowed (list the early shift there to allow it on
    closures); on a day of ``must_work`` the shifts of ``away`` are not.
    """

    kind: Literal["calendar"] = "calendar"
    hard: bool = True
    must_off: tuple[HorizonDay, ...] = ()
    must_work: tuple[HorizonDay, ...] = ()
    off: tuple[ShiftId, ...] = ()
    away: tuple[ShiftId, ...] = ()

    unary: ClassVar[bool] = True

    def mentions(self) -> Mentions:
        """Return the scope's names, and the days and shifts of the calendar."""
        people, _, days = super().mentions()
        return Mentions(people, (*self.off, *self.away), (*days, *self.must_off, *self.must_work))

    def places(self, index: Index) -> Iterable[Place]:
        """Days that the calendar speaks of."""
        return sorted({*self.must_off, *self.must_work} & index.dates(self.scope))

    def touched(self, index: Index, person: int, day: Day) -> Iterable[Place]:
        """The day of the cell."""
        return (day,) if day in self.must_off or day in self.must_work else ()

    def refused(self, index: Index, day: Day) -> frozenset[ShiftId]:
        """Return the shifts that nobody may have on ``day``."""
        refused = frozenset(index.shift) - frozenset(self.off) if day in self.must_off else frozenset[ShiftId]()
        return refused | frozenset(self.away) if day in self.must_work else refused

    def at(self, roster: Roster, place: Place) -> Iterator[Excess]:
        """Yield an excess of 1 for everyone who has a refused shift on the day."""
        index = roster.index
        if place not in index.dates(self.scope):
            return
        refused = self.refused(index, place)
        for person in index.people(self.scope):
            shift = roster.cells[person][place]
            if shift is not None and shift in refused:
                day = "must_off" if place in self.must_off else "must_work"
                yield Excess((index.ids[person],), (place,), 1, {"shift": shift, "day": day})

    def post(self, grid: Grid, place: Place) -> None:
        """Take the refused shifts out of the day's cells, or charge them."""
        if place in grid.index.dates(self.scope):
            refused = self.refused(grid.index, place)
            for person in grid.index.people(self.scope):
                grid.avoid(person, place, refused, self)
