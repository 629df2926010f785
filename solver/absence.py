"""Somebody is away, as rules of a problem."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from solver.frozen import Day, PersonId, ShiftId
from solver.nearby import with_rules
from solver.problem import Problem
from solver.roster import Roster
from solver.rules import AnyRule, Eligibility, Pin, Pins, Scope

AWAY, LOCKED = "away", "locked"
"""Ids of the rules: who is away, what may not change."""


def expect_known(problem: Problem, away: Mapping[PersonId, Collection[Day]]) -> None:
    """Fail for who, or what day, is not there.

    Raises
    ------
    ValueError
    """
    for person, days in away.items():
        if person not in problem.index.person:
            raise ValueError(f"away: there is no person {person!r}")
        for day in days:
            if not 0 <= day < problem.days:
                raise ValueError(f"away[{person}]: there is no day {day}")


def without_absent(
    problem: Problem, published: Roster, away: Mapping[PersonId, Collection[Day]],
    locked: Collection[tuple[PersonId, Day]], absent: Collection[ShiftId] | None,
) -> Problem:  # fmt: skip
    """Return the problem with the absence and the locked cells; pins of the absent are lifted.

    Parameters
    ----------
    problem : Problem
    published : Roster
        What the locked cells hold.
    away : mapping of PersonId to days
    locked : collection of (PersonId, Day)
    absent : collection of ShiftId, optional
        Shifts one who is away may have; those with two half days of absence when not given.

    Raises
    ------
    ValueError
        When there is no shift to be away with.
    """
    allowed = absent if absent is not None else [shift.id for shift in problem.shifts if shift.absence == 2]
    present = tuple(shift.id for shift in problem.shifts if shift.id not in allowed)
    if len(present) == len(problem.shifts):
        raise ValueError("absent: expected a shift type that one who is away may have")
    gone = {(person, day) for person, days in away.items() for day in days}
    rules: list[AnyRule] = [_unpinned(rule, gone) for rule in problem.rules]
    for person, days in away.items():
        if present:
            rules.append(Eligibility(id=AWAY, scope=Scope(people=(person,), days=tuple(sorted(days))), refused=present))
    kept = ((person, day, published.cells[problem.index.person[person]][day]) for person, day in sorted(locked))
    pins = tuple(
        Pin(person=person, day=day, shift=shift)
        for person, day, shift in kept
        if shift is not None and (person, day) not in gone
    )
    return with_rules(problem, (*rules, Pins(id=LOCKED, cells=pins)))


def _unpinned(rule: AnyRule, gone: set[tuple[PersonId, Day]]) -> AnyRule:
    if not isinstance(rule, Pins):
        return rule
    return rule.model_copy(update={"cells": tuple(pin for pin in rule.cells if (pin.person, pin.day) not in gone)})
