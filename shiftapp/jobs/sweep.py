"""The sweep after workers that died: their runs go back to the queue once, and are ended after that.

Every worker sweeps, at its start and every few seconds; the job's row is held while its run is settled, so two sweeps
never settle the same run. A worker that was only slow finds that its attempt no longer counts and stops by itself.
"""

import asyncio
import logging
from typing import Final, cast

from procrastinate import App, exceptions

from shiftapp.jobs.attempt import LOST
from shiftapp.store import attempts, queue, runs
from shiftapp.store.database import Connection, database

HEARTBEAT: Final = 2.0
"""Seconds between two signs of life of a worker."""
SILENT: Final = 10.0
"""Seconds after which a worker counts as dead."""
SWEEP_EVERY: Final = 3.0
MOST_ATTEMPTS: Final = 2
"""A run whose workers died so often is ended: it may be what kills them."""

log = logging.getLogger(__name__)


async def keep_sweeping(app: App) -> None:
    """Sweep until cancelled, whatever a sweep fails of; a database that is away is asked again later."""
    while True:
        try:
            await sweep(app)
        except (*LOST, exceptions.ConnectorException):
            log.warning("the queue cannot be swept: the database does not answer")
        except Exception:
            log.exception("the queue cannot be swept")
        await asyncio.sleep(SWEEP_EVERY)


async def sweep(app: App, silent: float = SILENT) -> int:
    """Settle the runs of workers that have been silent for ``silent`` seconds; return how many."""
    settled = 0
    for job in await app.job_manager.get_stalled_jobs(queue=queue.RUNS, seconds_since_heartbeat=silent):
        assert job.id is not None
        team_id, run_id = cast(int, job.task_kwargs["team_id"]), cast(int, job.task_kwargs["run_id"])
        async with database().raw_transaction(team_id) as connection:
            if await queue.hold_job(connection, job.id, silent):
                await _settle(connection, job.id, team_id, run_id)
                settled += 1
    return settled


async def _settle(connection: Connection, job_id: int, team_id: int, run_id: int) -> None:
    """Decide what becomes of a run whose worker is gone."""
    run = await runs.read_run(connection, run_id, lock=True)
    if run is None or not run.active:
        await queue.end_job(connection, job_id)
        return
    if run.finishing and run.roster is not None:
        await runs.stop_run(connection, run_id, "finished")
        await queue.end_job(connection, job_id)
    elif run.status == "running" and run.attempt >= MOST_ATTEMPTS:
        log.error("run %s: given up, its worker died %s times", run_id, run.attempt)
        status = "failed" if run.roster is None else "finished"
        await runs.stop_run(connection, run_id, status, "run.interrupted")
        await queue.end_job(connection, job_id)
    else:
        log.warning("run %s: its worker is gone, back to the queue", run_id)
        await attempts.requeue_run(connection, run_id, run.attempt)
        await queue.requeue_job(connection, job_id)
    await runs.notify(connection, team_id, run.period_id, run_id)
