"""The hot path: one edit of a period's cells, in two round trips to the database.

Plain psycopg, pipelined: the first trip locks the period and reads what the edit meets, the second writes cells, change
log and notification and commits. Where a cell was changed since its author saw it, a trip between asks by whom. The
lock on the period's row puts the edits of a period in order, so that ``seq`` has no gaps and nobody reads a cell that
another edit is about to change.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, LiteralString
from uuid import UUID

from shiftapp.domain.cell import EMPTY, Cell, Place
from shiftapp.domain.conflict import Strategy
from shiftapp.domain.edit import Change, EditAsked, EditDone, EditKind, Patch, patch_of, refuse_twice
from shiftapp.domain.patch_wire import encode
from shiftapp.domain.refusal import Refused
from shiftapp.domain.verdict import Verdict, decide
from shiftapp.store.conflicts import keep_conflicts, read_conflicts_of, read_unseen
from shiftapp.store.database import Connection, Database
from shiftapp.store.log import read_patch

CHANNEL = "period"
"""NOTIFY channel of change sets; the payload is that of ``domain.patch_wire``."""

_LOCK: LiteralString = """
SELECT p.starts, p.ends, p.state, p.seq, t.conflicts
  FROM period p JOIN team t ON t.id = p.team_id WHERE p.id = %s FOR NO KEY UPDATE OF p
"""
_MEETS: LiteralString = """
SELECT b.seq, b.kind, b.user_id, (SELECT count(*) FROM shift_type WHERE id = ANY(%s::bigint[])),
       s.id, s.name, s.employed_from, s.employed_to, c.shift_type_id, c.pinned, c.note, c.version
  FROM unnest(%s::bigint[], %s::date[]) WITH ORDINALITY AS asked (staff_id, day, place)
  LEFT JOIN staff s ON s.id = asked.staff_id
  LEFT JOIN cell c ON c.period_id = %s AND c.staff_id = asked.staff_id AND c.day = asked.day
  LEFT JOIN change_set b ON b.period_id = %s AND b.edit_id = %s
 ORDER BY asked.place
"""
_WRITE: LiteralString = """
WITH counted AS (
    UPDATE period SET seq = %s WHERE id = %s
), entry AS (
    INSERT INTO change_set (period_id, seq, team_id, edit_id, user_id, kind, run_id, undoes, at)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, clock_timestamp())
), new AS (
    SELECT * FROM unnest(%s::bigint[], %s::date[], %s::bigint[], %s::boolean[], %s::text[], %s::bigint[],
                         %s::bigint[], %s::boolean[], %s::text[])
           AS new (staff_id, day, was, was_pinned, was_note, was_version, shift, pinned, note)
), held AS (
    INSERT INTO cell AS held (period_id, staff_id, day, team_id, shift_type_id, pinned, note, version)
    SELECT %s, staff_id, day, %s, shift, pinned, note, %s FROM new
        ON CONFLICT (period_id, staff_id, day) DO UPDATE
       SET shift_type_id = excluded.shift_type_id, pinned = excluded.pinned, note = excluded.note,
           version = excluded.version
), logged AS (
    INSERT INTO change (period_id, seq, team_id, staff_id, day, before_shift, before_pinned, before_note,
                        before_version, after_shift, after_pinned, after_note)
    SELECT %s, %s, %s, new.* FROM new
)
SELECT pg_notify(%s, %s)
"""


@dataclass(frozen=True, slots=True)
class Author:
    """Who edits, in which team, and what colleagues call them."""

    team_id: int
    user_id: int | None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the log says of a change set beside its cells: ``undoes`` is the seq of the one it takes back."""

    period_id: int
    edit_id: UUID
    kind: EditKind
    run_id: int | None = None
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class _Met:
    """What an edit finds at one of its cells."""

    staff: int | None
    name: str
    employed_from: date | None
    employed_to: date | None
    cell: Cell


async def apply_edit(database: Database, author: Author, asked: EditAsked) -> EditDone | Refused:
    """Apply one edit whole, or refuse it whole, in a transaction of its own.

    Parameters
    ----------
    database : Database
    author : Author
        Whose team's periods can be reached; any other period is unknown.
    asked : EditAsked
        An ``edit_id`` that was applied before gets the answer of that time; where it was somebody else's, or another
        kind's, it is refused.

    Returns
    -------
    EditDone or Refused
        Committed and in the change log, or nothing changed.
    """
    # psycopg's own transaction waits for the database four times more; the pool rolls back what an exception leaves
    async with database.pool.connection() as connection, connection.pipeline():
        await connection.execute("BEGIN")
        await connection.execute(
            "SELECT set_config('app.team_id', %s, true), set_config('app.user_id', %s, true)",
            (str(author.team_id), "" if author.user_id is None else str(author.user_id)),
        )
        answer = await edit_inside(connection, author, asked)
        await connection.execute("COMMIT")
        return answer


async def edit_inside(connection: Connection, author: Author, asked: EditAsked) -> EditDone | Refused:
    """Do as ``apply_edit`` inside the caller's transaction, which works in the author's team.

    Faster on a connection in pipeline mode.
    """
    if (twice := refuse_twice(asked.cells)) is not None:
        return twice
    places = [cell.place for cell in asked.cells]
    staff, days = [staff_id for staff_id, _ in places], [day for _, day in places]
    shifts = sorted({cell.shift for cell in asked.cells if cell.shift is not None})
    lock = await connection.execute(_LOCK, (asked.period_id,))
    meets = await connection.execute(_MEETS, (shifts, staff, days, asked.period_id, asked.period_id, asked.edit_id))

    period = await lock.fetchone()
    if period is None:
        return Refused("period.unknown")
    found_there = await meets.fetchall()
    before, kind, user_id, known = found_there[0][:4]
    if before is not None:
        return await _answer_again(connection, author, asked, before, kind, user_id)
    starts, ends, state, seq, strategy = period
    if state == "archived":
        return Refused("edit.archived")
    if known != len(shifts):
        return Refused("shift.unknown")
    met = [_met(*row[4:]) for row in found_there]
    for place, found in zip(places, met, strict=True):
        if (refused := _outside(place, found, starts, ends)) is not None:
            return refused
    verdicts = await _decide(connection, author, asked, strategy, seq + 1, [found.cell for found in met])
    return await _write(connection, author, asked, seq + 1, met, verdicts)


async def _answer_again(
    connection: Connection, author: Author, asked: EditAsked, seq: int, kind: EditKind, user_id: int | None
) -> EditDone | Refused:
    """Answer an edit that was applied before as at that time."""
    if (kind, user_id) != (asked.kind, author.user_id):
        return Refused("refused.payload")
    patch = await read_patch(connection, asked.period_id, seq)
    return EditDone(seq, patch, await read_conflicts_of(connection, asked.period_id, seq), repeated=True)


async def _decide(
    connection: Connection, author: Author, asked: EditAsked, strategy: Strategy, seq: int, cells: Sequence[Cell]
) -> list[Verdict]:
    """Decide what each cell becomes; only where one was changed since it was seen, the log is asked by whom."""
    later = [
        cell for cell, now in zip(asked.cells, cells, strict=True) if cell.seen is not None and now.version > cell.seen
    ]
    unseen = await read_unseen(connection, asked.period_id, later) if later else {}
    return [
        decide(strategy, author.user_id, cell, now, unseen.get(cell.place, ()), seq)
        for cell, now in zip(asked.cells, cells, strict=True)
    ]


def _met(staff: int | None, name: str | None, employed_from: date | None, employed_to: date | None, *cell: Any) -> _Met:
    shift, pinned, note, version = cell
    held = EMPTY if version is None else Cell(shift, pinned, note, version)
    return _Met(staff, name or "", employed_from, employed_to, held)


def _outside(place: Place, met: _Met, starts: date, ends: date) -> Refused | None:
    """Refuse a cell that cannot exist."""
    day = place[1]
    if met.staff is None:
        return Refused("staff.unknown")
    if not starts <= day <= ends:
        return Refused("cell.outside_period", {"day": day.isoformat()})
    if (met.employed_from and day < met.employed_from) or (met.employed_to and day > met.employed_to):
        return Refused("cell.outside_employment", {"staff": met.name, "day": day.isoformat()})
    return None


async def _write(
    connection: Connection, author: Author, asked: EditAsked, seq: int, met: Sequence[_Met], verdicts: Sequence[Verdict]
) -> EditDone:
    """Write what differs; an edit that changes nothing still takes its seq, so that its id is not applied later."""
    changes = tuple(
        Change(*cell.place, found.cell, verdict.after)
        for cell, found, verdict in zip(asked.cells, met, verdicts, strict=True)
        if not verdict.after.same(found.cell)
    )
    conflicts = tuple(verdict.conflict for verdict in verdicts if verdict.conflict is not None)
    entry = Entry(asked.period_id, asked.edit_id, asked.kind, asked.run_id)
    patch = await write_changes(connection, author, entry, seq, changes)
    if conflicts:
        await keep_conflicts(connection, author.team_id, asked.period_id, seq, conflicts)
    return EditDone(seq, patch, conflicts)


async def write_changes(
    connection: Connection, author: Author, entry: Entry, seq: int, changes: Sequence[Change]
) -> Patch:
    """Write cells, change log and notification of one change set; the period is locked and ``seq`` its next."""
    period_id = entry.period_id
    patch = patch_of(seq, entry.kind, changes, author.name)
    head = period_id, seq, author.team_id, entry.edit_id, author.user_id, entry.kind, entry.run_id, entry.undoes
    where = [c.staff_id for c in changes], [c.day for c in changes]
    before, after = _columns([c.before for c in changes]), _columns([c.after for c in changes])
    new = *where, *before, [c.before.version for c in changes], *after
    cells, log = (period_id, author.team_id, seq), (period_id, seq, author.team_id)
    told = CHANNEL, encode(author.team_id, period_id, patch, author.user_id)
    await connection.execute(_WRITE, (seq, period_id, *head, *new, *cells, *log, *told))
    return patch


def _columns(cells: Sequence[Cell]) -> tuple[list[int | None], list[bool], list[str]]:
    return [cell.shift for cell in cells], [cell.pinned for cell in cells], [cell.note for cell in cells]
