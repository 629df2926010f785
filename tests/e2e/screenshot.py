"""``python -m tests.e2e.screenshot FILE``: the schedule as the README shows it.

The demo kitchen after Generate and Apply, with a cell or two that somebody changed since, at 1440 × 900 in light.
"""

import argparse
import asyncio
from pathlib import Path

from playwright.async_api import async_playwright, expect

from tests.e2e.generating import command, ended, generate, gone
from tests.e2e.screen import Screen, sit_down
from tests.stage import launch, stage

SECONDS = 15
CHANGED = ((4, 9, "x"), (9, 16, "e"))
"""Cells that somebody changed after the run, so that there is something to see in the panel."""


async def work(screen: Screen) -> None:
    """Do what a manager does first."""
    await generate(screen, SECONDS)
    await ended(screen, "finished", SECONDS + 60)
    await command(screen, "apply").click()
    await gone(screen)
    for row, column, key in CHANGED:
        await screen.stand(row, column)
        await screen.press(key)
    await screen.stand(6, 11)
    await expect(screen.page.locator(".waiting")).to_have_count(0)
    await screen.page.mouse.move(720, 890)
    await screen.page.wait_for_timeout(500)


async def take(file: Path) -> None:
    """Serve, work, take the picture."""
    async with stage() as at, async_playwright() as playwright:
        browser = await launch(playwright)
        screen = await sit_down(browser, at.served, at.kitchen, color_scheme="light")
        await work(screen)
        await screen.page.screenshot(path=file)
        await browser.close()


def main() -> None:
    """Take the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", default=Path("docs/screenshot.png"))
    asyncio.run(take(parser.parse_args().file))


if __name__ == "__main__":
    main()
