"""The worker with a real queue, a real database and the solver in a real process."""

import asyncio
import time
from dataclasses import replace

import psutil
import psycopg
import pytest

from shiftapp.domain.refusal import Refused
from shiftapp.domain.run import Run
from shiftapp.jobs import work
from shiftapp.jobs.worker import places, worker
from shiftapp.services import runs
from shiftapp.store.database import Database
from solver.run import Limits
from solver.search import solve
from tests.factories import kitchen
from tests.jobs.working import (
    LONG,
    PROMPT,
    QUICK,
    a_search,
    has_roster,
    no_search,
    over,
    priced,
    queue_empty,
    searches,
    start,
    until,
)
from tests.problems import problem


@pytest.mark.usefixtures("working")
async def test_a_run_is_solved_and_its_row_says_what_the_checker_says(database: Database, as_owner: psycopg.Connection):
    mine = await kitchen(database, *QUICK)
    await start(mine)
    run = await until(mine, over)
    assert (run.status, run.outcome, run.attempt, run.error_code) == ("finished", "optimal", 1, "")
    checker = priced(as_owner, run)
    assert (checker.cost, checker.hard, checker.undecided) == (run.cost, run.hard, 0)
    assert run.cost == run.bound
    assert run.gap == 0
    assert sum(violation["cost"] for violation in run.violations) == run.cost
    assert run.progress
    await queue_empty(as_owner)


@pytest.mark.usefixtures("working")
async def test_a_run_keeps_to_its_limit_and_shows_itself_while_it_works(
    database: Database, as_owner: psycopg.Connection
):
    mine = await kitchen(database, *LONG)
    began = time.monotonic()
    await start(mine, seconds=3)
    early = await until(mine, has_roster)
    assert early.cost is not None
    run = await until(mine, over)
    assert time.monotonic() - began <= 3 + PROMPT
    assert (run.status, run.outcome) == ("finished", "feasible")
    assert run.cost is not None
    assert run.cost <= early.cost
    assert priced(as_owner, run).cost == run.cost
    assert 0 < (run.first_seconds or 0) <= run.spent


@pytest.mark.usefixtures("working")
async def test_finish_takes_the_best_so_far(database: Database, as_owner: psycopg.Connection):
    mine = await kitchen(database, *LONG)
    await start(mine)
    early = await until(mine, has_roster)
    began = time.monotonic()
    assert isinstance(await runs.finish_run(mine.owner, early.id), Run)
    run = await until(mine, over)
    assert time.monotonic() - began <= PROMPT
    assert (run.status, run.outcome) == ("finished", "feasible")
    assert priced(as_owner, run).cost == run.cost


@pytest.mark.usefixtures("working")
async def test_finish_before_there_is_a_roster_ends_the_run_cancelled(database: Database):
    mine = await kitchen(database, 150, 90)
    run = await start(mine)
    await until(mine, lambda now: now.status == "running")
    await runs.finish_run(mine.owner, run.id)
    began = time.monotonic()
    now = await until(mine, over)
    assert time.monotonic() - began <= PROMPT
    assert (now.status, now.roster, now.error_code) == ("cancelled", None, "")


@pytest.mark.usefixtures("working")
@pytest.mark.parametrize("after", [0.0, 0.3, 1.0, None])
async def test_cancel_ends_the_search_in_every_phase(database: Database, after: float | None):
    """As it starts, before its first roster, while it searches: the row at once, the process soon after."""
    mine = await kitchen(database, *LONG)
    run = await start(mine)
    await until(mine, lambda now: now.status == "running")
    if after is None:
        await until(mine, has_roster)
    else:
        await asyncio.sleep(after)
    assert isinstance(await runs.cancel_run(mine.owner, run.id), Run)
    assert await no_search(30) <= PROMPT
    now = await until(mine, over)
    assert now.status == "cancelled"
    assert isinstance(await runs.apply_run(mine.owner, run.id), Refused)


@pytest.mark.usefixtures("working")
async def test_what_has_no_place_waits_and_a_waiting_run_can_be_cancelled(database: Database):
    """One place: the second run starts when the first ends, the third never does."""
    first, second, third = [await kitchen(database, *LONG) for _ in range(3)]
    held = await start(first)
    await until(first, lambda run: run.status == "running")
    await start(second, seconds=1)
    waiting = await start(third)
    await asyncio.sleep(1)
    assert [(await until(mine, lambda _: True)).status for mine in (second, third)] == ["queued", "queued"]
    assert len(searches()) == 1
    await runs.cancel_run(third.owner, waiting.id)
    await runs.cancel_run(first.owner, held.id)
    assert (await until(second, over)).status == "finished"
    assert (await until(third, over)).attempt == 0


async def test_a_run_waits_in_the_queue_until_there_is_a_worker(database: Database):
    mine = await kitchen(database, *QUICK)
    await start(mine)
    async with worker(database.dsn, 1):
        assert (await until(mine, over)).status == "finished"


async def test_a_worker_that_stops_hands_its_run_to_the_next_one_which_goes_on_from_there(database: Database):
    mine = await kitchen(database, *LONG)
    await start(mine, seconds=5)
    async with worker(database.dsn, 1):
        first = await until(mine, has_roster)
    assert searches() == []
    between = await until(mine, lambda run: run.status == "queued")
    assert between.roster is not None
    assert between.cost is not None
    assert between.spent >= first.spent > 0
    async with worker(database.dsn, 1):
        run = await until(mine, over)
    assert (run.status, run.attempt) == ("finished", 2)
    assert run.cost is not None
    assert run.cost <= between.cost
    assert run.spent <= 5 + PROMPT
    seconds = [point[0] for point in run.progress]
    assert seconds == sorted(seconds)


@pytest.mark.usefixtures("working")
async def test_a_killed_search_ends_its_run_with_the_best_it_had_or_as_failed(database: Database):
    early, late = await kitchen(database, *LONG), await kitchen(database, *LONG)
    await start(early)
    await until(early, lambda run: run.status == "running")
    (await a_search()).kill()
    run = await until(early, over)
    assert (run.status, run.error_code) == ("failed", "run.killed")
    await start(late)
    await until(late, has_roster)
    searches()[0].kill()
    run = await until(late, over)
    assert (run.status, run.error_code) == ("finished", "run.killed")
    assert not isinstance(await runs.apply_run(late.owner, run.id), Refused)


@pytest.mark.usefixtures("working")
async def test_a_worker_that_fails_says_so_in_the_run_and_takes_the_next(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    mine = await kitchen(database, *QUICK)

    async def fails(*_: object) -> None:
        raise RuntimeError("planted")

    with monkeypatch.context() as patched:
        patched.setattr(work, "solve_in_child", fails)
        await start(mine)
        run = await until(mine, over)
    assert (run.status, run.error_code) == ("failed", "run.crashed")
    await start(mine)
    assert (await until(mine, over)).status == "finished"


def test_one_core_is_left_to_those_who_edit():
    assert 1 <= places() <= max(1, (psutil.cpu_count() or 1) - 1)


def test_an_attempt_without_time_ends_with_what_an_earlier_one_found() -> None:
    asked = problem(6, 10)
    found = solve(asked, Limits(seconds=2, workers=1))
    assert found.roster is not None
    nothing = replace(found, status="unknown", roster=None, cost=None, violations=())
    assert work._as_before(nothing, asked, found.roster) == replace(found, status="feasible")
