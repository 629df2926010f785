"""A worker that loses the database in a moment when it matters leaves no run that nobody works on."""

import psycopg
import pytest

from shiftapp.jobs import attempt, sweep
from shiftapp.jobs.worker import worker
from shiftapp.services import runs
from shiftapp.store import attempts
from shiftapp.store.database import Database
from tests.factories import kitchen
from tests.jobs.working import QUICK, over, start, until


@pytest.mark.parametrize("moment", ["take_run", "end_run"])
async def test_a_run_is_taken_up_again_when_the_database_was_away(
    database: Database, as_owner: psycopg.Connection, monkeypatch: pytest.MonkeyPatch, moment: str
):
    """Lost while the run is taken, or for longer than the end is offered: the job is not done."""
    mine, whole, left = await kitchen(database, *QUICK), getattr(attempts, moment), [1]

    async def lost(*given: object, **named: object) -> object:
        if left[0]:
            left[0] -= 1
            raise psycopg.OperationalError("away")
        return await whole(*given, **named)

    monkeypatch.setattr(attempt, "DATABASE_AWAY", -1.0)
    monkeypatch.setattr(attempts, moment, lost)
    await start(mine)
    async with worker(database.dsn, 1):
        run = await until(mine, over)
    assert (run.status, run.outcome, run.error_code) == ("finished", "optimal", "")
    assert left == [0]
    assert as_owner.execute("SELECT count(*) FROM queue.procrastinate_jobs").fetchone() == (0,)


async def test_a_sweep_that_fails_is_not_the_last(database: Database, monkeypatch: pytest.MonkeyPatch):
    """Whatever it fails of: without sweeps the runs of dead workers would wait for ever."""
    whole, swept = sweep.sweep, []

    async def shaky(*given: object) -> int:
        swept.append(given)
        if len(swept) == 1:
            raise KeyError("planted")
        return await whole(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(sweep, "sweep", shaky)
    monkeypatch.setattr(sweep, "SWEEP_EVERY", 0.05)
    mine = await kitchen(database, *QUICK)
    async with worker(database.dsn, 1):
        await start(mine)
        await until(mine, over)
        await until(mine, lambda _: len(swept) > 2)
    assert await runs.run_state(mine.team_id, mine.period.id)
