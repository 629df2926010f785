"""No cell outside the employment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from solver.frozen import Day
from solver.rules.rule import Excess, HardRule, Place

if TYPE_CHECKING:
    from solver.grid import Grid
    from solver.index import Index
    from solver.roster import Roster


class Employment(HardRule):
    """Nobody has a shift before the first or after the last day of employment; always hard.

    A model has no cells there, so it keeps the rule even where a problem does not name it.
    """

    kind: Literal["employment"] = "employment"

    unary: ClassVar[bool] = True

    def places(self, index: Index) -> Iterable[Place]:
        """Rows of the people who are not employed throughout."""
        return (row for row, employed in enumerate(index.employed) if len(employed) < index.days)

    def touched(self, index: Index, person: int, day: Day) -> Iterable[Place]:
        """The row of the cell."""
        return (person,) if day not in index.employed[person] else ()

    def at(self, roster: Roster, place: Place) -> Iterator[Excess]:
        """Yield one excess, of 1, for each shift outside the employment."""
        for day, shift in sorted(roster.strays[place].items()):
            yield Excess((roster.index.ids[place],), (day,), 1, {"shift": shift})

    def post(self, grid: Grid, place: Place) -> None:
        """Post nothing: a grid has no cells outside the employment."""
