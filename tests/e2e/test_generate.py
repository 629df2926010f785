"""Generate, as two people at two screens live it: one presses, both follow, either decides."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
import pytest
from playwright.async_api import Browser, WebSocketRoute, expect

from shiftapp.store.database import Database
from tests.e2e.conftest import Sit
from tests.e2e.generating import (
    LONG,
    NUMBER,
    STARTS,
    a_search,
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
from tests.e2e.screen import Screen, sit_down
from tests.factories import Kitchen, demo_kitchen, kitchen
from tests.served import Served

Pair = tuple[Screen, Screen]

AT_MOST = 10.0
"""Seconds a cancelled run may take to be gone: promised are two."""


@pytest.fixture
async def opened(served: Served) -> AsyncIterator[Database]:
    """The served program's database."""
    assert served.dsns is not None
    database = await Database.open(served.dsns.app)
    yield database
    await database.close()


@asynccontextmanager
async def two(browser: Browser, served: Served, where: Kitchen) -> AsyncIterator[Pair]:
    """Seat two people at a kitchen; whatever broke in a page fails the test."""
    both = await sit_down(browser, served, where), await sit_down(browser, served, where)
    yield both
    for screen in both:
        await screen.context.close()
    assert [line for screen in both for line in screen.broken] == []


@pytest.fixture
async def pair(browser: Browser, served: Served, opened: Database) -> AsyncIterator[Pair]:
    """Two people at a kitchen that no search proves within a test."""
    large = await kitchen(opened, 40, 60, groups=[(row, row + 1, row + 2) for row in range(0, 36, 2)])
    async with two(browser, served, large) as both:
        yield both


@pytest.fixture
async def demo_pair(browser: Browser, served: Served, opened: Database) -> AsyncIterator[Pair]:
    """Two people at the demo kitchen."""
    async with two(browser, served, await demo_kitchen(opened)) as both:
        yield both


def log(served: Served, where: Kitchen) -> list[tuple[str, int]]:
    """Return the period's change sets: kind and number of cells."""
    assert served.dsns is not None
    with psycopg.connect(served.dsns.owner) as connection:
        return connection.execute(
            "SELECT s.kind, count(*) FROM change_set s JOIN change c USING (period_id, seq)"
            " WHERE s.period_id = %s GROUP BY s.seq, s.kind ORDER BY s.seq",
            (where.period.id,),
        ).fetchall()


async def seen(screen: Screen) -> dict[str, str]:
    """Return every cell as the page shows it."""
    return await screen.page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('[data-cell]')].map((c) => [c.dataset.cell, c.textContent]))"
    )


async def alike(one: Screen, other: Screen) -> dict[str, str]:
    """Wait until both pages show the same cells, all filled; return them."""
    async with asyncio.timeout(10):
        while not all((cells := await seen(one)).values()) or cells != await seen(other):  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    return cells


async def test_both_follow_a_run_and_applying_it_fills_both_in_one_change_set(served: Served, pair: Pair) -> None:
    me, colleague = pair
    await generate(me, 8)
    for screen in pair:
        await expect(strip(screen)).to_contain_text("Searching", timeout=STARTS)
        await expect(strip(screen)).to_contain_text("by owner")
    elapsed = await figure(colleague, "elapsed").text_content() or ""
    for screen in pair:
        await has_roster(screen)
        await expect(figure(screen, "bound")).to_have_text(NUMBER, timeout=STARTS)
        await expect(ahead(screen).first).to_be_visible()
    await expect(figure(colleague, "elapsed")).not_to_have_text(elapsed)
    for screen in pair:
        await ended(screen, "finished")
        await expect(strip(screen).locator(".run-state")).to_have_text(
            re.compile(r"within \d+ % of the best possible$")
        )
        score, bound = [await figure(screen, which).inner_text() for which in ("score", "bound")]
        sentence = f"costs less than {bound}; the best found costs {score}."
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


async def test_an_edit_made_meanwhile_survives_and_is_listed(served: Served, pair: Pair) -> None:
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
        await expect(screen.page.locator(".clash")).to_contain_text("stays ⊘")
    await colleague.page.locator(".clash").click()
    assert await colleague.active() == colleague.name(4, 6)
    await colleague.page.locator(".put-away").click()
    await expect(colleague.page.locator(".clash")).to_have_count(0)
    await expect(me.page.locator(".clash")).to_have_count(1)


async def test_a_search_that_does_not_answer_is_cancelled_before_its_first_roster(served: Served, pair: Pair) -> None:
    me, colleague = pair
    await generate(me, LONG)
    search = await a_search(served)
    search.suspend()
    await expect(strip(colleague)).to_contain_text("Searching")
    await expect(command(colleague, "finish")).to_be_disabled()
    await expect(figure(colleague, "score")).to_have_text("–")
    await command(colleague, "cancel").click()
    for screen in pair:
        await ended(screen, "cancelled", AT_MOST)
        await expect(strip(screen)).to_contain_text("The roster is as it was")
        await expect(ahead(screen)).to_have_count(0)
    await no_search(served, AT_MOST)
    await command(me, "close").click()
    for screen in pair:
        await gone(screen)
    assert log(served, me.kitchen) == []


async def test_a_run_that_waits_for_its_turn_is_cancelled(
    browser: Browser, served: Served, opened: Database, pair: Pair
) -> None:
    """The machine is taken by as many other teams as it works for at once."""
    others = [await sit_down(browser, served, await kitchen(opened, 40, 60)) for _ in range(2)]
    for other in others:
        await generate(other, LONG)
    me, colleague = pair
    await generate(me, LONG)
    await expect(strip(colleague)).to_contain_text("Waiting for a worker")
    await command(colleague, "cancel").click()
    await ended(me, "cancelled", AT_MOST)
    for other in others:
        await command(other, "cancel").click()
        await ended(other, "cancelled", AT_MOST)
        await other.context.close()
    await no_search(served, AT_MOST)


async def test_cancel_after_the_first_roster_leaves_everything_as_it_was(served: Served, pair: Pair) -> None:
    me, colleague = pair
    await me.stand(0, 0)
    await me.press("x")
    await colleague.shows(0, 0, "×")
    before = await seen(me)
    await generate(me, LONG, "unpinned")
    await has_roster(colleague)
    await command(me, "cancel").click()
    for screen in pair:
        await ended(screen, "cancelled", AT_MOST)
        await expect(ahead(screen)).to_have_count(0)
        assert await seen(screen) == before
    await no_search(served, AT_MOST)


async def test_finish_now_takes_the_best_so_far_and_discard_puts_it_away(served: Served, pair: Pair) -> None:
    me, colleague = pair
    await generate(me, LONG)
    await has_roster(me)
    await command(colleague, "finish").click()
    for screen in pair:
        await ended(screen, "finished", AT_MOST)
        await expect(ahead(screen).first).to_be_visible()
    await command(me, "discard").click()
    for screen in pair:
        await gone(screen)
        await expect(ahead(screen)).to_have_count(0)
        assert set((await seen(screen)).values()) == {""}
    assert log(served, me.kitchen) == []


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
    await late.context.close()
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
