"""Fault 16: people join and vanish on several servers, and every server soon knows who is left."""

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
async def two(database: Database, expires: float) -> AsyncIterator[tuple[Crowd, Crowd, asyncio.Task[None]]]:
    """Run two servers; the second is killed by cancelling its task: it neither beats nor says anything."""

    async def say_there(payload: str) -> None:
        if not killed.done():
            await store.say(payload)

    here = Crowd(store.say, nobody, Presence(expires=expires))
    there = Crowd(say_there, nobody, Presence(expires=expires))
    listening = asyncio.Event()

    async def hear(payload: str) -> None:
        await here.hear(payload)
        await there.hear(payload)

    async def connected() -> None:
        listening.set()

    tasks = [asyncio.create_task(work) for work in (listen(database, {store.CHANNEL: hear}, connected), beating(here))]
    killed = asyncio.create_task(beating(there))
    await listening.wait()
    try:
        yield here, there, killed
    finally:
        for task in (*tasks, killed):
            task.cancel()
        await asyncio.gather(*tasks, killed, return_exceptions=True)


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


async def killed_server(database: Database, expires: float) -> bool:
    """Let 30 join, half on each server, kill one server; return whether the other forgets its 15."""
    async with two(database, expires) as (here, there, task):
        for user_id in range(15):
            await here.join(f"h{user_id}", PERIOD, user_id, f"青木 {user_id}")
            await there.join(f"t{user_id}", PERIOD, 100 + user_id, f"馬場 {user_id}")
        everybody = set(range(15)) | set(range(100, 115))
        assert await reached(here, everybody, 10)
        assert await reached(there, everybody, 10)
        task.cancel()
        return await reached(here, set(range(15)), 5 * (BEAT + EXPIRES))


async def test_of_thirty_people_the_fifteen_of_a_killed_server_are_gone_in_time(database: Database) -> None:
    assert await killed_server(database, EXPIRES)


async def test_without_expiry_they_would_stay(database: Database) -> None:
    assert not await killed_server(database, 1e9)


async def test_a_move_and_a_goodbye_reach_the_other_server_at_once(database: Database) -> None:
    async with two(database, 60.0) as (here, there, _):
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
    async with two(database, EXPIRES) as (here, there, _):
        await here.join("h", PERIOD, 1, "青木")
        with monkeypatch.context() as patched:
            patched.setattr(here, "hear", nobody_hears)
            await there.join("t", PERIOD, 2, "馬場")
            await asyncio.sleep(2 * BEAT)
            assert known(here) == {1}
        assert await reached(here, {1, 2}, 5)


async def nobody_hears(payload: str) -> None:
    """Lose a notification."""
