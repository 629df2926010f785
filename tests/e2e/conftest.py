"""Kitchens and people at screens, on the served program."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from playwright.async_api import Browser, Page

from shiftapp.store.database import Database
from tests.e2e.screen import Screen, sit_down
from tests.e2e.visits import visit
from tests.factories import Kitchen, kitchen
from tests.served import Served

Sit = Callable[..., Awaitable[Screen]]
Visit = Callable[..., Awaitable[Page]]


@pytest.fixture
async def small_kitchen(served: Served) -> AsyncIterator[Kitchen]:
    """Six people and twenty days, all empty, in the served program's database."""
    assert served.dsns is not None
    opened = await Database.open(served.dsns.app)
    yield await kitchen(opened, people=6, days=20)
    await opened.close()


@pytest.fixture
async def sit(browser: Browser, served: Served, small_kitchen: Kitchen) -> AsyncIterator[Sit]:
    """Open the kitchen's schedule as somebody of its team; whatever broke in a page fails the test."""
    screens: list[Screen] = []

    async def open_one(path: str = "/", **options: object) -> Screen:
        screens.append(await sit_down(browser, served, small_kitchen, path, **options))
        return screens[-1]

    yield open_one
    for screen in screens:
        await screen.context.close()
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
    for page in pages:
        await page.context.close()
    assert broken == []
