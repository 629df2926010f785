"""Kitchens and people at screens, on the served program."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from playwright.async_api import Browser, Page

from shiftapp.store.database import Database
from tests.e2e.pairs import Pair, two
from tests.e2e.screen import Screen, sit_down
from tests.e2e.visits import visit
from tests.e2e.windows import give_back
from tests.factories import Kitchen, kitchen
from tests.served import Served

Sit = Callable[..., Awaitable[Screen]]
Visit = Callable[..., Awaitable[Page]]


@pytest.fixture
async def opened(served: Served) -> AsyncIterator[Database]:
    """The served program's database."""
    assert served.dsns is not None
    database = await Database.open(served.dsns.app)
    yield database
    await database.close()


@pytest.fixture
async def small_kitchen(opened: Database) -> Kitchen:
    """Six people and twenty days, all empty, in the served program's database."""
    return await kitchen(opened, people=6, days=20)


@pytest.fixture
async def pair(browser: Browser, served: Served, opened: Database) -> AsyncIterator[Pair]:
    """Two people at a kitchen that no search proves within a test."""
    large = await kitchen(opened, 40, 60, groups=[(row, row + 1, row + 2) for row in range(0, 36, 2)])
    async with two(browser, served, large) as both:
        yield both


@pytest.fixture
async def sit(browser: Browser, served: Served, small_kitchen: Kitchen) -> AsyncIterator[Sit]:
    """Open the kitchen's schedule as somebody of its team; whatever broke in a page fails the test."""
    screens: list[Screen] = []

    async def open_one(path: str = "/", **options: object) -> Screen:
        screens.append(await sit_down(browser, served, small_kitchen, path, **options))
        return screens[-1]

    yield open_one
    await give_back(*(screen.page for screen in screens))
    assert [line for screen in screens for line in screen.broken] == []


@pytest.fixture
async def go(browser: Browser, served: Served, small_kitchen: Kitchen) -> AsyncIterator[Visit]:
    """Open a page beside the schedule as somebody of the kitchen's team; whatever broke in one fails the test."""
    pages: list[Page] = []
    broken: list[str] = []

    async def open_one(path: str, **options: object) -> Page:
        pages.append(await visit(browser, served, small_kitchen.team_id, path, broken, **options))
        return pages[-1]

    yield open_one
    await give_back(*pages)
    assert broken == []
