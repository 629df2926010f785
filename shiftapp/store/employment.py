"""Cutting an employment short where cells are: the cells go first, as a change set that can be read in the log."""

from datetime import date
from typing import LiteralString, NamedTuple, cast
from uuid import uuid4

from sqlmodel.ext.asyncio.session import AsyncSession

from shiftapp.domain.cell import Cell
from shiftapp.domain.edit import Change, Patch
from shiftapp.store.database import Connection
from shiftapp.store.edits import Author, Entry, write_changes

_OUTSIDE: LiteralString = """
SELECT c.period_id, c.day, c.shift_type_id, c.pinned, c.note, c.version, p.state
  FROM cell c JOIN period p ON p.id = c.period_id
 WHERE c.staff_id = %s AND (c.day < %s OR c.day > %s)
 ORDER BY c.day
"""
_LOCK: LiteralString = "SELECT id, seq FROM period WHERE team_id = %s ORDER BY id FOR NO KEY UPDATE"
_DROP: LiteralString = "DELETE FROM cell WHERE staff_id = %s AND (day < %s OR day > %s)"


class Outside(NamedTuple):
    """A filled cell outside an employment, and whether its period is archived."""

    day: date
    archived: bool


async def driver(session: AsyncSession) -> Connection:
    """Return the psycopg connection below a session, inside its transaction."""
    raw = await (await session.connection()).get_raw_connection()
    return cast("Connection", raw.driver_connection)


async def hold_periods(connection: Connection, team_id: int) -> dict[int, int]:
    """Keep edits away from every period of the team until the transaction ends; return their seqs by id."""
    cursor = await connection.execute(_LOCK, (team_id,))
    return dict(await cursor.fetchall())


async def filled_outside(
    connection: Connection, staff_id: int, employed_from: date | None, employed_to: date | None
) -> list[Outside]:
    """Return the cells outside an employment in which somebody has something, by date."""
    cursor = await connection.execute(_OUTSIDE, (staff_id, employed_from, employed_to))
    return [
        Outside(day, state == "archived")
        for _, day, shift, pinned, note, _, state in await cursor.fetchall()
        if shift is not None or pinned or note
    ]


async def clear_outside(
    connection: Connection, author: Author, staff_id: int, employed_from: date | None, employed_to: date | None
) -> dict[int, Patch]:
    """Empty and remove somebody's cells outside an employment, one change set a period that had something in them.

    Returns
    -------
    dict
        Period id → what those who hold it must take in.
    """
    seqs = await hold_periods(connection, author.team_id)
    cursor = await connection.execute(_OUTSIDE, (staff_id, employed_from, employed_to))
    gone: dict[int, list[Change]] = {}
    for period_id, day, shift, pinned, note, version, _ in await cursor.fetchall():
        before = Cell(shift, pinned, note, version)
        if not before.blank:
            gone.setdefault(period_id, []).append(Change(staff_id, day, before, Cell(version=seqs[period_id] + 1)))
    patches: dict[int, Patch] = {}
    for period_id, changes in gone.items():
        entry = Entry(period_id, uuid4(), "employment")
        patches[period_id] = await write_changes(connection, author, entry, seqs[period_id] + 1, changes)
    await connection.execute(_DROP, (staff_id, employed_from, employed_to))
    return patches
