"""Nights, weekends, days off: that nobody has many more of them than others, for the time they are employed for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from pydantic import Field

from solver.frozen import Day, PersonId, ShiftId
from solver.rules.rule import Excess, Mentions, Place, Rule
from solver.totals import steps_above

if TYPE_CHECKING:
    from solver.grid import Grid
    from solver.index import Index
    from solver.roster import Roster

PARTS = 2520
"""Parts of a count for a full post, so that the counts of most shares of a post are whole numbers of parts."""


class Fairness(Rule):
    """The spread of a count across the people in scope, the largest less the smallest, is at most ``limit``.

    A person's count is ``(past + days in scope with one of shifts) · 100 / share``, the share of a post in percent: the
    count a full post would have. The rule is broken by ``⌈largest - smallest - limit⌉``; a spread of 1 is often beyond
    avoiding. Counts are worked out in whole 2,520ths, rounded for shares such as 95 %. Weekends and holidays are
    counted with the scope's weekdays and days. People without a day of employment in scope are left out.

    Of the measures of fairness in rostering [1]_ the range is the one a team can check by hand; it is linear with two
    auxiliary variables [2]_, of which one is enough: ``lowest ≤ count ≤ lowest + limit + excess``.

    References
    ----------
    .. [1] S. Martin, D. Ouelhadj, P. Smet, G. Vanden Berghe, E. Özcan, Cooperative search for fair nurse rosters,
       Expert Systems with Applications 40 (2013).
    .. [2] Gurobi Optimization, example ``workforce5``: the difference of the most and the fewest shifts of all workers.
    """

    kind: Literal["fairness"] = "fairness"
    shifts: tuple[ShiftId, ...] = Field(min_length=1, description="what is counted")
    limit: int = Field(default=1, ge=0, description="counts of a full post")
    past: dict[PersonId, int] = Field(default_factory=dict[PersonId, int], description="counts of past periods")
    shares: dict[PersonId, Annotated[int, Field(ge=1)]] = Field(
        default_factory=dict[PersonId, int],
        description="percent of a full post over past and horizon; who is not listed has 100",
    )

    def mentions(self) -> Mentions:
        """Return the scope's names, those with a past or a share, and the shifts."""
        people, _, days = super().mentions()
        return Mentions((*people, *self.past, *self.shares), self.shifts, days)

    def places(self, index: Index) -> Iterable[Place]:
        """One: the people are compared with each other."""
        return (0,)

    def touched(self, index: Index, person: int, day: Day) -> Iterable[Place]:
        """The one place, when the cell is in scope."""
        return (0,) if index.concerns(self.scope, person, day) else ()

    def parts(self) -> int:
        """Return of how many parts a count for a full post is."""
        return 1 if all(share == 100 for share in self.shares.values()) else PARTS

    def counted(self, index: Index) -> list[_Counted]:
        """Return the people who are compared."""

        def make() -> list[_Counted]:
            days, parts = sorted(index.dates(self.scope)), self.parts()
            found: list[_Counted] = []
            for person in index.people(self.scope):
                name, employed = index.ids[person], index.employed[person]
                own = days[bisect_left(days, employed.start) : bisect_left(days, max(employed.start, employed.stop))]
                if own:
                    unit = round(100 * parts / self.shares.get(name, 100))
                    found.append(_Counted(person, own, unit, self.past.get(name, 0)))
            return found

        return index.kept(self, make)

    def at(self, roster: Roster, place: Place) -> Iterator[Excess]:
        """Yield the counts by which the spread is above the limit; empty cells count as it is least."""
        index, parts = roster.index, self.parts()
        counted = self.counted(index)
        if len(counted) < 2:
            return
        ends = [roster.of_row(one.person, self, lambda one=one: self._ends(roster, one)) for one in counted]
        most, least = max(low for low, _ in ends), min(high for _, high in ends)
        amount = steps_above(self.limit * parts, parts, most[0] - least[0])
        if amount:
            people = (index.ids[most[2]], index.ids[least[2]])
            days = sorted(index.dates(self.scope))
            detail: dict[str, int | str] = {"limit": self.limit, "most": most[1], "least": least[1]}
            yield Excess(people, (days[0], days[-1]), amount, detail)

    def _ends(self, roster: Roster, counted: _Counted) -> tuple[_Count, _Count]:
        """Return the least and the most that a person's count can be when the empty cells are filled."""
        person, days, unit, past = counted
        cells = roster.cells[person]
        row = [cells[day] for day in days]
        count = past + sum(map(row.count, set(self.shifts)))
        return (count * unit, count, person), ((count + row.count(None)) * unit, count, person)

    def post(self, grid: Grid, place: Place) -> None:
        """Charge the spread above the limit, or forbid it where hard."""
        parts = self.parts()
        totals = [
            grid.total(((person, day) for day in days), dict.fromkeys(self.shifts, unit), unit * past)
            for person, days, unit, past in self.counted(grid.index)
        ]
        if len(totals) > 1:
            grid.measure("spread", self.limit * parts, totals, self, step=parts)


_Count = tuple[int, int, int]
"""Parts, the count without the empty cells, and the person (by position)."""


class _Counted(NamedTuple):
    """A person (by position), the days that count, how many parts one counts, and the count so far."""

    person: int
    days: list[Day]
    unit: int
    past: int
