"""People who cover for one another are not away at the same time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from solver.frozen import Day, PersonId
from solver.rules.rule import Excess, Mentions, Place, Rule

if TYPE_CHECKING:
    from solver.grid import Grid
    from solver.index import Index
    from solver.roster import Roster


class GroupCover(Rule):
    """At most ``limit`` half days of absence a day among ``members``: ``Σ absence[m, day] ≤ limit``."""

    kind: Literal["group_cover"] = "group_cover"
    members: tuple[PersonId, ...] = Field(min_length=2)
    limit: int = Field(default=2, ge=0, description="half days")

    def mentions(self) -> Mentions:
        """Return the scope's days and the members."""
        return super().mentions()._replace(people=self.members)

    def places(self, index: Index) -> Iterable[Place]:
        """Days in scope."""
        return sorted(index.dates(self.scope))

    def touched(self, index: Index, person: int, day: Day) -> Iterable[Place]:
        """The day of a member's cell."""
        return (day,) if index.ids[person] in self.members and day in index.dates(self.scope) else ()

    def at(self, roster: Roster, place: Place) -> Iterator[Excess]:
        """Yield the half days above the limit on one day."""
        person, absence = roster.index.person, roster.index.absence
        here = [(member, roster.cells[person[member]][place]) for member in self.members]
        away = {member: absence[shift] for member, shift in here if shift is not None and absence[shift]}
        absent = sum(away.values())
        if absent > self.limit:
            yield Excess(tuple(away), (place,), absent - self.limit, {"limit": self.limit, "count": absent})

    def post(self, grid: Grid, place: Place) -> None:
        """Charge every half day above the limit, or forbid it where hard."""
        cells = ((grid.index.person[member], place) for member in self.members)
        grid.at_most(self.limit, grid.total(cells, grid.index.absence), self)
