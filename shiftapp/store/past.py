"""The change log read backwards: its change sets, what differs between two moments, and going back."""

from datetime import date, datetime
from typing import Any, LiteralString

from shiftapp.domain.cell import EMPTY, Cell
from shiftapp.domain.edit import Change, EditDone
from shiftapp.domain.past import PAGE, LoggedSet, Plan, RestoreAsked, Restored, Standing, Wanted, make_plan
from shiftapp.domain.refusal import Refused
from shiftapp.store.database import Connection, Database
from shiftapp.store.edits import Author, Entry, write_changes
from shiftapp.store.log import NEWEST, read_patch

_OF_PERSON: LiteralString = "AND s.user_id = %(user)s"
_OF_KIND: LiteralString = "AND s.kind = ANY(%(kinds)s)"
_OF_CELLS: LiteralString = """
AND s.seq IN (SELECT c.seq FROM change c WHERE c.period_id = %(period)s AND c.seq < %(before)s
                 AND (%(staff)s::bigint IS NULL OR c.staff_id = %(staff)s)
                 AND (%(day)s::date IS NULL OR c.day = %(day)s))
"""
_SETS_HEAD: LiteralString = """
SELECT s.seq, s.kind, s.run_id, coalesce(r.kind, ''), s.at, coalesce(a.name, ''), u.kind,
       n.cells, n.people, n.staff_id, n.first, n.last,
       one.staff_id, one.day, one.before_shift, one.before_pinned, one.before_note, one.before_version,
       one.after_shift, one.after_pinned, one.after_note
  FROM (SELECT s.seq, s.period_id, s.kind, s.run_id, s.at, s.user_id, s.undoes
          FROM change_set s
         WHERE s.period_id = %(period)s AND s.seq < %(before)s
           AND EXISTS (SELECT FROM change c WHERE c.period_id = s.period_id AND c.seq = s.seq)
"""
_SETS_TAIL: LiteralString = """
         ORDER BY s.seq DESC LIMIT %(most)s) s
  LEFT JOIN user_account a ON a.id = s.user_id
  LEFT JOIN run r ON r.id = s.run_id
  LEFT JOIN change_set u ON s.kind = 'undo' AND u.period_id = s.period_id AND u.seq = s.undoes
 CROSS JOIN LATERAL (
       SELECT count(*) AS cells, count(DISTINCT c.staff_id) AS people, min(c.staff_id) AS staff_id,
              min(c.day) AS first, max(c.day) AS last
         FROM change c WHERE c.period_id = s.period_id AND c.seq = s.seq) n
  LEFT JOIN LATERAL (
       SELECT * FROM change c WHERE c.period_id = s.period_id AND c.seq = s.seq AND n.cells = 1) one ON true
 ORDER BY s.seq DESC
"""
_PEOPLE: LiteralString = """
SELECT a.id, a.name FROM member m JOIN user_account a ON a.id = m.user_id
 WHERE EXISTS (SELECT FROM change_set s WHERE s.user_id = a.id AND s.period_id = %s)
 ORDER BY a.name, a.id
"""
_BETWEEN: LiteralString = """
WITH span AS (SELECT * FROM change WHERE period_id = %(period)s AND seq > %(after)s AND seq <= %(until)s),
     first AS (SELECT DISTINCT ON (staff_id, day) * FROM span ORDER BY staff_id, day, seq),
     last AS (SELECT DISTINCT ON (staff_id, day) * FROM span ORDER BY staff_id, day, seq DESC),
     taken AS (SELECT staff_id, day, first.before_shift, first.before_pinned, first.before_note, first.before_version,
                      last.after_shift, last.after_pinned, last.after_note, last.seq
                 FROM first JOIN last USING (staff_id, day))
"""
_ONE_SET: LiteralString = "WITH taken AS (SELECT * FROM change WHERE period_id = %(period)s AND seq = %(until)s)"
_STANDING: LiteralString = """
SELECT t.seq, t.staff_id, t.day, t.before_shift, t.before_pinned, t.before_note, t.before_version,
       t.after_shift, t.after_pinned, t.after_note, held.shift_type_id, held.pinned, held.note, held.version,
       CASE WHEN t.day NOT BETWEEN greatest(p.starts, m.employed_from) AND least(p.ends, m.employed_to) THEN 'outside'
            WHEN t.before_shift IS NOT NULL AND NOT (m.active AND k.active) THEN 'unused' ELSE '' END
  FROM taken t
  JOIN period p ON p.id = %(period)s
  JOIN staff m ON m.id = t.staff_id
  LEFT JOIN shift_type k ON k.id = t.before_shift
  LEFT JOIN cell held ON held.period_id = p.id AND held.staff_id = t.staff_id AND held.day = t.day
 WHERE (t.before_shift, t.before_pinned, t.before_note) IS DISTINCT FROM (t.after_shift, t.after_pinned, t.after_note)
   AND (%(staff)s::bigint IS NULL OR t.staff_id = %(staff)s) AND (%(day)s::date IS NULL OR t.day = %(day)s)
 ORDER BY m.rank, t.staff_id, t.day
"""
_LOCK: LiteralString = "SELECT state, seq FROM period WHERE id = %s FOR NO KEY UPDATE"
_SEQ: LiteralString = "SELECT state, seq FROM period WHERE id = %s"


async def read_sets(
    connection: Connection, period_id: int, wanted: Wanted, before: int = NEWEST, most: int = PAGE
) -> list[LoggedSet]:
    """Return the latest ``most`` change sets before ``before`` that changed a cell, newest first."""
    query = (
        _SETS_HEAD
        + (_OF_PERSON if wanted.user_id is not None else "")
        + (_OF_KIND if wanted.kinds else "")
        + (_OF_CELLS if wanted.staff_id is not None or wanted.day is not None else "")
        + _SETS_TAIL
    )
    given = {"period": period_id, "before": before, "most": most, "user": wanted.user_id, "staff": wanted.staff_id}
    given |= {"day": wanted.day, "kinds": list(wanted.kinds)}
    cursor = await connection.execute(query, given)
    return [
        LoggedSet(*head, one=None if where[0] is None else _change(head[0], *where))
        for *head, where in [(*row[:12], row[12:]) for row in await cursor.fetchall()]
    ]


async def read_people(connection: Connection, period_id: int) -> list[tuple[int, str]]:
    """Return the id and name of the members who changed something in a period."""
    return [(user_id, name) for user_id, name in await (await connection.execute(_PEOPLE, (period_id,))).fetchall()]


async def seq_at(connection: Connection, period_id: int, at: datetime) -> int | Refused:
    """Return the seq of a period at a time.

    Returns
    -------
    int or Refused
        ``period.unknown``; ``past.before`` where the period did not exist yet.
    """
    made = await (await connection.execute("SELECT created_at FROM period WHERE id = %s", (period_id,))).fetchone()
    if made is None:
        return Refused("period.unknown")
    if at < made[0]:
        return Refused("past.before")
    query: LiteralString = "SELECT seq FROM change_set WHERE period_id = %s AND at <= %s ORDER BY seq DESC LIMIT 1"
    found = await (await connection.execute(query, (period_id, at))).fetchone()
    return 0 if found is None else found[0]


async def read_between(connection: Connection, period_id: int, after: int, until: int = NEWEST) -> list[Change]:
    """Return what differs between the moments ``after`` and ``until``, one net change a cell, row by row."""
    return [one.change for one in await _standing(connection, _BETWEEN, period_id, after, until)]


async def read_set(connection: Connection, period_id: int, seq: int) -> list[Change]:
    """Return the cells of one change set, row by row."""
    return [one.change for one in await _standing(connection, _ONE_SET, period_id, 0, seq)]


async def read_plan(connection: Connection, asked: RestoreAsked, *, lock: bool = False) -> Plan | Refused:
    """Return what a restore would do as the period stands.

    Returns
    -------
    Plan or Refused
        ``period.unknown``, ``edit.archived``; ``past.no_moment``, ``history.unknown`` or ``past.no_run`` where there is
        no such moment, change set or applied run.
    """
    period = await (await connection.execute(_LOCK if lock else _SEQ, (asked.period_id,))).fetchone()
    if period is None:
        return Refused("period.unknown")
    state, seq = period
    if state == "archived":
        return Refused("edit.archived")
    if asked.goal == "moment":
        if asked.number > seq:
            return Refused("past.no_moment")
        source, after, until = _BETWEEN, asked.number, seq
    else:
        source, after, until = _ONE_SET, 0, await _set_of(connection, asked)
        if until is None:
            refused = Refused("past.no_run", {"run": asked.number})
            return refused if asked.goal == "run" else Refused("history.unknown")
    found = await _standing(connection, source, asked.period_id, after, until, asked.staff_id, asked.day)
    return make_plan(seq, found)


async def apply_restore(database: Database, author: Author, asked: RestoreAsked) -> Restored | Refused:
    """Go back, in one change set and a transaction of its own.

    Returns
    -------
    Restored or Refused
        As `read_plan`; ``past.moved`` where a cell of it was edited after ``asked.seen``, ``past.same`` where nothing
        would change.

    Raises
    ------
    ValueError
        ``asked`` has no ``edit_id``.
    """
    if asked.edit_id is None:
        raise ValueError("a restore needs an id, to be applied once")
    async with database.raw_transaction(author.team_id, author.user_id) as connection:
        plan = await read_plan(connection, asked, lock=True)
        query: LiteralString = "SELECT seq FROM change_set WHERE period_id = %s AND edit_id = %s"
        before = await (await connection.execute(query, (asked.period_id, asked.edit_id))).fetchone()
        if before is not None:
            patch = await read_patch(connection, asked.period_id, before[0])
            return Restored(EditDone(before[0], patch, repeated=True), Plan(before[0], ()))
        if isinstance(plan, Refused):
            return plan
        if not plan.changes:
            return Refused("past.same")
        if any(change.before.version > asked.seen for change in plan.changes):
            return Refused("past.moved")
        entry = Entry(asked.period_id, asked.edit_id, "restore")
        patch = await write_changes(connection, author, entry, plan.seq + 1, plan.changes)
        return Restored(EditDone(plan.seq + 1, patch), plan)


async def _set_of(connection: Connection, asked: RestoreAsked) -> int | None:
    """Return the seq of the change set to take back."""
    by_seq: LiteralString = "SELECT seq FROM change_set WHERE period_id = %s AND seq = %s"
    by_run: LiteralString = "SELECT seq FROM change_set WHERE period_id = %s AND run_id = %s AND kind = 'run'"
    query = by_run if asked.goal == "run" else by_seq
    found = await (await connection.execute(query, (asked.period_id, asked.number))).fetchone()
    return None if found is None else found[0]


async def _standing(
    connection: Connection,
    source: LiteralString,
    period_id: int,
    after: int,
    until: int,
    staff_id: int | None = None,
    day: date | None = None,
) -> list[Standing]:
    given = {"period": period_id, "after": after, "until": until, "staff": staff_id, "day": day}
    cursor = await connection.execute(source + _STANDING, given)
    return [_stands(row) for row in await cursor.fetchall()]


def _stands(row: tuple[Any, ...]) -> Standing:
    (*held, version), obstacle = row[10:14], row[14]
    return Standing(_change(*row[:10]), EMPTY if version is None else Cell(*held, version=version), obstacle)


def _change(seq: int, staff_id: int, day: date, *held: Any) -> Change:
    return Change(staff_id, day, Cell(*held[:4]), Cell(*held[4:7], version=seq))
