"""Rosters and what is said of them: violations and outcomes are values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Literal, TypeVar

from solver.frozen import Day, PersonId, ShiftId
from solver.problem import Problem

Status = Literal["optimal", "feasible", "infeasible", "cancelled", "unknown"]
Cells = Mapping[PersonId, Sequence[ShiftId | None]]
"""A roster on the wire: for each person one shift id a day, null where nothing is decided."""
Value = TypeVar("Value")


class Roster:
    """Who has which shift on which day of a problem; an empty cell is not decided yet.

    Attributes
    ----------
    cells : list of list of (ShiftId or None)
        ``cells[person][day]`` by position; None where empty and outside the employment. Once rules have looked at a
        roster, write with ``put`` only.
    strays : list of dict of Day to ShiftId
        For each person, the shifts given outside the employment. Only the employment rule looks at them.

    Raises
    ------
    ValueError
        When ``cells`` names a person or a shift that the problem does not have, or a row is not as long as the horizon.
    """

    def __init__(self, problem: Problem, cells: Cells | None = None) -> None:
        self.problem = problem
        self.index = problem.index
        people = len(problem.people)
        self.cells: list[list[ShiftId | None]] = [[None] * problem.days for _ in range(people)]
        self.strays: list[dict[Day, ShiftId]] = [{} for _ in range(people)]
        self._of_row: list[dict[int, tuple[object, Any]]] = [{} for _ in range(people)]
        for name, row in (cells or {}).items():
            if name not in self.index.person:
                raise ValueError(f"roster: there is no person {name!r}")
            if len(row) != problem.days:
                raise ValueError(f"roster[{name}]: expected {problem.days} days, found {len(row)}")
            for day, shift in enumerate(row):
                if shift is not None:
                    self.put(self.index.person[name], day, shift)

    def put(self, person: int, day: Day, shift: ShiftId | None) -> None:
        """Write ``shift``, or empty the cell, of ``person`` (a position) on ``day``.

        Raises
        ------
        ValueError
            When the problem has no such shift type, or no such day.
        """
        if shift is not None and shift not in self.index.shift:
            raise ValueError(f"roster[{self.index.ids[person]}]: there is no shift {shift!r}")
        if not 0 <= day < self.index.days:
            raise ValueError(f"roster[{self.index.ids[person]}]: there is no day {day}")
        if day in self.index.employed[person]:
            self.cells[person][day] = shift
            self._of_row[person].clear()
        elif shift is None:
            self.strays[person].pop(day, None)
        else:
            self.strays[person][day] = shift

    def of_row(self, person: int, rule: object, make: Callable[[], Value]) -> Value:
        """Return what ``make`` made of a row when ``rule``, this very object, first asked since the row changed."""
        found = self._of_row[person].get(id(rule))
        if found is None:
            found = self._of_row[person][id(rule)] = rule, make()  # holding the rule keeps its id its own
        return found[1]

    def undecided(self, person: int, day: Day) -> bool:
        """Whether the cell exists and is empty."""
        return self.cells[person][day] is None and day in self.index.employed[person]

    def days_with_carry_in(self, person: int) -> Iterator[tuple[Day, ShiftId | None]]:
        """Yield ``(day, shift)`` from the first known day before the horizon to the last day."""
        before = self.index.before[person]
        return enumerate(chain(before, self.cells[person]), start=-len(before))

    def rows(self) -> dict[PersonId, list[ShiftId | None]]:
        """Return the roster as it goes over the wire, strays included."""
        rows = {name: list(row) for name, row in zip(self.index.ids, self.cells, strict=True)}
        for name, strays in zip(self.index.ids, self.strays, strict=True):
            for day, shift in strays.items():
                rows[name][day] = shift
        return rows

    def copy(self) -> Roster:
        """Return an independent roster with the same cells."""
        twin = Roster(self.problem)
        twin.cells = [list(row) for row in self.cells]
        twin.strays = [dict(row) for row in self.strays]
        return twin

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Roster) and self.cells == other.cells and self.strays == other.strays

    __hash__ = None  # type: ignore[assignment]  # a roster changes


@dataclass(slots=True, unsafe_hash=True)  # not frozen: a check of a random roster makes 20,000, each 5 times as fast
class Violation:
    """One rule broken at one place; nobody changes it.

    Attributes
    ----------
    rule, kind : str
        The rule's id and kind.
    people : tuple of PersonId
        Who is concerned; empty when a day as a whole is.
    days : tuple of Day
        One day, or the first and the last of a span. Days before the horizon are negative.
    amount : int
        By how much, in the rule's unit, ≥ 1.
    cost : int
        ``weight × amount``; 0 where hard.
    hard : bool
    detail : dict of str to (int or str)
        Numbers and shift ids from which a sentence can be made, as ``{"limit": 2, "count": 3}``.
    """

    rule: str
    kind: str
    people: tuple[PersonId, ...]
    days: tuple[Day, ...]
    amount: int
    cost: int
    hard: bool
    detail: dict[str, int | str] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a search ended with.

    Attributes
    ----------
    status : Status
        ``optimal``: nothing costs less. ``feasible``: ``roster`` keeps the hard rules. ``infeasible``: no roster does.
        ``cancelled``: stopped on request, with the best roster so far if there was one. ``unknown``: out of time.
    roster : Roster or None
    cost : int or None
        The checker's price of ``roster``.
    bound : int or None
        No roster costs less than this; None where infeasible.
    seconds, first_seconds : float, float or None
        Wall time in all, and until the first roster.
    violations : tuple of Violation
        What ``roster`` still breaks.
    clashes : tuple of str
        Where infeasible: ids of rules that clash, when cheaply known.
    """

    status: Status
    roster: Roster | None
    cost: int | None
    bound: int | None
    seconds: float
    first_seconds: float | None
    violations: tuple[Violation, ...] = ()
    clashes: tuple[str, ...] = ()
