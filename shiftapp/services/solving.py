"""The solver in a process of its own: started, listened to, ended in time, never outliving us.

Solving in a thread of the server would stall it (building a model holds the interpreter's lock), so every search runs
in a fresh interpreter at low priority. A search ends in one of four ways: by itself; because somebody wants its best
so far (`Stop.finish`); because nobody wants it any more (`Stop.cancel`); because it overran its limit, which is
treated like the second. Whatever does not answer a wish in time, for example because it is still building its model,
is killed, and the best roster it had reported becomes the outcome.
"""

import asyncio
import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import solver
from shiftapp.services.questions import Asked
from shiftapp.services.solving_child import Ended, Failure, Said, Task
from shiftapp.settings import settings
from solver.check import Checker
from solver.problem import Problem
from solver.roster import Outcome, Roster
from solver.run import Limits, Progress, Stop

OVERRUN: Final = 1.5
"""Seconds a process may use beyond the limit of its search: it starts up, and prices its result."""
PATIENCE: Final = {"finish": 1.0, "cancel": 0.5}
"""Seconds between a wish and the kill."""
LOOK_EVERY: Final = 0.05
ROOT: Final = str(Path(solver.__file__).resolve().parent.parent)
"""Where the packages lie, for a server that was started from elsewhere."""
LONGEST_LINE: Final = 64 * 2**20
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
    best = _Best()
    child = await _start()
    hearing = asyncio.create_task(_hear(child, problem, best, on_progress))
    try:
        task = Task(
            problem=problem,
            seconds=limits.seconds,
            workers=limits.workers,
            seed=limits.seed,
            hint=None if hint is None else hint.rows(),
            memory_mb=memory_mb,
        )
        _tell(child, task.model_dump_json())
        last = await _follow(child, hearing, stop, began + limits.seconds + OVERRUN)
    finally:
        hearing.cancel()
        await _end(child)
    if last is not None and last.ended is not None and not stop.cancelled:
        return _outcome(problem, last.ended)
    if last is not None and last.ended is None and not stop.asked:
        raise SolverDied(last.failure or "killed")
    return await asyncio.to_thread(_salvage, problem, best, time.monotonic() - began, stop.cancelled)


async def ask_child(problem: Problem, question: Asked, stop: Stop, memory_mb: int = MEMORY_MB) -> dict[str, Any] | None:
    """Have a question answered in a process of its own.

    Parameters
    ----------
    problem : Problem
    question : Asked
        Bounds its own time.
    stop : Stop
        Ends the work early, as in `solve_in_child`.

    Returns
    -------
    dict or None
        The solver's typed answer as JSON; None where it was cancelled or did not end in time.

    Raises
    ------
    SolverDied
        The process ended without an answer, and nobody had asked it to.
    """
    began = time.monotonic()
    child = await _start()
    hearing = asyncio.create_task(_hear(child, problem, _Best(), lambda _: None))
    try:
        task = Task(
            problem=problem, seconds=question.seconds, workers=1, seed=question.seed, question=question,
            memory_mb=memory_mb,
        )  # fmt: skip
        _tell(child, task.model_dump_json())
        last = await _follow(child, hearing, stop, began + question.seconds + OVERRUN)
    finally:
        hearing.cancel()
        await _end(child)
    if last is not None and last.answer is None and not stop.asked:
        raise SolverDied(last.failure or "killed")
    return None if last is None or stop.cancelled else last.answer


@dataclass(slots=True)
class _Best:
    """What the process has reported so far."""

    roster: Roster | None = None
    bound: int | None = None
    first_seconds: float | None = None

    def note(self, progress: Progress) -> None:
        self.bound = self.bound if progress.bound is None else progress.bound
        if progress.roster is not None:
            self.roster = progress.roster
            self.first_seconds = progress.seconds if self.first_seconds is None else self.first_seconds


async def _start() -> asyncio.subprocess.Process:
    """Start the process with pipes to it and from it; what it logs goes to our standard error."""
    paths = [ROOT, *filter(None, [os.environ.get("PYTHONPATH")])]
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "shiftapp.services.solving_child",
        str(settings().nice),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=LONGEST_LINE,
        # Its own session: Ctrl+C at the terminal is ours to handle, and one kill reaches all it may have started.
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "MALLOC_ARENA_MAX": "2"},
    )


def _tell(child: asyncio.subprocess.Process, line: str) -> None:
    """Send one line; that a process is already gone is noticed at the end of the other pipe."""
    assert child.stdin is not None
    with contextlib.suppress(OSError):
        child.stdin.write(line.encode() + b"\n")


async def _hear(
    child: asyncio.subprocess.Process, problem: Problem, best: _Best, on_progress: Callable[[Progress], None]
) -> Said:
    """Listen until the outcome, a failure, or the end of the pipe."""
    assert child.stdout is not None
    while line := await child.stdout.readline():
        said = Said.model_validate_json(line)
        report = said.report
        if report is None:
            return said
        roster = None if report.rows is None else Roster(problem, report.rows)
        progress = Progress(report.seconds, report.status, report.cost, report.bound, roster)
        best.note(progress)
        on_progress(progress)
    return Said(failure="killed")


async def _follow(
    child: asyncio.subprocess.Process, hearing: asyncio.Task[Said], stop: Stop, overrun: float
) -> Said | None:
    """Wait for the last word, passing on what is wished; None when patience ends first."""
    told: Literal["finish", "cancel"] | None = None
    patience = overrun
    while not (await asyncio.wait({hearing}, timeout=LOOK_EVERY))[0]:
        now = time.monotonic()
        wish = "cancel" if stop.cancelled else "finish" if stop.asked or now > overrun else None
        if wish is not None and wish != told:
            _tell(child, wish)
            told, patience = wish, now + PATIENCE[wish]
        elif told is not None and now > patience:
            return None
    return hearing.result()


async def _end(child: asyncio.subprocess.Process) -> None:
    """Kill the process, and what it may have started, and wait until it is gone."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    await asyncio.shield(child.wait())


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
