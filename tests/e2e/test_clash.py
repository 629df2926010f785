"""A clash of hard rules, as two people live it: one generates, both read why, one takes a way out, both see it."""

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import expect

from shiftapp.domain.calendar import CalendarDay
from shiftapp.domain.edit import CellAsked
from shiftapp.services import calendar
from shiftapp.store.database import Database, bind
from shiftapp.store.edits import apply_edit
from tests.e2e.conftest import Sit
from tests.e2e.generating import ahead, command, ended, figure, generate, gone, strip
from tests.factories import Kitchen
from tests.served import Served

ROW, COLUMN = 1, 3


@pytest.fixture
async def torn(served: Served, small_kitchen: Kitchen) -> AsyncIterator[Kitchen]:
    """The small kitchen, with somebody pinned to work on a closure."""
    assert served.dsns is not None
    database = await Database.open(served.dsns.app)
    bind(database)
    mine = small_kitchen
    pin = CellAsked(staff_id=mine.staff[ROW].id, day=mine.day(COLUMN), shift=mine.shift("○"), pinned=True)
    await apply_edit(database, mine.author, mine.edit(pin))
    await calendar.set_day(mine.owner, CalendarDay(mine.day(COLUMN), "must_off"))
    yield mine
    bind(None)
    await database.close()


async def test_both_read_why_one_takes_a_way_out_and_both_see_and_get_its_roster(torn: Kitchen, sit: Sit) -> None:
    me, colleague = await sit(), await sit(locale="ja-JP")
    await generate(me)
    for screen in (me, colleague):
        await ended(screen, "failed", 60)
        await command(screen, "why").click()
        await expect(screen.page.get_by_role("dialog").locator("[data-way]").nth(2)).to_be_visible()
    mine, theirs = me.page.get_by_role("dialog"), colleague.page.get_by_role("dialog")
    await expect(mine).to_contain_text(re.compile("Pinned cells.*Person 1 · Thu 24 Dec · ○", re.DOTALL))
    await expect(theirs).to_contain_text(re.compile("固定セル.*Person 1 · 12月24日[^·]* · ○", re.DOTALL))
    await mine.locator(".clash-parts button").filter(has_text="Pinned cells").click()
    assert await me.active() == me.name(ROW, COLUMN)
    way = mine.get_by_role("button", name="Unpin ○ of Person 1 on Thu 24 Dec")
    await way.click()
    await expect(way).to_have_attribute("aria-pressed", "true")
    await expect(theirs.get_by_role("button", pressed=True)).to_contain_text("固定 ○ を外す")
    await expect(strip(me)).to_contain_text("A way out of the clash: not every hard rule is kept.")
    await expect(strip(colleague)).to_contain_text("両立しないルールの一部をゆずった案です。")
    await expect(figure(me, "bound")).to_have_count(0)
    await expect(ahead(colleague).first).to_be_visible()
    await command(colleague, "apply").click()
    await gone(me)
    for screen in (me, colleague):
        await screen.shows(ROW, COLUMN, "×")
        await expect(screen.page.get_by_role("dialog")).to_have_count(0)


async def test_escape_closes_it_and_the_keyboard_goes_back_to_its_button(torn: Kitchen, sit: Sit) -> None:
    me = await sit()
    await generate(me)
    await ended(me, "failed", 60)
    await command(me, "why").click()
    await expect(me.page.get_by_role("dialog").get_by_role("button", name="Close")).to_be_focused()
    await me.press("Escape")
    await expect(me.page.get_by_role("dialog")).to_have_count(0)
    await expect(command(me, "why")).to_be_focused()
