"""The solver's own process: ``python -m shiftapp.services.solving_child NICE MEGABYTES``.

Started by `shiftapp.services.solver_process`. It speaks JSON, one object a line. Out: that it is ready. In: a `Task`,
then the words ``finish`` and ``cancel``. Out: any number of reports, then its last word (`Said`). It lowers its own
priority, bounds its own memory and ends with its parent: the end of standard input means that nobody is there any more.
"""

import contextlib
import os
import resource
import signal
import sys
import threading
import time
import traceback
from importlib import import_module
from typing import Any, BinaryIO, Final, Literal

from pydantic import BaseModel, ConfigDict

from shiftapp.services.background import step_back
from shiftapp.services.questions import Question, WhyNot, answered
from solver.problem import Problem
from solver.roster import Outcome, Roster, Status, Violation
from solver.run import Limits, Progress, Stop

REPORT_EVERY: Final = 0.2
"""Seconds between two reports: what comes in between is merged into the next."""

Rows = dict[str, list[str | None]]
"""A roster on the wire: for each person one shift id a day, null where nothing is decided."""


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Task(_Line):
    """What one process is asked to solve, or to answer; bounds as in `solver.run.Limits`."""

    problem: Problem
    seconds: float
    workers: int
    seed: int
    hint: Rows | None = None
    question: Question | None = None

    @property
    def awaited(self) -> bool:
        """Whether somebody looks at the page until it is answered: it does not step back behind searches."""
        return isinstance(self.question, WhyNot)


class Report(_Line):
    """A `solver.run.Progress`; ``rows`` is null when the best roster is the one reported before."""

    seconds: float
    status: Status
    cost: int | None
    bound: int | None
    rows: Rows | None = None


class Ended(_Line):
    """A `solver.roster.Outcome`."""

    status: Status
    rows: Rows | None
    cost: int | None
    bound: int | None
    seconds: float
    first_seconds: float | None
    violations: tuple[Violation, ...]
    clashes: tuple[str, ...]


Failure = Literal["memory", "crashed", "killed"]


class Said(_Line):
    """One line from the process: one of the fields is set."""

    ready: bool = False
    report: Report | None = None
    ended: Ended | None = None
    answer: dict[str, Any] | None = None
    failure: Failure | None = None


class _Reporter:
    """Sends reports from a thread of its own, so that a full pipe never stalls the search."""

    def __init__(self, pipe: BinaryIO) -> None:
        self._pipe = pipe
        self._waiting: Progress | None = None
        self._roster: Roster | None = None
        self._wake = threading.Condition()
        self._over = False
        self._thread = threading.Thread(target=self._send, daemon=True)
        self._thread.start()

    def progress(self, progress: Progress) -> None:
        """Take a report; one that was not sent yet gives way to it, but for its roster."""
        with self._wake:
            self._waiting = progress
            self._roster = progress.roster or self._roster
            self._wake.notify()

    def ready(self) -> None:
        """Say that a task may come."""
        self._write(Said(ready=True))

    def last(self, said: Said) -> None:
        """Send the last word, after the report that may be waiting."""
        with self._wake:
            self._over = True
            self._wake.notify()
        self._thread.join()
        self._write(said)

    def _send(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._waiting is not None or self._over)
                progress, roster, over = self._waiting, self._roster, self._over
                self._waiting = self._roster = None
            if progress is not None:
                self._write(Said(report=_report(progress, roster)))
            if over:
                return
            time.sleep(REPORT_EVERY)

    def _write(self, said: Said) -> None:
        self._pipe.write(said.model_dump_json().encode() + b"\n")
        self._pipe.flush()


def _report(progress: Progress, roster: Roster | None) -> Report:
    return Report(
        seconds=progress.seconds,
        status=progress.status,
        cost=progress.cost,
        bound=progress.bound,
        rows=None if roster is None else roster.rows(),
    )


def _ended(outcome: Outcome) -> Ended:
    return Ended(
        status=outcome.status,
        rows=None if outcome.roster is None else outcome.roster.rows(),
        cost=outcome.cost,
        bound=outcome.bound,
        seconds=outcome.seconds,
        first_seconds=outcome.first_seconds,
        violations=outcome.violations,
        clashes=outcome.clashes,
    )


def _obey(commands: BinaryIO, stop: Stop) -> None:
    """Pass on what is wished; at the end of the pipe there is nobody left to work for."""
    for line in commands:
        if line.strip() == b"finish":
            stop.finish()
        elif line.strip() == b"cancel":
            stop.cancel()
    os._exit(1)


def _private_output() -> BinaryIO:
    """Return standard output for ourselves; whoever prints from now on prints to standard error."""
    ours = os.dup(1)
    os.dup2(2, 1)
    return os.fdopen(ours, "wb")


def _bound_memory(megabytes: int) -> None:
    """Let this process hold at most so much data, where the system can say so."""
    # Data, not address space: the arenas of many threads reserve far more addresses than they use.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (megabytes * 2**20, megabytes * 2**20))


def _solve(task: Task, reporter: _Reporter, stop: Stop) -> Said:
    if task.question is not None:
        return Said(answer=answered(task.problem, task.question, stop))
    from solver.search import solve

    hint = None if task.hint is None else Roster(task.problem, task.hint)
    limits = Limits(seconds=task.seconds, workers=task.workers, seed=task.seed)
    return Said(ended=_ended(solve(task.problem, limits, hint, reporter.progress, stop)))


def main() -> None:
    """Solve the task on standard input and say what came of it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    step_back(int(sys.argv[1]))
    reporter = _Reporter(_private_output())
    commands = sys.stdin.buffer
    stop = Stop()
    try:
        _bound_memory(int(sys.argv[2]))
        import_module("solver.search")  # the solver's library is large: loaded under the bound, before it is asked
        reporter.ready()
        first = commands.readline()
        if not first:
            return
        threading.Thread(target=_obey, args=(commands, stop), daemon=True).start()
        said = _solve(Task.model_validate_json(first), reporter, stop)
    except MemoryError:
        said = Said(failure="memory")
    except Exception:
        traceback.print_exc()
        said = Said(failure="crashed")
    reporter.last(said)
    # Threads of the search may still be winding down: nothing of theirs is wanted any more.
    os._exit(0)


if __name__ == "__main__":
    main()
