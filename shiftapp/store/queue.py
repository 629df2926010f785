"""The queue of jobs: Procrastinate's tables in the schema ``queue`` of the same database.

A job is put into the queue inside the transaction that writes the row it works on, so that neither exists without
the other. What a job does is written in `shiftapp.jobs`; those who enqueue only know its name.
"""

from typing import LiteralString

from procrastinate import App, PsycopgConnector
from procrastinate.schema import SchemaManager

from shiftapp.store.database import Connection

SCHEMA = "queue"
RUNS = "runs"
"""The queue in which runs wait for a worker."""
SOLVE = "solve_run"
"""Name of the task that works on one run; its arguments are ``run_id`` and ``team_id``."""


def schema_sql() -> LiteralString:
    """Return the statements that make the queue's tables, for a migration that has set the search path to `SCHEMA`."""
    return SchemaManager.get_schema()


def queue_app(dsn: str, connections: int = 4) -> App:
    """Return the queue's application, not yet open.

    Parameters
    ----------
    dsn : str
        libpq connection string of the role ``app``, with ``search_path=public,queue`` (`Database.dsn`).
    connections : int
        Most connections of its pool; one more listens.
    """
    return App(connector=PsycopgConnector(conninfo=dsn, min_size=1, max_size=connections))


_enqueuer: App = queue_app("")
"""Never opened: it only words the statements that run on the caller's connection."""


async def enqueue_run(connection: Connection, run_id: int, team_id: int) -> int:
    """Put the job of a run into the queue, in the caller's transaction.

    Returns
    -------
    int
        The job's id.
    """
    deferrer = _enqueuer.configure_task(SOLVE, queue=RUNS, connection=connection)
    return await deferrer.defer_async(run_id=run_id, team_id=team_id)


async def drop_job(connection: Connection, job_id: int) -> None:
    """Take a job that still waits out of the queue, in the caller's transaction; a job at work is left alone."""
    await connection.execute("SELECT procrastinate_cancel_job_v1(%s, false, true)", (job_id,))


async def hold_job(connection: Connection, job_id: int, silent: float) -> bool:
    """Hold a job whose worker has been silent for ``silent`` seconds until the end of the transaction.

    Returns
    -------
    bool
        False where its worker lives, the job is over, or somebody else holds it.
    """
    cursor = await connection.execute(
        """SELECT 1 FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
            WHERE j.id = %s AND j.status = 'doing'
              AND (w.id IS NULL OR w.last_heartbeat < now() - make_interval(secs => %s))
              FOR UPDATE OF j SKIP LOCKED""",
        (job_id, silent),
    )
    return await cursor.fetchone() is not None


async def requeue_job(connection: Connection, job_id: int) -> None:
    """Put a job that was at work back to waiting and tell the workers, in the caller's transaction."""
    await connection.execute("SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", (job_id,))
    # Only new jobs are announced by the queue itself.
    await connection.execute(
        "SELECT pg_notify(%s, json_build_object('type', 'job_inserted', 'job_id', %s::bigint)::text)",
        (f"procrastinate_queue_v1#{RUNS}", job_id),
    )


async def end_job(connection: Connection, job_id: int) -> None:
    """Take a job that was at work out of the queue, in the caller's transaction."""
    await connection.execute("SELECT procrastinate_finish_job_v1(%s, 'failed', true)", (job_id,))
