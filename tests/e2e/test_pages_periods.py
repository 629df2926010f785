"""The page of periods: made, renamed, opened, refused."""

import re

from playwright.async_api import Browser, expect

from shiftapp.store.database import Database
from tests.e2e.conftest import Visit
from tests.e2e.visits import save, visit
from tests.e2e.windows import give_back
from tests.factories import Kitchen, add_team
from tests.served import Served

PERIODS = "/settings/periods"


async def test_a_period_is_made_renamed_and_opened(go: Visit, small_kitchen: Kitchen) -> None:
    mine, theirs = await go(PERIODS), await go(PERIODS)
    await mine.get_by_role("button", name="New period").click()
    await expect(mine.get_by_label("Two business months")).to_be_checked()
    await mine.get_by_role("button", name="Make the period").click()
    await mine.wait_for_url(re.compile(r"/schedule/\d+"))
    made = theirs.locator(".item", has_text="21 Jan 2027 – 20 Mar 2027")
    await expect(made).to_contain_text("Draft")
    await made.get_by_role("button", name="Rename").click()
    await theirs.fill("#field-name", "年度末")
    await save(theirs)
    await expect(theirs.get_by_role("link", name="年度末")).to_be_visible()


async def test_a_schedule_that_waits_for_a_period_shows_the_first_one_at_once(
    browser: Browser, served: Served, opened: Database
) -> None:
    team, broken = await add_team(opened), list[str]()
    page = await visit(browser, served, team, PERIODS, broken)
    schedule = await page.context.new_page()
    await schedule.goto(served.address)
    await expect(schedule.locator(".empty a")).to_have_text("Periods")
    await page.get_by_role("button", name="Make the period").click()
    await page.wait_for_url(re.compile(r"/schedule/\d+"))
    await expect(schedule.locator(".empty a")).to_have_text("Staff")
    await give_back(page)
    assert broken == []


async def test_periods_that_overlap_or_are_too_long_are_refused_clearly(go: Visit) -> None:
    page = await go(PERIODS)
    await page.get_by_role("button", name="New period").click()
    await page.get_by_label("Own dates").check()
    await page.fill("#field-starts", "2026-12-30")
    await page.fill("#field-ends", "2027-01-15")
    await page.get_by_role("button", name="Make the period").click()
    await expect(page.locator("#field--error")).to_contain_text("2026-12-21 to 2027-01-09")
    await page.fill("#field-starts", "2027-02-01")
    await page.fill("#field-ends", "2027-05-04")
    await page.get_by_role("button", name="Make the period").click()
    await expect(page.locator("#field-ends-error")).to_have_text("A period has 1 to 92 days.")
