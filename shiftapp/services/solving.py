"""Searches and questions, each worked on in a process of its own (`shiftapp.services.solver_process`).

A search ends in one of four ways: by itself; because somebody wants its best so far (`Stop.finish`); because nobody
wants it any more (`Stop.cancel`); because it overran its limit, which is treated like the second. Of a process that had
to be killed the best roster that it had reported becomes the outcome.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from shiftapp.services.questions import Asked
from shiftapp.services.solver_process import Spare, converse
from shiftapp.services.solving_child import Ended, Failure, Report, Task
from solver.check import Checker
from solver.problem import Problem
from solver.roster import Outcome, Roster
from solver.run import Limits, Progress, Stop

MEMORY_MB: Final = 4096
"""Data of one search, all its threads together; beyond it the search fails, and nothing else does."""


class SolverDied(Exception):
    """The solver's process ended without an outcome.

    Attributes
    ----------
    reason : {"memory", "killed", "crashed"}
        It wanted more memory than it may have; it was ended from outside; it failed, and its traceback is in the log.
    """

    def __init__(self, reason: Failure) -> None:
        super().__init__(f"the solver's process ended without an outcome: {reason}")
        self.reason: Failure = reason


async def solve_in_child(
    problem: Problem,
    limits: Limits,
    hint: Roster | None,
    on_progress: Callable[[Progress], None],
    stop: Stop,
    memory_mb: int = MEMORY_MB,
) -> Outcome:
    """Solve ``problem`` in a process of its own and return its outcome.

    Parameters
    ----------
    problem, limits, hint
        As for `solver.search.solve`.
    on_progress : callable
        Called in this loop, at most about five times a second; ``roster`` is None where it is the one before.
    stop : Stop
        Ends the search early; obeyed in every phase within two seconds.
    memory_mb : int
        Most data the process may hold, in MiB.

    Returns
    -------
    Outcome
        Also of a search that was cancelled or overran: then with the best roster it had reported, or none.

    Raises
    ------
    SolverDied
        The process ended without an outcome, and nobody had asked it to.
    """
    began = time.monotonic()
    best = _Best(problem, on_progress)
    task = Task(
        problem=problem,
        seconds=limits.seconds,
        workers=limits.workers,
        seed=limits.seed,
        hint=None if hint is None else hint.rows(),
    )
    last = await converse(task, stop, memory_mb, best)
    if last is not None and last.ended is not None and not stop.cancelled:
        return _outcome(problem, last.ended)
    if last is not None and last.ended is None and not stop.asked:
        raise SolverDied(last.failure or "killed")
    return await asyncio.to_thread(_salvage, problem, best, time.monotonic() - began, stop.cancelled)


async def ask_child(
    problem: Problem, question: Asked, stop: Stop, memory_mb: int = MEMORY_MB, spare: Spare | None = None
) -> dict[str, Any] | None:
    """Have a question answered in a process of its own.

    Parameters
    ----------
    problem : Problem
    question : Asked
        Bounds its own time.
    stop : Stop
        Ends the work early, as in `solve_in_child`.
    memory_mb : int
        Most data the process may hold, in MiB.
    spare : Spare, optional
        Whose process is used, where it has one.

    Returns
    -------
    dict or None
        The solver's typed answer as JSON; None where it was cancelled or did not end in time.

    Raises
    ------
    SolverDied
        The process ended without an answer, and nobody had asked it to.
    """
    task = Task(problem=problem, seconds=question.seconds, workers=1, seed=question.seed, question=question)
    last = await converse(task, stop, memory_mb, spare=spare)
    if last is not None and last.answer is None and not stop.asked:
        raise SolverDied(last.failure or "killed")
    return None if last is None or stop.cancelled else last.answer


@dataclass(slots=True)
class _Best:
    """What the process has reported so far, passed on."""

    problem: Problem
    on_progress: Callable[[Progress], None]
    roster: Roster | None = None
    bound: int | None = None
    first_seconds: float | None = None

    def note(self, report: Report) -> None:
        """Take a report, and pass it on."""
        roster = None if report.rows is None else Roster(self.problem, report.rows)
        self.bound = self.bound if report.bound is None else report.bound
        if roster is not None:
            self.roster = roster
            self.first_seconds = report.seconds if self.first_seconds is None else self.first_seconds
        self.on_progress(Progress(report.seconds, report.status, report.cost, report.bound, roster))

    @property
    def answered(self) -> bool:
        """Whether there is something to salvage."""
        return self.roster is not None


def _outcome(problem: Problem, ended: Ended) -> Outcome:
    return Outcome(
        ended.status,
        None if ended.rows is None else Roster(problem, ended.rows),
        ended.cost,
        ended.bound,
        ended.seconds,
        ended.first_seconds,
        ended.violations,
        ended.clashes,
    )


def _salvage(problem: Problem, best: _Best, seconds: float, cancelled: bool) -> Outcome:
    """Return the outcome of a search that did not get to say it."""
    if best.roster is None:
        return Outcome("cancelled" if cancelled else "unknown", None, None, best.bound, seconds, None)
    checker = Checker(problem, best.roster)
    status = "cancelled" if cancelled else "unknown" if checker.hard or checker.undecided else "feasible"
    violations = tuple(checker.violations())
    return Outcome(status, best.roster, checker.cost, best.bound, seconds, best.first_seconds, violations)
