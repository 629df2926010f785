"""Somebody stands in for whoever is away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from solver.frozen import Day, PersonId, ShiftId
from solver.rules.rule import Excess, Mentions, Place, Rule

if TYPE_CHECKING:
    from solver.grid import Grid
    from solver.index import Index
    from solver.roster import Roster


class BackupCover(Rule):
    """On a day on which a member is away, at least one of the backups, other than that member, works.

    ``[m is away] ≤ Σ [b works] over backups b ≠ m`` for each member ``m``; every member for whom nobody stands in
    breaks the rule by 1. A backup outside the employment does not work. Of the scope, only the days matter.
    """

    kind: Literal["backup_cover"] = "backup_cover"
    members: tuple[PersonId, ...] = Field(min_length=1)
    backups: tuple[PersonId, ...] = Field(min_length=1)
    away: tuple[ShiftId, ...] = Field(min_length=1, description="with these a member needs a backup")
    working: tuple[ShiftId, ...] = Field(min_length=1, description="with these a backup stands in")

    @cached_property
    def _concerned(self) -> frozenset[PersonId]:
        return frozenset((*self.members, *self.backups))

    def mentions(self) -> Mentions:
        """Return the scope's days, the members and backups, and the shifts."""
        _, _, days = super().mentions()
        return Mentions((*self.members, *self.backups), (*self.away, *self.working), days)

    def places(self, index: Index) -> Iterable[Place]:
        """Days in scope."""
        return sorted(index.dates(self.scope))

    def touched(self, index: Index, person: int, day: Day) -> Iterable[Place]:
        """The day of the cell of a member or a backup."""
        return (day,) if index.ids[person] in self._concerned and day in index.dates(self.scope) else ()

    def at(self, roster: Roster, place: Place) -> Iterator[Excess]:
        """Yield, in one excess, the members who are away and for whom nobody can stand in."""
        index, cells = roster.index, roster.cells
        away = [member for member in self.members if cells[index.person[member]][place] in self.away]
        if not away:
            return
        able = [backup for backup in self.backups if self._able(roster, index.person[backup], place)]
        alone = tuple(member for member in away if not any(backup != member for backup in able))
        if alone:
            yield Excess(alone, (place,), len(alone), {"count": len(alone), "backups": " ".join(self.backups)})

    def _able(self, roster: Roster, person: int, day: Day) -> bool:
        return roster.cells[person][day] in self.working or roster.undecided(person, day)

    def post(self, grid: Grid, place: Place) -> None:
        """Forbid or charge, for each member, that he is away and no backup works."""
        idle = [shift for shift in grid.shifts if shift not in self.working]
        index = grid.index
        for member in dict.fromkeys(self.members):
            others = (index.person[backup] for backup in dict.fromkeys(self.backups) if backup != member)
            clause = [(index.person[member], place, self.away)]
            clause += [(person, place, idle) for person in others if place in index.employed[person]]
            grid.not_together([clause], self, 1)
