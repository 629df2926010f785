"""The rostering kernel: people, days, shifts, rules, and the search for a roster that keeps them.

Importing this package loads neither pydantic models nor OR-Tools; each name is loaded when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solver.check import Change as Change
    from solver.check import Checker as Checker
    from solver.errors import BadFile as BadFile
    from solver.errors import SolverError as SolverError
    from solver.problem import Person as Person
    from solver.problem import Problem as Problem
    from solver.problem import Shift as Shift
    from solver.roster import Outcome as Outcome
    from solver.roster import Roster as Roster
    from solver.roster import Violation as Violation
    from solver.run import Limits as Limits
    from solver.run import Progress as Progress
    from solver.run import Stop as Stop
    from solver.search import solve as solve

_HOME = {
    "BadFile": "errors", "SolverError": "errors",
    "Problem": "problem", "Person": "problem", "Shift": "problem",
    "Roster": "roster", "Violation": "roster", "Outcome": "roster",
    "Limits": "run", "Progress": "run", "Stop": "run",
    "Checker": "check", "Change": "check",
    "solve": "search",
}  # fmt: skip

__all__ = [
    "BadFile", "Change", "Checker", "Limits", "Outcome", "Person", "Problem", "Progress", "Roster", "Shift",
    "SolverError", "Stop", "Violation", "solve",
]  # fmt: skip


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'solver' has no attribute {name!r}")
    return getattr(import_module(f"solver.{_HOME[name]}"), name)
