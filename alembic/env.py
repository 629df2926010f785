"""How Alembic reaches the database: on the connection `shiftapp.store.migrate` hands over, or one of its own."""

import pkgutil
from importlib import import_module

import psycopg
import sqlalchemy
from alembic import context
from sqlalchemy.pool import NullPool
from sqlmodel import SQLModel


def run(connection: sqlalchemy.Connection) -> None:
    """Run what was asked for, in the transaction of `connection`."""
    context.configure(connection=connection, target_metadata=SQLModel.metadata)
    with context.begin_transaction():
        context.run_migrations()


def run_by_hand() -> None:
    """Serve the ``alembic`` command: with the tables loaded, so that it can compare."""
    from shiftapp.settings import settings
    from shiftapp.store import tables
    from shiftapp.store.prepare import prepare

    for module in pkgutil.iter_modules(tables.__path__):
        import_module(f"{tables.__name__}.{module.name}")
    owner = prepare(settings()).owner
    engine = sqlalchemy.create_engine(
        "postgresql+psycopg://", creator=lambda: psycopg.connect(owner), poolclass=NullPool
    )
    with engine.begin() as connection:
        run(connection)


given = context.config.attributes.get("connection")
if given is None:
    run_by_hand()
else:
    run(given)
