"""From settings to a database that is up and migrated: what every command does first."""

from contextlib import closing, suppress
from dataclasses import dataclass

import psycopg
from psycopg import conninfo, errors

from shiftapp.errors import CannotStart
from shiftapp.settings import Settings
from shiftapp.store import embedded, revision
from shiftapp.store.cluster import DATABASE, OWNER, Place
from shiftapp.store.roles import app_dsn

CONNECT_SECONDS = 5


@dataclass(frozen=True)
class Dsns:
    """libpq connection strings of one database.

    Attributes
    ----------
    owner : str
        Of the user who migrates, backs up and restores: bound by no wall between teams.
    app : str
        Of the role ``app``, which everything else works as.
    embedded : bool
        Whether the program started this database.
    """

    owner: str
    app: str
    embedded: bool


def prepare(settings: Settings) -> Dsns:
    """Start the embedded PostgreSQL, or find the given one, and migrate it.

    An embedded database stays up until the last process that called this is gone.

    Raises
    ------
    CannotStart
        With one line that says what stands in the way.
    """
    if settings.database_url is not None:
        return prepare_given(settings.database_url)
    place = embedded.start(settings.data_dir)
    return prepare_embedded(place, DATABASE)


def prepare_embedded(place: Place, name: str) -> Dsns:
    """Make and migrate the database `name` of a running cluster."""
    with closing(psycopg.connect(place.dsn(OWNER, "postgres"), autocommit=True)) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone() is None:
            # another server may start at the same moment
            with suppress(errors.DuplicateDatabase, errors.UniqueViolation):
                connection.execute(f'CREATE DATABASE "{name}"'.encode())
    owner = place.dsn(OWNER, name)
    _migrate(owner, login=True)
    return Dsns(owner=owner, app=app_dsn(owner, login=True), embedded=True)


def prepare_given(url: str) -> Dsns:
    """Check and migrate the database at `url`."""
    try:
        psycopg.connect(url, connect_timeout=CONNECT_SECONDS).close()
    except psycopg.OperationalError as refused:
        raise _unreachable(url, refused) from None
    except psycopg.ProgrammingError as refused:
        raise CannotStart(f"DATABASE_URL cannot be read: {_first_line(refused)}") from None
    _migrate(url)
    return Dsns(owner=url, app=app_dsn(url, login=False), embedded=False)


def _migrate(dsn: str, login: bool = False) -> None:
    """Bring a database to the present schema, as `shiftapp.store.migrate.migrate` does."""
    if revision.present(dsn) != revision.newest():
        from shiftapp.store.migrate import migrate  # with Alembic: a quarter of a second of every start

        migrate(dsn, login)


def _unreachable(url: str, refused: psycopg.Error) -> CannotStart:
    """Name host and database, never the password."""
    parts = conninfo.conninfo_to_dict(url)
    where = f"{parts.get('host', 'localhost')}:{parts.get('port', 5432)}/{parts.get('dbname', '')}"
    return CannotStart(f"Cannot reach the database {where} (DATABASE_URL): {_first_line(refused)}")


def _first_line(refused: psycopg.Error) -> str:
    return " ".join(str(refused).split("\n")[0].split())
