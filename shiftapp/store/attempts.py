"""What workers write into the rows of runs, in the caller's transaction, which has named the team.

It is fenced: a worker names the attempt it works for, and a row that has gone on to another attempt, or was ended by
somebody else, is left as it is. The worker is told so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, LiteralString

from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from shiftapp.domain.run import Point, Rows, RunKind, RunStatus
from shiftapp.store.database import Connection
from shiftapp.store.queue import RUNS
from solver.roster import Violation


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
    kind: RunKind
    question: Mapping[str, Any]


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


async def take_run(connection: Connection, run_id: int) -> Taken | None:
    """Start the next attempt of a run; None where it is over.

    Only for who holds the run's job: then whoever seems to work on the run works on it no more.
    """
    async with connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(
            """UPDATE run SET status = 'running', attempt = attempt + 1,
                              started_at = coalesce(started_at, clock_timestamp())
                WHERE id = %s AND status IN ('queued', 'running')
            RETURNING attempt, period_id, problem, seconds, workers, seed, spent, cost, bound, roster, progress,
                  kind, question""",
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


async def note_infeasible(connection: Connection, run_id: int, attempt: int) -> bool:
    """Write that no roster keeps the hard rules while the worker finds out why; False where the run is not its own."""
    cursor = await connection.execute(
        "UPDATE run SET outcome = 'infeasible' WHERE id = %s AND attempt = %s AND status = 'running'", (run_id, attempt)
    )
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
    answer: Mapping[str, Any] | None = None


async def end_run(connection: Connection, run_id: int, attempt: int, ending: Ending) -> bool:
    """Write the end of an attempt; False where the run is no longer this attempt's."""
    query: LiteralString = f"""UPDATE run SET {_BEST}, status = %(status)s, outcome = %(outcome)s,
            violations = %(violations)s, error_code = %(error_code)s, error_args = %(error_args)s,
            finished_at = clock_timestamp(), answer = %(answer)s
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
            "answer": None if ending.answer is None else Jsonb(ending.answer),
        },
    )
    return cursor.rowcount == 1


async def worth_proving(connection: Connection, run_id: int, attempt: int) -> bool:
    """Return whether the roster of a run that has ended is still on show or in use, and no other run waits."""
    cursor = await connection.execute(
        """SELECT EXISTS (SELECT 1 FROM run WHERE id = %s AND attempt = %s AND status IN ('finished', 'applied'))
              AND NOT EXISTS (SELECT 1 FROM procrastinate_jobs WHERE queue_name = %s AND status = 'todo')""",
        (run_id, attempt, RUNS),
    )
    row = await cursor.fetchone()
    return row is not None and row[0]


async def note_wishes(connection: Connection, run_id: int, attempt: int, wishes: Mapping[str, int]) -> bool:
    """Write what is proved of the wishes of a run that has ended; False where its roster was put away."""
    cursor = await connection.execute(
        "UPDATE run SET wishes = %s WHERE id = %s AND attempt = %s AND status IN ('finished', 'applied')",
        (Jsonb(dict(wishes)), run_id, attempt),
    )
    return cursor.rowcount == 1
