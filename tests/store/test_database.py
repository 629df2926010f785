"""Two ways to open a transaction, and the walls around both."""

import psycopg
import pytest
import sqlalchemy

from shiftapp.store.database import Database, bind, database


async def test_both_transactions_set_team_and_user_for_themselves_only(database: Database):
    ask = "SELECT current_setting('app.team_id', true), current_setting('app.user_id', true)"
    async with database.raw_transaction(7, 3) as connection:
        assert await (await connection.execute(ask)).fetchone() == ("7", "3")
    async with database.raw_transaction() as connection:
        assert await (await connection.execute(ask)).fetchone() == ("", "")
    async with database.transaction(7, 3) as session:
        assert tuple((await (await session.connection()).execute(sqlalchemy.text(ask))).one()) == ("7", "3")
    async with database.transaction() as session:
        assert tuple((await (await session.connection()).execute(sqlalchemy.text(ask))).one()) == ("", "")


async def test_the_program_works_as_a_role_that_owns_nothing(database: Database):
    async with database.raw_transaction() as connection:
        row = await (await connection.execute("SELECT current_user, session_user")).fetchone()
        owned = await (await connection.execute("SELECT count(*) FROM pg_tables WHERE tableowner = 'app'")).fetchone()
    assert row == ("app", "app")
    assert owned == (0,)


@pytest.mark.parametrize("statement", ["CREATE TABLE t (n int)", "ALTER TABLE cell DISABLE ROW LEVEL SECURITY"])
async def test_the_role_can_change_no_table(database: Database, statement: str):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        async with database.raw_transaction() as connection:
            await connection.execute(statement.encode())


async def test_a_block_that_raises_leaves_nothing(database: Database):
    put = "INSERT INTO team (name, language, country, time_zone, start_day, conflicts, created_at) VALUES {}"
    one = put.format("('A', 'ja', 'JP', 'Asia/Tokyo', 21, 'last', now())")
    with pytest.raises(ZeroDivisionError):
        async with database.raw_transaction() as connection:
            await connection.execute("SAVEPOINT s")
            await connection.execute("SELECT set_config('app.team_id', '1', true)")
            await connection.execute(one.encode())
            raise ZeroDivisionError
    async with database.raw_transaction(1) as connection:
        assert await (await connection.execute("SELECT count(*) FROM team")).fetchone() == (0,)


async def test_asking_before_the_start_is_a_broken_promise():
    bind(None)
    with pytest.raises(RuntimeError, match="bind"):
        database()
