"""The kernel's own format: a problem as JSON, a roster as one list of shift ids a person."""

from __future__ import annotations

from pydantic import RootModel

from solver.frozen import PersonId, ShiftId
from solver.problem import Problem
from solver.roster import Roster


class RosterFile(RootModel[dict[PersonId, tuple[ShiftId | None, ...]]]):
    """A roster file: for each person one shift id a day, null where nothing is decided."""


def read_problem(text: str) -> Problem:
    """Return the problem written in ``text``."""
    return Problem.model_validate_json(text)


def read_roster(problem: Problem, text: str) -> Roster:
    """Return the roster written in ``text``."""
    return Roster(problem, RosterFile.model_validate_json(text).root)


def write_roster(roster: Roster) -> dict[PersonId, list[ShiftId | None]]:
    """Return the roster as JSON values."""
    return roster.rows()
