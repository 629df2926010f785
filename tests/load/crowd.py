"""``python -m tests.load.crowd``: many clients on one period or on many, typing; what everybody hears, and when.

Serves the program, as many servers as asked on one durable PostgreSQL of its own, seats the clients on them in turn,
and has random ones type. Or, with ``--address`` and ``--cookie``, seats them on a server that runs already: they type
into the period that its start page shows, so give it a team made for the purpose. A delivery is one edit at one client,
from the moment it was sent to the moment the client has it. The last line is one JSON object.
"""

import argparse
import asyncio
import json
import os
import random
import resource
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from statistics import quantiles
from typing import Any

import psutil

from tests.factories import Kitchen, kitchen
from tests.load.desk import Desk, tally
from tests.load.line import Line
from tests.load.two_browsers import while_another_team_solves
from tests.people import enrol
from tests.served import Served, as_url, command_of
from tests.stage import Stage, stage

PEOPLE, DAYS = 40, 60
"""Of the periods beside the demo kitchen."""
AT_ONCE = 20
"""Clients that connect at the same time while nothing is measured."""
FIRST = 20
"""Clients that are there before the others: memory is counted from then on, and the others may join while they type."""
DRAIN = 5.0
"""Seconds after the last edit in which it may still arrive."""


@dataclass(frozen=True)
class Seat:
    """Where one client is put."""

    address: str
    cookie: str
    path: str


@dataclass(frozen=True)
class Machine:
    """The servers' processes, where they are ours."""

    servers: list[psutil.Process]

    def cpu(self) -> float:
        """Seconds of processor they have taken."""
        return sum(sum(process.cpu_times()[:2]) for process in self.servers)

    def rss(self) -> float:
        """Megabytes they hold."""
        return sum(process.memory_info().rss for process in self.servers) / 1e6


async def seat(desks: list[Desk], over: float) -> None:
    """Open the lines that are not open yet, evenly over some seconds; at 0 as fast as they come."""
    waiting = [line for desk in desks for line in desk.lines if line.asked is None]
    places = asyncio.Semaphore(len(waiting) if over else AT_ONCE)

    async def one(line: Line, after: float) -> None:
        await asyncio.sleep(after)
        async with places:
            await line.open()

    await asyncio.gather(*(one(line, over * turn / len(waiting)) for turn, line in enumerate(waiting)))


async def type_on(desks: list[Desk], rate: float, seconds: float) -> None:
    """Type so many edits a second, at random moments as people do, each in a random period."""
    end, due = time.perf_counter() + seconds, time.perf_counter()
    while (due := due + random.expovariate(rate)) < end:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        random.choice(desks).type()
    deadline = time.perf_counter() + DRAIN
    while any(line.pending for desk in desks for line in desk.lines):
        if time.perf_counter() > deadline:
            break
        await asyncio.sleep(0.1)
    await asyncio.sleep(0.5)


async def measure(seats: list[list[Seat]], machine: Machine | None, chosen: argparse.Namespace) -> dict[str, Any]:
    """Seat everybody, type, count."""
    desks = [Desk([Line(s.address, s.cookie, s.path, keep=not place) for place, s in enumerate(row)]) for row in seats]
    lines = [line for desk in desks for line in desk.lines]
    warm = [Desk(desk.lines[: max(1, FIRST // len(desks))]) for desk in desks]
    await seat(warm, 0)
    few, held = sum(len(desk.lines) for desk in warm), machine.rss() if machine else 0.0
    if not chosen.join:
        await seat(desks, 0)
    await asyncio.sleep(1)
    before = machine.cpu() if machine else 0.0
    own = time.process_time()
    await asyncio.gather(
        type_on(desks, chosen.edits, chosen.seconds), *([seat(desks, chosen.join)] if chosen.join else [])
    )
    own = time.process_time() - own
    found = tally(desks)
    found["own_cpu_us_per_delivery"] = round(1e6 * own / max(1, found["delivered"]), 1)
    if machine:
        found["cpu_ms_per_edit"] = round(1000 * (machine.cpu() - before) / max(1, found["sent"]), 1)
        found["rss_mb"] = round(machine.rss())
        found["kb_per_client"] = round(1000 * (machine.rss() - held) / max(1, len(lines) - few))
    waits = [line.joined - line.asked for line in lines if line.joined and line.asked]
    found["joined"] = len(waits)
    found["join_p95_ms"] = round(1000 * quantiles(waits, n=20)[-1])
    found["join_worst_ms"] = round(1000 * max(waits))
    for line in lines:
        line.close()
    return found


@asynccontextmanager
async def served(at: Stage, servers: int) -> AsyncIterator[list[Served]]:
    """Serve the stage's database from further processes, too."""
    dsns = at.served.dsns
    assert dsns is not None
    more = [Served({"DATABASE_URL": as_url(dsns.owner)}, dsns=dsns) for _ in range(servers - 1)]
    try:
        for one in more:
            await asyncio.to_thread(one.wait_until_ready)
        yield [at.served, *more]
    finally:
        for one in more:
            await asyncio.to_thread(one.end)


def machine_of(servers: list[Served]) -> Machine:
    """Find the processes that hold the sockets."""
    return Machine(
        [
            process
            for one in servers
            for process in one.descendants()
            if "shiftapp.commands.server" in command_of(process)
        ]
    )


async def own(chosen: argparse.Namespace) -> dict[str, Any]:
    """Measure on servers of our own."""
    async with stage() as at, served(at, chosen.servers) as servers:
        where: list[Kitchen] = [at.kitchen]
        where += [await kitchen(at.database, PEOPLE, DAYS) for _ in range(chosen.periods - 1)]
        seats = []
        for turn, mine in enumerate(where):
            cookie = enrol(servers[0].dsns, team_id=mine.team_id).cookie  # type: ignore[arg-type]
            here = range(turn, chosen.clients, chosen.periods)
            seats.append([Seat(servers[k // chosen.periods % len(servers)].address, cookie, "/") for k in here])
        if not chosen.solving:
            return await measure(seats, machine_of(servers), chosen)
        async with while_another_team_solves(at):
            return await measure(seats, machine_of(servers), chosen)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--servers", type=int, default=1)
    parser.add_argument("--periods", type=int, default=1)
    parser.add_argument("--edits", type=float, default=10, help="a second, in all periods together (10)")
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--join", type=float, default=0, help="seconds in which the clients join while people type")
    parser.add_argument("--solving", action="store_true", help="while a run of another team keeps both cores busy")
    parser.add_argument("--address", help="of a server that runs already, such as https://shifts.example.com")
    parser.add_argument("--cookie", default="", help="the Cookie header of somebody signed in there")
    return parser.parse_args()


def main() -> None:
    """Measure and print."""
    chosen = arguments()
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    if chosen.address:
        seats = [[Seat(chosen.address.rstrip("/"), chosen.cookie, "/")] * chosen.clients]
        found = asyncio.run(measure(seats, None, chosen))
    else:
        found = asyncio.run(own(chosen))
    for name, value in found.items():
        print(f"{name.replace('_', ' '):<18}{value:>10}")
    print(json.dumps({**found, "cores": os.cpu_count(), "load": [round(one, 1) for one in os.getloadavg()]}))


if __name__ == "__main__":
    main()
