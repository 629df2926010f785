"""The role the program works as: it owns nothing, so row-level security and missing grants bind it."""

import psycopg
from psycopg import conninfo, errors

from shiftapp.errors import CannotStart

APP = "app"
SEARCH_PATH = "-c search_path=public,queue"


def ensure_app_role(connection: psycopg.Connection, login: bool) -> None:
    """Make the role ``app`` where it is missing, and let the connected user take it on.

    Parameters
    ----------
    connection : psycopg.Connection
        As the user who migrates.
    login : bool
        Whether ``app`` may connect by itself (embedded: the socket's folder is the password).

    Raises
    ------
    CannotStart
        The user may neither make the role nor take it on; the message holds the statements that help.
    """
    me = connection.info.user
    attributes = "LOGIN" if login else "NOLOGIN"
    try:
        with connection.transaction():
            known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (APP,)).fetchone()
            if known is None:
                connection.execute(f"CREATE ROLE {APP} {attributes} NOBYPASSRLS".encode())
    except (errors.DuplicateObject, errors.UniqueViolation):
        pass  # another database of the same server was first
    except errors.InsufficientPrivilege:
        raise _needs_role(me) from None
    if _takes_on_app(connection):
        return
    try:
        with connection.transaction():
            connection.execute(f"GRANT {APP} TO CURRENT_USER".encode())
    except errors.InsufficientPrivilege:
        raise _needs_role(me) from None


def _takes_on_app(connection: psycopg.Connection) -> bool:
    """Whether the user may work as ``app``: tried out, since membership alone is not leave to do so."""
    try:
        with connection.transaction():
            connection.execute(f"SET LOCAL ROLE {APP}".encode())
            raise psycopg.Rollback
    except errors.InsufficientPrivilege:
        return False
    return True


def _needs_role(user: str) -> CannotStart:
    return CannotStart(
        f"DATABASE_URL: {user} may not use the role {APP}. As an administrator of that database run: "
        f'CREATE ROLE {APP} NOLOGIN; GRANT {APP} TO "{user}";'
    )


def app_dsn(owner_dsn: str, login: bool) -> str:
    """Return the connection string of the role ``app``.

    Parameters
    ----------
    owner_dsn : str
        Connection string of the user who migrates.
    login : bool
        Whether ``app`` connects by itself; otherwise the given user connects and takes the role on.
    """
    given = conninfo.conninfo_to_dict(owner_dsn)
    wanted = [str(given.get("options") or ""), SEARCH_PATH]
    if login:
        given["user"] = APP
    else:
        wanted.append(f"-c role={APP}")
    given["options"] = " ".join(part for part in wanted if part)
    return conninfo.make_conninfo("", **given)
