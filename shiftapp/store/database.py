"""The database as the rest of the program sees it: two ways to open a transaction, one way to listen.

At start ``serve``, ``worker`` and the tests call `prepare` (start or find PostgreSQL, migrate), then `Database.open`
and `bind`. Everything else calls `database`::

    async with database().transaction(team_id) as session:      # SQLModel
        session.add(StaffMember(...))

    async with database().raw_transaction(team_id) as connection:   # psycopg, the hot path
        await connection.execute("UPDATE cell SET ...")

Both commit when the block ends, roll back when it raises, and set ``app.team_id`` and ``app.user_id`` for their
transaction only. Row-level security reads these: without a team a table with a ``team_id`` shows no rows.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import psycopg
import sqlalchemy
from psycopg_pool import AsyncConnectionPool
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

Id = int | str | UUID | None
"""The id of a team or user as the tables keep it; None: none is set."""

Connection = psycopg.AsyncConnection[tuple[Any, ...]]
Pool = AsyncConnectionPool[Connection]

_SCOPE = "SELECT set_config('app.team_id', %(team)s, true), set_config('app.user_id', %(user)s, true)"
_SCOPE_SQLALCHEMY = sqlalchemy.text(
    "SELECT set_config('app.team_id', :team, true), set_config('app.user_id', :user, true)"
)


def _scope(team_id: Id, user_id: Id) -> dict[str, str]:
    return {"team": "" if team_id is None else str(team_id), "user": "" if user_id is None else str(user_id)}


class Database:
    """Connections of one process to one PostgreSQL database, as the role that owns nothing.

    Attributes
    ----------
    engine : AsyncEngine
        SQLAlchemy's engine, for SQLModel.
    pool : AsyncConnectionPool
        Plain psycopg connections in autocommit, tuple rows. Prefer `raw_transaction`; take a connection from the
        pool only for what needs no team.
    dsn : str
        libpq connection string of the role ``app``, with ``search_path=public,queue``.
    """

    def __init__(self, dsn: str, engine: AsyncEngine, pool: Pool) -> None:
        self.dsn = dsn
        self.engine = engine
        self.pool = pool

    @classmethod
    async def open(cls, dsn: str, pool_size: int = 12) -> "Database":
        """Connect; returns when the first connection stands.

        Parameters
        ----------
        dsn : str
            libpq connection string: ``Dsns.app`` of `shiftapp.store.prepare.prepare`.
        pool_size : int
            Most connections of the raw pool; the engine adds at most as many.

        Raises
        ------
        psycopg_pool.PoolTimeout
            No connection within ten seconds.
        """

        async def connect() -> Connection:
            return await psycopg.AsyncConnection.connect(dsn)

        engine = create_async_engine(
            "postgresql+psycopg://",
            async_creator=connect,
            pool_pre_ping=True,
            pool_size=min(5, pool_size),
            max_overflow=max(0, pool_size - 5),
        )
        pool: Pool = AsyncConnectionPool(
            dsn,
            kwargs={"autocommit": True},
            min_size=min(2, pool_size),
            max_size=pool_size,
            timeout=5.0,
            # Give up early and try again with the next request: the pool's own back-off reaches minutes.
            reconnect_timeout=2.0,
            open=False,
        )
        await pool.open(wait=True, timeout=10.0)
        return cls(dsn, engine, pool)

    async def close(self) -> None:
        """Close every connection of this process."""
        await self.pool.close(timeout=1.0)
        await self.engine.dispose()

    @property
    def listen_dsn(self) -> str:
        """Connection string for a connection of one's own that LISTENs."""
        return self.dsn

    @asynccontextmanager
    async def transaction(
        self, team_id: Id = None, user_id: Id = None, *, snapshot: bool = False
    ) -> AsyncGenerator[AsyncSession, None]:
        """Open a SQLModel session in one transaction.

        Parameters
        ----------
        team_id : Id
            The team whose rows the transaction may see and change.
        user_id : Id
            The signed-in user, for rows that belong to a user and not to a team.
        snapshot : bool
            Whether every statement sees the database as it was at the first one.

        Yields
        ------
        AsyncSession
            Commits when the block ends, rolls back when it raises; objects stay readable afterwards.
        """
        async with AsyncSession(self.engine, expire_on_commit=False) as session, session.begin():
            level = {"isolation_level": "REPEATABLE READ"} if snapshot else {}
            connection = await session.connection(execution_options=level)
            await connection.execute(_SCOPE_SQLALCHEMY, _scope(team_id, user_id))
            yield session

    @asynccontextmanager
    async def raw_transaction(self, team_id: Id = None, user_id: Id = None) -> AsyncGenerator[Connection, None]:
        """Open a psycopg connection in one transaction; parameters as for `transaction`.

        Yields
        ------
        psycopg.AsyncConnection
            Tuple rows. Commits when the block ends, rolls back when it raises.
        """
        async with self.pool.connection() as connection, connection.transaction():
            await connection.execute(_SCOPE, _scope(team_id, user_id))
            yield connection


_bound: Database | None = None


def bind(opened: Database | None) -> None:
    """Make `opened` the database of this process; None takes it away again."""
    global _bound
    _bound = opened


def database() -> Database:
    """Return the database of this process.

    Raises
    ------
    RuntimeError
        Called before the start bound one.
    """
    if _bound is None:
        raise RuntimeError("no database is bound: the program's start calls shiftapp.store.database.bind")
    return _bound
