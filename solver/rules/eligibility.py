"""Who may have which shift types."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from solver.frozen import Day, ShiftId
from solver.rules.rule import Excess, Mentions, Place, Rule

if TYPE_CHECKING:
    from solver.grid import Grid
    from solver.index import Index
    from solver.roster import Roster


class Eligibility(Rule):
    """Each cell of the scope that holds one of the ``refused`` shifts breaks the rule by 1."""

    kind: Literal["eligibility"] = "eligibility"
    hard: bool = True
    refused: tuple[ShiftId, ...] = Field(min_length=1)

    unary: ClassVar[bool] = True

    def mentions(self) -> Mentions:
        """Return the scope's names and the refused shifts."""
        return super().mentions()._replace(shifts=self.refused)

    def places(self, index: Index) -> Iterable[Place]:
        """Rows of the people in scope."""
        return index.people(self.scope)

    def touched(self, index: Index, person: int, day: Day) -> Iterable[Place]:
        """The row of the cell, when it is in scope."""
        return (person,) if index.concerns(self.scope, person, day) else ()

    def at(self, roster: Roster, place: Place) -> Iterator[Excess]:
        """Yield an excess of 1 for each refused shift in the row."""
        days, row = roster.index.dates(self.scope), roster.cells[place]
        for day, shift in enumerate(row):
            if shift in self.refused and day in days:
                yield Excess((roster.index.ids[place],), (day,), 1, {"shift": str(shift)})

    def post(self, grid: Grid, place: Place) -> None:
        """Take the refused shifts out of the row's cells, or charge them."""
        for day in sorted(grid.index.dates(self.scope)):
            grid.avoid(place, day, self.refused, self)
