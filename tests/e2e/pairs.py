"""Two people at two screens, and what they see and leave behind."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
from playwright.async_api import Browser

from tests.e2e.screen import Screen, sit_down
from tests.e2e.windows import give_back
from tests.factories import Kitchen
from tests.served import Served

Pair = tuple[Screen, Screen]


@asynccontextmanager
async def two(browser: Browser, served: Served, where: Kitchen) -> AsyncIterator[Pair]:
    """Seat two people at a kitchen; whatever broke in a page fails the test."""
    both = await sit_down(browser, served, where), await sit_down(browser, served, where)
    yield both
    await give_back(*(screen.page for screen in both))
    assert [line for screen in both for line in screen.broken] == []


def log(served: Served, where: Kitchen) -> list[tuple[str, int]]:
    """Return the period's change sets: kind and number of cells."""
    assert served.dsns is not None
    with psycopg.connect(served.dsns.owner) as connection:
        return connection.execute(
            "SELECT s.kind, count(*) FROM change_set s JOIN change c USING (period_id, seq)"
            " WHERE s.period_id = %s GROUP BY s.seq, s.kind ORDER BY s.seq",
            (where.period.id,),
        ).fetchall()


async def seen(screen: Screen) -> dict[str, str]:
    """Return every cell as the page shows it."""
    return await screen.page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('[data-cell]')].map((c) => [c.dataset.cell, c.textContent]))"
    )


async def alike(one: Screen, other: Screen) -> dict[str, str]:
    """Wait until both pages show the same cells, all filled; return them."""
    async with asyncio.timeout(10):
        while not all((cells := await seen(one)).values()) or cells != await seen(other):  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    return cells
