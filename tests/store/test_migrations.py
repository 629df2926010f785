"""The migrations make what the tables say, down to nothing and up again."""

import pkgutil
from importlib import import_module

import psycopg
import pytest
import sqlalchemy
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.pool import NullPool
from sqlmodel import SQLModel

from shiftapp.store import revision, tables
from shiftapp.store.migrate import config
from shiftapp.store.prepare import Dsns


@pytest.fixture
def engine(fresh_database: Dsns) -> sqlalchemy.Engine:
    for module in pkgutil.iter_modules(tables.__path__):
        import_module(f"{tables.__name__}.{module.name}")
    return sqlalchemy.create_engine(
        "postgresql+psycopg://", creator=lambda: psycopg.connect(fresh_database.owner), poolclass=NullPool
    )


def test_the_migrated_database_is_what_the_tables_say(engine: sqlalchemy.Engine) -> None:
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), SQLModel.metadata) == []


def test_the_last_migrations_file_is_named_by_its_revision() -> None:
    """By its name a start sees that nothing is to be migrated."""
    assert ScriptDirectory.from_config(config()).get_heads() == [revision.newest()]


def test_migrations_go_down_to_nothing_and_up_again(engine: sqlalchemy.Engine) -> None:
    alembic = config()
    with engine.begin() as connection:
        alembic.attributes["connection"] = connection
        command.downgrade(alembic, "base")
        left = connection.execute(
            sqlalchemy.text(
                "SELECT relname FROM pg_class"
                " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S', 'v')"
            )
        )
        assert set(left.scalars()) == {"alembic_version"}
        functions = connection.execute(
            sqlalchemy.text("SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace")
        )
        assert list(functions.scalars()) == []
        command.upgrade(alembic, "head")
        assert compare_metadata(MigrationContext.configure(connection), SQLModel.metadata) == []
