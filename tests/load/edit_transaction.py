"""``python -m tests.load.edit_transaction``: what one edit costs, durable, on this machine.

Starts an embedded PostgreSQL of its own with the settings of production (fsync on), makes a team of 20 × 60, and edits
one cell after another. The last line is one JSON object: milliseconds, median and 95th percentile, of the transaction
alone, of the same with the replica's share, and of a paste of 20 × 60 cells.
"""

import argparse
import asyncio
import json
import shutil
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from shiftapp.domain.edit import EditAsked, EditDone
from shiftapp.live.hub import Hub
from shiftapp.live.hub import bind as bind_hub
from shiftapp.live.replica import Values
from shiftapp.services.edits import edit_cells
from shiftapp.services.live_period import load, read_log
from shiftapp.store import embedded
from shiftapp.store.database import Database, bind
from shiftapp.store.edits import apply_edit
from shiftapp.store.prepare import prepare_embedded
from tests.factories import Kitchen, kitchen

SYMBOLS = ("○", "×", "△", "◇")
PEOPLE, DAYS = 20, 60
WARM_UP = 50


async def timed(times: int, act: Callable[[int], Awaitable[object]]) -> dict[str, float]:
    """Return the median and the 95th percentile of some calls, in milliseconds."""
    spent: list[float] = []
    for turn in range(times):
        started = time.perf_counter()
        answer = await act(turn)
        spent.append((time.perf_counter() - started) * 1000)
        assert isinstance(answer, EditDone), answer
    return {"median": round(statistics.median(spent), 2), "p95": round(statistics.quantiles(spent, n=20)[-1], 2)}


async def measure(database: Database, edits: int) -> dict[str, dict[str, float]]:
    """Measure on a fresh team."""
    k = await kitchen(database, PEOPLE, DAYS, groups=[range(3), range(3, 6)])

    def one(turn: int) -> tuple[int, int, str]:
        return turn % PEOPLE, (turn // PEOPLE) % DAYS, SYMBOLS[(turn + turn // PEOPLE) % len(SYMBOLS)]

    async def transaction(turn: int) -> object:
        return await apply_edit(database, k.author, k.put(*one(turn)))

    async def shown(turn: int) -> object:
        return await edit_cells(k.owner, k.put(*one(turn + 1)))

    async def paste(turn: int) -> object:
        return await apply_edit(database, k.author, whole(k, turn))

    async def nowhere(room: str, values: Values) -> None:
        """Take what a room would be sent."""

    await timed(WARM_UP, transaction)
    found = {"transaction": await timed(edits, transaction)}
    hub = Hub(load, read_log, nowhere)
    bind_hub(hub)
    await hub.open(k.team_id, k.period.id)
    found["with_replica"] = await timed(edits, shown)
    bind_hub(None)
    found["paste_20x60"] = await timed(10, paste)
    return found


def whole(k: Kitchen, turn: int) -> EditAsked:
    """Ask for every cell of the period."""
    cells = [k.cell(row, day, SYMBOLS[(row + day + turn) % 4]) for row in range(PEOPLE) for day in range(DAYS)]
    return k.edit(*cells, kind="paste")


async def run(dsn: str, edits: int) -> None:
    """Measure and print."""
    database = await Database.open(dsn)
    bind(database)
    try:
        found = await measure(database, edits)
    finally:
        bind(None)
        await database.close()
    for what, figures in found.items():
        print(f"{what:14} median {figures['median']:7.2f} ms   p95 {figures['p95']:7.2f} ms")
    print(json.dumps(found))


def main() -> None:
    """Start a database, measure, and leave nothing behind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=500)
    arguments = parser.parse_args()
    root = Path(tempfile.mkdtemp(prefix="shiftapp-load-"))
    try:
        asyncio.run(run(prepare_embedded(embedded.start(root), "load").app, arguments.edits))
    finally:
        embedded.release(root)
        embedded.await_stop(root)
        shutil.rmtree(root)


if __name__ == "__main__":
    main()
