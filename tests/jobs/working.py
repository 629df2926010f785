"""What tests of the worker do with runs, and how they wait for them."""

import asyncio
import contextlib
import time
from collections.abc import Callable

import psutil
import psycopg

from shiftapp.domain.run import Run
from shiftapp.services import runs
from solver.check import Checker
from solver.problem import Problem
from tests.factories import Kitchen

PROMPT = 5.0
"""Promised are two seconds for a wish and three beyond a limit; a machine that does much else is given more."""
QUICK, LONG = (6, 14), (40, 60)
"""People and days: proved in an instant; not proved within minutes."""


async def start(mine: Kitchen, seconds: int = 60) -> Run:
    run = await runs.start_run(mine.owner, mine.period.id, "unpinned", seconds)
    assert isinstance(run, Run)
    return run


async def until(mine: Kitchen, wanted: Callable[[Run], bool], seconds: float = 30) -> Run:
    """Return the run once it is as wanted."""
    async with asyncio.timeout(seconds):
        while True:
            run = await runs.run_state(mine.team_id, mine.period.id)
            assert run is not None
            if wanted(run):
                return run
            await asyncio.sleep(0.05)


async def queue_empty(as_owner: psycopg.Connection, seconds: float = 30) -> None:
    """Wait until every job is done and gone: what is proved of the wishes comes after the end of a run."""
    async with asyncio.timeout(seconds):
        while as_owner.execute("SELECT count(*) FROM queue.procrastinate_jobs").fetchone() != (0,):  # noqa: ASYNC110
            await asyncio.sleep(0.05)


def over(run: Run) -> bool:
    return not run.active


def has_roster(run: Run) -> bool:
    return run.status == "running" and run.roster is not None


def searches() -> list[psutil.Process]:
    found = []
    for child in psutil.Process().children():
        with contextlib.suppress(psutil.Error):
            if "shiftapp.services.solving_child" in child.cmdline():
                found.append(child)
    return found


async def a_search() -> psutil.Process:
    """Wait for the process of a search."""
    async with asyncio.timeout(10):
        while not (found := searches()):  # noqa: ASYNC110  nobody tells when a process starts
            await asyncio.sleep(0.02)
    return found[0]


async def no_search(seconds: float) -> float:
    """Wait until no search is left; return how long that took."""
    began = time.monotonic()
    async with asyncio.timeout(seconds):
        while searches():  # noqa: ASYNC110  nobody tells when a process ends
            await asyncio.sleep(0.02)
    return time.monotonic() - began


def priced(as_owner: psycopg.Connection, run: Run) -> Checker:
    """Price the roster in the row against the problem in the row."""
    snapshot = as_owner.execute("SELECT problem FROM run WHERE id = %s", (run.id,)).fetchall()[0][0]
    return Checker(Problem.model_validate(snapshot), run.roster)
