"""People on two servers: open histories follow the other's restores, and no undo touches what the other changed."""

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.e2e.screen import Screen, sit_down
from tests.e2e.windows import give_back
from tests.factories import Kitchen
from tests.served import Served


@pytest.fixture
async def apart(
    browser: Browser, served: Served, other: Served, small_kitchen: Kitchen
) -> AsyncIterator[tuple[Screen, Screen]]:
    """Two people at one schedule, each on a server of their own."""
    here, there = [await sit_down(browser, server, small_kitchen) for server in (served, other)]
    assert here.page.url.split("/")[2] != there.page.url.split("/")[2]
    yield here, there
    for screen in (here, there):
        await give_back(screen.page)
        assert screen.broken == []


async def history_of(screen: Screen, row: int, column: int) -> Locator:
    """Open what became of a cell from its menu."""
    await screen.stand(row, column)
    await screen.press("Enter")
    await screen.page.get_by_role("menuitem", name="History…").click()
    return screen.page.get_by_role("dialog", name=f"History · Person {row}").get_by_role("listitem")


async def test_a_restore_on_one_server_is_in_the_cells_history_open_on_the_other(apart: tuple[Screen, Screen]) -> None:
    here, there = apart
    await here.stand(2, 1)
    await here.press("x", "e")
    await there.shows(2, 1, "△")
    lines, theirs = [await history_of(screen, 2, 1) for screen in apart]
    for shown in (lines, theirs):
        await expect(shown).to_have_text([re.compile("×→△"), re.compile("not decided→×")])
    await theirs.nth(1).get_by_role("button", name="Restore this value").click()
    await here.shows(2, 1, "×")
    for shown in (lines, theirs):
        await expect(shown).to_have_count(3)
        await expect(shown.first).to_have_text(re.compile(r"restored from history.*△→×"))


async def test_a_restore_on_one_server_is_in_the_periods_history_open_on_the_other(
    apart: tuple[Screen, Screen],
) -> None:
    here, there = apart
    await here.page.locator('[data-command="history"]').click()
    lines = here.page.get_by_role("dialog", name="History").locator(".past-line")
    await there.stand(1, 0)
    await there.press("x", "e")
    await expect(lines).to_have_count(2)
    theirs = await history_of(there, 1, 0)
    await theirs.nth(1).get_by_role("button", name="Restore this value").click()
    await expect(lines).to_have_count(3)
    await expect(lines.first).to_have_text(re.compile(r"owner \d+restored.*Person 1.*△→×"))


async def test_an_undo_on_one_server_leaves_alone_what_was_changed_on_the_other_since(
    apart: tuple[Screen, Screen],
) -> None:
    here, there = apart
    await there.stand(0, 0)
    await there.press("Shift+ArrowRight", "Shift+ArrowRight", "x")
    await here.show(0, "×××.")
    await here.stand(0, 1)
    await here.press("e")
    await there.show(0, "×△×.")
    await there.press("Control+z")
    await expect(there.page.locator(".notice")).to_contain_text(
        re.compile(r"1 cell left alone, changed by owner \d+ at")
    )
    for screen in apart:
        await screen.show(0, ".△..")
    await there.press("Control+Shift+Z")
    for screen in apart:
        await screen.show(0, "×△×.")
    await here.press("Control+z")
    for screen in apart:
        await screen.show(0, "×××.")
