"""The solver in a process of its own: it ends in time, in every phase, and never outlives whoever started it."""

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
from shiftapp.services.solving import SolverDied, solve_in_child
from shiftapp.settings import Settings
from solver.check import Checker
from solver.roster import Outcome, Roster
from solver.run import Limits, Progress, Stop
from solver.search import solve
from tests.problems import endless, problem
from tests.served import left_of
from tests.services.solver_children import child, children

PROMPT = 5.0
"""Promised are two seconds for a wish and three beyond a limit; a machine that does much else is given more."""
HUGE = problem(150, 90)
"""Building its model takes seconds."""
LONG = endless()
"""Has a roster soon, and is never proved."""
LARGE = problem(40, 90)
"""Keeps an interpreter busy with building and pricing."""


class Watched:
    """A search at work, with what it reports."""

    def __init__(self, what=LONG, seconds: float = 60, memory_mb: int = solving.MEMORY_MB) -> None:
        self.stop = Stop()
        self.reports: list[Progress] = []
        self.first = asyncio.Event()
        search = solve_in_child(what, Limits(seconds, 2, 1), None, self._note, self.stop, memory_mb)
        self.task = asyncio.create_task(search)

    def _note(self, progress: Progress) -> None:
        self.reports.append(progress)
        if progress.roster is not None:
            self.first.set()

    async def ended(self) -> tuple[float, Outcome]:
        """The outcome, and the seconds until it."""
        began = time.monotonic()
        outcome = await self.task
        return time.monotonic() - began, outcome


async def test_a_small_problem_is_proved_and_priced_as_the_checker_prices_it():
    small = problem(6, 14)
    outcome = await solve_in_child(small, Limits(30, 2, 1), None, lambda _: None, Stop())
    assert outcome.status == "optimal"
    assert outcome.roster is not None
    checker = Checker(small, outcome.roster)
    assert (checker.cost, checker.hard, checker.undecided) == (outcome.cost, 0, 0)
    assert sum(violation.cost for violation in outcome.violations) == outcome.cost == outcome.bound
    assert children() == []


async def test_reports_come_while_it_searches_and_the_limit_ends_it():
    watched = Watched(seconds=2)
    seconds, outcome = await watched.ended()
    assert seconds <= 2 + PROMPT
    assert outcome.status == "feasible"
    assert watched.reports
    costs = [report.cost for report in watched.reports if report.cost is not None]
    assert costs == sorted(costs, reverse=True)
    assert outcome.cost is not None
    assert outcome.cost <= costs[-1]


async def test_a_hint_is_never_made_worse():
    first = await solve_in_child(LONG, Limits(1.5, 2, 1), None, lambda _: None, Stop())
    again = await solve_in_child(LONG, Limits(1, 2, 2), first.roster, lambda _: None, Stop())
    assert first.cost is not None
    assert again.cost is not None
    assert again.cost <= first.cost


@pytest.mark.parametrize("wish", ["finish", "cancel"])
@pytest.mark.parametrize("after", [0.0, 0.5, 1.5])
async def test_a_wish_is_obeyed_before_and_while_the_model_is_built(wish: str, after: float):
    """The interpreter starts, the problem is read, the model is built: none of it can be interrupted but by a kill."""
    watched = Watched(HUGE)
    await asyncio.sleep(after)
    getattr(watched.stop, wish)()
    seconds, outcome = await watched.ended()
    assert seconds <= PROMPT
    assert (outcome.status == "cancelled") == (wish == "cancel")
    assert children() == []


@pytest.mark.parametrize("wish", ["finish", "cancel"])
async def test_a_wish_is_obeyed_while_it_searches(wish: str):
    watched = Watched()
    await watched.first.wait()
    getattr(watched.stop, wish)()
    seconds, outcome = await watched.ended()
    assert seconds <= PROMPT
    assert outcome.roster is not None
    assert outcome.status == ("cancelled" if wish == "cancel" else "feasible")
    assert Checker(LONG, outcome.roster).cost == outcome.cost


async def test_cancel_outdoes_finish():
    watched = Watched(HUGE)
    await asyncio.sleep(0.3)
    watched.stop.finish()
    watched.stop.cancel()
    seconds, outcome = await watched.ended()
    assert seconds <= PROMPT
    assert outcome.status == "cancelled"


async def test_a_search_that_does_not_listen_is_killed_and_its_best_roster_kept():
    """A stopped process neither searches nor hears; what it had reported becomes the outcome."""
    watched = Watched()
    await watched.first.wait()
    (await child()).suspend()
    watched.stop.finish()
    seconds, outcome = await watched.ended()
    assert seconds <= PROMPT
    assert outcome.roster is not None
    assert outcome.cost == Checker(LONG, outcome.roster).cost
    assert children() == []


async def test_a_search_that_overruns_its_limit_is_ended():
    watched = Watched(seconds=1)
    await watched.first.wait()
    (await child()).suspend()
    seconds, outcome = await watched.ended()
    assert seconds <= 1 + PROMPT
    assert outcome.roster is not None


async def test_the_limit_counts_from_when_the_process_is_ready(monkeypatch: pytest.MonkeyPatch):
    """A machine that is too busy to start a process within the limit still gets a roster from it."""
    monkeypatch.setattr(solver_process, "OVERRUN", -1.0)
    watched = Watched(seconds=1)
    process = await child()
    process.suspend()
    await asyncio.sleep(1.5)
    process.resume()
    _, outcome = await watched.ended()
    assert outcome.roster is not None


async def test_a_killed_process_is_told_from_an_ended_search():
    watched = Watched()
    (await child()).kill()
    with pytest.raises(SolverDied) as died:
        await watched.task
    assert died.value.reason == "killed"


async def test_a_search_that_wants_too_much_memory_fails_alone():
    with pytest.raises(SolverDied) as died:
        await Watched(HUGE, memory_mb=64).task
    assert died.value.reason in ("memory", "killed", "crashed")
    assert children() == []


async def test_a_search_whose_caller_goes_away_is_ended():
    watched = Watched()
    await child()
    watched.task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await watched.task
    assert children() == []


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


def test_a_roster_from_the_wire_is_the_roster():
    roster = Roster(LARGE)
    roster.put(0, 1, "2")
    assert Roster(LARGE, roster.rows()) == roster
