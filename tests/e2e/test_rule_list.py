"""The list of rules: added, copied, removed, weighed and found, and seen on every other page."""

from playwright.async_api import Locator, Page, expect

from shiftapp.domain.rule_settings import MOST_RULES, default_rule
from shiftapp.store import rules as rule_rows
from shiftapp.store.database import Database
from tests.e2e.conftest import Sit, Visit
from tests.e2e.visits import save
from tests.factories import Kitchen
from tests.served import Served

RULES = "/settings"


def rules(page: Page, kind: str) -> Locator:
    return page.locator(f"[data-rule={kind}]")


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


async def add(page: Page, kind: str) -> None:
    await button(page, "Add a rule").click()
    await page.locator(f"[data-kind={kind}]").click()


async def test_a_rule_is_added_copied_removed_and_brought_back_on_every_page(go: Visit) -> None:
    mine, theirs = await go(RULES), await go(RULES)
    await add(mine, "coverage")
    await expect(mine.get_by_role("dialog")).to_have_count(0)
    added = rules(mine, "coverage").nth(1)
    await expect(added.locator(".item-head")).to_be_focused()
    await expect(added.get_by_role("switch")).to_have_attribute("aria-checked", "false")
    await mine.fill("#field-name", "Grill")
    await save(mine)
    await expect(rules(theirs, "coverage").locator(".item-name")).to_have_text(["Coverage", "Grill"])
    await expect(theirs.locator(".item-panel")).to_have_count(0)
    await added.locator(".item-head").click()
    await button(mine, "Copy").click()
    await expect(rules(mine, "coverage").nth(2).locator(".item-panel")).to_be_visible()
    await expect(rules(theirs, "coverage").locator(".item-name")).to_have_text(["Coverage", "Grill", "Grill"])
    await mine.fill("#field-name", "Fish")
    await save(mine)
    await added.locator(".item-head").click()
    await button(mine, "Remove").click()
    await expect(rules(theirs, "coverage").locator(".item-name")).to_have_text(["Coverage", "Fish"])
    await expect(mine.get_by_role("alert").filter(has_text="“Grill” has been removed.")).to_be_visible()
    await expect(button(mine, "Undo")).to_be_focused()
    await mine.keyboard.press("Enter")
    await expect(rules(theirs, "coverage").locator(".item-name")).to_have_text(["Coverage", "Grill", "Fish"])
    await expect(button(mine, "Undo")).to_have_count(0)


async def test_a_preset_weighs_every_rule_on_every_page_until_it_is_undone(go: Visit) -> None:
    mine, theirs = await go(RULES), await go(RULES)
    await expect(button(theirs, "Balanced")).to_have_attribute("aria-pressed", "true")
    await rules(mine, "group_cover").locator(".item-head").click()
    await mine.fill("#field-weight", "70")
    await save(mine)
    await expect(theirs.locator("[data-preset=own]")).to_be_visible()
    await button(mine, "Strict").click()
    await expect(button(theirs, "Strict")).to_have_attribute("aria-pressed", "true")
    await expect(theirs.locator("[data-preset=own]")).to_have_count(0)
    await expect(rules(theirs, "group_cover").locator(".rule-strictness")).to_have_text("Soft 200")
    await button(mine, "Undo").click()
    await expect(rules(theirs, "group_cover").locator(".rule-strictness")).to_have_text("Soft 70")
    await expect(rules(theirs, "daily_limits").locator(".rule-strictness")).to_have_text("Soft 50")


async def test_what_is_being_typed_stays_while_rules_come_go_and_are_looked_for(go: Visit) -> None:
    mine, theirs = await go(RULES), await go(RULES)
    await rules(mine, "sequences").locator(".item-head").click()
    await mine.fill("#field-weight", "31")
    await rules(theirs, "consecutive_work").locator(".item-head").click()
    await button(theirs, "Remove").click()
    await expect(rules(mine, "consecutive_work")).to_have_count(0)
    await mine.fill("[type=search]", "ＷＥＥＫＥＮＤ")
    await expect(rules(mine, "weekends")).to_be_visible()
    await expect(rules(mine, "coverage")).to_be_hidden()
    await expect(mine.get_by_role("heading", name="People on a day")).to_be_hidden()
    await expect(mine.locator("#field-weight")).to_have_value("31")
    await button(mine, "Cancel").click()
    await mine.fill("[type=search]", "nothing like it")
    await expect(mine.get_by_text("No rule matches.")).to_be_visible()


async def test_a_full_list_is_told_in_the_dialog_in_the_readers_language(
    go: Visit, served: Served, small_kitchen: Kitchen
) -> None:
    assert served.dsns is not None
    opened = await Database.open(served.dsns.app)
    async with opened.transaction(small_kitchen.team_id) as session:
        spare = MOST_RULES - len(await rule_rows.all_rules(session))
        await rule_rows.add_rules(session, small_kitchen.team_id, [default_rule("pair")] * spare)
    await opened.close()
    page = await go(RULES)
    await add(page, "hours")
    await expect(page.get_by_role("dialog")).to_contain_text(f"A team has at most {MOST_RULES} rules.")
    await button(page, "Close").click()
    await page.get_by_role("button", name="日本語に切り替え").click()
    await button(page, "ルールを追加").click()
    await page.locator("[data-kind=hours]").click()
    await expect(page.get_by_role("dialog")).to_contain_text(f"ルールは{MOST_RULES}件までです。")


async def test_a_preference_is_entered_summed_up_and_broken_on_the_schedule(
    sit: Sit, go: Visit, small_kitchen: Kitchen
) -> None:
    schedule = await sit()
    await schedule.stand(0, 0)
    await schedule.press("x")
    mine, theirs = await go(RULES), await go(RULES)
    name = small_kitchen.staff[0].name
    await rules(mine, "priority").get_by_role("switch").click()
    await rules(mine, "priority").locator(".item-head").click()
    await button(mine, "Add a preference").click()
    row = mine.locator(".preference")
    await row.get_by_role("button", name="avoid", exact=True).click()
    await row.get_by_role("button", name="Off", exact=True).click()
    await save(mine)
    await expect(row.locator(".form-error")).to_have_text("Choose somebody.")
    await row.get_by_role("combobox").select_option(label=name)
    await row.get_by_role("button", name="4", exact=True).click()
    await expect(row.locator(".preference-head")).to_contain_text(f"{name} avoids ×")
    await save(mine)
    await expect(rules(theirs, "priority").locator(".rule-summary")).to_have_text(f"{name} (1)")
    breach = schedule.page.locator(".violation", has_text="avoids ×")
    await expect(breach).to_contain_text("40")
    await rules(theirs, "priority").locator(".item-head").click()
    await button(theirs, "Remove preference 1").click()
    await save(theirs)
    await expect(breach).to_have_count(0)
