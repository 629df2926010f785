"""Workers in processes of their own, to be killed, and what becomes of their runs."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import psutil
import psycopg

from shiftapp.domain.run import Run
from shiftapp.services import runs
from shiftapp.settings import PROJECT
from shiftapp.store.prepare import Dsns
from solver.check import Checker
from solver.problem import Problem
from tests.factories import Kitchen
from tests.served import as_url

WITHIN = 60.0


class WorkerProcess:
    """``python -m shiftapp worker`` on a test's database, in a process group of its own."""

    def __init__(self, owner_dsn: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "shiftapp", "worker", "--at-once", "1"],
            env={**os.environ, "DATABASE_URL": as_url(owner_dsn)},
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    def ready(self) -> None:
        """Wait until it takes runs."""
        assert self._process.stdout is not None
        assert b"working on runs" in self._process.stdout.readline()

    def kill(self) -> list[psutil.Process]:
        """Kill it as the system would; return the processes it had started."""
        started = psutil.Process(self._process.pid).children(recursive=True)
        self._process.kill()
        self._process.wait()
        return started

    def stop(self) -> int:
        """Ask it to stop; return its exit status."""
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(15)

    def end(self) -> None:
        """Leave nothing behind."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()


@asynccontextmanager
async def worker_process(dsns: Dsns) -> AsyncIterator[WorkerProcess]:
    process = WorkerProcess(dsns.owner)
    try:
        await asyncio.to_thread(process.ready)
        yield process
    finally:
        process.end()


def half_rosters(connection: psycopg.Connection) -> list[int]:
    """The first verdict: runs whose roster leaves a cell open or does not cost what the row says."""
    found = connection.execute("SELECT id, problem, roster, cost FROM run WHERE roster IS NOT NULL").fetchall()
    checkers = ((run, Checker(Problem.model_validate(problem), roster), cost) for run, problem, roster, cost in found)
    return [run for run, checker, cost in checkers if checker.undecided or checker.cost != cost]


@dataclass
class Seen:
    """What a run went through, read ten times a second on another connection."""

    states: list[tuple[str, int]] = field(default_factory=list)
    halves: int = 0


@asynccontextmanager
async def watched(as_owner: psycopg.Connection, run: Run) -> AsyncIterator[Seen]:
    seen = Seen()

    async def watch() -> None:
        while True:
            (now,) = as_owner.execute("SELECT status, attempt FROM run WHERE id = %s", (run.id,)).fetchall()
            if seen.states[-1:] != [now]:
                seen.states.append(now)
            seen.halves += len(await asyncio.to_thread(half_rosters, as_owner))
            await asyncio.sleep(0.1)

    task = asyncio.create_task(watch())
    try:
        yield seen
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def start(mine: Kitchen, seconds: int) -> Run:
    run = await runs.start_run(mine.owner, mine.period.id, "unpinned", seconds)
    assert isinstance(run, Run)
    return run


async def settled(mine: Kitchen, wanted: Callable[[Run], bool], within: float = WITHIN) -> Run | None:
    """The second verdict: the run as it is once it is as wanted; None where that does not happen in time."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        run = await runs.run_state(mine.team_id, mine.period.id)
        assert run is not None
        if wanted(run):
            return run
        await asyncio.sleep(0.05)
    return None
