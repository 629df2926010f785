"""Asking for a shift, as people do: on the page of requests and in a cell's list."""

from playwright.async_api import Locator, Page

from tests.e2e.screen import Screen
from tests.e2e.visits import save


async def fill(where: Page | Locator, **typed: str) -> None:
    """Fill the open form: lists by what they show, lines by what is typed, the wish by its words."""
    for field, value in typed.items():
        control = where.locator(f"[name={field}]")
        if field == "wish":
            await where.get_by_label(value).check()
        elif field in ("staff", "shift", "state"):
            await control.select_option(label=value)
        else:
            await control.fill(value)


async def add(page: Page, **typed: str) -> None:
    """Add a request on the page."""
    await page.get_by_role("button", name="Add a request").click()
    await fill(page, **typed)
    await save(page)


async def open_cell(screen: Screen, row: int, column: int) -> Locator:
    """Open the requests of a cell from its menu; return them."""
    await screen.cell(row, column).click()
    await screen.page.get_by_role("menuitem", name="Requests…").click()
    return screen.page.get_by_role("dialog", name="Requests:")
