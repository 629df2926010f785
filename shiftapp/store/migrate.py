"""Bring a database to the present schema: one transaction, one migrator at a time."""

from typing import cast

import psycopg
import sqlalchemy
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.pool import NullPool

from shiftapp.errors import CannotStart
from shiftapp.settings import PROJECT
from shiftapp.store.roles import ensure_app_role

LOCK = 0x5348_4946_5441_5050
"""Key of the advisory lock: the letters SHIFTAPP."""


def config() -> Config:
    """Return Alembic's configuration, wherever the command was typed."""
    return Config(str(PROJECT / "alembic.ini"))


def migrate(dsn: str, login: bool = False) -> None:
    """Make the role ``app`` and run every migration that is missing; nothing happens when none is.

    Parameters
    ----------
    dsn : str
        libpq connection string of the user who owns the tables.
    login : bool
        Whether the role ``app`` is made so that it may connect by itself.

    Raises
    ------
    CannotStart
        A newer program wrote this database, or the user may not make the role.
    """
    alembic = config()
    scripts = ScriptDirectory.from_config(alembic)
    wanted = set(scripts.get_heads())
    engine = sqlalchemy.create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(dsn), poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        present = set(MigrationContext.configure(connection).get_current_heads())
        if present == wanted:
            return
        _refuse_newer(scripts, present)
        driver = connection.connection.driver_connection
        ensure_app_role(cast("psycopg.Connection", driver), login)
        alembic.attributes["connection"] = connection
        command.upgrade(alembic, "head")


def _refuse_newer(scripts: ScriptDirectory, present: set[str]) -> None:
    known = {script.revision for script in scripts.walk_revisions()}
    if unknown := present - known:
        raise CannotStart(
            f"The database was written by a newer shiftapp (revision {', '.join(sorted(unknown))}): "
            "install that version, or restore a backup made by this one."
        )
