"""What a server holds: pages that do not read cost it little, and half an hour of work nothing."""

import asyncio
import json
import random
from statistics import mean
from uuid import uuid4

import aiohttp
import psutil
import pytest

from shiftapp.store.prepare import Dsns
from shiftapp.ui.state.grid import GridState
from tests.faults.stand import new_kitchen, servers, type_on, typists
from tests.people import enrol
from tests.served import Served
from tests.tab import HYDRATE, NAMESPACE

pytestmark = [pytest.mark.soak, pytest.mark.timeout(3600)]

DEAF, SECONDS = 4, 120.0
MORE = 20.0
"""Megabytes that pages which do not read may cost."""
USERS, MINUTES = 20, 30.0
WARM_UP = 0.25
"""Of the time, after which memory is compared."""


def process_of(served: Served) -> psutil.Process:
    """Find the process that holds the open sockets."""
    return next(
        process
        for process in served.descendants()
        for found in process.net_connections("tcp")
        if found.status == psutil.CONN_ESTABLISHED and found.laddr[1:] == (served.port,)
    )


def megabytes(process: psutil.Process) -> float:
    return process.memory_info().rss / 1e6


async def ask_and_do_not_read(address: str, cookie: str, path: str, seconds: float) -> None:
    """Open the page, then ask for it again ten times a second, answer every ping unseen, and read nothing."""
    route = {"pathname": path, "query": {}, "asPath": path}
    event = {"name": f"{GridState.get_full_name()}.open", "payload": {}, "router_data": route}
    ends = asyncio.get_running_loop().time() + seconds
    async with aiohttp.ClientSession(headers={"Cookie": cookie}) as session:
        at = f"{address.replace('http', 'ws', 1)}{NAMESPACE}/?EIO=4&transport=websocket&token={uuid4()}"
        async with session.ws_connect(at, max_msg_size=0, autoping=False) as socket:
            boot = {"event": {"name": HYDRATE, "payload": {}, "router_data": route}}
            await socket.send_str(f"40{NAMESPACE},{json.dumps(boot)}")
            await asyncio.sleep(1)
            while asyncio.get_running_loop().time() < ends:
                for text in (f"42{NAMESPACE},{json.dumps(['event', event])}", "3"):
                    try:
                        await socket.send_str(text)
                    except ConnectionError:
                        return
                await asyncio.sleep(0.1)


async def cost_of_the_deaf(dsns: Dsns, seconds: float, plant: str = "") -> float:
    """Return the most megabytes a server holds above what it held before pages came that do not read."""
    mine, chance = await new_kitchen(dsns, 60, 60), random.Random(1)
    async with (
        servers(dsns, 1, plant, SHIFTAPP_RUNS_AT_ONCE="0") as (served,),
        typists(mine, dsns, [[served.address]] * 2) as team,
    ):
        process = process_of(served)
        await asyncio.gather(*(type_on(one, 20, 10, chance) for one in team))
        before, path = megabytes(process), f"/schedule/{mine.period.id}"
        cookies = [enrol(dsns, team_id=mine.team_id).cookie for _ in range(DEAF)]
        deaf = [asyncio.create_task(ask_and_do_not_read(served.address, cookie, path, seconds)) for cookie in cookies]
        most = before
        while not all(task.done() for task in deaf):
            await type_on(team[0], 1, 2, chance)
            most = max(most, megabytes(process))
        await asyncio.gather(*deaf, return_exceptions=True)
        return most - before


@pytest.mark.fault(15)
async def test_pages_that_do_not_read_cost_little(fresh_database: Dsns, share: float):
    cost = await cost_of_the_deaf(fresh_database, SECONDS * share)
    print(f"{DEAF} pages that do not read: {cost:+.1f} MB")
    assert cost <= MORE


@pytest.mark.fault(15, control=True)
async def test_a_server_that_keeps_everything_for_them_is_convicted(fresh_database: Dsns):
    assert await cost_of_the_deaf(fresh_database, 40, "wait_for_everybody") > MORE


async def held(dsns: Dsns, seconds: float, plant: str = "") -> tuple[float, float, int]:
    """Return the megabytes after the warm-up and at the end, and by how much the open files came to differ."""
    mine, chance = await new_kitchen(dsns), random.Random(1)
    async with servers(dsns, 1, plant) as (served,), typists(mine, dsns, [[served.address]] * USERS) as team:
        process = process_of(served)
        seen: list[tuple[float, int]] = []
        typing = [asyncio.create_task(type_on(one, 10**6, 0.5, chance)) for one in team]
        for _ in range(40):
            await asyncio.sleep(seconds / 40)
            seen.append((megabytes(process), process.num_fds()))
        for task in typing:
            task.cancel()
        await asyncio.gather(*typing, return_exceptions=True)
    warm = round(len(seen) * WARM_UP)
    early, late = seen[warm : warm + 4], seen[-4:]
    files = abs(min(files for _, files in late) - min(files for _, files in early))
    return mean(rss for rss, _ in early), mean(rss for rss, _ in late), files


@pytest.mark.fault(17)
async def test_half_an_hour_of_twenty_people_leaves_memory_and_files_as_they_were(fresh_database: Dsns, share: float):
    early, late, files = await held(fresh_database, 60 * MINUTES * share)
    print(f"{MINUTES * share:.0f} minutes: {early:.0f} MB after the warm-up, {late:.0f} MB at the end, {files} files")
    assert late <= 1.05 * early
    assert files <= 5


@pytest.mark.fault(17, control=True)
async def test_a_server_that_keeps_something_of_every_edit_is_convicted(fresh_database: Dsns):
    early, late, files = await held(fresh_database, 20, "keep_something_of_every_edit")
    assert late > 1.05 * early
    assert files > 5
