"""PostgreSQL is stopped as a power cut would, again and again, while people type.

What was acknowledged is on the disk; who types meanwhile is answered soon, and sends it again.
"""

import asyncio
import os
import random
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from shiftapp.store import embedded
from shiftapp.store.cluster import Place
from shiftapp.store.prepare import prepare_embedded
from tests.faults.stand import new_kitchen, servers, type_on, typists
from tests.history import Anomaly, anomalies, kinds
from tests.typed import history, read_log
from tests.typist import all_at

pytestmark = [pytest.mark.soak, pytest.mark.timeout(600)]

WRITERS = 5
ANSWERED = 15.0
"""Seconds until an edit is decided, or refused so that it can be sent again."""
AWAY = 1.0
"""Seconds the database is gone at least, each time."""
FORGETFUL = {"synchronous_commit": "off", "wal_writer_delay": "10s"}
"""Settings of a database that acknowledges what is not on the disk yet."""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A data directory of this test alone."""
    root = Path(tempfile.mkdtemp(prefix="shiftapp-stopped-"))
    yield root
    embedded.release(root)
    embedded.await_stop(root)
    shutil.rmtree(root)


def stop_at_once(place: Place) -> None:
    """Stop the database without a checkpoint, and wait until it is gone."""
    os.kill(int((place.data / "postmaster.pid").read_text().split("\n", 1)[0]), signal.SIGQUIT)
    embedded.release(place.root)
    assert embedded.await_stop(place.root)


async def stopped(root: Path, stops: int, edits: int, **options: str) -> tuple[list[Anomaly], float]:
    """Stop the database so many times in so many edits; return the anomalies and the longest wait for an answer."""
    place = await asyncio.to_thread(embedded.start, root, options)
    dsns = await asyncio.to_thread(prepare_embedded, place, "stopped")
    mine, chance = await new_kitchen(dsns), random.Random(1)
    async with servers(dsns) as running, typists(mine, dsns, [[running[0].address]] * WRITERS) as team:
        with psycopg.connect(dsns.owner, autocommit=True) as connection:
            connection.execute("CHECKPOINT")  # who types is on the disk in any case

        async def hurt() -> None:
            for turn in range(1, stops + 1):
                while sum(len(one.sent) for one in team) < turn * edits // (stops + 1):  # noqa: ASYNC110
                    await asyncio.sleep(0.005)
                await asyncio.to_thread(stop_at_once, place)
                await asyncio.sleep(AWAY)
                await asyncio.to_thread(embedded.start, root, options)

        await asyncio.gather(hurt(), *(type_on(one, edits // WRITERS, 10, chance) for one in team))
        with psycopg.connect(dsns.owner, autocommit=True) as connection:
            await all_at(team, len(read_log(connection, mine.period.id)), 10)
            found = anomalies(history(connection, team))
        return found, max(wait for one in team for wait in one.replies)


@pytest.mark.fault(2)
async def test_a_database_stopped_at_once_five_times_loses_nothing_and_keeps_nobody_waiting(folder: Path, share: float):
    stops = max(1, round(5 * share))
    found, longest = await stopped(folder, stops, 60 * stops)
    print(f"{stops} stops, longest wait for an answer {longest:.1f} s")
    assert found == []
    assert longest <= ANSWERED


@pytest.mark.fault(2, control=True)
async def test_a_database_that_acknowledges_before_it_has_written_is_convicted(folder: Path):
    found, _ = await stopped(folder, 1, 100, **FORGETFUL)
    assert kinds(found) & {"lost", "screen", "sight"}
