"""Laws the database keeps itself, whoever writes: employment, period dates, teams, an unchangeable log."""

from datetime import date, timedelta
from typing import LiteralString

import psycopg
import pytest
from psycopg import errors

from shiftapp.store.database import Database
from shiftapp.store.edits import apply_edit
from tests.factories import STARTS, Kitchen, add_team, kitchen, member

CELL: LiteralString = """
INSERT INTO cell (period_id, staff_id, day, team_id, shift_type_id, pinned, note, version)
VALUES (%s, %s, %s, %s, NULL, false, '', 1)
"""


def put(connection: psycopg.Connection, k: Kitchen, row: int, day: date) -> None:
    connection.execute(CELL, (k.period.id, k.staff[row].id, day, k.team_id))


async def joined_and_left(database: Database) -> Kitchen:
    first, last = STARTS + timedelta(days=3), STARTS + timedelta(days=6)
    return await kitchen(database, [member("A", employed_from=first, employed_to=last), member("B", 1)])


async def test_no_cell_outside_the_employment(database: Database, as_owner: psycopg.Connection) -> None:
    k = await joined_and_left(database)
    for inside in (3, 6):
        put(as_owner, k, 0, k.day(inside))
    for outside in (2, 7):
        with pytest.raises(errors.CheckViolation, match="employment"):
            put(as_owner, k, 0, k.day(outside))
    with pytest.raises(errors.CheckViolation, match="employment"):
        as_owner.execute("UPDATE cell SET day = %s WHERE day = %s", (k.day(7), k.day(6)))


async def test_no_cell_outside_the_period(database: Database, as_owner: psycopg.Connection) -> None:
    k = await kitchen(database)
    for outside in (-1, 10):
        with pytest.raises(errors.CheckViolation, match="period"):
            put(as_owner, k, 0, k.day(outside))


async def test_an_employment_cannot_be_cut_where_cells_are(database: Database, as_owner: psycopg.Connection) -> None:
    k = await joined_and_left(database)
    put(as_owner, k, 0, k.day(4))
    with pytest.raises(errors.CheckViolation, match="employment"):
        as_owner.execute("UPDATE staff SET employed_to = %s WHERE id = %s", (k.day(3), k.staff[0].id))
    as_owner.execute("UPDATE staff SET employed_to = %s WHERE id = %s", (k.day(4), k.staff[0].id))


async def test_a_period_cannot_shrink_where_cells_are(database: Database, as_owner: psycopg.Connection) -> None:
    k = await kitchen(database)
    put(as_owner, k, 0, k.day(9))
    with pytest.raises(errors.CheckViolation, match="period"):
        as_owner.execute("UPDATE period SET ends = %s", (k.day(8),))
    as_owner.execute("UPDATE period SET ends = %s", (k.day(20),))


async def test_a_cut_and_an_edit_at_the_same_moment_cannot_both_stand(
    database: Database, as_owner: psycopg.Connection
) -> None:
    """The cut waits for the edit's transaction and then sees its cell."""
    k = await kitchen(database)
    with psycopg.connect(as_owner.info.dsn) as editor, psycopg.connect(as_owner.info.dsn) as personnel:
        put(editor, k, 0, k.day(9))
        personnel.execute("SET lock_timeout = '200ms'")
        cut: LiteralString = "UPDATE staff SET employed_to = %s WHERE id = %s"
        with pytest.raises(errors.LockNotAvailable):
            personnel.execute(cut, (k.day(3), k.staff[0].id))
        personnel.rollback()
        editor.commit()
        with pytest.raises(errors.CheckViolation):
            personnel.execute(cut, (k.day(3), k.staff[0].id))


async def test_periods_of_a_team_share_no_date_and_last_92_days_at_most(
    database: Database, as_owner: psycopg.Connection
) -> None:
    k = await kitchen(database)
    other = await add_team(database)
    add: LiteralString = """
        INSERT INTO period (team_id, name, starts, ends, state, seq, created_at)
        VALUES (%s, '', %s, %s, 'draft', 0, now())
    """
    with pytest.raises(errors.ExclusionViolation):
        as_owner.execute(add, (k.team_id, k.day(9), k.day(20)))
    as_owner.execute(add, (k.team_id, k.day(10), k.day(20)))
    as_owner.execute(add, (other, k.day(0), k.day(91)))
    for first, last in ((100, 192), (110, 109)):
        with pytest.raises(errors.CheckViolation):
            as_owner.execute(add, (k.team_id, k.day(first), k.day(last)))


async def test_nothing_of_one_team_can_name_something_of_another(
    database: Database, as_owner: psycopg.Connection
) -> None:
    ours, theirs = await kitchen(database), await kitchen(database)
    with pytest.raises(errors.ForeignKeyViolation):
        as_owner.execute(CELL, (ours.period.id, theirs.staff[0].id, ours.day(0), ours.team_id))
    shift: LiteralString = "UPDATE cell SET shift_type_id = %s"
    put(as_owner, ours, 0, ours.day(0))
    with pytest.raises(errors.ForeignKeyViolation):
        as_owner.execute(shift, (theirs.shift("×"),))


TABLES = (
    "team", "member", "staff", "staff_group", "staff_group_member", "shift_type", "calendar_day", "period", "rule",
    "request", "cell", "change_set", "change", "run", "upload",
)  # fmt: skip


async def test_another_team_sees_no_rows(database: Database, as_owner: psycopg.Connection) -> None:
    """The control is the team itself: it sees what it wrote. Without any team nobody sees anything."""
    k = await kitchen(database, groups=[[0, 1]])
    await apply_edit(database, k.author, k.put(0, 0, "×"))
    other = await add_team(database)
    filled = {"team", "member", "staff", "staff_group", "staff_group_member", "shift_type", "period", "rule"}
    for table in TABLES:
        query = f"SELECT count(*) FROM {table} WHERE {'id' if table == 'team' else 'team_id'} = {k.team_id}".encode()
        for team, sees in ((k.team_id, True), (other, False), (None, False)):
            async with database.raw_transaction(team) as connection:
                found = await (await connection.execute(query)).fetchone()
            assert found is not None
            assert bool(found[0]) == (sees and table in filled | {"cell", "change_set", "change"}), (table, team)


async def test_every_table_with_a_team_has_a_wall(as_owner: psycopg.Connection) -> None:
    bare = as_owner.execute("""
        SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'team_id'
         WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND NOT c.relrowsecurity
    """).fetchall()
    assert bare == []


async def test_the_app_writes_no_row_of_another_team(database: Database) -> None:
    k, other = await kitchen(database), await add_team(database)
    with pytest.raises(errors.InsufficientPrivilege):
        async with database.raw_transaction(other) as connection:
            await connection.execute("INSERT INTO calendar_day VALUES (%s, '2027-01-01', 'holiday', '')", (k.team_id,))


@pytest.mark.parametrize("table", ["change_set", "change", "audit"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET team_id = team_id", "DELETE FROM {}", "TRUNCATE {}"])
async def test_the_app_cannot_alter_the_log(database: Database, table: str, statement: str) -> None:
    k = await kitchen(database)
    await apply_edit(database, k.author, k.put(0, 0, "×"))
    with pytest.raises(errors.InsufficientPrivilege):
        async with database.raw_transaction(k.team_id) as connection:
            await connection.execute(statement.format(table).encode())


@pytest.mark.parametrize("table", ["period", "team"])
async def test_the_app_cannot_delete_what_takes_the_log_along(database: Database, table: str) -> None:
    k = await kitchen(database)
    await apply_edit(database, k.author, k.put(0, 0, "×"))
    with pytest.raises(errors.InsufficientPrivilege):
        async with database.raw_transaction(k.team_id) as connection:
            await connection.execute(f"DELETE FROM {table}".encode())
