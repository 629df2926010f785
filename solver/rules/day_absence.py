"""What rules share that bound the absence of some people on a day."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from pydantic import Field

from solver.frozen import Day
from solver.rules.rule import Excess, Place, Rule

if TYPE_CHECKING:
    from solver.grid import Grid
    from solver.index import Index
    from solver.roster import Roster


class DayAbsence(Rule):
    """``Σ absence[person, day] ≤ limit`` on each day in scope; every half day above breaks the rule by 1."""

    limit: int = Field(default=2, ge=0, description="half days")

    @abstractmethod
    def counted(self, index: Index) -> Sequence[int]:
        """Positions of the people who count."""

    def places(self, index: Index) -> Iterable[Place]:
        """Days in scope."""
        return sorted(index.dates(self.scope))

    def touched(self, index: Index, person: int, day: Day) -> Iterable[Place]:
        """The day of the cell, when its person counts."""
        return (day,) if day in index.dates(self.scope) and person in self.counted(index) else ()

    def at(self, roster: Roster, place: Place) -> Iterator[Excess]:
        """Yield the half days above the limit on one day."""
        absence, cells = roster.index.absence, roster.cells
        away = {person: absence.get(cells[person][place] or "", 0) for person in self.counted(roster.index)}
        absent = sum(away.values())
        if absent > self.limit:
            people = tuple(roster.index.ids[person] for person, half_days in away.items() if half_days)
            yield Excess(people, (place,), absent - self.limit, {"limit": self.limit, "count": absent})

    def post(self, grid: Grid, place: Place) -> None:
        """Charge every half day above the limit, or forbid it where hard."""
        cells = ((person, place) for person in self.counted(grid.index))
        grid.at_most(self.limit, grid.total(cells, grid.index.absence), self)
