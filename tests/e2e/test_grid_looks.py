"""What everybody must be able to see and reach: in both lights and languages, on a desk and on a phone."""

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect

from shiftapp.domain.permission import Role
from shiftapp.store.database import Database
from tests.e2e.conftest import Sit, Visit
from tests.e2e.generating import command, ended, generate, has_roster
from tests.e2e.screen import sit_down
from tests.e2e.windows import give_back, set_apart
from tests.factories import Kitchen, kitchen
from tests.served import Served

PHONE = {"width": 390, "height": 844}
GRAVE = ("serious", "critical")


async def faults(page: Page) -> list[str]:
    """Return what axe finds serious, with the elements."""
    found = await Axe().run(page)
    return [
        f"{fault['id']}: {node['html'][:160]} {node['any'][0]['message'] if node['any'] else ''}"
        for fault in found.response["violations"]
        if fault["impact"] in GRAVE
        for node in fault["nodes"][:4]
    ]


async def faults_in_both_lights(page: Page) -> list[str]:
    """Return what axe finds serious in light and in dark: an open page turns as its system does."""
    found: list[str] = []
    for light in ("light", "dark"):
        await page.emulate_media(color_scheme=light)
        await expect(page.locator(f"html.{light}")).to_have_count(1)
        await asyncio.sleep(1)  # colours fade in
        found += await faults(page)
    return found


async def test_axe_finds_nothing_serious_on_the_schedule(sit: Sit) -> None:
    me = await sit()
    for row in range(6):
        await me.stand(row, 3)
        await me.press("x", "ArrowRight", "e", "ArrowRight", "l", "ArrowRight", "h", "ArrowRight", "u", "p")
    await expect(me.page.locator(".violation").first).to_be_visible()
    assert await faults_in_both_lights(me.page) == []


async def test_axe_finds_nothing_serious_on_the_rules(go: Visit) -> None:
    assert await faults_in_both_lights(await go("/settings")) == []


async def test_axe_finds_nothing_serious_at_the_sign_in(browser: Browser, served: Served) -> None:
    context = await browser.new_context()
    page = await context.new_page()
    await page.goto(f"{served.address}/login")
    await expect(page.get_by_role("button").first).to_be_visible()
    assert await faults_in_both_lights(page) == []
    await context.close()


async def test_axe_finds_nothing_serious_in_a_proposal_and_on_a_phone(sit: Sit) -> None:
    me, phone = await sit(), await sit(viewport=PHONE)
    await me.stand(0, 0)
    await expect(phone.page.locator(".card-people")).to_have_count(1)
    assert await faults(phone.page) == []
    await generate(me, 5)
    await ended(me, "finished")
    await asyncio.sleep(1)
    assert await faults(me.page) == []
    assert await faults(phone.page) == []
    await command(me, "discard").click()


BROKEN_LAYOUT = """(root) => [...document.querySelectorAll(root + ' *')].filter((e) =>
    e.children.length === 0 && e.textContent.trim() && e.getClientRects().length).flatMap((e) => {
        const text = document.createRange();
        text.selectNodeContents(e);
        const lines = new Set([...text.getClientRects()].map((one) => Math.round(one.top)));
        const out = text.getBoundingClientRect().right > document.querySelector(root).getBoundingClientRect().right + 1;
        const cut = getComputedStyle(e).display !== 'inline' && e.scrollWidth > e.clientWidth + 1;
        return lines.size > 1 || out || cut ? [e.className + ': ' + e.textContent] : []; })"""


@pytest.fixture
async def large(served: Served) -> AsyncIterator[Kitchen]:
    """A kitchen that no search proves within a test."""
    assert served.dsns is not None
    opened = await Database.open(served.dsns.app)
    yield await kitchen(opened, 40, 60, groups=[(row, row + 1, row + 2) for row in range(0, 36, 2)])
    await opened.close()


@pytest.mark.parametrize("width", [1280, 1440])
@pytest.mark.parametrize("language", ["en", "ja"])
async def test_nothing_in_the_runs_strip_wraps_or_is_cut_off_and_no_part_moves(
    browser: Browser, served: Served, large: Kitchen, width: int, language: str
) -> None:
    me = await sit_down(browser, served, large, viewport={"width": width, "height": 800})
    await generate(me, 600)
    if language == "ja":
        await me.page.locator(".language-switch").click()
    places: list[Any] = []
    for status in ("running", "finished"):
        await ended(me, status, 30)
        if status == "running":
            await has_roster(me)
        assert await me.page.evaluate(BROKEN_LAYOUT, ".run") == []
        boxes = [await me.page.locator(f".figure.{part}").bounding_box() for part in ("elapsed", "score", "bound")]
        places.append([box and box["x"] for box in boxes])
        if status == "running":
            await command(me, "finish").click()
    assert places[0] == places[1]
    await command(me, "discard").click()
    await give_back(me.page)


async def test_elapsed_does_not_depend_on_the_browsers_clock(sit: Sit) -> None:
    me, wrong = await sit(), await sit()
    set_apart(wrong.page)
    await wrong.page.clock.install(time="2031-05-05T05:05:05")
    await wrong.page.reload()
    await expect(wrong.cell(0, 0)).to_be_visible()
    await me.stand(0, 0)
    await generate(me, 300)
    await ended(wrong, "finished", 60)
    elapsed = wrong.page.locator('[data-figure="elapsed"]')
    own = await me.page.locator('[data-figure="elapsed"]').text_content()
    await expect(elapsed).to_have_text(own or "")
    await command(me, "discard").click()


async def test_a_proposals_totals_and_violations_are_shown_as_such(sit: Sit) -> None:
    me = await sit()
    await me.stand(0, 0)
    await me.press("x")
    await generate(me, 10, "unpinned")
    await ended(me, "finished", 30)
    await expect(me.page.locator(".tally.ahead")).to_have_count(6)
    await expect(me.page.locator(".foot-end")).to_have_text("with the proposal")
    sides = me.page.locator(".sides button")
    await expect(sides.nth(0)).to_contain_text("As it stands")
    score = await me.page.locator('[data-figure="score"]').text_content()
    await expect(sides.nth(1)).to_contain_text(f"cost {score}")
    await sides.nth(1).click()
    prices = [int(price) for price in await me.page.locator(".price").all_inner_texts()]
    assert sum(prices) == int(score or "-1")
    await command(me, "apply").click()
    await expect(me.page.locator(".tally.ahead")).to_have_count(0)
    await expect(me.page.get_by_test_id("violation-cost")).to_have_text(f"cost {score}")


async def test_the_panel_folds_and_stays_folded_and_groups_by_rule(sit: Sit) -> None:
    me = await sit()
    for row in range(6):
        await me.stand(row, 3)
        await me.press("x")
    await me.page.get_by_role("button", name="Group by rule").click()
    await expect(me.page.locator(".rule-head").first).to_be_visible()
    await me.page.get_by_role("button", name="Fold the list of violations").click()
    await expect(me.page.locator(".panel-content")).to_be_hidden()
    await me.page.reload()
    await expect(me.page.get_by_role("button", name="Unfold the list of violations")).to_be_visible()
    await expect(me.page.locator(".panel-content")).to_be_hidden()
    await expect(me.page.locator(".panel output")).to_have_text(re.compile(r"^\d+ violations, cost \d+$"))


async def test_a_phone_reaches_the_violations_and_every_shift(sit: Sit) -> None:
    me, phone = await sit(), await sit(viewport=PHONE)
    for row in range(6):
        await me.stand(row, 3)
        await me.press("x")
    button = phone.page.locator(".panel-button")
    await expect(button.locator(".count")).not_to_have_text("0")
    await expect(phone.page.locator(".violation").first).to_be_hidden()
    await button.click()
    await expect(phone.page.locator(".violation").first).to_be_visible()
    await phone.page.locator(".fold").click()
    await expect(phone.page.locator(".violation").first).to_be_hidden()
    await button.click()
    await phone.page.locator(".violation").filter(has_text="24 Dec").first.click()
    await expect(phone.page.locator(".violation").first).to_be_hidden()
    await expect(phone.page.locator(".cards h2")).to_contain_text("24 Dec")
    await expect(phone.page.locator(".cards li").first.get_by_role("button").first).to_be_focused()
    for choice in await phone.page.locator(".cards li").first.locator(".choice").all():
        box = await choice.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
        assert min(box["width"], box["height"]) >= 44


@pytest.mark.parametrize("role", [Role.VIEWER, Role.STAFF])
async def test_who_may_only_look_changes_nothing(sit: Sit, go: Visit, role: Role) -> None:
    me = await sit()
    page = await go("/", role=role)
    await expect(page.get_by_role("grid")).to_have_attribute("aria-readonly", "true")
    await expect(page.get_by_role("button", name="Generate", exact=True)).to_have_count(0)
    await expect(page.locator(".only-reading")).to_have_text("You can look, not change")
    cell = page.locator(f'[data-cell="{me.name(1, 1)}"]')
    await cell.click()
    await expect(page.get_by_role("menu")).to_have_count(0)
    for key in ("x", "Enter", " ", "Delete", "p"):
        await page.keyboard.press(key)
    await expect(cell).to_have_text("")
    await me.stand(1, 1)
    await me.press("x")
    await expect(cell).to_have_text("×")


async def test_each_page_is_titled_in_its_language(sit: Sit, go: Visit) -> None:
    me, rules = await sit(), await go("/settings")
    await expect(me.page).to_have_title("Schedule · shiftapp")
    await expect(rules).to_have_title("Rules · shiftapp")
    await me.page.locator(".language-switch").click()
    await expect(me.page).to_have_title("シフト表 · shiftapp")
    await expect(me.page.locator("html")).to_have_attribute("lang", "ja")


APART = """(text) => { const [whole, parts] = [0, 1].map((apart) => {
    const box = document.querySelector('.shell').appendChild(document.createElement('span'));
    box.style.cssText = 'position: absolute; white-space: nowrap; font-size: 100px';
    for (const part of apart ? text : [text]) {
        const one = box.appendChild(document.createElement('span'));
        one.style.display = 'inline-block';
        one.textContent = part;
    }
    return box.getBoundingClientRect().width; });
    return Math.abs(whole - parts); }"""


async def test_an_x_between_digits_is_drawn_as_it_was_typed(sit: Sit) -> None:
    """The font would draw 20x6 as 20×6, so that a wrong file name cannot be told from the right one."""
    me = await sit()
    assert await me.page.evaluate(APART, "20x6") < 3
    await me.page.add_style_tag(content=".radix-themes, .shell { font-variant-ligatures: normal !important }")
    assert await me.page.evaluate(APART, "20x6") > 3
