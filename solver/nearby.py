"""Rosters compared cell by cell, and problems that ask to stay near to one, or far from it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Literal

from pydantic import Field

from solver.frozen import Day, Frozen, PersonId, ShiftId
from solver.grid import Grid
from solver.index import Index
from solver.problem import Problem
from solver.roster import Roster, Violation
from solver.rules import AnyRule, MinimumChange, Pin, Place, Rule
from solver.rules.rule import Excess, Mentions
from solver.totals import joined

Rows = dict[PersonId, tuple[ShiftId | None, ...]]
STAY = "stay"
"""Id of the rule that keeps cells as they are."""


class Move(Frozen):
    """A cell that holds something else."""

    person: PersonId
    day: Day
    before: ShiftId | None
    after: ShiftId | None


def moves(before: Roster, after: Roster) -> tuple[Move, ...]:
    """Return the cells, of the employment, in which two rosters of the same people and days differ."""
    return tuple(
        Move(person=name, day=day, before=old, after=new)
        for name, was, now in zip(before.index.ids, before.cells, after.cells, strict=True)
        for day, (old, new) in enumerate(zip(was, now, strict=True))
        if old != new
    )


def compared(
    before: Collection[Violation], after: Collection[Violation]
) -> tuple[tuple[Violation, ...], tuple[Violation, ...]]:
    """Return the violations that appeared and those that disappeared."""
    return (
        tuple(violation for violation in after if violation not in before),
        tuple(violation for violation in before if violation not in after),
    )


def rows_of(roster: Roster) -> Rows:
    """Return the roster as frozen values."""
    return {name: tuple(row) for name, row in roster.rows().items()}


def staying(
    problem: Problem, roster: Roster, price: int, factor: int = 1, weights: Mapping[tuple[PersonId, Day], int] = {}
) -> Problem:
    """Return the problem in which each decided cell of ``roster`` that changes costs ``price`` × its weight, else 1.

    Parameters
    ----------
    problem : Problem
    roster : Roster
    price : int
        Of a changed cell of weight 1, ≥ 0.
    factor : int
        What the weights of the soft rules are multiplied with, ≥ 1: above what all cells together can cost, changes
        only decide between rosters of the same cost.
    weights : mapping of (PersonId, Day) to int
        Weights of cells, ≥ 0, where they are not 1.
    """
    rows = rows_of(roster)
    counts = {name: tuple(weights.get((name, day), 1) for day in range(problem.days)) for name in rows}
    stay = MinimumChange(id=STAY, weight=price, rows=rows, weights=counts)
    return with_rules(problem, (*scaled(problem, factor).rules, stay))


def scaled(problem: Problem, factor: int) -> Problem:
    """Return the problem in which every soft rule weighs ``factor`` times as much, ≥ 1."""
    return with_rules(
        problem,
        (rule if rule.hard else rule.model_copy(update={"weight": rule.weight * factor}) for rule in problem.rules),
    )


def pinned(roster: Roster, free: Collection[tuple[PersonId, Day]]) -> tuple[Pin, ...]:
    """Return a pin for each decided cell that is not free."""
    return tuple(
        Pin(person=person, day=day, shift=shift)
        for person, row in rows_of(roster).items()
        for day, shift in enumerate(row)
        if shift is not None and (person, day) not in free
    )


def with_rules(problem: Problem, rules: Iterable[AnyRule]) -> Problem:
    """Return the problem under other rules."""
    return problem.model_copy(update={"rules": tuple(rules)})


class Distance(Rule):
    """At least ``minimum`` decided cells differ from the given rows; each one missing breaks the rule by 1.

    ``Σ [x[p, d] = rows[p][d]] ≤ cells given - minimum``. Not among the rules of the wire format: an answer asks for it.
    """

    kind: Literal["distance"] = "distance"
    hard: bool = True
    rows: Rows
    minimum: int = Field(ge=0)

    def _given(self, index: Index) -> Iterator[tuple[int, Day, ShiftId]]:
        for name, row in self.rows.items():
            employed = index.employed[index.person[name]]
            yield from (
                (index.person[name], day, shift)
                for day, shift in enumerate(row)
                if shift is not None and day in employed
            )

    def mentions(self) -> Mentions:
        """Return the people of the rows."""
        return Mentions(people=self.rows)

    def places(self, index: Index) -> Iterable[Place]:
        """One: all cells together."""
        return (0,)

    def touched(self, index: Index, person: int, day: Day) -> Iterable[Place]:
        """The one place."""
        return (0,)

    def at(self, roster: Roster, place: Place) -> Iterator[Excess]:
        """Yield the number of cells that would have to differ as well."""
        given = list(self._given(roster.index))
        same = sum(roster.cells[person][day] == shift for person, day, shift in given)
        missing = self.minimum - (len(given) - same)
        if missing > 0:
            yield Excess(
                (), (0, roster.problem.days - 1), missing, {"minimum": self.minimum, "count": len(given) - same}
            )

    def post(self, grid: Grid, place: Place) -> None:
        """Ask, in one row, that not too many cells are the same."""
        totals = [grid.total([(person, day)], {shift: 1}) for person, day, shift in self._given(grid.index)]
        grid.at_most(len(totals) - self.minimum, joined(totals), self)


def unlike(problem: Problem, others: Iterable[Rows], minimum: int, price: int | None = None) -> Problem:
    """Return the problem in which a roster differs from each of some in ``minimum`` of their decided cells.

    With a price, ≥ 0, each cell missing costs it; otherwise none may be.
    """
    rules = (
        Distance(id=f"unlike/{number}", hard=price is None, weight=price or 0, rows=rows, minimum=minimum)
        for number, rows in enumerate(others)
    )
    return problem.model_copy(update={"rules": (*problem.rules, *rules)})
