"""The rows of runs. Every function works in the caller's transaction, which has named the team.

What a worker writes is fenced: it names the attempt it works for, and a row that has gone on to another attempt, or
has been ended by somebody else, is left as it is. The worker learns of it by getting no answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, LiteralString

from psycopg.rows import class_row, dict_row
from psycopg.types.json import Jsonb

from shiftapp.domain.compile import Scope
from shiftapp.domain.run import Point, Rows, Run, RunStatus
from shiftapp.store.database import Connection
from solver.roster import Violation

CHANNEL = "run"
"""Notifications that a run has changed; see `shiftapp.services.runs.heard`."""

_COLUMNS: LiteralString = """id, team_id, period_id, user_id, user_name, scope, seconds, workers, seed, status,
    finishing, attempt, (problem->>'start')::date AS starts, base_seq, created_at, started_at, finished_at, spent,
    outcome, cost, bound, hard, first_seconds, error_code, error_args, roster, violations, progress, applied_seq,
    clashes"""


@dataclass(frozen=True, slots=True)
class NewRun:
    """What is known of a run when it is asked for; ``problem`` is in the solver's wire format."""

    team_id: int
    period_id: int
    user_id: int
    user_name: str
    scope: Scope
    seconds: int
    workers: int
    seed: int
    base_seq: int
    problem: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Taken:
    """A run in a worker's hands: what to solve and how far earlier attempts came."""

    attempt: int
    period_id: int
    problem: Mapping[str, Any]
    seconds: int
    workers: int
    seed: int
    spent: float
    cost: int | None
    bound: int | None
    roster: Rows | None
    progress: list[Point]


@dataclass(frozen=True, slots=True)
class Found:
    """The best a worker has to show, as far as it has changed: None keeps what the row has."""

    spent: float
    cost: int | None
    bound: int | None
    progress: Sequence[Point]
    hard: int | None = None
    first_seconds: float | None = None
    roster: Rows | None = None


async def add_run(connection: Connection, new: NewRun) -> int | None:
    """Write a queued run; None where the period has a run that waits or works already."""
    cursor = await connection.execute(
        """INSERT INTO run (team_id, period_id, user_id, user_name, scope, seconds, workers, seed, status, attempt,
                            problem, base_seq, created_at, outcome, error_code)
           VALUES (%(team_id)s, %(period_id)s, %(user_id)s, %(user_name)s, %(scope)s, %(seconds)s, %(workers)s,
                   %(seed)s, 'queued', 0, %(problem)s, %(base_seq)s, clock_timestamp(), '', '')
           ON CONFLICT (period_id) WHERE status IN ('queued', 'running') DO NOTHING RETURNING id""",
        asdict(new) | {"problem": Jsonb(new.problem)},
    )
    row = await cursor.fetchone()
    return None if row is None else int(row[0])


async def set_job(connection: Connection, run_id: int, job_id: int) -> None:
    """Remember which job of the queue works on the run."""
    await connection.execute("UPDATE run SET job_id = %s WHERE id = %s", (job_id, run_id))


async def job_of(connection: Connection, run_id: int) -> int | None:
    """Return the run's job."""
    cursor = await connection.execute("SELECT job_id FROM run WHERE id = %s", (run_id,))
    row = await cursor.fetchone()
    return None if row is None else row[0]


async def read_run(connection: Connection, run_id: int, *, lock: bool = False) -> Run | None:
    """Return a run of the team, held until the end of the transaction where ``lock``; None where there is none."""
    query: LiteralString = f"SELECT {_COLUMNS} FROM run WHERE id = %s"
    if lock:
        query += " FOR NO KEY UPDATE"
    async with connection.cursor(row_factory=class_row(Run)) as cursor:
        return await (await cursor.execute(query, (run_id,))).fetchone()


async def newest_run(connection: Connection, period_id: int) -> Run | None:
    """Return the period's latest run, whatever became of it."""
    query: LiteralString = f"SELECT {_COLUMNS} FROM run WHERE period_id = %s ORDER BY id DESC LIMIT 1"
    async with connection.cursor(row_factory=class_row(Run)) as cursor:
        return await (await cursor.execute(query, (period_id,))).fetchone()


async def ask_to_finish(connection: Connection, run_id: int) -> bool:
    """Ask the worker for the best so far; False where no worker has the run in hand."""
    cursor = await connection.execute("UPDATE run SET finishing = true WHERE id = %s AND status = 'running'", (run_id,))
    return cursor.rowcount == 1


async def take_run(connection: Connection, run_id: int) -> Taken | None:
    """Start the next attempt of a run that waits; None where it does not wait any more."""
    async with connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(
            """UPDATE run SET status = 'running', attempt = attempt + 1,
                              started_at = coalesce(started_at, clock_timestamp())
                WHERE id = %s AND status = 'queued'
            RETURNING attempt, period_id, problem, seconds, workers, seed, spent, cost, bound, roster, progress""",
            (run_id,),
        )
        row = await cursor.fetchone()
    return None if row is None else Taken(**row)


async def requeue_run(connection: Connection, run_id: int, attempt: int) -> bool:
    """Put a run whose attempt was interrupted back to waiting; its best roster stays."""
    cursor = await connection.execute(
        "UPDATE run SET status = 'queued' WHERE id = %s AND attempt = %s AND status = 'running'", (run_id, attempt)
    )
    return cursor.rowcount == 1


_BEST: LiteralString = """spent = %(spent)s, progress = %(progress)s, cost = coalesce(%(cost)s, cost),
    bound = greatest(%(bound)s, bound), hard = coalesce(%(hard)s, hard),
    first_seconds = coalesce(first_seconds, %(first_seconds)s), roster = coalesce(%(roster)s, roster)"""


def _best(found: Found) -> dict[str, Any]:
    roster = None if found.roster is None else Jsonb(found.roster)
    return asdict(found) | {"roster": roster, "progress": Jsonb(list(found.progress))}


async def report(connection: Connection, run_id: int, attempt: int, found: Found) -> bool:
    """Write how far an attempt has come; False where the run is no longer this attempt's."""
    query: LiteralString = f"UPDATE run SET {_BEST} WHERE id = %(id)s AND attempt = %(attempt)s AND status = 'running'"
    cursor = await connection.execute(query, _best(found) | {"id": run_id, "attempt": attempt})
    return cursor.rowcount == 1


async def in_hand(connection: Connection, run_id: int, attempt: int) -> tuple[bool, bool]:
    """Return whether the run is still this attempt's, and whether its best so far is wanted."""
    cursor = await connection.execute(
        "SELECT finishing FROM run WHERE id = %s AND attempt = %s AND status = 'running'", (run_id, attempt)
    )
    row = await cursor.fetchone()
    return (False, False) if row is None else (True, row[0])


@dataclass(frozen=True, slots=True)
class Ending:
    """How an attempt ends."""

    status: RunStatus
    outcome: str
    found: Found
    violations: Sequence[Violation] = ()
    error_code: str = ""
    error_args: Mapping[str, str | int] | None = None


async def end_run(connection: Connection, run_id: int, attempt: int, ending: Ending) -> bool:
    """Write the end of an attempt; False where the run is no longer this attempt's."""
    query: LiteralString = f"""UPDATE run SET {_BEST}, status = %(status)s, outcome = %(outcome)s,
            violations = %(violations)s, error_code = %(error_code)s, error_args = %(error_args)s,
            finished_at = clock_timestamp()
        WHERE id = %(id)s AND attempt = %(attempt)s AND status = 'running'"""
    cursor = await connection.execute(
        query,
        _best(ending.found)
        | {
            "id": run_id,
            "attempt": attempt,
            "status": ending.status,
            "outcome": ending.outcome,
            "violations": Jsonb([asdict(violation) for violation in ending.violations]),
            "error_code": ending.error_code,
            "error_args": Jsonb(dict(ending.error_args or {})),
        },
    )
    return cursor.rowcount == 1


async def stop_run(connection: Connection, run_id: int, status: RunStatus, error_code: str = "") -> bool:
    """End a run that waits or works, whatever its worker does; False where it is over already.

    A worker that has it in hand sees that it has not and stops its search.
    """
    cursor = await connection.execute(
        """UPDATE run SET status = %s, error_code = %s, finished_at = clock_timestamp(),
                          outcome = CASE WHEN roster IS NULL THEN 'unknown' ELSE 'feasible' END
            WHERE id = %s AND status IN ('queued', 'running')""",
        (status, error_code, run_id),
    )
    return cursor.rowcount == 1


async def close_run(
    connection: Connection,
    run_id: int,
    status: RunStatus,
    applied_seq: int | None = None,
    clashes: Sequence[tuple[int, date, int, int | None]] = (),
) -> None:
    """Write what people did with a finished run: applied it or threw it away."""
    await connection.execute(
        "UPDATE run SET status = %s, applied_seq = %s, clashes = %s WHERE id = %s",
        (status, applied_seq, Jsonb([[s, d.isoformat(), p, n] for s, d, p, n in clashes]), run_id),
    )


async def notify(connection: Connection, team_id: int, period_id: int, run_id: int) -> None:
    """Tell every server, when the transaction commits, that a run has changed."""
    await connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, f"{team_id}:{period_id}:{run_id}"))
