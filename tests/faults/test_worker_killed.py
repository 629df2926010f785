"""A worker is killed outright while it works on a run.

The verdict: within a minute the run is back in the queue or over, it was tried twice at most, and its row never holds
half a roster. What must be convicted: nobody sweeps; a roster is written in two steps.
"""

import asyncio
import json
import os
import random
import signal

import psutil
import psycopg
import pytest

from shiftapp.jobs.sweep import MOST_ATTEMPTS, SWEEP_EVERY, sweep
from shiftapp.jobs.worker import worker
from shiftapp.store.database import Database
from shiftapp.store.prepare import Dsns
from shiftapp.store.queue import queue_app
from tests.factories import kitchen
from tests.faults.workers import half_rosters, settled, start, watched, worker_process
from tests.served import left_of


@pytest.mark.fault(23)
async def test_a_killed_workers_run_goes_on_elsewhere_from_its_best_roster(
    database: Database, fresh_database: Dsns, as_owner: psycopg.Connection
):
    mine = await kitchen(database, 30, 60)
    run = await start(mine, seconds=5)
    async with watched(as_owner, run) as seen:
        async with worker_process(fresh_database) as process:
            before = await settled(mine, lambda now: now.roster is not None)
            orphans = process.kill()
        assert before is not None
        assert left_of(orphans, 5) == []
        async with worker(database.dsn, 1):
            again = await settled(mine, lambda now: not now.active)
    assert again is not None
    assert (again.status, again.attempt, again.error_code) == ("finished", 2, "")
    assert again.cost is not None
    assert before.cost is not None
    assert again.cost <= before.cost
    assert seen.halves == 0
    assert [state for state in seen.states if state[0] == "running"] == [("running", 1), ("running", 2)]


@pytest.mark.fault(23)
async def test_a_run_whose_workers_die_again_and_again_is_ended_with_what_it_has(
    database: Database, fresh_database: Dsns, as_owner: psycopg.Connection
):
    """Killed before a first roster and after one: the sweep is called here, in the place of waiting for it."""
    chance = random.Random(3)
    app = queue_app(database.dsn)
    for roster in (False, True):
        mine = await kitchen(database, 30, 60)
        run = await start(mine, seconds=60)
        async with app.open_async(), watched(as_owner, run) as seen:
            for attempt in range(1, MOST_ATTEMPTS + 1):
                async with worker_process(fresh_database) as process:
                    await settled(mine, lambda now, n=attempt: now.attempt == n and now.status == "running")
                    if roster:
                        await settled(mine, lambda now: now.roster is not None)
                        await asyncio.sleep(chance.random())
                    process.kill()
                assert await sweep(app, silent=-1) == 1
            ended = await settled(mine, lambda now: not now.active, 5)
        assert ended is not None
        assert (ended.status, ended.error_code) == ("finished" if ended.roster else "failed", "run.interrupted")
        assert ended.attempt == MOST_ATTEMPTS
        assert seen.halves == 0
        assert as_owner.execute("SELECT count(*) FROM queue.procrastinate_jobs").fetchone() == (0,)


@pytest.mark.fault(23)
async def test_a_worker_that_is_asked_to_stop_hands_back_at_once(database: Database, fresh_database: Dsns):
    """No sweep is needed: the run waits again before the worker has gone."""
    mine = await kitchen(database, 30, 60)
    await start(mine, seconds=60)
    async with worker_process(fresh_database) as process:
        assert await settled(mine, lambda now: now.status == "running")
        assert await asyncio.to_thread(process.stop) == 0
    run = await settled(mine, lambda now: now.status == "queued", 1)
    assert run is not None
    assert run.attempt == 1


@pytest.mark.fault(23)
async def test_two_sweeps_at_once_settle_a_run_once(database: Database, fresh_database: Dsns):
    mine = await kitchen(database, 30, 60)
    await start(mine, seconds=60)
    async with worker_process(fresh_database) as process:
        assert await settled(mine, lambda now: now.status == "running")
        process.kill()
    app = queue_app(database.dsn)
    async with app.open_async():
        assert sum(await asyncio.gather(*(sweep(app, silent=-1) for _ in range(4)))) == 1
    run = await settled(mine, lambda now: now.status == "queued", 1)
    assert run is not None


@pytest.mark.fault(23)
async def test_a_worker_that_was_only_slow_notices_that_it_has_lost_its_run(
    database: Database, fresh_database: Dsns, as_owner: psycopg.Connection
):
    """Its heart stops for a moment, another takes the run; when it wakes it stops searching and writes nothing."""
    mine = await kitchen(database, 30, 60)
    run = await start(mine, seconds=60)
    app = queue_app(database.dsn)
    async with app.open_async(), worker_process(fresh_database) as process:
        assert await settled(mine, lambda now: now.roster is not None)
        pid = process.pid
        (search,) = psutil.Process(pid).children()
        os.kill(pid, signal.SIGSTOP)
        assert await sweep(app, silent=-1) == 1
        as_owner.execute("UPDATE run SET status = 'running', attempt = 2 WHERE id = %s", (run.id,))
        before = as_owner.execute("SELECT * FROM run WHERE id = %s", (run.id,)).fetchone()
        os.kill(pid, signal.SIGCONT)
        assert left_of([search], 5) == []
        assert as_owner.execute("SELECT * FROM run WHERE id = %s", (run.id,)).fetchone() == before


async def test_a_run_survives_a_database_that_drops_every_connection(database: Database, as_owner: psycopg.Connection):
    """As a restart of the database does; what is lost is at most the search since the last write."""
    mine = await kitchen(database, 30, 60)
    run = await start(mine, seconds=5)
    drop = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> %s"
    async with worker(database.dsn, 1), watched(as_owner, run) as seen:
        assert await settled(mine, lambda now: now.roster is not None)
        as_owner.execute(drop, (as_owner.info.backend_pid,))
        await asyncio.sleep(1)
        ended = await settled(mine, lambda now: not now.active)
    assert ended is not None
    assert (ended.status, ended.error_code) == ("finished", "")
    assert seen.halves == 0


@pytest.mark.fault(23, control=True)
async def test_control_without_a_sweep_the_run_hangs_and_is_convicted(
    database: Database, fresh_database: Dsns, as_owner: psycopg.Connection
):
    """A worker takes the place of the dead one and looks for work, but nobody settles what the dead one had."""
    mine = await kitchen(database, 30, 60)
    await start(mine, seconds=2)
    async with worker_process(fresh_database) as process:
        assert await settled(mine, lambda now: now.status == "running")
        process.kill()
    as_owner.execute("UPDATE queue.procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")

    async def nobody(*_: object) -> None:
        await asyncio.Event().wait()

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("shiftapp.jobs.worker.keep_sweeping", nobody)
        async with worker(database.dsn, 1):
            assert await settled(mine, lambda now: now.status != "running", SWEEP_EVERY + 1) is None
    async with worker(database.dsn, 1):
        assert await settled(mine, lambda now: not now.active)


@pytest.mark.fault(23, control=True)
async def test_control_a_roster_written_in_two_steps_is_convicted(database: Database, as_owner: psycopg.Connection):
    mine = await kitchen(database, 6, 14)
    run = await start(mine, seconds=10)
    async with worker(database.dsn, 1):
        ended = await settled(mine, lambda now: not now.active)
    assert ended is not None
    assert half_rosters(as_owner) == []
    half = {name: row if int(name) % 2 else [None] * 14 for name, row in (ended.roster or {}).items()}
    as_owner.execute("UPDATE run SET roster = %s WHERE id = %s", (json.dumps(half), run.id))
    assert half_rosters(as_owner) == [run.id]
