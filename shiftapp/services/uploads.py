"""Files between their check and their import: kept for minutes in the database, where every server finds them."""

import asyncio
import logging
from typing import Final

from shiftapp.domain.permission import Action
from shiftapp.domain.refusal import Refused, authorise
from shiftapp.domain.visitor import Visitor
from shiftapp.store import uploads
from shiftapp.store.database import database
from shiftapp.store.uploads import Files

KEPT: Final = 900.0
"""Seconds."""
MOST: Final = 32
"""Uploads of a team at once; the oldest leaves first."""
MOST_BYTES: Final = 8 * 1024 * 1024
"""Of one upload; the table has the same bound."""
SWEEP_SECONDS: Final = 300.0

_log = logging.getLogger(__name__)


async def keep(who: Visitor, files: Files) -> Refused | None:
    """Keep the files of a visitor in place of those they sent before; a file for which no room is left goes empty."""
    if (refused := authorise(who, Action.IMPORT)) is not None:
        return refused
    found: dict[str, bytes] = {}
    left = MOST_BYTES
    for name, content in files.items():
        kept = content if len(content) <= left else b""
        found[name.replace("\0", "")] = kept  # which no text of the database can hold
        left -= len(kept)
    async with database().raw_transaction(who.team_id, who.user_id) as connection:
        await uploads.put(connection, who.session_id, who.team_id, found, KEPT, MOST)
    return None


async def kept(who: Visitor) -> Files | Refused | None:
    """Return what a visitor sent, to whichever server; ``None`` where there is nothing, or it waited too long."""
    if (refused := authorise(who, Action.IMPORT)) is not None:
        return refused
    async with database().raw_transaction(who.team_id, who.user_id) as connection:
        return await uploads.find(connection, who.session_id, who.team_id)


async def drop(who: Visitor) -> None:
    """Forget what a visitor sent."""
    async with database().raw_transaction(who.team_id, who.user_id) as connection:
        await uploads.delete(connection, who.session_id, who.team_id)


async def sweep() -> None:
    """Delete, again and again, what nobody confirmed in time."""
    while True:
        try:
            await delete_expired()
        except Exception as failed:
            _log.warning("expired uploads cannot be deleted (%s): trying again", failed)
        await asyncio.sleep(SWEEP_SECONDS)


async def delete_expired() -> int:
    """Delete what nobody confirmed in time, of all teams; return how many uploads that were."""
    async with database().raw_transaction() as connection:
        return await uploads.delete_expired(connection)
