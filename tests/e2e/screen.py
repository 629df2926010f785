"""A person at the schedule page, and what is seen there."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.async_api import Browser, BrowserContext, Locator, Page, expect

from tests.e2e.windows import lend
from tests.factories import Kitchen
from tests.people import enrol
from tests.served import Served

WIDE = {"width": 1440, "height": 900}


@dataclass
class Screen:
    """One person's window on a kitchen's schedule."""

    kitchen: Kitchen
    context: BrowserContext
    page: Page
    broken: list[str]

    def name(self, row: int, column: int) -> str:
        """Return what ``data-cell`` says of a cell."""
        return f"{self.kitchen.staff[row].id}/{self.kitchen.day(column).isoformat()}"

    def cell(self, row: int, column: int) -> Locator:
        """Return a cell by position."""
        return self.page.locator(f'[data-cell="{self.name(row, column)}"]')

    async def shows(self, row: int, column: int, symbol: str) -> None:
        """Wait until a cell holds a symbol."""
        await expect(self.cell(row, column)).to_have_text(symbol)

    async def show(self, row: int, columns: str) -> None:
        """Wait until a row's first cells hold the symbols of a string; a full stop is an empty one."""
        for column, symbol in enumerate(columns):
            await self.shows(row, column, "" if symbol == "." else symbol)

    async def active(self) -> str | None:
        """Return the active cell as the grid itself tells assistive technology."""
        return await self.page.evaluate(
            "document.getElementById(document.getElementById('sheet').getAttribute('aria-activedescendant'))?.dataset.cell"
        )

    async def stand(self, row: int, column: int) -> None:
        """Put the cursor on a cell, without its menu."""
        await self.cell(row, column).click()
        await self.page.keyboard.press("Escape")

    async def press(self, *keys: str) -> None:
        """Press keys one after another."""
        for key in keys:
            await self.page.keyboard.press(key)


async def sit_down(
    browser: Browser,
    served: Served,
    kitchen: Kitchen,
    path: str = "/",
    on_page: Callable[[Page], None] | None = None,
    **options: object,
) -> Screen:
    """Sign somebody of the kitchen's team in and open the schedule; ``on_page`` sees the page before it is loaded."""
    assert served.dsns is not None
    person = enrol(served.dsns, team_id=kitchen.team_id)
    broken: list[str] = []
    page = await lend(browser, served, person, broken, **{"viewport": WIDE, "locale": "en-US", **options})
    if on_page is not None:
        on_page(page)
    await page.goto(f"{served.address}{path}")
    await page.wait_for_selector("[data-cell]", state="attached")
    return Screen(kitchen, page.context, page, broken)
