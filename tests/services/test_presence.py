"""Two servers tell each other who is here, through the database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from shiftapp.live.presence import Presence
from shiftapp.services.presence import Crowd
from shiftapp.store import presence as store
from shiftapp.store.database import Database
from shiftapp.store.listen import listen

BEAT, EXPIRES = 0.1, 0.5
PERIOD = 1


async def nobody(room: str, told: Any) -> None:
    """Tell no page."""


async def beating(one: Crowd) -> None:
    while True:
        await asyncio.sleep(BEAT)
        await one.beat()


@asynccontextmanager
async def two(database: Database, expires: float) -> AsyncIterator[tuple[Crowd, Crowd]]:
    """Run two servers."""
    here, there = (Crowd(store.say, nobody, Presence(expires=expires)) for _ in range(2))
    listening = asyncio.Event()

    async def hear(payload: str) -> None:
        await here.hear(payload)
        await there.hear(payload)

    async def connected() -> None:
        listening.set()

    works = listen(database, {store.CHANNEL: hear}, connected), beating(here), beating(there)
    tasks = [asyncio.create_task(work) for work in works]
    await listening.wait()
    try:
        yield here, there
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def known(one: Crowd) -> set[int]:
    return {person.user_id for person in one.known.everybody(PERIOD)}


async def reached(one: Crowd, wanted: set[int], seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            while known(one) != wanted:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
    except TimeoutError:
        return False
    return True


async def test_a_move_and_a_goodbye_reach_the_other_server_at_once(database: Database) -> None:
    async with two(database, 60.0) as (here, there):
        await here.join("h", PERIOD, 1, "青木")
        await there.join("t", PERIOD, 2, "馬場")
        assert await reached(here, {1, 2}, 5)
        there.move("t", (5, "2026-04-03"))
        async with asyncio.timeout(5):
            while (2, (5, "2026-04-03")) not in {(p.user_id, p.cell) for p in here.known.everybody(PERIOD)}:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        there.leave("t")
        assert await reached(here, {1}, 5)


async def test_a_missed_notification_is_made_up_for_by_the_next_beat(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with two(database, EXPIRES) as (here, there):
        await here.join("h", PERIOD, 1, "青木")
        with monkeypatch.context() as patched:
            patched.setattr(here, "hear", nobody_hears)
            await there.join("t", PERIOD, 2, "馬場")
            await asyncio.sleep(2 * BEAT)
            assert known(here) == {1}
        assert await reached(here, {1, 2}, 5)


async def nobody_hears(payload: str) -> None:
    """Lose a notification."""
