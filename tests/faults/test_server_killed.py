"""The server is killed outright, again and again, while people type.

What was acknowledged is there, once; what was not is sent again under its id; the pages come back by themselves.
"""

import asyncio
import random

import psycopg
import pytest

from shiftapp.store.prepare import Dsns
from tests.faults.stand import kill, new_kitchen, serve, servers, type_on, typists
from tests.history import Anomaly, anomalies, kinds
from tests.typed import history, read_log
from tests.typist import all_at

pytestmark = [pytest.mark.soak, pytest.mark.timeout(900)]

WRITERS = 5
BACK = 5.0
"""Seconds from the kill to a page that holds the period again."""


async def killed(dsns: Dsns, kills: int, edits: int, plant: str = "") -> tuple[list[Anomaly], list[float]]:
    """Kill the server so many times in so many edits; return the anomalies, and how long each page was away."""
    mine, chance = await new_kitchen(dsns), random.Random(1)
    async with servers(dsns, 1, plant) as running:
        place = running[0].address
        async with typists(mine, dsns, [[place]] * WRITERS) as team:

            async def hurt() -> None:
                for turn in range(1, kills + 1):
                    while sum(len(one.sent) for one in team) < turn * edits // (kills + 1):  # noqa: ASYNC110
                        await asyncio.sleep(0.005)
                    await asyncio.to_thread(kill, running[0])
                    running[0] = serve(dsns, plant, SHIFTAPP_PORT=place.rpartition(":")[2])

            await asyncio.gather(hurt(), *(type_on(one, edits // WRITERS, 10, chance) for one in team))
            with psycopg.connect(dsns.owner, autocommit=True) as connection:
                await all_at(team, len(read_log(connection, mine.period.id)), 10)
                found = anomalies(history(connection, team))
            return found, [seconds for one in team for seconds in one.away]


@pytest.mark.fault(1)
async def test_a_server_killed_twenty_times_in_a_thousand_edits_loses_none(fresh_database: Dsns, share: float):
    kills = max(1, round(20 * share))
    found, away = await killed(fresh_database, kills, 50 * kills)
    print(f"{kills} kills, pages away {min(away):.1f}–{max(away):.1f} s")
    assert found == []
    assert max(away) <= BACK


@pytest.mark.fault(1, control=True)
async def test_a_server_that_acknowledges_before_it_commits_is_convicted(fresh_database: Dsns):
    found, _ = await killed(fresh_database, 2, 200, "acknowledge_before_commit")
    assert "lost" in kinds(found)
