"""Exactly one shift type per person and day of employment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from solver.frozen import Day
from solver.rules.rule import Excess, HardRule, Place

if TYPE_CHECKING:
    from solver.grid import Grid
    from solver.index import Index
    from solver.roster import Roster


class OneShift(HardRule):
    """``Σ over shift types of x[person, day, shift] = 1`` on every day of employment.

    A roster cannot break it: a cell holds at most one shift, and an empty cell is "not decided", which the checker
    counts and does not list. The rule is always hard, and a model keeps it even where a problem does not name it.
    """

    kind: Literal["one_shift"] = "one_shift"

    unary: ClassVar[bool] = False

    def places(self, index: Index) -> Iterable[Place]:
        """Rows of all people."""
        return range(len(index.ids))

    def touched(self, index: Index, person: int, day: Day) -> Iterable[Place]:
        """The row of the cell."""
        return (person,)

    def at(self, roster: Roster, place: Place) -> Iterator[Excess]:
        """Yield nothing: see the class."""
        return iter(())

    def post(self, grid: Grid, place: Place) -> None:
        """Post nothing: a cell of a grid holds exactly one shift."""
