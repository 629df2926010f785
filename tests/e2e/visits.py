"""Somebody of a team on one of its pages beside the schedule."""

from playwright.async_api import Browser, Page, expect

from shiftapp.domain.permission import Role
from tests.e2e.windows import lend
from tests.people import enrol
from tests.served import Served


async def visit(
    browser: Browser,
    served: Served,
    team_id: int,
    path: str,
    broken: list[str],
    role: Role = Role.MANAGER,
    **options: object,
) -> Page:
    """Sign somebody in and open a page; what breaks in it is added to ``broken``."""
    assert served.dsns is not None
    person = enrol(served.dsns, role, team_id)
    usual = {"viewport": {"width": 1280, "height": 900}, "locale": "en-US"}
    page = await lend(browser, served, person, broken, **{**usual, **options})
    await page.goto(f"{served.address}{path}")
    await expect(page.locator(".page-intro, [data-cell]").first).to_be_visible()
    return page


async def save(page: Page) -> None:
    """Press the form's button."""
    await page.get_by_role("button", name="Save", exact=True).click()
