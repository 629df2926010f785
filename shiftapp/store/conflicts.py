"""Conflicts in the database: what an edit meets unseen, and what those whose value does not stand are told of it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, LiteralString

from shiftapp.domain.cell import Cell, Place
from shiftapp.domain.conflict import Conflict, Side, Told
from shiftapp.domain.edit import CellAsked, Change
from shiftapp.domain.verdict import Unseen
from shiftapp.store.database import Connection

CHANNEL = "conflict"
"""NOTIFY channel; the payload is ``team:period``."""

_LOCK: LiteralString = "SELECT seq FROM period WHERE id = %s FOR NO KEY UPDATE"
_UNSEEN: LiteralString = """
SELECT s.user_id, s.at, c.seq, c.staff_id, c.day, c.before_shift, c.before_pinned, c.before_note, c.before_version,
       c.after_shift, c.after_pinned, c.after_note
  FROM unnest(%s::bigint[], %s::date[], %s::bigint[]) AS asked (staff_id, day, seen)
  JOIN change c ON c.period_id = %s AND c.staff_id = asked.staff_id AND c.day = asked.day AND c.seq > asked.seen
  JOIN change_set s ON s.period_id = c.period_id AND s.seq = c.seq
 ORDER BY c.seq
"""
_SIDES: LiteralString = """
lost_by, lost_at, lost_shift, lost_pinned, lost_note, stands_by, stands_at, stands_shift, stands_pinned, stands_note
"""
_KEEP: LiteralString = f"""
INSERT INTO conflict (period_id, seq, team_id, staff_id, day, open, {_SIDES})
SELECT %s, %s, %s, staff_id, day, open, lost_by, coalesce(lost_at, clock_timestamp()), lost_shift, lost_pinned,
       lost_note, stands_by, coalesce(stands_at, clock_timestamp()), stands_shift, stands_pinned, stands_note
  FROM unnest(%s::bigint[], %s::date[], %s::boolean[],
              %s::bigint[], %s::timestamptz[], %s::bigint[], %s::boolean[], %s::text[],
              %s::bigint[], %s::timestamptz[], %s::bigint[], %s::boolean[], %s::text[])
       AS new (staff_id, day, open, {_SIDES})
"""
_OF_SET: LiteralString = f"""
SELECT staff_id, day, open, {_SIDES} FROM conflict WHERE period_id = %s AND seq = %s ORDER BY id
"""
_UNSETTLED: LiteralString = f"""
SELECT c.id, coalesce(l.name, ''), coalesce(w.name, ''), staff_id, day, open, {_SIDES}
  FROM conflict c LEFT JOIN user_account l ON l.id = c.lost_by LEFT JOIN user_account w ON w.id = c.stands_by
 WHERE c.period_id = %s AND c.settled_at IS NULL
 ORDER BY c.id
"""
_SETTLE: LiteralString = f"""
UPDATE conflict SET settled_at = clock_timestamp(), settled_by = %(user)s
 WHERE period_id = %(period)s AND id = ANY(%(ids)s::bigint[]) AND settled_at IS NULL
   AND (open OR lost_by = %(user)s)
RETURNING staff_id, day, open, {_SIDES}
"""


async def read_unseen(connection: Connection, period_id: int, asked: Sequence[CellAsked]) -> dict[Place, list[Unseen]]:
    """Return the changes of some cells after the seq at which each was ``seen``, oldest first."""
    places = [cell.staff_id for cell in asked], [cell.day for cell in asked], [cell.seen for cell in asked]
    cursor = await connection.execute(_UNSEEN, (*places, period_id))
    found: dict[Place, list[Unseen]] = {}
    for user_id, at, seq, staff_id, day, *cells in await cursor.fetchall():
        change = Change(staff_id, day, Cell(*cells[:4]), Cell(*cells[4:], version=seq))
        found.setdefault((staff_id, day), []).append(Unseen(user_id, at, change))
    return found


async def keep_conflicts(
    connection: Connection, team_id: int, period_id: int, seq: int, conflicts: Sequence[Conflict]
) -> None:
    """Keep what change set ``seq`` decided, and tell the servers; what nobody lost is told to nobody."""
    told = [one for one in conflicts if one.open or one.lost.user_id is not None]
    if told:
        where = [one.place[0] for one in told], [one.place[1] for one in told], [one.open for one in told]
        sides = *_columns([one.lost for one in told]), *_columns([one.stands for one in told])
        await connection.execute(_KEEP, (period_id, seq, team_id, *where, *sides))
        await tell(connection, team_id, period_id)


async def tell(connection: Connection, team_id: int, period_id: int) -> None:
    """Have every server look at a period's conflicts anew, once this is committed."""
    await connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, f"{team_id}:{period_id}"))


async def read_conflicts_of(connection: Connection, period_id: int, seq: int) -> tuple[Conflict, ...]:
    """Return what was decided with a change set."""
    cursor = await connection.execute(_OF_SET, (period_id, seq))
    return tuple(_conflict(*row) for row in await cursor.fetchall())


async def read_unsettled(connection: Connection, period_id: int) -> list[Told]:
    """Return what is open in a period, and what somebody is still told, oldest first."""
    cursor = await connection.execute(_UNSETTLED, (period_id,))
    return [Told(number, _conflict(*row), loser, winner) for number, loser, winner, *row in await cursor.fetchall()]


async def lock_period(connection: Connection, period_id: int) -> int | None:
    """Let no edit of a period in until this is committed; return its seq, None where there is no such period."""
    found = await (await connection.execute(_LOCK, (period_id,))).fetchone()
    return None if found is None else found[0]


async def settle(connection: Connection, period_id: int, ids: Sequence[int], user_id: int) -> list[Conflict]:
    """Settle conflicts that are open, or told to this person; return those that were not settled before."""
    given = {"period": period_id, "ids": list(ids), "user": user_id}
    cursor = await connection.execute(_SETTLE, given)
    return [_conflict(*row) for row in await cursor.fetchall()]


def _columns(sides: Sequence[Side]) -> tuple[list[Any], ...]:
    return (
        [side.user_id for side in sides],
        [side.at for side in sides],
        [side.cell.shift for side in sides],
        [side.cell.pinned for side in sides],
        [side.cell.note for side in sides],
    )


def _conflict(staff_id: int, day: date, open_: bool, *sides: Any) -> Conflict:
    return Conflict((staff_id, day), _side(*sides[:5]), _side(*sides[5:]), open_)


def _side(user_id: int | None, at: datetime, shift: int | None, pinned: bool, note: str) -> Side:
    return Side(user_id, at, Cell(shift, pinned, note))
