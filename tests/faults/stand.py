"""Servers to be hurt, and people who go on typing on them."""

import asyncio
import os
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import psutil

from shiftapp.domain.permission import Role
from shiftapp.store.database import Database
from shiftapp.store.prepare import Dsns
from tests.factories import Kitchen, kitchen
from tests.people import enrol
from tests.served import PROJECT, Served, as_url, free_port
from tests.typist import Typist

PLANTED = Path(__file__).parent / "planted"
SYMBOLS = ("○", "×", "△", "◇")


def serve(dsns: Dsns, plant: str = "", **environment: str) -> Served:
    """Start a server on a database, with a fault of ``tests.faults.plants`` where one is named."""
    planted = {"PLANT": plant, "PYTHONPATH": os.pathsep.join((str(PLANTED), str(PROJECT)))} if plant else {}
    given = {"DATABASE_URL": as_url(dsns.owner), "SHIFTAPP_PORT": str(free_port()), **planted, **environment}
    return Served(given, dsns=dsns)


@asynccontextmanager
async def servers(dsns: Dsns, count: int = 1, plant: str = "", **environment: str) -> AsyncIterator[list[Served]]:
    """Serve a database from some servers; replace what you kill in the list, so that it is ended."""
    running: list[Served] = []
    try:
        running += [serve(dsns, plant, **environment) for _ in range(count)]
        for one in running:
            await asyncio.to_thread(one.wait_until_ready)
        yield running
    finally:
        for one in running:
            await asyncio.to_thread(one.end)


def kill(served: Served) -> None:
    """Kill a server and all it started but the database, as the kernel does where memory runs out."""
    for process in [psutil.Process(served.process.pid), *served.descendants()]:
        process.kill()
    served.wait()


async def new_kitchen(dsns: Dsns, people: int = 20, days: int = 30) -> Kitchen:
    """Make a team with a period."""
    database = await Database.open(dsns.app, 2)
    try:
        return await kitchen(database, people, days)
    finally:
        await database.close()


@asynccontextmanager
async def typists(mine: Kitchen, dsns: Dsns, seats: Sequence[Sequence[str]]) -> AsyncIterator[list[Typist]]:
    """Seat people at a kitchen's period, each with the addresses they may use."""
    team = [
        Typist(f"client {turn}", addresses, enrol(dsns, Role.MANAGER, mine.team_id).cookie, mine)
        for turn, addresses in enumerate(seats)
    ]
    async with AsyncExitStack() as stack:
        for one in team:
            await one.sit()
            stack.push_async_callback(one.leave)
        yield team


async def type_on(one: Typist, edits: int, rate: float, chance: random.Random) -> None:
    """Have somebody type at random cells, so many times a second on average."""
    mine = one.kitchen
    for _ in range(edits):
        await asyncio.sleep(chance.expovariate(rate))
        place = chance.choice(mine.staff).id, mine.day(chance.randrange(mine.period.days))
        await one.type(place, chance.choice([None, *map(mine.shift, SYMBOLS)]))
