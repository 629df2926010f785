"""The connection of an edit dies inside PostgreSQL, at four points of its transaction: all of it stands, or nothing.

Triggers end their own backend: halfway through the cells, through their changes and through what is told of them, and
where the commit has begun. Then the same edit is sent again.
"""

from datetime import date
from typing import Any, LiteralString

import psycopg
import pytest
from psycopg.sql import SQL, Literal

from shiftapp.domain.edit import EditDone
from shiftapp.domain.patch_wire import decode
from shiftapp.store import edits
from shiftapp.store.database import Connection, Database
from shiftapp.store.edits import CHANNEL, Author, apply_edit
from tests.factories import Kitchen, add_account, kitchen
from tests.faults.stand import SYMBOLS

POINTS = ("cell", "change", "conflict", "commit")
TIMES = 50
"""At each of them."""

_PLANT: LiteralString = """
CREATE TABLE crash (point text);
CREATE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    IF EXISTS (SELECT FROM crash WHERE point = TG_ARGV[0]) THEN
        PERFORM pg_terminate_backend(pg_backend_pid(), 5000);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER crash BEFORE INSERT ON cell FOR EACH ROW WHEN (NEW.day = {day}) EXECUTE FUNCTION crash('cell');
CREATE TRIGGER crash BEFORE INSERT ON change FOR EACH ROW WHEN (NEW.day = {day}) EXECUTE FUNCTION crash('change');
CREATE TRIGGER crash BEFORE INSERT ON conflict FOR EACH ROW WHEN (NEW.day = {day}) EXECUTE FUNCTION crash('conflict');
CREATE CONSTRAINT TRIGGER crash_late AFTER INSERT ON change_set DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION crash('commit');
"""
_PARTS: LiteralString = """
SELECT (SELECT sum(seq) FROM period),
       (SELECT md5(string_agg(held::text, '' ORDER BY staff_id, day)) FROM cell held),
       (SELECT count(*) FROM change_set), (SELECT count(*) FROM change), (SELECT count(*) FROM conflict)
"""


def parts(owner: psycopg.Connection) -> dict[str, Any]:
    """Return how everything is that an edit writes."""
    found = owner.execute(_PARTS).fetchone()
    assert found is not None
    return dict(zip(("period.seq", "cell", "change_set", "change", "conflict"), found, strict=True))


def plant(owner: psycopg.Connection, halfway: date) -> None:
    """Make every edit ready to crash; rows of a day are the middle of a statement."""
    owner.execute(SQL(_PLANT).format(day=Literal(halfway)))


async def crashed(database: Database, owner: psycopg.Connection, k: Kitchen, point: str, times: int) -> set[str]:
    """Crash edits of four cells at one point and send each again; return what was not all or nothing.

    Two people edit by turns and see nothing of one another: each edit tells the other what became of theirs.
    """
    people = k.author, Author(k.team_id, (await add_account(database, k.team_id)).user_id)
    found: set[str] = set()
    for _ in range(times):
        before = parts(owner)
        seq = int(before["period.seq"])
        turn, row = divmod(seq, 3)
        asked = k.edit(*(k.cell(row, day, SYMBOLS[(turn + day) % 4], seen=max(0, seq - 3)) for day in range(4)))
        owner.execute("INSERT INTO crash VALUES (%s)", (point,))
        with pytest.raises(psycopg.OperationalError):
            await apply_edit(database, people[turn % 2], asked)
        owner.execute("DELETE FROM crash")
        found |= {name for name, part in parts(owner).items() if part != before[name]}
        answer = await apply_edit(database, people[turn % 2], asked)
        after = parts(owner)
        grown = [after[name] - before[name] for name in ("period.seq", "change_set", "change", "conflict")]
        if not isinstance(answer, EditDone) or answer.repeated or grown != [1, 1, 4, 4 if turn else 0]:
            found.add("sent again")
    return found


@pytest.mark.fault(4)
async def test_an_edit_that_crashes_at_any_point_leaves_nothing_and_then_stands_whole(
    database: Database, as_owner: psycopg.Connection
):
    k = await kitchen(database, 3, 4)
    plant(as_owner, k.day(2))
    with psycopg.connect(as_owner.info.dsn, autocommit=True) as listener:
        listener.execute(f"LISTEN {CHANNEL}".encode())
        for point in POINTS:
            assert (point, await crashed(database, as_owner, k, point, TIMES)) == (point, set())
        sets = len(POINTS) * TIMES
        heard = [decode(notice.payload).seq for notice in listener.notifies(timeout=5, stop_after=sets)]
    assert heard == list(range(1, sets + 1))


@pytest.mark.fault(4, control=True)
async def test_a_commit_in_two_halves_is_convicted(
    database: Database, as_owner: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
):
    """The change set, and afterwards what is told of it."""
    whole = edits.keep_conflicts

    async def halved(connection: Connection, team_id: int, *given: Any) -> None:
        await connection.execute("COMMIT")
        await connection.execute("BEGIN")
        await connection.execute("SELECT set_config('app.team_id', %s, true)", (str(team_id),))
        await whole(connection, team_id, *given)

    monkeypatch.setattr(edits, "keep_conflicts", halved)
    k = await kitchen(database, 3, 4)
    plant(as_owner, k.day(2))
    assert await crashed(database, as_owner, k, "cell", 3) == set()
    assert await crashed(database, as_owner, k, "conflict", 2) == {
        "period.seq", "cell", "change_set", "change", "sent again"
    }  # fmt: skip
