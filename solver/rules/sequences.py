"""Unwanted or forbidden patterns of shifts on consecutive days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from solver.frozen import Frozen, ShiftId
from solver.rules.cliques import Clique, cliques
from solver.rules.rule import Excess, Mentions, Place, RowRule

if TYPE_CHECKING:
    from solver.grid import Grid
    from solver.roster import Roster


class Pattern(Frozen):
    """Shifts on consecutive days: each step is met by any of its shifts."""

    steps: tuple[tuple[ShiftId, ...], ...] = Field(min_length=2, max_length=4)
    weight: int = Field(default=1, ge=1)


class Sequences(RowRule):
    """Each occurrence of a pattern breaks the rule by the pattern's weight.

    An occurrence ends on a day of the horizon and may begin in the days before it; one that has a day out of scope
    (closures are put there) does not count.
    """

    kind: Literal["sequences"] = "sequences"
    patterns: tuple[Pattern, ...] = Field(min_length=1)

    def mentions(self) -> Mentions:
        """Return the scope's names and the shifts of the patterns."""
        shifts = tuple(shift for pattern in self.patterns for step in pattern.steps for shift in step)
        return super().mentions()._replace(shifts=shifts)

    def at(self, roster: Roster, place: Place) -> Iterator[Excess]:
        """Yield the pattern's weight for each occurrence in the row."""
        index, dates = roster.index, roster.index.dates(self.scope)
        row = [shift if day < 0 or day in dates else None for day, shift in roster.days_with_carry_in(place)]
        first = -len(index.before[place])
        for number, pattern in enumerate(self.patterns):
            size, begins, later = len(pattern.steps), pattern.steps[0], list(enumerate(pattern.steps))[1:]
            for start in range(max(0, -first - size + 1), len(row) - size + 1):
                if row[start] in begins and all(row[start + offset] in step for offset, step in later):
                    days = (first + start, first + start + size - 1)
                    shifts = " ".join(str(shift) for shift in row[start : start + size])
                    yield Excess((index.ids[place],), days, pattern.weight, {"pattern": number, "shifts": shifts})

    def post(self, grid: Grid, place: Place) -> None:
        """Charge each occurrence: day pairs as cliques, longer patterns as clauses."""
        dates = grid.index.dates(self.scope)
        pairs = _by_weight(pattern for pattern in self.patterns if len(pattern.steps) == 2)
        longer = [pattern for pattern in self.patterns if len(pattern.steps) > 2]
        first = -len(grid.index.before[place])
        open_days = [day < 0 or day in dates for day in range(first, grid.index.days)]
        for last in range(grid.index.days):
            for weight, unwanted in pairs:
                if last - 1 >= first and all(open_days[last - 1 - first : last + 1 - first]):
                    grid.not_together([[(place, last - 1, a), (place, last, b)] for a, b in unwanted], self, weight)
            for pattern in longer:
                start = last + 1 - len(pattern.steps)
                if start >= first and all(open_days[start - first : last + 1 - first]):
                    cells = [(place, start + offset, step) for offset, step in enumerate(pattern.steps)]
                    grid.not_together([cells], self, pattern.weight)


def _by_weight(patterns: Iterable[Pattern]) -> list[tuple[int, list[Clique]]]:
    """Sort the day pairs that patterns of two steps match by what they cost together.

    At most one pair of shifts holds on two consecutive days, so one Boolean a day pair and cost is enough: with
    cliques ``(A, B)`` it is at least ``Σ A[day] + Σ B[day + 1] - 1``. Maximal cliques make the relaxation tight.
    """
    costs: dict[tuple[ShiftId, ShiftId], int] = {}
    for pattern in patterns:
        for pair in {(a, b) for a in pattern.steps[0] for b in pattern.steps[1]}:
            costs[pair] = costs.get(pair, 0) + pattern.weight
    return [
        (weight, cliques({pair for pair, cost in costs.items() if cost == weight}))
        for weight in sorted(set(costs.values()))
    ]
