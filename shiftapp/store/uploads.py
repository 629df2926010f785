"""The rows of uploads: an import's files between their check and their import. Every function is for one session."""

from collections.abc import Mapping
from itertools import accumulate

from shiftapp.store.database import Connection

Files = Mapping[str, bytes]


async def put(connection: Connection, session_id: int, team_id: int, files: Files, seconds: float, most: int) -> None:
    """Keep files for a time in place of those the session sent before; of a team's uploads the ``most`` latest stay."""
    await connection.execute(
        """INSERT INTO upload (session_id, team_id, names, sizes, content, expires_at)
           VALUES (%s, %s, %s, %s, %s, now() + make_interval(secs => %s))
           ON CONFLICT (session_id, team_id) DO UPDATE
              SET names = excluded.names, sizes = excluded.sizes, content = excluded.content,
                  expires_at = excluded.expires_at""",
        (session_id, team_id, list(files), [len(content) for content in files.values()], b"".join(files.values()),
         seconds),
    )  # fmt: skip
    await connection.execute(
        """DELETE FROM upload WHERE team_id = %s AND session_id IN
             (SELECT session_id FROM upload WHERE team_id = %s ORDER BY expires_at DESC, session_id DESC OFFSET %s)""",
        (team_id, team_id, most),
    )


async def find(connection: Connection, session_id: int, team_id: int) -> Files | None:
    """Return what a session sent; None where there is nothing, or it expired."""
    cursor = await connection.execute(
        """SELECT names, sizes, content FROM upload WHERE session_id = %s AND team_id = %s AND expires_at > now()""",
        (session_id, team_id),
    )
    row = await cursor.fetchone()
    if row is None:
        return None
    names: list[str] = row[0]
    sizes: list[int] = row[1]
    content: bytes = row[2]
    return {name: content[end - size : end] for name, size, end in zip(names, sizes, accumulate(sizes), strict=True)}


async def delete(connection: Connection, session_id: int, team_id: int) -> None:
    """Forget what a session sent."""
    await connection.execute("DELETE FROM upload WHERE session_id = %s AND team_id = %s", (session_id, team_id))


async def delete_expired(connection: Connection) -> int:
    """Delete what expired, of all teams; return how many uploads that were.

    In a transaction that has named no team, which is allowed to delete nothing else: a condition would need the right
    to read the rows.
    """
    return (await connection.execute("DELETE FROM upload")).rowcount
