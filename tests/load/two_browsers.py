"""``python -m tests.load.two_browsers``: one types, another looks on, in two real browsers.

Serves the program with a PostgreSQL of its own (durable, as in production) and the demo kitchen, 18 × 62. In one
Chromium the cursor moves and shifts are typed; a second Chromium shows the same period. Clocks run inside the pages
(`tests.load.stopwatch`). Measured on the empty period, on the period filled by a run, while a search for another team
keeps both cores busy, and while runs solve that very period one after another, the harshest case: what the optimum
takes a second to find is put away and begun again. The last line is one JSON object.
"""

import argparse
import asyncio
import json
import os
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from playwright.async_api import Browser, async_playwright

from shiftapp.domain.run import LONGEST, Run
from shiftapp.services import runs
from tests.e2e.screen import Screen, sit_down
from tests.factories import kitchen
from tests.load.stopwatch import Record, Traffic, figures, read, start
from tests.stage import Stage, launch, stage

KEYS = {"o": "○", "x": "×", "e": "△", "l": "◇"}
RARE = {"e": "△", "l": "◇", "h": "★", "u": "⊘"}
"""What a run hardly ever proposes: typed where a preview lies over the cells, whose own content cannot be seen."""
PAUSE = (0.06, 0.14)
"""Seconds between two edits: about ten a second, never in step with the screen."""
SETTLE = 0.5
LARGE = 40, 60
"""People and days of a kitchen that is not proved for minutes."""
FIGURES = {
    "other": "key → other's document",
    "other_painted": "key → other's screen",
    "own_painted": "key → own screen",
    "cursor_painted": "arrow → own screen",
}


@dataclass
class Pair:
    """Two people at the kitchen, each in a browser of their own."""

    author: Screen
    reader: Screen
    to_author: Traffic
    to_reader: Traffic


@dataclass(frozen=True)
class Typed:
    """One edit: when the driver began it, the cell's name, the key and its symbol."""

    began: float
    cell: str
    key: str
    symbol: str


async def type_shifts(pair: Pair, edits: int, first: int, keys: dict[str, str]) -> list[Typed]:
    """Walk down the columns from ``first`` and type into every cell something it does not show."""
    author, page = pair.author, pair.author.page
    below = len(author.kitchen.staff) - 1
    done: list[Typed] = []
    for turn in range(edits):
        column, row = first + turn // below, turn % below
        if row == 0:
            await author.stand(0, column)
        began = await page.evaluate("performance.timeOrigin + performance.now()")
        await author.press("ArrowDown")
        if not author.kitchen.staff[row + 1].employed_on(author.kitchen.day(column)):
            continue
        shown = {await screen.cell(row + 1, column).text_content() for screen in (author, pair.reader)}
        key = random.choice([key for key, symbol in keys.items() if symbol not in shown])
        await asyncio.sleep(random.uniform(*PAUSE))
        await author.press(key)
        done.append(Typed(began, author.name(row + 1, column), key, keys[key]))
        await asyncio.sleep(random.uniform(*PAUSE))
    await asyncio.sleep(SETTLE)
    return done


def compare(done: list[Typed], author: Record, reader: Record) -> tuple[dict[str, list[float]], int]:
    """Return the milliseconds of every kind, and how many edits never came to the reader.

    A cell that showed the symbol already when its key came, because a preview got there first, tells nothing.
    """
    spent: dict[str, list[float]] = {name: [] for name in FIGURES}
    lost = 0
    for one in done:
        arrow, key = author.key("ArrowDown", one.began), author.key(one.key, one.began)
        assert arrow is not None
        assert key is not None
        if one.symbol in (author.showed(one.cell, key), reader.showed(one.cell, key)):
            continue
        own, other = author.first_shown(one.cell, one.symbol, key), reader.first_shown(one.cell, one.symbol, key)
        cursor = author.first_moved(one.cell, arrow)
        lost += other is None
        if other is not None and own is not None and cursor is not None:
            spent["other"].append(other[2] - key)
            spent["other_painted"].append(other[3] - key)
            spent["own_painted"].append(own[3] - key)
            spent["cursor_painted"].append(cursor[3] - arrow)
    return spent, lost


async def measure(pair: Pair, edits: int, first: int, previewed: bool = False) -> dict[str, object]:
    """Type and compare."""
    for screen in (pair.author, pair.reader):
        await screen.page.evaluate("for (const list of Object.values(window.stopwatch)) list.length = 0")
    before = pair.to_author.received, pair.to_reader.received
    done = await type_shifts(pair, edits, first, RARE if previewed else KEYS)
    spent, lost = compare(done, await read(pair.author.page), await read(pair.reader.page))
    found: dict[str, object] = {name: figures(values) for name, values in spent.items()}
    found |= {"edits": len(spent["other"]), "lost": lost}
    if not previewed:  # a run sends its previews to the same sockets: its bytes are not those of edits
        found["bytes_to_author"] = round((pair.to_author.received - before[0]) / edits)
        found["bytes_to_reader"] = round((pair.to_reader.received - before[1]) / edits)
    return found


async def over(at: Stage) -> Run:
    """Wait until the latest run is over."""
    while True:
        run = await runs.run_state(at.kitchen.team_id, at.kitchen.period.id)
        if run is not None and not run.active:
            return run
        await asyncio.sleep(0.1)


async def fill(at: Stage) -> None:
    """Generate and apply."""
    await runs.start_run(at.kitchen.owner, at.kitchen.period.id, "unpinned", 10)
    await runs.apply_run(at.kitchen.owner, (await over(at)).id)


async def keep_solving(at: Stage) -> None:
    """Solve the period for as long as others edit it: what is proved is put away and begun again."""
    while True:
        started = await runs.start_run(at.kitchen.owner, at.kitchen.period.id, "unpinned", 30)
        assert isinstance(started, Run), started
        await runs.discard_run(at.kitchen.owner, (await over(at)).id)


@asynccontextmanager
async def while_another_team_solves(at: Stage) -> AsyncIterator[None]:
    """Keep the machine's cores busy with a search that is not proved within the measurement."""
    other = await kitchen(at.database, *LARGE, groups=[(row, row + 1, row + 2) for row in range(0, LARGE[0] - 2, 2)])
    run = await runs.start_run(other.owner, other.period.id, "unpinned", LONGEST)
    assert isinstance(run, Run), run
    await asyncio.sleep(3)
    yield
    await runs.cancel_run(other.owner, run.id)


@asynccontextmanager
async def while_this_period_is_solved(at: Stage) -> AsyncIterator[None]:
    """Solve the period all the time: previews of the whole period come and go below the hands."""
    solving = asyncio.create_task(keep_solving(at))
    await asyncio.sleep(1)
    yield
    solving.cancel()
    await asyncio.gather(solving, return_exceptions=True)
    if (last := await runs.run_state(at.kitchen.team_id, at.kitchen.period.id)) is not None and last.active:
        await runs.cancel_run(at.kitchen.owner, last.id)


async def measure_all(at: Stage, pair: Pair, edits: int) -> dict[str, dict[str, object]]:
    """Measure the empty period, the full one, the full one while others' runs work, and while its own do."""
    columns = 1 + edits // (len(at.kitchen.staff) - 1)
    await measure(pair, 15, 0)
    found = {"empty": await measure(pair, edits, 1)}
    await fill(at)
    await asyncio.sleep(1)
    found["full"] = await measure(pair, edits, 1 + columns)
    async with while_another_team_solves(at):
        found["solving"] = await measure(pair, edits, 1 + 2 * columns)
    async with while_this_period_is_solved(at):
        found["own runs"] = await measure(pair, edits, 1 + 3 * columns, previewed=True)
    return found


async def seat(browsers: list[Browser], at: Stage) -> Pair:
    """Open the schedule in both browsers and start their stopwatches."""
    traffic = [Traffic(), Traffic()]
    screens = [
        await sit_down(browser, at.served, at.kitchen, on_page=counting.follow)
        for browser, counting in zip(browsers, traffic, strict=True)
    ]
    for screen in screens:
        await start(screen.page)
    return Pair(*screens, *traffic)


async def run(edits: int) -> dict[str, dict[str, object]]:
    """Serve, open two browsers, measure."""
    async with stage() as at, async_playwright() as playwright:
        browsers = [await launch(playwright) for _ in range(2)]
        pair = await seat(browsers, at)
        found = await measure_all(at, pair, edits)
        for browser in browsers:
            await browser.close()
    assert pair.author.broken + pair.reader.broken == []
    return found


def table(found: dict[str, dict[str, object]]) -> str:
    """Write the figures as a table of milliseconds: median / 95th percentile."""
    lines = [f"{'milliseconds, median / p95':<28}" + "".join(f"{name:>15}" for name in found)]
    for name, words in FIGURES.items():
        cells = [f"{one[name]['median']} / {one[name]['p95']}" for one in found.values()]  # type: ignore[index]
        lines.append(f"{words:<28}" + "".join(f"{cell:>15}" for cell in cells))
    lines += [
        f"{name.replace('_', ' '):<28}" + "".join(f"{one.get(name, '–'):>15}" for one in found.values())
        for name in ("bytes_to_reader", "bytes_to_author", "edits", "lost")
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--edits", type=int, default=200, choices=range(20, 251), metavar="N", help="in each of the four parts (200)"
    )
    found = asyncio.run(run(parser.parse_args().edits))
    print(table(found))
    print(json.dumps({**found, "cores": os.cpu_count(), "load": [round(one, 1) for one in os.getloadavg()]}))


if __name__ == "__main__":
    main()
