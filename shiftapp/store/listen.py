"""Hearing what other servers commit: one connection a process, kept up for as long as the process runs."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

import psycopg
from psycopg import sql

from shiftapp.store.database import Database

Hear = Callable[[str], Awaitable[None]]
"""Takes the payload of one notification."""

FIRST_WAIT: Final = 0.1
LONGEST_WAIT: Final = 5.0

log = logging.getLogger(__name__)


async def listen(database: Database, channels: Mapping[str, Hear], connected: Callable[[], Awaitable[None]]) -> None:
    """Hand every notification to its channel's listener until cancelled; connect again whenever the connection is lost.

    Each notification is heard in a task of its own, so that a slow one holds up no other: listeners must bear that they
    overtake one another.

    Parameters
    ----------
    channels : mapping
        Channel → listener.
    connected : callable
        Called whenever listening begins: what was said before, or while the connection was away, is lost and must be
        read. It may be called while notifications already arrive.
    """
    wait = FIRST_WAIT
    tasks: set[asyncio.Task[None]] = set()

    def start(work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(_guarded(work))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    try:
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(database.listen_dsn, autocommit=True) as connection:
                    for channel in channels:
                        await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
                    wait = FIRST_WAIT
                    start(connected())
                    async for notice in connection.notifies():
                        start(channels[notice.channel](notice.payload))
            except (psycopg.Error, OSError) as lost:
                log.warning("not listening to the database (%s): trying again", str(lost).strip() or "connection lost")
            await asyncio.sleep(wait * random.uniform(0.5, 1.5))  # servers must not all come back at once
            wait = min(wait * 2, LONGEST_WAIT)
    finally:
        for task in tasks:
            task.cancel()


async def _guarded(work: Awaitable[None]) -> None:
    """Let one listener fail alone: the next notification, or the next connection, makes up for it."""
    try:
        await work
    except Exception:
        log.exception("a notification could not be heard")
