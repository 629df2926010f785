"""Wanted and unwanted cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from solver.frozen import Day, Frozen, HorizonDay, PersonId, ShiftId
from solver.rules.rule import Excess, Mentions, Place, Rule

if TYPE_CHECKING:
    from solver.grid import Grid
    from solver.index import Index
    from solver.roster import Roster


class Wish(Frozen):
    """What somebody asks for; ``wanted`` false asks not to have the shift."""

    person: PersonId
    day: HorizonDay
    shift: ShiftId
    wanted: bool = True
    weight: int = Field(default=1, ge=1)


class Requests(Rule):
    """A wish that is not granted breaks the rule by its weight; one outside the employment means nothing."""

    kind: Literal["requests"] = "requests"
    wishes: tuple[Wish, ...] = ()

    unary: ClassVar[bool] = True

    @cached_property
    def _by_cell(self) -> dict[tuple[PersonId, Day], list[Place]]:
        found: dict[tuple[PersonId, Day], list[Place]] = {}
        for place, wish in enumerate(self.wishes):
            found.setdefault((wish.person, wish.day), []).append(place)
        return found

    def mentions(self) -> Mentions:
        """Return the names in the wishes."""
        return Mentions(*zip(*((wish.person, wish.shift, wish.day) for wish in self.wishes), strict=True))

    def places(self, index: Index) -> Iterable[Place]:
        """Positions of the wishes."""
        return range(len(self.wishes))

    def touched(self, index: Index, person: int, day: Day) -> Iterable[Place]:
        """The wishes for the cell."""
        return self._by_cell.get((index.ids[person], day), ())

    def at(self, roster: Roster, place: Place) -> Iterator[Excess]:
        """Yield the wish's weight where the cell is decided against it."""
        wish = self.wishes[place]
        shift = roster.cells[roster.index.person[wish.person]][wish.day]
        if shift is not None and (shift == wish.shift) != wish.wanted:
            detail: dict[str, int | str] = {"shift": wish.shift, "found": shift, "wanted": int(wish.wanted)}
            yield Excess((wish.person,), (wish.day,), wish.weight, detail)

    def post(self, grid: Grid, place: Place) -> None:
        """Charge the shifts that do not grant the wish."""
        wish = self.wishes[place]
        against = grid.all_but(wish.shift) if wish.wanted else (wish.shift,)
        grid.avoid(grid.index.person[wish.person], wish.day, against, self, wish.weight)
