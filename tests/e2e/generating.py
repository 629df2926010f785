"""What people do with Generate, and what they see of a run."""

import asyncio
import contextlib
import re

import psutil
from playwright.async_api import Locator, expect

from tests.e2e.screen import Screen
from tests.served import Served

STARTS = 20_000
"""Milliseconds until a search must have begun: an interpreter and the solver's library come first."""
NUMBER = re.compile(r"^\d+$")
RAISED = re.compile(r"^[1-9]\d*$")
"""A bound that says something."""
AT_MOST = 10.0
"""Seconds a cancelled run may take to be gone: promised are two."""
LONG = 120
"""Seconds that no test waits for: such a run is ended by what the test does."""


def strip(screen: Screen) -> Locator:
    """Return the strip that Generate turns into."""
    return screen.page.locator(".run")


def figure(screen: Screen, which: str) -> Locator:
    """Return ``elapsed``, ``score`` or ``bound``."""
    return screen.page.locator(f'[data-figure="{which}"]')


def command(screen: Screen, which: str) -> Locator:
    """Return a button of the strip: ``finish``, ``cancel``, ``apply``, ``discard``, ``close``."""
    return screen.page.locator(f'[data-command="run.{which}"]')


def ahead(screen: Screen) -> Locator:
    """Return the cells that show what a run would change."""
    return screen.page.locator(".cell.ahead")


async def generate(screen: Screen, seconds: int = 30, scope: str = "blanks") -> None:
    """Choose what to generate and press Generate."""
    await screen.page.get_by_label("Scope").select_option(scope)
    await screen.page.get_by_label("Seconds").fill(str(seconds))
    await screen.page.get_by_role("button", name="Generate", exact=True).click()


async def has_roster(screen: Screen) -> None:
    """Wait for the first roster."""
    await expect(figure(screen, "score")).to_have_text(NUMBER, timeout=STARTS)


async def ended(screen: Screen, status: str, seconds: float = 20) -> None:
    """Wait until the run has a status."""
    await expect(strip(screen)).to_have_attribute("data-status", status, timeout=seconds * 1000)


async def gone(screen: Screen) -> None:
    """Wait until Generate is back where the strip was."""
    await expect(screen.page.get_by_role("button", name="Generate", exact=True)).to_be_enabled()


def searches(served: Served) -> list[psutil.Process]:
    """Return the processes that search for this server."""
    found = []
    for process in served.descendants():
        with contextlib.suppress(psutil.Error):
            if "shiftapp.services.solving_child" in process.cmdline():
                found.append(process)
    return found


async def a_search(served: Served) -> psutil.Process:
    """Wait for the process of a search."""
    async with asyncio.timeout(STARTS / 1000):
        while not (found := searches(served)):  # noqa: ASYNC110  nobody tells when a process starts
            await asyncio.sleep(0.02)
    return found[0]


async def no_search(served: Served, seconds: float = 10) -> None:
    """Wait until nothing searches any more."""
    async with asyncio.timeout(seconds):
        while searches(served):  # noqa: ASYNC110  nobody tells when a process ends
            await asyncio.sleep(0.05)
