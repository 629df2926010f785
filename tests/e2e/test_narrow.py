"""A small window, or a large one that is magnified: everything in the bar is seen and reached."""

import pytest
from playwright.async_api import Page, expect

from tests.e2e.conftest import Sit

OVERLAPS = """() => {
    const parts = [...document.querySelectorAll('.toolbar :is(h1, .badge, button, select, input, label > span, p)')]
        .filter((e) => e.getClientRects().length).map((e) => [e.className + e.textContent, e.getBoundingClientRect()]);
    const bar = document.querySelector('.toolbar').getBoundingClientRect();
    const out = parts.filter(([, a]) => a.left < bar.left || a.right > bar.right || a.bottom > bar.bottom + 1);
    const over = parts.flatMap(([one, a], i) => parts.slice(i + 1).filter(([, b]) => a.left < b.right - 1
        && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1).map(([two]) => one + ' / ' + two));
    return out.map(([one]) => one).concat(over); }"""


async def in_order(page: Page) -> None:
    assert await page.evaluate(OVERLAPS) == []


@pytest.mark.parametrize("width", [800, 1024])
async def test_nothing_in_the_bar_lies_over_anything_else(sit: Sit, width: int) -> None:
    me = await sit(viewport={"width": width, "height": 700})
    await me.stand(0, 0)
    await me.press("x")
    await me.shows(0, 0, "×")
    await in_order(me.page)
    await me.page.locator('[data-command="history"]').click()
    await me.page.locator(".past-line").first.click()
    await me.page.locator('[data-command="past.see"]').click()
    await expect(me.page.locator(".past-strip")).to_be_visible()
    await in_order(me.page)
    says = await me.page.locator(".past-strip p").bounding_box()
    assert says is not None
    assert says["height"] < 60
    await me.page.locator('[data-command="past.back"]').click()
    await expect(me.page.locator(".past-strip")).to_have_count(0)
