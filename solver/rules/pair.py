"""Two people who work together, or apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal, Self

from pydantic import Field, model_validator

from solver.frozen import Day, PersonId, ShiftId
from solver.rules.cliques import Clique, levels
from solver.rules.rule import Excess, Mentions, Place, Rule

if TYPE_CHECKING:
    from solver.grid import Grid
    from solver.index import Index
    from solver.roster import Roster


class Pair(Rule):
    """Two people are together, or apart, on ``shifts``; each day on which they are not breaks the rule by 1.

    Together: a day on which one has one of the shifts and the other has not the same. Apart: a day on which both have
    the same one. With ``same`` false any two of the shifts count as the same one. A day on which only one of them is
    employed is not looked at. Of the scope, only the days matter.
    """

    kind: Literal["pair"] = "pair"
    people: tuple[PersonId, PersonId]
    shifts: tuple[ShiftId, ...] = Field(min_length=1)
    together: bool = Field(description="false: apart")
    same: bool = Field(default=True, description="the same shift type; false: any two of the shifts")

    @model_validator(mode="after")
    def _two(self) -> Self:
        if self.people[0] == self.people[1]:
            raise ValueError(f"people: expected two, found {self.people[0]!r} twice")
        return self

    def mentions(self) -> Mentions:
        """Return the scope's days, the two people, and the shifts."""
        return super().mentions()._replace(people=self.people, shifts=self.shifts)

    def places(self, index: Index) -> Iterable[Place]:
        """Days in scope."""
        return sorted(index.dates(self.scope))

    def touched(self, index: Index, person: int, day: Day) -> Iterable[Place]:
        """The day of the cell of one of the two."""
        return (day,) if index.ids[person] in self.people and day in index.dates(self.scope) else ()

    def unwanted(self, one: ShiftId, other: ShiftId) -> bool:
        """Whether two shifts on one day break the rule."""
        first, second = one in self.shifts, other in self.shifts
        alike = first and second and (one == other or not self.same)
        return (first or second) and not alike if self.together else alike

    def at(self, roster: Roster, place: Place) -> Iterator[Excess]:
        """Yield an excess of 1 when the two have shifts that they should not have on one day."""
        person, cells = roster.index.person, roster.cells
        one, other = cells[person[self.people[0]]][place], cells[person[self.people[1]]][place]
        if one is not None and other is not None and self.unwanted(one, other):
            detail: dict[str, int | str] = {"shifts": f"{one} {other}", "together": int(self.together)}
            yield Excess(self.people, (place,), 1, detail)

    def post(self, grid: Grid, place: Place) -> None:
        """Charge the unwanted pairs of shifts, one Boolean a day, or forbid them where hard."""
        one, other = (grid.index.person[person] for person in self.people)
        for amount, cliques in self._levels(grid.index):
            grid.not_together([[(one, place, a), (other, place, b)] for a, b in cliques], self, amount)

    def _levels(self, index: Index) -> list[tuple[int, list[Clique]]]:
        key = (self.kind, self.shifts, self.together, self.same)
        return index.once(
            key, lambda: levels({(a, b): 1 for a in index.shift for b in index.shift if self.unwanted(a, b)})
        )
