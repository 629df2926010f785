"""The price of any roster, without a solver; kept up to date edit by edit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from solver.frozen import Day, PersonId, ShiftId
from solver.problem import Problem
from solver.roster import Cells, Roster, Violation
from solver.rules import Place, Rule


class Change(NamedTuple):
    """What one edit did: the violations that appeared and those that disappeared."""

    appeared: tuple[Violation, ...]
    disappeared: tuple[Violation, ...]


class Checker:
    """Prices a roster under all rules of a problem and follows its edits.

    An edit re-checks only the places of the rules that look at its cell.

    Parameters
    ----------
    problem : Problem
    roster : Roster or Cells, optional
        Copied; empty when not given.

    Attributes
    ----------
    cost : int
        Sum of the costs of all violations of soft rules.
    hard : int
        Number of violations of hard rules.
    undecided : int
        Number of empty cells within the employment.
    roster : Roster
        The roster as edited; read it, and edit it with ``set`` only.
    """

    def __init__(self, problem: Problem, roster: Roster | Cells | None = None) -> None:
        self.problem = problem
        self.roster = roster.copy() if isinstance(roster, Roster) else Roster(problem, roster)
        self.cost = 0
        self.hard = 0
        self._broken: dict[tuple[int, Place], tuple[Violation, ...]] = {}
        index = problem.index
        self.undecided = sum(
            self.roster.cells[person][day] is None for person, days in enumerate(index.employed) for day in days
        )
        for position, rule in enumerate(problem.rules):
            for place in rule.places(index):
                found = self._at(rule, place)
                if found:
                    self._broken[position, place] = found
                    self._count(found, 1)

    def violations(self) -> list[Violation]:
        """Return all violations, in the order of the problem's rules and their places."""
        return [violation for key in sorted(self._broken) for violation in self._broken[key]]

    def set(self, person: PersonId, day: Day, shift: ShiftId | None) -> Change:
        """Write one cell and return what changed.

        Raises
        ------
        ValueError
            When the problem has no such person, day or shift type.
        """
        row = self.problem.index.person.get(person)
        if row is None:
            raise ValueError(f"there is no person {person!r}")
        empty = self.roster.undecided(row, day) if 0 <= day < self.problem.days else False
        self.roster.put(row, day, shift)
        self.undecided += self.roster.undecided(row, day) - empty
        appeared: list[Violation] = []
        disappeared: list[Violation] = []
        for position, rule in enumerate(self.problem.rules):
            for place in rule.touched(self.problem.index, row, day):
                old, new = self._broken.pop((position, place), ()), self._at(rule, place)
                if new:
                    self._broken[position, place] = new
                if old != new:
                    appeared += _not_in(new, old)
                    disappeared += _not_in(old, new)
        self._count(appeared, 1)
        self._count(disappeared, -1)
        return Change(tuple(appeared), tuple(disappeared))

    def _at(self, rule: Rule, place: Place) -> tuple[Violation, ...]:
        name, kind, hard, weight = rule.id, rule.kind, rule.hard, 0 if rule.hard else rule.weight
        return tuple(
            [  # a list first, which is quicker than a generator
                Violation(name, kind, people, days, amount, weight * amount, hard, detail)
                for people, days, amount, detail in rule.at(self.roster, place)
            ]
        )

    def _count(self, violations: list[Violation] | tuple[Violation, ...], sign: int) -> None:
        for violation in violations:
            self.cost += sign * violation.cost
            self.hard += sign * violation.hard


def _not_in(some: Sequence[Violation], others: Sequence[Violation]) -> Sequence[Violation]:
    """Return the violations that are not among others; a place may have hundreds, so only those alike are compared."""
    if not some or not others:
        return some
    alike: dict[tuple[object, ...], list[Violation]] = {}
    for one in others:
        alike.setdefault((one.people, one.days), []).append(one)
    return [one for one in some if one not in alike.get((one.people, one.days), ())]
