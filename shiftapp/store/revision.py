"""Which schema a database has and which one this program wants, told without Alembic: most starts migrate nothing."""

from contextlib import closing

import psycopg

from shiftapp.settings import PROJECT

VERSIONS = PROJECT / "alembic" / "versions"


def present(dsn: str) -> str | None:
    """Return the revision the database is at; None before the first migration."""
    with closing(psycopg.connect(dsn)) as connection:
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except psycopg.errors.UndefinedTable:
            return None
    return None if row is None else str(row[0])


def newest() -> str:
    """Return the last migration's revision, which its file's name begins with."""
    return max(file.name for file in VERSIONS.glob("*.py")).partition("_")[0]
