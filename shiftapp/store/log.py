"""Reading the change log: for those who missed a notification, and for those who ask what was."""

from collections.abc import Sequence
from datetime import date
from typing import LiteralString

from shiftapp.domain.cell import Cell, Place
from shiftapp.domain.edit import Change, EditKind, Patch, PatchCell
from shiftapp.domain.history import Logged
from shiftapp.store.database import Connection

_CELLS: LiteralString = """
SELECT s.seq, s.kind, coalesce(a.name, ''), c.staff_id, c.day, c.after_shift, c.after_pinned, c.after_note
  FROM change_set s LEFT JOIN change c USING (period_id, seq) LEFT JOIN user_account a ON a.id = s.user_id
 WHERE s.period_id = %s AND s.seq BETWEEN %s AND %s
 ORDER BY s.seq, c.staff_id, c.day
"""
_CHANGES: LiteralString = """
SELECT seq, staff_id, day, before_shift, before_pinned, before_note, before_version, after_shift, after_pinned,
       after_note
  FROM change WHERE period_id = %s ORDER BY seq, staff_id, day
"""
_CELL: LiteralString = """
SELECT s.kind, s.run_id, s.at, coalesce(a.name, ''),
       c.seq, c.staff_id, c.day, c.before_shift, c.before_pinned, c.before_note, c.before_version,
       c.after_shift, c.after_pinned, c.after_note
  FROM change c JOIN change_set s USING (period_id, seq) LEFT JOIN user_account a ON a.id = s.user_id
 WHERE c.period_id = %s AND c.staff_id = %s AND c.day = %s AND c.seq <= %s
 ORDER BY c.seq DESC LIMIT %s
"""
NEWEST = 2**62


async def read_patch(connection: Connection, period_id: int, seq: int) -> Patch:
    """Return the patch of one change set.

    Raises
    ------
    LookupError
        The period has no such change set.
    """
    found = await read_since(connection, period_id, seq - 1, seq)
    if not found:
        raise LookupError(f"period {period_id} has no change set {seq}")
    return found[0]


async def read_since(connection: Connection, period_id: int, seen: int, last: int = NEWEST) -> list[Patch]:
    """Return the patches after ``seen`` up to ``last``, in order and without gaps."""
    cursor = await connection.execute(_CELLS, (period_id, seen + 1, last))
    sets: dict[int, tuple[EditKind, str]] = {}
    cells: dict[int, list[PatchCell]] = {}
    for seq, kind, author, staff_id, day, shift, pinned, note in await cursor.fetchall():
        sets[seq] = kind, author
        cells.setdefault(seq, [])
        if staff_id is not None:
            cells[seq].append(PatchCell(staff_id, day, shift, pinned, note))
    return [Patch(seq, kind, tuple(cells[seq]), author) for seq, (kind, author) in sets.items()]


async def read_seqs(connection: Connection, periods: Sequence[int]) -> dict[int, int]:
    """Return the seq of the last change set of each of some periods."""
    cursor = await connection.execute("SELECT id, seq FROM period WHERE id = ANY(%s)", (list(periods),))
    return dict(await cursor.fetchall())


async def read_changes(connection: Connection, period_id: int) -> list[Change]:
    """Return every change of a period, oldest first: what each cell was and what it became."""
    cursor = await connection.execute(_CHANGES, (period_id,))
    return [_change(*row) for row in await cursor.fetchall()]


async def read_cell(
    connection: Connection, period_id: int, place: Place, most: int, until: int = NEWEST
) -> list[Logged]:
    """Return the latest changes of one cell up to change set ``until``, newest first."""
    cursor = await connection.execute(_CELL, (period_id, *place, until, most))
    return [
        Logged(_change(*change), kind, run_id, at, name) for kind, run_id, at, name, *change in await cursor.fetchall()
    ]


def _change(
    seq: int,
    staff_id: int,
    day: date,
    before_shift: int | None,
    before_pinned: bool,
    before_note: str,
    before_version: int,
    after_shift: int | None,
    after_pinned: bool,
    after_note: str,
) -> Change:
    before = Cell(before_shift, before_pinned, before_note, before_version)
    return Change(staff_id, day, before, Cell(after_shift, after_pinned, after_note, seq))
