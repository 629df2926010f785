"""A roster that others already live by changes as little as can be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from solver.frozen import Day, PersonId, ShiftId
from solver.rules.rule import Excess, Mentions, Place, Rule

if TYPE_CHECKING:
    from solver.grid import Grid
    from solver.index import Index
    from solver.roster import Roster

Count = Annotated[int, Field(ge=0)]


class MinimumChange(Rule):
    """Each decided cell that differs from the given roster breaks the rule by the cell's weight.

    The cost is a weighted Hamming distance. ``rows`` holds for a person one shift a day from day 0, null where nothing
    was given; ``weights``, where it has a row for the person, how much each of those cells counts, else each counts 1.
    """

    kind: Literal["minimum_change"] = "minimum_change"
    rows: dict[PersonId, tuple[ShiftId | None, ...]] = Field(default_factory=dict)
    weights: dict[PersonId, tuple[Count, ...]] = Field(default_factory=dict)

    unary: ClassVar[bool] = True

    @model_validator(mode="after")
    def _same_cells(self) -> Self:
        for person, weights in self.weights.items():
            expected = len(self.rows.get(person, ()))
            if len(weights) != expected:
                raise ValueError(f"weights[{person}]: expected {expected} numbers as in rows, found {len(weights)}")
        return self

    def mentions(self) -> Mentions:
        """Return the scope's names, the people and shifts of the rows, and their last days."""
        people, _, days = super().mentions()
        shifts = {shift for row in self.rows.values() for shift in row if shift is not None}
        last = {len(row) - 1 for row in self.rows.values() if row}
        return Mentions((*people, *self.rows), shifts, (*days, *last))

    def places(self, index: Index) -> Iterable[Place]:
        """Rows of the people in scope."""
        return index.people(self.scope)

    def touched(self, index: Index, person: int, day: Day) -> Iterable[Place]:
        """The row of the cell, when it is in scope."""
        return (person,) if index.concerns(self.scope, person, day) else ()

    def kept(self, index: Index, place: Place) -> Iterator[tuple[Day, ShiftId, int]]:
        """Yield day, shift and weight of each given cell of a row."""
        name, dates = index.ids[place], index.dates(self.scope)
        given = self.rows.get(name, ())
        weights = self.weights.get(name) or (1,) * len(given)
        for day, (shift, weight) in enumerate(zip(given, weights, strict=True)):
            if shift is not None and weight and day in dates:
                yield day, shift, weight

    def at(self, roster: Roster, place: Place) -> Iterator[Excess]:
        """Yield the weight of each cell of the row that differs."""
        row, people = roster.cells[place], (roster.index.ids[place],)
        for day, shift, weight in self.kept(roster.index, place):
            found = row[day]
            if found is not None and found != shift:
                yield Excess(people, (day,), weight, {"shift": shift, "found": found})

    def post(self, grid: Grid, place: Place) -> None:
        """Charge every other shift, or leave the cell nothing but the given one where hard."""
        for day, shift, weight in self.kept(grid.index, place):
            grid.avoid(place, day, grid.all_but(shift), self, weight)
