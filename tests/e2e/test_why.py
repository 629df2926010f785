"""Why this, why not: asked in a cell's menu or on a card by one, and what is taken up is seen by both."""

import random
import re

from playwright.async_api import expect

from shiftapp.store.database import Database
from shiftapp.store.edits import apply_edit
from tests.e2e.conftest import Sit, Visit
from tests.e2e.generating import command, ended, generate, gone
from tests.factories import Kitchen

ROW, COLUMN = 1, 3
PHONE = {"width": 390, "height": 844}


async def test_one_asks_what_another_shift_would_cost_takes_it_with_the_cells_that_make_room_and_both_see_it(
    sit: Sit,
) -> None:
    me, colleague = await sit(), await sit(locale="ja-JP")
    await generate(me, 5)
    await ended(me, "finished", 30)
    await command(me, "apply").click()
    await gone(me)
    held = await me.cell(ROW, COLUMN).text_content()
    wanted = "×" if held == "○" else "○"
    await me.cell(ROW, COLUMN).click()
    await me.page.get_by_role("menuitem", name="Why this?").click()
    asked = me.page.get_by_role("dialog", name=re.compile(r"Person 1 · Thu 24 Dec"))
    await expect(asked.get_by_role("button", name="Close")).to_be_focused()
    await expect(asked.locator(".why-choices")).to_contain_text(re.compile(f"{held}.*now"))
    await asked.locator(".why-choices button").filter(has_text=wanted).click()
    found = asked.locator("[data-verdict]")
    await expect(found).to_have_attribute("data-verdict", re.compile("possible|clash"), timeout=20_000)
    await expect(found).to_contain_text(re.compile("cost|do not allow"))
    await expect(colleague.page.get_by_role("dialog")).to_have_count(0)
    await asked.locator('[data-take="put"]').click()
    for screen in (me, colleague):
        await screen.shows(ROW, COLUMN, wanted)
    await expect(me.page.get_by_role("dialog")).to_have_count(0)
    await expect(me.page.locator("#sheet")).to_be_focused()


async def test_a_way_with_fewer_moves_stands_beside_the_best_and_a_press_takes_it(
    opened: Database, small_kitchen: Kitchen, sit: Sit
) -> None:
    chance, mine = random.Random(1), small_kitchen
    cells = [mine.cell(row, column, chance.choice("○○○○○×△◇")) for row in range(6) for column in range(20)]
    await apply_edit(opened, mine.author, mine.edit(*cells))
    me, colleague = await sit(), await sit(locale="ja-JP")
    before = [[await me.cell(row, column).text_content() for column in range(12)] for row in range(6)]
    await me.stand(4, 8)
    await me.press("?")
    asked = me.page.get_by_role("dialog", name=re.compile("Person 4"))
    await asked.locator(".why-choices button").filter(has_text="△").click()
    take = asked.locator('[data-take="fewer"]')
    await expect(take).to_be_visible(timeout=20_000)
    moves = asked.locator(".why-moves")
    best, fewer = [await moves.nth(at).locator("li").count() for at in (0, 1)]
    assert 1 < fewer < best
    await expect(take).to_contain_text(str(fewer))
    await take.click()
    for screen in (me, colleague):
        await screen.shows(4, 8, "△")
    after = [[await colleague.cell(row, column).text_content() for column in range(12)] for row in range(6)]
    changed = sum(then != now for rows in zip(before, after, strict=True) for then, now in zip(*rows, strict=True))
    assert changed == fewer


async def test_a_colleagues_edit_makes_the_answer_old_and_it_is_worked_out_anew_on_a_press(sit: Sit) -> None:
    me, colleague = await sit(locale="ja-JP"), await sit()
    await me.stand(ROW, COLUMN)
    await me.press("?")
    asked = me.page.get_by_role("dialog", name=re.compile("Person 1 12月24日"))
    await expect(asked.locator(".why-choices button").nth(2)).to_be_visible()
    await expect(asked).not_to_contain_text("変わりました")
    await colleague.stand(ROW, COLUMN)
    await colleague.press("o")
    await expect(asked).to_contain_text("調べたあとでシフト表が変わりました")
    await asked.get_by_role("button", name="調べ直す").click()
    await expect(asked).not_to_contain_text("変わりました")
    await expect(asked.locator(".why-choices")).to_contain_text(re.compile("○.*現在"))
    await me.press("Escape")
    await expect(me.page.get_by_role("dialog")).to_have_count(0)
    await expect(me.page.locator("#sheet")).to_be_focused()


async def test_a_rule_that_somebody_changes_makes_the_answer_old(sit: Sit, go: Visit) -> None:
    me, rules = await sit(), await go("/settings")
    await me.stand(ROW, COLUMN)
    await me.press("?")
    asked = me.page.get_by_role("dialog", name=re.compile("Person 1"))
    await expect(asked.locator(".why-choices button").nth(2)).to_be_visible()
    await expect(asked).not_to_contain_text("have changed since")
    switch = rules.locator('[data-rule="daily_limits"]').get_by_role("switch")
    await switch.click()
    await expect(asked).to_contain_text("Rules, staff, calendar, shift types or requests have changed since")
    await asked.get_by_role("button", name="Look again").click()
    await expect(asked).not_to_contain_text("have changed since")
    await expect(asked).to_be_focused()


async def test_on_a_phone_a_persons_card_asks_and_the_answer_is_taken_up(sit: Sit) -> None:
    phone, desk = await sit(viewport=PHONE), await sit()
    page = phone.page
    await page.get_by_role("button", name="Next day").click()
    asking = page.get_by_role("button", name="Person 2: why this? Why not…?")
    await asking.click()
    asked = page.get_by_role("dialog", name=re.compile("Person 2 · Tue 22 Dec"))
    await asked.locator(".why-choices button").filter(has_text="×").click()
    await expect(asked.locator("[data-verdict]")).to_have_attribute("data-verdict", "possible", timeout=20_000)
    for button in (asking, *await asked.get_by_role("button").all()):
        box = await button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
    await expect(asked.get_by_role("button", name="Close")).to_be_in_viewport(ratio=1)
    assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    await asked.locator('[data-take="put"]').click()
    await desk.shows(2, 1, "×")
    await expect(asked).to_have_count(0)
    await expect(asking).to_be_focused()
