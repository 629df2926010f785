"""Two servers on one database behind the nginx of ``deploy/``: one is killed, the other drained, and nobody notices."""

import asyncio
import random
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psutil
import psycopg
import pytest

from shiftapp.store.prepare import Dsns
from tests.faults.stand import kill, new_kitchen, serve, servers, type_on, typists
from tests.history import Anomaly, anomalies, kinds
from tests.nginx import nginx
from tests.served import Served, free_port
from tests.typed import history, read_log
from tests.typist import Typist, all_at

pytestmark = [pytest.mark.soak, pytest.mark.timeout(600)]

PEOPLE = 12
EQUAL = 10.0
"""Seconds until every page is equal again."""


def sockets(served: Served) -> int:
    """Count the connections a server has."""
    return sum(
        found.status == psutil.CONN_ESTABLISHED and found.laddr[1:] == (served.port,)
        for process in served.descendants()
        for found in process.net_connections("tcp")
    )


@asynccontextmanager
async def behind_nginx(dsns: Dsns, plant: str = "") -> AsyncIterator[tuple[list[Served], str]]:
    """Serve from two servers, reached through nginx by one address."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="shiftapp-nginx-") as folder:
        async with servers(dsns, 2, plant, SHIFTAPP_PUBLIC_URL=f"https://127.0.0.1:{port}") as running:
            with nginx(Path(folder), port, [one.port for one in running]) as address:
                yield running, address


async def verdict(dsns: Dsns, team: list[Typist], seconds: float) -> list[Anomaly]:
    """Wait until all pages are where the log is; return what is wrong then."""
    with psycopg.connect(dsns.owner, autocommit=True) as connection:
        await all_at(team, len(read_log(connection, team[0].kitchen.period.id)), seconds)
        return anomalies(history(connection, team))


@pytest.mark.fault(14)
async def test_one_server_is_killed_and_the_other_drained_and_nothing_is_lost(fresh_database: Dsns, share: float):
    mine, chance, edits = await new_kitchen(fresh_database), random.Random(1), max(20, round(100 * share))
    async with (
        behind_nginx(fresh_database) as (running, address),
        typists(mine, fresh_database, [[address]] * PEOPLE) as team,
    ):
        assert all(sockets(one) for one in running), "people sit at both"

        async def hurt() -> list[float]:
            took = []
            for at, end in enumerate((kill, Served.end)):
                await asyncio.sleep(1)
                one = running[at]
                ending = asyncio.create_task(asyncio.to_thread(end, one))
                (seconds,) = [await equal(team, address)]
                took.append(seconds)
                await ending
                running[at] = serve(fresh_database, SHIFTAPP_PORT=str(one.port), SHIFTAPP_PUBLIC_URL=address)
                await asyncio.to_thread(running[at].wait_until_ready)
            return took

        took, *_ = await asyncio.gather(hurt(), *(type_on(one, edits, 4, chance) for one in team))
        found = await verdict(fresh_database, team, EQUAL)
        away = [seconds for one in team for seconds in one.away]
    print(f"equal after {', '.join(f'{one:.1f}' for one in took)} s; pages away {min(away):.1f}–{max(away):.1f} s")
    assert found == []
    assert max(took) <= EQUAL


async def equal(team: list[Typist], address: str) -> float:
    """Return the seconds until every page has a server again and shows what the first one shows."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    await asyncio.sleep(0.5)
    while loop.time() - began < 2 * EQUAL:
        pages = [await one.sit() for one in team]
        least = min(page.seq for page in pages)
        await asyncio.gather(*(page.until(lambda page, seq=least: page.seq >= seq, EQUAL) for page in pages))
        if not any(page.closed.is_set() for page in pages):
            break
    return loop.time() - began


@pytest.mark.fault(14, control=True)
async def test_two_servers_that_do_not_hear_each_other_are_convicted(fresh_database: Dsns):
    mine, chance = await new_kitchen(fresh_database), random.Random(1)
    async with (
        behind_nginx(fresh_database, "hear_no_other_server") as (running, address),
        typists(mine, fresh_database, [[address]] * PEOPLE) as team,
    ):
        assert all(sockets(one) for one in running)
        await asyncio.gather(*(type_on(one, 3, 4, chance) for one in team))
        assert "screen" in kinds(await verdict(fresh_database, team, 2))
