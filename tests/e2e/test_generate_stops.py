"""How a run ends before its time: cancelled in every phase, or taken as it is."""

from playwright.async_api import Browser, expect

from shiftapp.store.database import Database
from tests.e2e.generating import (
    AT_MOST,
    LONG,
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
from tests.e2e.pairs import Pair, log, seen
from tests.e2e.screen import sit_down
from tests.e2e.windows import give_back
from tests.factories import kitchen
from tests.served import Served


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
        await give_back(other.page)
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
