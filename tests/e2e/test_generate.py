"""Generate, as two people at two screens live it: one presses, both follow, either decides."""

import asyncio
import math
import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, WebSocketRoute, expect

from shiftapp.store.database import Database
from tests.e2e.conftest import Sit
from tests.e2e.generating import (
    AT_MOST,
    LONG,
    RAISED,
    STARTS,
    ahead,
    command,
    ended,
    figure,
    generate,
    gone,
    has_roster,
    no_search,
    strip,
)
from tests.e2e.pairs import Pair, alike, log, two
from tests.e2e.screen import sit_down
from tests.e2e.windows import give_back, set_apart
from tests.factories import demo_kitchen
from tests.served import Served


@pytest.fixture
async def demo_pair(browser: Browser, served: Served, opened: Database) -> AsyncIterator[Pair]:
    """Two people at the demo kitchen."""
    async with two(browser, served, await demo_kitchen(opened)) as both:
        yield both


async def test_both_follow_a_run_and_applying_it_fills_both_in_one_change_set(served: Served, pair: Pair) -> None:
    me, colleague = pair
    await generate(me, LONG)
    for screen in pair:
        await expect(strip(screen)).to_contain_text("Searching", timeout=STARTS)
        await expect(strip(screen)).to_contain_text("by owner")
    elapsed = await figure(colleague, "elapsed").text_content() or ""
    for screen in pair:
        await has_roster(screen)
        await expect(figure(screen, "bound")).to_have_text(RAISED, timeout=STARTS)
        await expect(ahead(screen).first).to_be_visible()
    await expect(figure(colleague, "elapsed")).not_to_have_text(elapsed)
    await command(colleague, "finish").click()
    for screen in pair:
        await ended(screen, "finished")
        score, bound = [int(await figure(screen, which).inner_text()) for which in ("score", "bound")]
        share = math.ceil((score - bound) * 100 / score)
        near = f"Roster found, within {score - bound} ({share}%) of the best"
        await expect(strip(screen).locator(".run-state")).to_have_text(near)
        sentence = f"costs less than {bound}. The best found costs {score}."
        await expect(strip(screen).locator(".gap-words")).to_contain_text(sentence)
    assert log(served, me.kitchen) == []
    would = int(re.findall(r"\d+", await strip(me).locator(".changes").text_content() or "")[0])
    await expect(ahead(colleague)).to_have_count(would)
    await command(colleague, "apply").click()
    for screen in pair:
        await gone(screen)
        await expect(ahead(screen)).to_have_count(0)
    cells = await alike(me, colleague)
    assert log(served, me.kitchen) == [("run", would)]
    assert len(cells) == would


async def test_what_stays_broken_is_listed_alike_with_its_cost(demo_pair: Pair) -> None:
    me, colleague = demo_pair
    await generate(me, 5)
    await ended(colleague, "finished", 30)
    score = int(await figure(me, "score").text_content() or "")
    await command(me, "apply").click()
    for screen in demo_pair:
        await gone(screen)
        await expect(screen.page.get_by_test_id("violation-cost")).to_have_text(f"cost {score}")
        await expect(screen.page.locator(".panel .undecided")).to_have_count(0)
    lines = [await screen.page.locator(".violation").all_inner_texts() for screen in demo_pair]
    assert lines[0] == lines[1]
    count = int(await me.page.get_by_test_id("violation-count").text_content() or "")
    assert len(lines[0]) == min(count, 120)
    if count == len(lines[0]):
        prices = [int(price) for price in await me.page.locator(".price").all_inner_texts()]
        assert sum(prices) == score


async def test_an_edit_made_meanwhile_survives_is_listed_and_is_held_when_searched_again(
    served: Served, pair: Pair
) -> None:
    me, colleague = pair
    await generate(me, LONG)
    await has_roster(colleague)
    await colleague.stand(4, 6)
    proposed = await colleague.cell(4, 6).text_content()
    await colleague.press("u")
    for screen in pair:
        await screen.shows(4, 6, "⊘")
        await expect(screen.cell(4, 6)).not_to_have_class(re.compile(r"\bahead\b"))
        await expect(screen.page.locator(".clash")).to_have_count(1)
    await command(me, "finish").click()
    await ended(me, "finished")
    await command(me, "apply").click()
    for screen in pair:
        await gone(screen)
    cells = await alike(me, colleague)
    assert cells[me.name(4, 6)] == "⊘" != proposed
    assert [kind for kind, _ in log(served, me.kitchen)] == ["edit", "run"]
    for screen in pair:
        await expect(screen.page.locator(".clash")).to_contain_text(re.compile(r"owner \d+: stays ⊘, the run had "))
    await colleague.page.locator(".clash").click()
    assert await colleague.active() == colleague.name(4, 6)
    await colleague.page.locator(".put-away").click()
    await expect(colleague.page.locator(".clash")).to_have_count(0)
    await expect(me.page.locator(".clash")).to_have_count(1)
    await me.page.get_by_role("button", name="Search again around these").click()
    await has_roster(colleague)
    await command(colleague, "finish").click()
    await ended(me, "finished")
    for screen in pair:
        await expect(screen.cell(4, 6)).not_to_have_class(re.compile(r"\bahead\b"))
        await expect(screen.page.locator(".clash")).to_have_count(0)
    await command(me, "discard").click()
    await gone(colleague)
    await me.shows(4, 6, "⊘")


async def test_who_presses_second_is_told_who_was_first(served: Served, pair: Pair) -> None:
    """The second page hears nothing until it has pressed, as over a slow line."""
    me, colleague = pair
    may_hear = asyncio.Event()
    may_hear.set()

    async def slow_line(browser_side: WebSocketRoute) -> None:
        server_side = browser_side.connect_to_server()

        async def deliver(message: str | bytes) -> None:
            await may_hear.wait()
            browser_side.send(message)

        waiting: set[asyncio.Task[None]] = set()
        server_side.on_message(lambda message: waiting.add(asyncio.ensure_future(deliver(message))))

    set_apart(colleague.page)
    await colleague.page.route_web_socket(re.compile("/_event"), slow_line)
    await colleague.page.reload()
    await expect(colleague.cell(0, 0)).to_be_visible()
    may_hear.clear()
    await generate(me, LONG)
    await expect(strip(me)).to_contain_text("by owner")
    await generate(colleague, 5)
    may_hear.set()
    await expect(colleague.page.locator(".notice")).to_contain_text(re.compile(r"^owner \d+ is generating this period"))
    await expect(strip(colleague)).to_be_visible()
    await command(colleague, "cancel").click()
    await ended(me, "cancelled", AT_MOST)
    await no_search(served, AT_MOST)


async def test_a_page_opened_during_a_run_shows_it_from_where_it_is(
    browser: Browser, served: Served, pair: Pair
) -> None:
    me, _ = pair
    await generate(me, LONG)
    await has_roster(me)
    late = await sit_down(browser, served, me.kitchen)
    await has_roster(late)
    await expect(ahead(late).first).to_be_visible()
    await command(late, "cancel").click()
    await ended(me, "cancelled", AT_MOST)
    await give_back(late.page)
    await no_search(served, AT_MOST)


async def test_a_small_kitchen_is_proved_and_pinned_cells_stay(sit: Sit) -> None:
    me, colleague = await sit(), await sit()
    await me.stand(2, 2)
    await me.press("e")
    await me.cell(2, 2).click()
    await me.page.get_by_role("menuitem", name=re.compile("^Pin")).click()
    await generate(me, 30, "unpinned")
    await ended(colleague, "finished", 60)
    await expect(strip(colleague)).to_contain_text("Best possible roster found")
    await command(colleague, "apply").click()
    await gone(me)
    await alike(me, colleague)
    await me.shows(2, 2, "△")
