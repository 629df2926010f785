"""What holds the pages together goes away and comes back: nobody reloads, nothing acknowledged is lost."""

import asyncio
import re
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import psutil
import pytest
from playwright.async_api import Browser, expect

from shiftapp.store import embedded
from shiftapp.store.cluster import Place
from shiftapp.store.database import Database
from shiftapp.store.prepare import Dsns, prepare_embedded
from tests.conftest import HURRIED, in_memory
from tests.e2e.generating import LONG, a_search, ahead, command, ended, generate, gone, has_roster
from tests.e2e.screen import Screen, sit_down
from tests.factories import kitchen
from tests.served import Served, as_url, free_port

Serve = Callable[..., Served]
BACK = 30_000
"""Milliseconds until a page must be back: it tries again at once, then ever more slowly."""
AGAIN = 60.0
"""Seconds until a run must be worked on again: its worker counts as dead after ten."""


@pytest.fixture
def own_cluster() -> Iterator[Place]:
    """A PostgreSQL of this test alone, to be stopped under its users."""
    root = Path(tempfile.mkdtemp(prefix="shiftapp-restart-", dir=in_memory()))
    yield embedded.start(root, HURRIED)
    embedded.release(root)
    embedded.await_stop(root)
    shutil.rmtree(root)


@asynccontextmanager
async def two(browser: Browser, served: Served, people: int, days: int) -> AsyncIterator[tuple[Screen, Screen]]:
    """Seat two people at a new kitchen; a page that loses its server may say so on its console."""
    assert served.dsns is not None
    database = await Database.open(served.dsns.app)
    where = await kitchen(database, people, days)
    await database.close()
    both = await sit_down(browser, served, where), await sit_down(browser, served, where)
    yield both
    for screen in both:
        await screen.context.close()


def kill(served: Served) -> None:
    """Kill the server and all it started, as a power cut would."""
    for process in [*served.descendants(), psutil.Process(served.process.pid)]:
        process.kill()
    served.wait()


def reloads(screen: Screen) -> list[str]:
    """Note every navigation of the page from now on."""
    seen: list[str] = []
    screen.page.on("framenavigated", lambda frame: seen.append(frame.url))
    return seen


async def test_a_killed_server_comes_back_under_its_pages_and_the_run_goes_on(
    browser: Browser, fresh_database: Dsns, serve: Serve
) -> None:
    place = {"DATABASE_URL": as_url(fresh_database.owner), "SHIFTAPP_PORT": str(free_port())}
    first = serve(place, dsns=fresh_database)
    first.wait_until_ready()
    async with two(browser, first, 40, 60) as (me, colleague):
        loads = reloads(me), reloads(colleague)
        await me.stand(1, 1)
        await me.press("u")
        await colleague.shows(1, 1, "⊘")
        await generate(me, LONG)
        await has_roster(colleague)
        await colleague.stand(2, 2)
        await colleague.press("h")
        await me.shows(2, 2, "★")
        kill(first)
        await expect(me.page.locator(".connection")).to_contain_text("No connection")
        await me.stand(1, 2)
        await me.press("x")
        await expect(me.cell(1, 2)).to_have_class(re.compile(r"\bwaiting\b"))
        second = serve(place, dsns=fresh_database)
        second.wait_until_ready()
        for screen in (me, colleague):
            await expect(screen.page.locator(".connection")).to_be_empty(timeout=BACK)
        await expect(colleague.cell(1, 2)).to_have_text("×", timeout=BACK)
        for screen in (me, colleague):
            await screen.shows(1, 1, "⊘")
            await screen.shows(2, 2, "★")
        search = await asyncio.wait_for(a_search(second), AGAIN)
        assert search.is_running()
        await finish_and_apply(me, colleague, (1, 1, "⊘"), (2, 2, "★"), (1, 2, "×"))
        for screen in (me, colleague):
            await expect(screen.page.locator(".panel .undecided:not(.clashes *)")).to_have_count(0)
        assert loads == ([], [])


async def test_a_database_that_restarts_under_the_pages_loses_nothing(
    browser: Browser, own_cluster: Place, serve: Serve
) -> None:
    """An edit while it is away waits, marked, and is saved when it is back; a run that works goes on."""
    dsns = prepare_embedded(own_cluster, "restart")
    served = serve({"DATABASE_URL": as_url(dsns.owner)}, dsns=dsns)
    served.wait_until_ready()
    async with two(browser, served, 40, 60) as (me, colleague):
        loads = reloads(me), reloads(colleague)
        await me.stand(1, 1)
        await me.press("u")
        await colleague.shows(1, 1, "⊘")
        await generate(me, LONG)
        await has_roster(colleague)
        embedded.release(own_cluster.root)
        assert await asyncio.to_thread(embedded.await_stop, own_cluster.root)
        await me.stand(0, 0)
        await me.press("x")
        await expect(me.page.locator(".status .edits-waiting")).to_contain_text("1 edit waiting", timeout=BACK)
        await expect(me.cell(0, 0)).to_have_class(re.compile(r"\bwaiting\b"))
        await asyncio.to_thread(embedded.start, own_cluster.root, HURRIED)
        await expect(colleague.cell(0, 0)).to_have_text("×", timeout=BACK)
        await expect(me.cell(0, 0)).not_to_have_class(re.compile(r"\bwaiting\b"))
        for screen in (me, colleague):
            await screen.shows(1, 1, "⊘")
        await finish_and_apply(colleague, me, (1, 1, "⊘"), (0, 0, "×"))
        assert loads == ([], [])


async def finish_and_apply(one: Screen, other: Screen, *edits: tuple[int, int, str]) -> None:
    """One ends the run, the other applies it: both see the proposal come and go, and typed cells stay as they are."""
    await command(one, "finish").click()
    for screen in (one, other):
        await ended(screen, "finished", AGAIN)
        await expect(ahead(screen).first).to_be_visible()
    await command(other, "apply").click()
    for screen in (one, other):
        await gone(screen)
        await expect(ahead(screen)).to_have_count(0)
        for row, column, symbol in edits:
            await screen.shows(row, column, symbol)
