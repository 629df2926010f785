"""The rows of runs, as people read and change them; what workers write is in `shiftapp.store.attempts`.

Every function works in the caller's transaction, which has named the team.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, LiteralString

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from shiftapp.domain.cell import Cell, Place
from shiftapp.domain.compile import Scope
from shiftapp.domain.run import Clash, Proposal, Run, RunKind, RunStatus
from shiftapp.store.database import Connection

CHANNEL = "run"
"""Notifications that a run has changed; see `shiftapp.services.runs.heard`."""

_COLUMNS: LiteralString = """id, team_id, period_id, user_id, user_name, scope, seconds, workers, seed, status,
    finishing, attempt, (problem->>'start')::date AS starts, base_seq, created_at, started_at, finished_at, spent,
    outcome, cost, bound, hard, first_seconds, error_code, error_args, roster, violations, progress, applied_seq,
    clashes, kind, question, answer, choice, wishes"""


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
    kind: RunKind = "generate"
    question: Mapping[str, Any] = field(default_factory=dict[str, Any])


async def add_run(connection: Connection, new: NewRun) -> int | None:
    """Write a queued run; None where the period has a run that waits or works already."""
    cursor = await connection.execute(
        """INSERT INTO run (team_id, period_id, user_id, user_name, scope, seconds, workers, seed, status, attempt,
                            problem, base_seq, created_at, outcome, error_code, kind, question)
           VALUES (%(team_id)s, %(period_id)s, %(user_id)s, %(user_name)s, %(scope)s, %(seconds)s, %(workers)s,
                   %(seed)s, 'queued', 0, %(problem)s, %(base_seq)s, clock_timestamp(), '', '',
                   %(kind)s, %(question)s)
           ON CONFLICT (period_id) WHERE status IN ('queued', 'running') DO NOTHING RETURNING id""",
        asdict(new) | {"problem": Jsonb(new.problem), "question": Jsonb(new.question)},
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
    clashes: Sequence[Clash] = (),
) -> None:
    """Write what people did with a run that is over: applied it or threw it away."""
    rows = [[staff_id, day.isoformat(), *found] for (staff_id, day), *found in clashes]
    await connection.execute(
        "UPDATE run SET status = %s, applied_seq = %s, clashes = %s WHERE id = %s",
        (status, applied_seq, Jsonb(rows), run_id),
    )


async def authors_of(connection: Connection, period_id: int, seqs: Collection[int]) -> dict[int, str]:
    """Return who made some change sets of a period, by seq: as they are called, empty where nobody did."""
    cursor = await connection.execute(
        """SELECT s.seq, coalesce(a.name, '') FROM change_set s LEFT JOIN user_account a ON a.id = s.user_id
            WHERE s.period_id = %s AND s.seq = ANY(%s)""",
        (period_id, list(seqs)),
    )
    return dict(await cursor.fetchall())


async def problem_of(connection: Connection, run_id: int) -> Mapping[str, Any] | None:
    """Return a run's problem in the solver's wire format; None where there is no such run in the team."""
    cursor = await connection.execute("SELECT problem FROM run WHERE id = %s", (run_id,))
    row = await cursor.fetchone()
    return None if row is None else row[0]


async def propose(connection: Connection, run_id: int, choice: int, shown: Proposal) -> None:
    """Make the roster of an option the run's: a proposal as any other, to be applied or put away."""
    await connection.execute(
        """UPDATE run SET status = 'finished', outcome = 'feasible', error_code = '', error_args = '{}',
                          choice = %(choice)s, roster = %(roster)s, cost = %(cost)s, hard = %(hard)s, bound = NULL,
                          violations = %(violations)s
            WHERE id = %(id)s""",
        {
            "id": run_id,
            "choice": choice,
            "roster": Jsonb(shown.roster),
            "cost": shown.cost,
            "hard": sum(violation.hard for violation in shown.violations),
            "violations": Jsonb([asdict(violation) for violation in shown.violations]),
        },
    )


async def hold_cells(connection: Connection, period_id: int) -> dict[Place, Cell]:
    """Return the cells of a period as they stand, and keep edits away until the end of the transaction."""
    await connection.execute("SELECT 1 FROM period WHERE id = %s FOR NO KEY UPDATE", (period_id,))
    cursor = await connection.execute(
        "SELECT staff_id, day, shift_type_id, pinned, note, version FROM cell WHERE period_id = %s", (period_id,)
    )
    return {
        (staff_id, day): Cell(shift, pinned, note, version)
        for staff_id, day, shift, pinned, note, version in await cursor.fetchall()
    }


async def possible(connection: Connection, period_id: int, cells: Mapping[Place, int]) -> frozenset[Place]:
    """Return which of ``cells`` can hold what they are given: in period and employment, staff and type active."""
    cursor = await connection.execute(
        """SELECT s.id, c.day
             FROM unnest(%s::bigint[], %s::date[], %s::bigint[]) AS c (staff_id, day, shift)
             JOIN staff s ON s.id = c.staff_id JOIN shift_type t ON t.id = c.shift JOIN period p ON p.id = %s
            WHERE s.active AND t.active AND c.day BETWEEN p.starts AND p.ends
              AND c.day BETWEEN coalesce(s.employed_from, c.day) AND coalesce(s.employed_to, c.day)""",
        ([staff_id for staff_id, _ in cells], [day for _, day in cells], list(cells.values()), period_id),
    )
    return frozenset((staff_id, day) for staff_id, day in await cursor.fetchall())


async def notify(connection: Connection, team_id: int, period_id: int, run_id: int) -> None:
    """Tell every server, when the transaction commits, that a run has changed."""
    await connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, f"{team_id}:{period_id}:{run_id}"))
