"""Pinned cells stay as entered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Literal

from solver.frozen import Day, Frozen, HorizonDay, PersonId, ShiftId
from solver.rules.rule import Excess, Mentions, Place, Rule

if TYPE_CHECKING:
    from solver.grid import Grid
    from solver.index import Index
    from solver.roster import Roster


class Pin(Frozen):
    """A cell that somebody has decided."""

    person: PersonId
    day: HorizonDay
    shift: ShiftId


class Pins(Rule):
    """A decided cell that differs from its pin breaks the rule by 1; a pin outside the employment means nothing."""

    kind: Literal["pins"] = "pins"
    hard: bool = True
    cells: tuple[Pin, ...] = ()

    unary: ClassVar[bool] = True

    @cached_property
    def _by_cell(self) -> dict[tuple[PersonId, Day], list[Place]]:
        found: dict[tuple[PersonId, Day], list[Place]] = {}
        for place, pin in enumerate(self.cells):
            found.setdefault((pin.person, pin.day), []).append(place)
        return found

    def mentions(self) -> Mentions:
        """Return the names in the pins."""
        return Mentions(*zip(*((pin.person, pin.shift, pin.day) for pin in self.cells), strict=True))

    def places(self, index: Index) -> Iterable[Place]:
        """Positions of the pins."""
        return range(len(self.cells))

    def touched(self, index: Index, person: int, day: Day) -> Iterable[Place]:
        """The pins of the cell."""
        return self._by_cell.get((index.ids[person], day), ())

    def at(self, roster: Roster, place: Place) -> Iterator[Excess]:
        """Yield an excess of 1 where the pinned cell holds another shift."""
        pin = self.cells[place]
        shift = roster.cells[roster.index.person[pin.person]][pin.day]
        if shift is not None and shift != pin.shift:
            yield Excess((pin.person,), (pin.day,), 1, {"shift": pin.shift, "found": shift})

    def post(self, grid: Grid, place: Place) -> None:
        """Leave the cell nothing but its pin, or charge every other shift."""
        pin = self.cells[place]
        grid.avoid(grid.index.person[pin.person], pin.day, grid.all_but(pin.shift), self)
