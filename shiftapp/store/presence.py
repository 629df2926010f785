"""Telling the other servers who is here: notifications alone, nothing is stored."""

from shiftapp.store.database import database

CHANNEL = "presence"


async def say(payload: str) -> None:
    """Tell every server, this one too."""
    async with database().raw_transaction() as connection:
        await connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, payload))
