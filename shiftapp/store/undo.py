"""Taking a step back or forth: the change set that it takes back is found in the log, under the lock of an edit.

What somebody can undo are their own change sets that no other takes back, undos aside; what they can redo are their
undos since their latest edit that no redo takes back. Change sets without a cell, and those of an employment cut short,
are no steps.
"""

from typing import Any, LiteralString

from shiftapp.domain.cell import EMPTY, Cell
from shiftapp.domain.edit import Change, EditDone, EditKind
from shiftapp.domain.refusal import Refused
from shiftapp.domain.undo import MOST_STEPS, Later, Meeting, StepAsked, StepDone, Steps, step_done
from shiftapp.store.database import Connection, Database
from shiftapp.store.edits import Author, Entry, write_changes
from shiftapp.store.log import NEWEST, read_patch

_LOCK: LiteralString = "SELECT state, seq FROM period WHERE id = %s FOR NO KEY UPDATE"
_BEFORE: LiteralString = "SELECT seq, undoes FROM change_set WHERE period_id = %s AND edit_id = %s"
_MINE: LiteralString = """
  FROM change_set s
 WHERE s.period_id = %(period)s AND s.user_id = %(user)s
   AND EXISTS (SELECT FROM change c WHERE c.period_id = s.period_id AND c.seq = s.seq)
"""
_STANDS: LiteralString = (
    "AND NOT EXISTS (SELECT FROM change_set u WHERE u.period_id = s.period_id AND u.undoes = s.seq)"
)
_NEXT: LiteralString = f"""
WITH latest AS (
    SELECT s.seq {_MINE} AND s.kind NOT IN ('undo', 'redo', 'employment') ORDER BY s.seq DESC LIMIT 1
), ahead AS (
    SELECT s.seq {_MINE} {_STANDS} AND s.kind = 'undo' AND s.seq > (SELECT seq FROM latest)
)
SELECT (SELECT s.seq {_MINE} {_STANDS} AND s.kind NOT IN ('undo', 'employment')
           AND (SELECT count(*) FROM ahead) < %(most)s ORDER BY s.seq DESC LIMIT 1),
       (SELECT max(seq) FROM ahead)
"""
_WHAT: LiteralString = """
WITH RECURSIVE back AS (
    SELECT undoes, kind, run_id FROM change_set WHERE period_id = %(period)s AND seq = %(target)s
    UNION ALL
    SELECT s.undoes, s.kind, s.run_id FROM back JOIN change_set s ON s.period_id = %(period)s AND s.seq = back.undoes
)
SELECT kind, run_id FROM back WHERE undoes IS NULL
"""
_MEETS: LiteralString = """
SELECT c.staff_id, c.day, c.before_shift, c.before_pinned, c.before_note, c.before_version,
       c.after_shift, c.after_pinned, c.after_note, held.shift_type_id, held.pinned, held.note, held.version,
       c.day BETWEEN greatest(p.starts, m.employed_from) AND least(p.ends, m.employed_to), later.name, later.at
  FROM change c
  JOIN period p ON p.id = c.period_id
  JOIN staff m ON m.id = c.staff_id
  LEFT JOIN cell held ON held.period_id = c.period_id AND held.staff_id = c.staff_id AND held.day = c.day
  LEFT JOIN LATERAL (
       SELECT coalesce(a.name, '') AS name, s.at
         FROM change l JOIN change_set s USING (period_id, seq) LEFT JOIN user_account a ON a.id = s.user_id
        WHERE held.version IS DISTINCT FROM c.seq
          AND l.period_id = c.period_id AND l.staff_id = c.staff_id AND l.day = c.day
          AND l.seq > c.seq AND l.seq < %(until)s AND (s.user_id IS DISTINCT FROM %(user)s OR s.kind = 'employment')
        ORDER BY l.seq DESC LIMIT 1
  ) later ON true
 WHERE c.period_id = %(period)s AND c.seq = %(target)s
 ORDER BY c.staff_id, c.day
"""


async def apply_step(database: Database, author: Author, asked: StepAsked) -> StepDone | Refused:
    """Take back the author's latest step in a period, or their latest undo, in a transaction of its own.

    A cell that anybody else changed since, and one that can be no more, is left alone.

    Returns
    -------
    StepDone or Refused
        ``period.unknown``, ``edit.archived``; ``undo.nothing`` or ``redo.nothing`` where there is no such step;
        ``refused.payload`` where the id is that of an edit.
    """
    async with database.raw_transaction(author.team_id, author.user_id) as connection:
        period = await (await connection.execute(_LOCK, (asked.period_id,))).fetchone()
        if period is None:
            return Refused("period.unknown")
        before = await (await connection.execute(_BEFORE, (asked.period_id, asked.edit_id))).fetchone()
        if before is not None:
            return await _answer_again(connection, author, asked, *before)
        state, seq = period
        if state == "archived":
            return Refused("edit.archived")
        undo, redo = await _next(connection, asked.period_id, author.user_id)
        target = undo if asked.way == "undo" else redo
        if target is None:
            return Refused("undo.nothing" if asked.way == "undo" else "redo.nothing")
        meetings = await _meetings(connection, author, asked.period_id, target)
        changes = [one.back(seq + 1) for one in meetings if one.free]
        entry = Entry(asked.period_id, asked.edit_id, asked.way, undoes=target)
        patch = await write_changes(connection, author, entry, seq + 1, changes)
        what = await _what(connection, asked.period_id, target)
        return step_done(EditDone(seq + 1, patch), asked.way, what, [one for one in meetings if not one.free])


async def read_steps(connection: Connection, period_id: int, user_id: int) -> Steps:
    """Return whether somebody has a step to undo in a period, and one to redo."""
    undo, redo = await _next(connection, period_id, user_id)
    return Steps(undo is not None, redo is not None)


async def _next(connection: Connection, period_id: int, user_id: int | None) -> tuple[int | None, int | None]:
    """Return the seqs of what an undo and what a redo would take back."""
    given = {"period": period_id, "user": user_id, "most": MOST_STEPS}
    found = await (await connection.execute(_NEXT, given)).fetchone()
    assert found is not None
    return found[0], found[1]


async def _answer_again(
    connection: Connection, author: Author, asked: StepAsked, seq: int, target: int | None
) -> StepDone | Refused:
    """Answer a step that was taken before as at that time."""
    if target is None:
        return Refused("refused.payload")
    patch = await read_patch(connection, asked.period_id, seq)
    taken = {(cell.staff_id, cell.day) for cell in patch.cells}
    meetings = await _meetings(connection, author, asked.period_id, target, until=seq)
    left = [one for one in meetings if (one.change.staff_id, one.change.day) not in taken]
    what = await _what(connection, asked.period_id, target)
    return step_done(EditDone(seq, patch, repeated=True), asked.way, what, left)


async def _what(connection: Connection, period_id: int, target: int) -> tuple[EditKind, int | None]:
    """Return kind and run of the change set that a step, or what it takes back, goes back to."""
    found = await (await connection.execute(_WHAT, {"period": period_id, "target": target})).fetchone()
    assert found is not None, "the log is never cut"
    return found[0], found[1]


async def _meetings(
    connection: Connection, author: Author, period_id: int, target: int, until: int = NEWEST
) -> list[Meeting]:
    """Return the cells of a change set as they stand, with who changed them before change set ``until``."""
    given = {"period": period_id, "target": target, "user": author.user_id, "until": until}
    return [_meeting(target, row) for row in await (await connection.execute(_MEETS, given)).fetchall()]


def _meeting(target: int, row: tuple[Any, ...]) -> Meeting:
    staff_id, day, *cells, possible, name, at = row
    before, after, (*held, version) = Cell(*cells[:4]), Cell(*cells[4:7], version=target), cells[7:]
    now = EMPTY if version is None else Cell(*held, version=version)
    return Meeting(Change(staff_id, day, before, after), now, possible, None if at is None else Later(name, at))
