"""What a run has proved, read in sentences by everybody, each in their own language."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from shiftapp.domain.edit import CellAsked
from shiftapp.domain.request import Request
from shiftapp.store.database import Database
from shiftapp.store.edits import apply_edit
from shiftapp.store.rules import add_requests
from tests.e2e.generating import RAISED, STARTS, command, ended, figure, generate, gone, has_roster, strip
from tests.e2e.screen import Screen, sit_down
from tests.e2e.windows import give_back
from tests.factories import Kitchen, kitchen
from tests.served import Served

PHONE = {"width": 390, "height": 844}
WISHED = 5_000 + 20_000
"""Milliseconds within which wishes are proved: five seconds, and the start of a process."""
Wishing = Callable[[int, int], Awaitable[Kitchen]]

SENTENCES: dict[str, tuple[str, str]] = {
    "cheapest": (
        r"このルールでコスト (\d+) を下回る案はありません。 この案が最小です。",
        r"No roster under these rules costs less than (\d+)\. This one costs just that\.",
    ),
    "at_least": (
        r"このルールでコスト (\d+) を下回る案はありません。 最良の案は (\d+) です。",
        r"No roster under these rules costs less than (\d+)\. The best found costs (\d+)\.",
    ),
    "wishes": (
        r"希望は(\d+)件中最大(\d+)件かないます。 この案は(\d+)件です。",
        r"At most (\d+) of (\d+) wishes can be met\. Here (\d+) are\.",
    ),
}
"""In Japanese and in English."""


BOXES = """() => ['.toolbar', '.run', '.figure.score', '.figure.bound', '.commands', '.desk'].map((part) => {
    const box = document.querySelector(part).getBoundingClientRect();
    return [part, Math.round(box.y), Math.round(box.height)]; })"""
OUT = """() => [...document.querySelectorAll('.run, .run *')].filter((e) => {
    const box = e.getBoundingClientRect(), strip = document.querySelector('.run').getBoundingClientRect();
    return e.textContent.trim() && e.getClientRects().length && !e.closest('svg')
        && (box.right > strip.right + 1 || box.bottom > strip.bottom + 1); }).map((e) => e.className + e.textContent)"""


@pytest.fixture
def wishing(opened: Database) -> Wishing:
    """Make kitchens in which everybody wants the first five days off and is pinned to work on one of them."""

    async def furnish(people: int, days: int) -> Kitchen:
        mine = await kitchen(opened, people, days, groups=[range(row, row + 3) for row in range(0, people - 2, 2)])
        pins = [
            CellAsked(staff_id=member.id, day=mine.day(2), shift=mine.shift("○"), pinned=True) for member in mine.staff
        ]
        await apply_edit(opened, mine.author, mine.edit(*pins))
        asked = Request(0, 0, mine.day(0), mine.shift("×"), wanted=True, weight=3)
        async with opened.transaction(mine.team_id) as session:
            for member in mine.staff:
                days_off = [replace(asked, staff_id=member.id, day=mine.day(column)) for column in range(5)]
                await add_requests(session, mine.team_id, days_off)
        return mine

    return furnish


async def told(screen: Screen, which: str, japanese: bool) -> tuple[int, ...]:
    """Wait for a sentence in the strip; return its numbers."""
    sentence = re.compile(SENTENCES[which][0 if japanese else 1])
    words = strip(screen).locator(".gap-words")
    await expect(words).to_have_text(sentence, timeout=WISHED)
    return tuple(map(int, sentence.search(" ".join((await words.inner_text()).split())).groups()))  # type: ignore[union-attr]


async def test_both_people_read_what_is_proved_of_cost_and_wishes_each_in_their_language(
    browser: Browser, served: Served, wishing: Wishing
) -> None:
    where = await wishing(6, 14)
    me, colleague = [await sit_down(browser, served, where) for _ in range(2)]
    await colleague.page.locator(".language-switch").click()
    await generate(me, 60)
    await ended(me, "finished", 60)
    score = int(await figure(me, "score").inner_text())
    for screen, japanese in ((me, False), (colleague, True)):
        assert await told(screen, "cheapest", japanese) == (score,)
    most, wishes, here = await told(me, "wishes", japanese=False)
    assert await told(colleague, "wishes", japanese=True) == (wishes, most, here)
    assert here <= most == 6 * 4 < wishes == 6 * 5
    for screen in (me, colleague):
        assert await screen.page.evaluate(OUT) == []
    await me.page.reload()
    assert await told(me, "wishes", japanese=False) == (most, wishes, here)
    await command(colleague, "discard").click()
    await gone(me)
    await expect(strip(colleague)).to_have_count(0)
    await give_back(me.page, colleague.page)
    assert me.broken == colleague.broken == []


async def test_sentences_fit_the_strip_and_nothing_moves_for_them(
    browser: Browser, served: Served, wishing: Wishing
) -> None:
    where = await wishing(24, 60)
    screens = {
        (japanese, size["width"]): await sit_down(browser, served, where, viewport=size)
        for japanese in (False, True)
        for size in ({"width": 1440, "height": 900}, {"width": 1280, "height": 800}, PHONE)
    }
    for (japanese, _), screen in screens.items():
        if japanese:
            await screen.page.locator(".language-switch").click()
    english, japanese = screens[False, 1440], screens[True, 1440]
    await generate(english, 600)
    before: dict[Any, Any] = {}
    for which, screen in screens.items():
        await has_roster(screen)
        await expect(figure(screen, "bound")).to_have_text(RAISED, timeout=STARTS)
        before[which] = await screen.page.evaluate(BOXES)
    await command(english, "finish").click()
    for which, screen in screens.items():
        await ended(screen, "finished")
        await expect(strip(screen).locator(".wish-words")).not_to_be_empty(timeout=WISHED)
        assert await screen.page.evaluate(OUT) == []
        assert await screen.page.evaluate(BOXES) == before[which]
    bound, score = await told(english, "at_least", japanese=False)
    assert await told(japanese, "at_least", japanese=True) == (bound, score)
    assert bound < score == int(await figure(english, "score").inner_text())
    await command(english, "discard").click()
    await give_back(*(screen.page for screen in screens.values()))
