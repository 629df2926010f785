"""The solver's process beside others: it never outlives whoever started it, and holds nobody up."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Coroutine

import psutil
import pytest

from shiftapp.services import solver_process, solving
from shiftapp.services.questions import WhyNot
from shiftapp.services.solving import solve_in_child
from shiftapp.settings import Settings
from solver.roster import Outcome
from solver.run import Limits, Stop
from solver.search import solve
from tests.problems import problem
from tests.served import left_of
from tests.services.solver_children import child
from tests.services.watched_search import LARGE, Watched

ORPHAN = """
import asyncio
from solver.run import Limits, Stop
from shiftapp.services.solving import solve_in_child
from tests.problems import endless, problem
asyncio.run(solve_in_child(problem({people}, 90), Limits(60, 2, 1), None, lambda p: print("found", flush=True), Stop()))
"""


@pytest.mark.parametrize(("people", "searching"), [(150, False), (40, True)])
def test_a_search_dies_with_whoever_started_it(people: int, searching: bool):
    """Killed outright: nothing can tell the process but the end of its pipe."""
    parent = subprocess.Popen([sys.executable, "-c", ORPHAN.format(people=people)], stdout=subprocess.PIPE)
    try:
        assert parent.stdout is not None
        if searching:
            parent.stdout.readline()
        give_up = time.monotonic() + 30
        while not (orphans := psutil.Process(parent.pid).children()) and time.monotonic() < give_up:
            time.sleep(0.05)
        (orphan,) = orphans
    finally:
        parent.kill()
        parent.communicate()
    assert left_of([orphan], 5) == []


async def test_it_is_polite_and_deaf_to_the_terminal(monkeypatch: pytest.MonkeyPatch):
    """Others come first, and Ctrl+C at the terminal does not end a run as if it were done."""
    monkeypatch.setattr(solver_process, "settings", lambda: Settings(nice=10))
    watched = Watched()
    process = await child()
    await watched.first.wait()
    assert process.nice() == os.nice(0) + 10
    process.send_signal(signal.SIGINT)
    assert os.getsid(process.pid) != os.getsid(0)
    await asyncio.sleep(0.3)
    assert process.is_running()
    watched.stop.cancel()
    await watched.task


async def test_what_somebody_looks_at_until_it_is_answered_does_not_wait_for_searches(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(solver_process, "settings", lambda: Settings(nice=10))
    asked, stop = problem(6, 14), Stop()
    roster = {person.id: ("1",) * 14 for person in asked.people}
    question = WhyNot(seconds=20, roster=roster, person="1", day=3, shift="2")
    answering = asyncio.create_task(solving.ask_child(asked, question, stop))
    process = await child()
    while process.is_running() and process.nice() == os.nice(0):  # noqa: ASYNC110  it steps back once it runs
        await asyncio.sleep(0.02)
    assert process.nice() == os.nice(0) + 5
    stop.cancel()
    await answering


async def turns_while(work: Coroutine[object, object, Outcome]) -> float:
    """How many times a second the loop gets its turn, of 200 at most, while ``work`` goes on."""
    task, turns, began = asyncio.create_task(work), 0, time.monotonic()
    while not task.done():
        await asyncio.sleep(0.005)
        turns += 1
    await task
    return turns / (time.monotonic() - began)


async def test_the_loop_goes_on_while_it_builds_searches_and_reports_and_would_not_beside_a_thread():
    """Control: the same search in a thread of this process holds up everything else."""
    limits = Limits(2, 2, 1)
    child = await turns_while(solve_in_child(LARGE, limits, None, lambda _: None, Stop()))
    thread = await turns_while(asyncio.to_thread(solve, LARGE, limits))
    assert child > 1.3 * thread
