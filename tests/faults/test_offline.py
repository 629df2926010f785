"""A page is offline for a minute while its person goes on typing, and a colleague types in the same cells.

Every edit is applied once or reported; nothing waits in the browser afterwards. The control's browser forgets what it
keeps.
"""

import asyncio

import psycopg
import pytest
from playwright.async_api import Browser, expect

from shiftapp.store.prepare import Dsns
from tests.e2e.screen import Screen, sit_down
from tests.faults.stand import new_kitchen, servers
from tests.typed import read_log

pytestmark = [pytest.mark.soak, pytest.mark.timeout(300)]

EDITS, WRONG = 20, 3
"""Of each of the two; and how many of the offline ones name a shift type that is gone by then."""
MINUTE = 60.0
GONE = """() => { const from = Object.fromEntries;
  Object.fromEntries = (pairs) => from([...pairs].map(([k, v]) => [k, typeof v === 'number' ? 999999 : v])); }"""
KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('shiftapp.edit.')).map((key) => key.split('.').at(-1))"


async def type_offline(me: Screen, colleague: Screen, seconds: float) -> set[str]:
    """Have both type down one column, one of them without a line; return the ids of what waits."""
    await me.stand(0, 1)
    await me.context.set_offline(True)
    await expect(me.page.locator(".line-state")).to_have_text("Offline")
    for row in range(EDITS):
        if row == EDITS - WRONG:
            await me.page.evaluate(GONE)
        await me.press("x", "ArrowDown")
        await colleague.stand(row, 1)
        await colleague.press("e")
        await asyncio.sleep(seconds / EDITS)
    waiting = set(await me.page.evaluate(KEPT))
    await expect(me.page.locator(".status .edits-waiting")).to_have_text(f"{EDITS} edits waiting")
    return waiting


async def offline(browser: Browser, dsns: Dsns, seconds: float, forgetful: bool = False) -> tuple[int, int, int]:
    """Return how many edits waited, were applied once, and were told as refused."""
    mine = await new_kitchen(dsns)
    async with servers(dsns) as (served, *_):
        me, colleague = await sit_down(browser, served, mine), await sit_down(browser, served, mine)
        waiting = await type_offline(me, colleague, seconds)
        if forgetful:
            await me.page.evaluate("localStorage.clear()")
            await me.context.set_offline(False)
            await me.page.reload()
        await me.context.set_offline(False)
        await expect(me.page.locator(".line-state")).to_have_text("Connected")
        await expect(me.page.locator(".waiting")).to_have_count(0)
        await expect(me.page.locator(".edits-waiting")).to_have_count(0)
        assert await me.page.evaluate(KEPT) == []
        with psycopg.connect(dsns.owner, autocommit=True) as connection:
            logged = [str(entry.edit_id).replace("-", "") for entry in read_log(connection, mine.period.id)]
        for row in range(EDITS):
            assert await me.cell(row, 1).text_content() == await colleague.cell(row, 1).text_content()
        told = await me.page.locator(".refusals li", has_text="no such shift type").count()
        for screen in (me, colleague):
            await screen.context.close()
        return len(waiting), sum(logged.count(one) == 1 for one in waiting), told


@pytest.mark.fault(7)
async def test_what_is_typed_in_a_minute_offline_is_applied_or_reported(
    browser: Browser, fresh_database: Dsns, share: float
):
    waited, applied, reported = await offline(browser, fresh_database, MINUTE * share)
    print(f"{waited} waited, {applied} applied, {reported} reported")
    assert waited == EDITS
    assert reported == WRONG
    assert applied + reported == EDITS


@pytest.mark.fault(7, control=True)
async def test_a_browser_that_forgets_what_it_keeps_is_convicted(browser: Browser, fresh_database: Dsns):
    waited, applied, reported = await offline(browser, fresh_database, 0, forgetful=True)
    assert waited == EDITS
    assert applied + reported < EDITS
