"""Edits whose answer is far away, or that have no line at all: painted, marked, kept, sent again, applied once."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from statistics import median

import psycopg
import pytest
from playwright.async_api import Browser, Page, expect
from psycopg.conninfo import conninfo_to_dict

from shiftapp.store.database import Database
from shiftapp.store.prepare import Dsns
from tests.delay import delayed
from tests.e2e.conftest import Sit
from tests.e2e.screen import Screen, sit_down
from tests.e2e.windows import set_apart
from tests.factories import kitchen
from tests.served import Served, as_url, free_port

FAR = 0.15
"""Seconds each way."""
PAINTED = 50.0
"""Milliseconds from a key to the frame that shows what it does."""
WAITING = re.compile(r"\bwaiting\b")
PHONE = {"width": 390, "height": 844}
FALSE_TYPES = """() => { const from = Object.fromEntries;
  Object.fromEntries = (pairs) => from([...pairs].map(([k, v]) => [k, typeof v === 'number' ? 999999 : v])); }"""
"""Has the page name shift types that nobody knows."""
MISLED = """window.WebSocket = class extends WebSocket {
  constructor(url, ...more) { super(localStorage.misled ? String(url).replace('_event', 'nowhere') : url, ...more); }
}"""
"""Has sockets fail while pages load."""
WATCH = """([cell, key, mark]) => new Promise((done) => {
  const place = document.querySelector(`[data-cell="${cell}"]`);
  const grid = document.getElementById('sheet');
  let pressed;
  const look = () => {
    const there = place.classList.contains(mark) || place.textContent === mark;
    if (there) done(performance.now() - pressed); else requestAnimationFrame(look);
  };
  grid.addEventListener('keydown', () => { pressed = performance.now(); requestAnimationFrame(look); },
    {once: true, capture: true});
  grid.focus();
  grid.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
})"""


@pytest.fixture
async def far(browser: Browser, fresh_database: Dsns, serve: Callable[..., Served]) -> AsyncIterator[Screen]:
    """Somebody whose server is 150 ms away."""
    port = free_port()
    place = {"DATABASE_URL": as_url(fresh_database.owner), "SHIFTAPP_PUBLIC_URL": f"http://127.0.0.1:{port}"}
    served = serve(place, dsns=fresh_database)
    await asyncio.to_thread(served.wait_until_ready)
    database = await Database.open(fresh_database.app, 2)
    where = await kitchen(database, people=20, days=30)
    await database.close()
    async with delayed(port, served.port, FAR):
        served.port = port
        screen = await sit_down(browser, served, where)
        yield screen
        await screen.context.close()
    assert screen.broken == []


async def until_shown(screen: Screen, row: int, column: int, key: str, mark: str) -> float:
    """Press a key on a cell; return the milliseconds until the cell has a symbol or a mark."""
    await screen.stand(row, column)
    return await screen.page.evaluate(WATCH, [screen.name(row, column), key, mark])


async def test_a_key_paints_at_once_however_far_the_server_and_a_refusal_takes_it_back(far: Screen) -> None:
    """What is not painted is the control: whether a cell is pinned is shown when the server has said so."""
    painted = [await until_shown(far, row, row, "x", "×") for row in range(9)]
    await expect(far.cell(8, 8)).to_have_class(WAITING)
    told = await until_shown(far, 0, 0, "p", "pinned")
    print(f"painted after {median(painted):.0f} ms (median), told after {told:.0f} ms")
    assert median(painted) <= PAINTED
    assert told >= 2 * FAR * 1000
    await expect(far.page.locator(".waiting")).to_have_count(0)
    await far.page.evaluate(FALSE_TYPES)
    assert await until_shown(far, 8, 8, "e", "△") < FAR * 1000
    await expect(far.page.locator(".notice")).to_contain_text("no such shift type")
    await far.shows(8, 8, "×")


def quiet(screen: Screen) -> None:
    """Forgive a page what it says on its console where its line was cut."""
    screen.broken[:] = [line for line in screen.broken if "WebSocket" not in line and "ERR_INTERNET" not in line]


def change_sets(served: Served, screen: Screen) -> int:
    """Return how many edits a kitchen's period has seen."""
    assert served.dsns is not None
    with psycopg.connect(served.dsns.owner) as connection:
        asked = "SELECT count(*), max(seq) FROM change_set WHERE period_id = %s"
        row = connection.execute(asked, (screen.kitchen.period.id,)).fetchone()
    assert row is not None
    return row[0]


async def test_edits_without_a_line_are_kept_marked_and_sent_when_it_is_back(sit: Sit, served: Served) -> None:
    me, colleague = await sit(), await sit()
    await expect(me.page.locator(".line-state")).to_have_text("Connected")
    await me.stand(0, 0)
    await me.context.set_offline(True)
    await expect(me.page.locator(".connection")).to_contain_text("kept on this device")
    await expect(me.page.locator(".line-state")).to_have_text("Offline")
    await me.press("x", "ArrowRight", "e", "ArrowRight", "p")
    for column, symbol in enumerate(("×", "△", "")):
        await me.shows(0, column, symbol)
        await expect(me.cell(0, column)).to_have_class(WAITING)
    await expect(me.page.locator(".status .edits-waiting")).to_have_text("3 edits waiting")
    asked: list[str] = []
    me.page.once("dialog", lambda dialog: asyncio.ensure_future(_decline(dialog, asked)))
    await me.page.get_by_role("button", name="Sign out").click()
    assert "not sent" in asked[0]
    await colleague.stand(2, 2)
    await colleague.press("e")
    await colleague.shows(2, 2, "△")
    await me.context.set_offline(False)
    await me.shows(2, 2, "△")
    for column, symbol in enumerate(("×", "△")):
        await colleague.shows(0, column, symbol)
    await expect(colleague.cell(0, 2)).to_have_class(re.compile(r"\bpinned\b"))
    await expect(me.page.locator(".waiting")).to_have_count(0)
    await expect(me.page.locator(".edits-waiting")).to_have_count(0)
    await expect(me.page.locator(".line-state")).to_have_text("Connected")
    assert change_sets(served, me) == 4
    assert await me.page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('shiftapp.edit.'))") == []
    quiet(me)


async def _decline(dialog: object, asked: list[str]) -> None:
    asked.append(dialog.message)  # pyright: ignore[reportAttributeAccessIssue]
    await dialog.dismiss()  # pyright: ignore[reportAttributeAccessIssue]


async def test_edits_outlive_a_reload_and_two_pages_send_them_once(sit: Sit, served: Served) -> None:
    """First the socket alone is away while pages load, then everything is; the second page shares the browser."""
    me, colleague = await sit(), await sit()
    set_apart(me.page)
    await me.context.add_init_script(MISLED)
    await me.page.reload()
    await me.stand(1, 0)
    await me.context.set_offline(True)
    await expect(me.page.locator(".line-state")).to_have_text("Offline")
    await me.press("x", "ArrowRight", "e")
    await me.page.evaluate("localStorage.misled = 'yes'")
    await me.context.set_offline(False)
    await me.page.reload()
    await expect(me.page.locator(".connection")).to_contain_text("kept on this device")
    await expect(me.page.locator("[data-cell]")).to_have_count(0)
    await me.page.evaluate("localStorage.removeItem('misled')")
    await me.context.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        await me.page.reload()
    await me.context.set_offline(False)
    second = await me.context.new_page()
    await asyncio.gather(me.page.goto(f"{served.address}/"), second.goto(f"{served.address}/"))
    for page in (me.page, second, colleague.page):
        await _shows(page, me, "×", "△")
    for page in (me.page, second):
        await expect(page.locator(".edits-waiting")).to_have_count(0)
    assert change_sets(served, me) == 2
    quiet(me)


async def _shows(page: Page, me: Screen, *symbols: str) -> None:
    for column, symbol in enumerate(symbols):
        cell = page.locator(f'[data-cell="{me.name(1, column)}"]')
        await expect(cell).to_have_text(symbol)
        await expect(cell).not_to_have_class(WAITING)


async def test_a_phone_marks_what_waits_and_tells_all_that_was_refused(sit: Sit) -> None:
    me = await sit(viewport=PHONE)
    cards = me.page.locator(".cards li")
    waiting, work = cards.nth(1).locator(".choices.waiting"), cards.nth(1).get_by_role("button", name="Work")
    await me.context.set_offline(True)
    await work.click()
    await expect(work).to_have_attribute("aria-pressed", "true")
    await expect(waiting).to_have_count(1)
    await expect(me.page.locator(".edits-waiting.on-phone")).to_be_visible()
    await me.context.set_offline(False)
    await expect(waiting).to_have_count(0)
    await expect(work).to_have_attribute("aria-pressed", "true")

    await me.page.evaluate(FALSE_TYPES)
    await me.context.set_offline(True)
    await cards.nth(1).get_by_role("button", name="Off", exact=True).click()
    await expect(work).to_have_attribute("aria-pressed", "false")
    await cards.nth(2).get_by_role("button", name="Off", exact=True).click()
    await me.context.set_offline(False)
    told = me.page.locator(".refusals")
    await expect(told).to_contain_text("2 edits were not accepted")
    reason = "no such shift type"
    await expect(told.locator("li")).to_have_text(
        [re.compile(rf"{me.kitchen.staff[row].name} · 21 Dec.*{reason}") for row in (1, 2)]
    )
    await expect(work).to_have_attribute("aria-pressed", "true")
    await expect(waiting).to_have_count(0)
    await me.page.reload()
    await expect(told.locator("li")).to_have_count(2)
    await told.get_by_role("button", name="Close").click()
    await expect(told).to_have_count(0)
    quiet(me)


async def test_what_is_typed_while_the_database_is_away_is_kept_and_saved_in_order(
    far: Screen, fresh_database: Dsns
) -> None:
    name = far.page.locator(".status .edits-waiting")
    await far.stand(0, 0)
    with psycopg.connect(fresh_database.owner, dbname="postgres", autocommit=True) as connection:
        here = conninfo_to_dict(fresh_database.owner)["dbname"]
        connection.execute(f'ALTER DATABASE "{here}" ALLOW_CONNECTIONS false')
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (here,))
        await far.press("x", "ArrowRight", "e")
        await expect(name).to_have_text(re.compile("2 edits waiting.*sent again by itself"))
        await far.press("ArrowLeft", "e")
        await far.show(0, "△△")
        await expect(far.cell(0, 1)).to_have_class(WAITING)
        connection.execute(f'ALTER DATABASE "{here}" ALLOW_CONNECTIONS true')
    await expect(far.page.locator(".waiting")).to_have_count(0)
    await far.show(0, "△△")
    await expect(far.page.locator(".notice")).to_have_count(0)
    with psycopg.connect(fresh_database.owner) as connection:
        log = connection.execute("SELECT after_shift FROM change ORDER BY seq").fetchall()
    off, early = far.kitchen.shift("×"), far.kitchen.shift("△")
    assert log == [(off,), (early,), (early,)]
