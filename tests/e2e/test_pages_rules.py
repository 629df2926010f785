"""Rules, changed on their page and seen on every other one."""

import re

from playwright.async_api import Locator, Page, expect

from shiftapp.domain.permission import Role
from tests.e2e.conftest import Sit, Visit
from tests.e2e.visits import save

RULES = "/settings"


def rule(page: Page, kind: str) -> Locator:
    return page.locator(f"[data-rule={kind}]")


async def test_a_rule_switched_off_is_off_on_every_page_and_breaks_nothing_any_more(sit: Sit, go: Visit) -> None:
    schedule = await sit()
    await schedule.stand(0, 3)
    await schedule.press("x", "ArrowRight", "x")
    await expect(schedule.page.locator(".violation", has_text="unwanted sequence")).to_be_visible()
    mine, theirs = await go(RULES), await go(RULES)
    switch = rule(mine, "sequences").get_by_role("switch")
    await expect(switch).to_have_attribute("aria-checked", "true")
    await switch.click()
    await expect(rule(theirs, "sequences").get_by_role("switch")).to_have_attribute("aria-checked", "false")
    await expect(schedule.page.locator(".violation", has_text="unwanted sequence")).to_have_count(0)
    await switch.click()
    await expect(schedule.page.locator(".violation", has_text="unwanted sequence")).to_be_visible()


async def test_numbers_are_saved_summed_up_and_kept_over_a_reload(go: Visit) -> None:
    mine, theirs = await go(RULES), await go(RULES)
    await rule(mine, "daily_limits").locator(".item-head").click()
    await mine.fill("#field-day5\\.minimum", "3")
    await mine.fill("#field-day5\\.maximum", "６")
    await mine.fill("#field-weight", "55")
    await save(mine)
    for page in (mine, theirs):
        await expect(rule(page, "daily_limits").locator(".rule-summary")).to_have_text("2–5 off a day · Sat 3–6")
        await expect(rule(page, "daily_limits").locator(".rule-strictness")).to_have_text("Soft 55")
    await expect(rule(mine, "daily_limits").locator(".item-head")).to_be_focused()
    await mine.reload()
    await rule(mine, "daily_limits").locator(".item-head").click()
    await expect(mine.locator("#field-day5\\.maximum")).to_have_value("6")
    await mine.get_by_role("button", name="Reset to default").click()
    await expect(rule(theirs, "daily_limits").locator(".rule-summary")).to_have_text("2–5 off a day")
    await mine.get_by_role("button", name="Undo").click()
    await expect(rule(theirs, "daily_limits").locator(".rule-summary")).to_have_text("2–5 off a day · Sat 3–6")


async def test_what_is_wrong_stands_beside_its_field_in_the_readers_language(go: Visit) -> None:
    page = await go(RULES)
    await rule(page, "period_limits").locator(".item-head").click()
    await page.fill("#field-type\\.regular\\.minimum", "9")
    await page.fill("#field-type\\.regular\\.maximum", "8")
    await page.fill("#field-weight", "much")
    await save(page)
    await expect(page.locator("#field-weight-error")).to_have_text("Enter a whole number.")
    await expect(page.locator("#field-type\\.regular\\.minimum-error")).to_have_text(
        "The minimum is above the maximum."
    )
    await expect(page.locator("#field-weight")).to_have_attribute("aria-invalid", "true")
    await page.get_by_role("button", name="日本語に切り替え").click()
    await expect(page.locator("#field-weight-error")).to_have_text("整数で入力してください。")
    await expect(page.locator("#field-weight")).to_have_value("much")


async def test_what_a_colleague_saves_leaves_what_is_being_typed(go: Visit) -> None:
    mine, theirs = await go(RULES), await go(RULES)
    for page in (mine, theirs):
        await rule(page, "consecutive_work").locator(".item-head").click()
    await mine.fill("#field-limit", "4")
    await theirs.fill("#field-weight", "170")
    await theirs.fill("#field-limit", "7")
    await save(theirs)
    await expect(mine.locator("#field-weight")).to_have_value("170")
    await expect(mine.get_by_text("now saved: 7")).to_be_visible()
    await expect(mine.get_by_text("now saved")).to_have_count(1)
    await expect(mine.locator("#field-limit")).to_have_value("4")
    await expect(rule(mine, "consecutive_work").locator(".rule-summary")).to_have_text("at most 7 in a row")
    await save(mine)
    await expect(rule(theirs, "consecutive_work").locator(".rule-summary")).to_have_text("at most 4 in a row")
    await expect(rule(theirs, "consecutive_work").locator(".rule-strictness")).to_have_text("Soft 170")


async def test_a_rule_concerns_whom_and_when_its_scope_says_on_every_page(go: Visit) -> None:
    mine, theirs = await go(RULES), await go(RULES)
    await rule(mine, "daily_limits").locator(".item-head").click()
    await mine.get_by_text("Concerns").click()
    await mine.locator("[name='scope.type.regular']").check()
    await mine.locator("[name='scope.day.5']").check()
    await mine.fill("#field-scope\\.dates", "24 December")
    await save(mine)
    await expect(mine.locator("#field-scope\\.dates-error")).to_have_text("Enter dates such as 2026-12-24, 2026-12-31.")
    await expect(mine.locator("[name='scope.day.5']")).to_be_checked()
    await mine.fill("#field-scope\\.dates", "2026-12-26")
    await mine.fill("#field-name", "Saturday cooks")
    await save(mine)
    concerns = rule(theirs, "daily_limits").locator(".rule-concerns")
    await expect(concerns).to_have_text("Regular · Sat · 26 Dec 2026")
    await expect(rule(theirs, "daily_limits").locator(".item-name")).to_have_text("Saturday cooks")


async def test_sequences_are_put_together_from_the_teams_symbols(go: Visit) -> None:
    page = await go(RULES)
    await rule(page, "sequences").locator(".item-head").click()
    await page.get_by_role("button", name="Add a sequence").click()
    last = page.locator(".pattern").last
    await last.get_by_role("button", name="One day more").click()
    third = last.get_by_role("group", name="Day 3")
    await third.get_by_role("button", name="Early").click()
    await expect(third.get_by_role("button", name="Early")).to_have_attribute("aria-pressed", "true")
    await third.get_by_role("button", name="Off", exact=True).click()
    await save(page)
    await expect(rule(page, "sequences").locator(".rule-summary")).to_have_text("×× ×△ △× △△ ××△", use_inner_text=True)


async def test_a_list_of_sequences_follows_a_colleague_until_it_is_changed_here(go: Visit) -> None:
    mine, theirs = await go(RULES), await go(RULES)
    for page in (mine, theirs):
        await rule(page, "sequences").locator(".item-head").click()
        await expect(page.locator(".pattern")).to_have_count(4)
    await theirs.get_by_role("button", name="Add a sequence").click()
    await theirs.locator(".pattern").last.get_by_role("button", name="One day more").click()
    await save(theirs)
    await expect(mine.locator(".pattern")).to_have_count(5)
    await mine.get_by_role("button", name="Remove sequence 1").click()
    await mine.get_by_role("button", name="Remove sequence 1").click()
    await rule(theirs, "sequences").locator(".item-head").click()
    await theirs.get_by_role("button", name="Remove sequence 5").click()
    await save(theirs)
    await expect(mine.get_by_text("Somebody saved another list meanwhile")).to_be_visible()
    await expect(mine.locator(".pattern")).to_have_count(3)
    await save(mine)
    await expect(mine.locator(".pattern")).to_have_count(0)
    await rule(theirs, "sequences").locator(".item-head").click()
    await rule(mine, "sequences").locator(".item-head").click()
    await expect(theirs.locator(".pattern")).to_have_count(3)
    await expect(theirs.get_by_text("Somebody saved another list meanwhile")).to_have_count(0)
    await theirs.get_by_role("button", name="Remove", exact=True).click()
    await expect(mine.get_by_text("removed this. What you typed is still here")).to_be_visible()
    await expect(mine.locator(".pattern")).to_have_count(3)
    await expect(theirs.get_by_text("removed this")).to_have_count(0)
    await expect(theirs.locator("#undo")).to_be_focused()


async def test_a_rule_removed_while_somebody_fills_its_form_is_made_anew_as_it_was_typed(go: Visit) -> None:
    mine, theirs = await go(RULES), await go(RULES)
    await rule(mine, "sequences").locator(".item-head").click()
    await mine.fill("#field-name", "続けない並び")
    await mine.get_by_role("button", name="Remove sequence 1").click()
    await rule(theirs, "sequences").locator(".item-head").click()
    await theirs.get_by_role("button", name="Remove", exact=True).click()
    await expect(rule(theirs, "sequences")).to_have_count(0)
    await expect(mine.get_by_role("alert").filter(has_text=re.compile(r"manager \d+ removed this\."))).to_be_visible()
    await expect(mine.locator("#field-name")).to_have_value("続けない並び")
    for gone in ("Copy", "Reset", "Remove"):
        await expect(mine.get_by_role("button", name=gone, exact=True)).to_have_count(0)
    await mine.fill("#field-weight", "many")
    await mine.get_by_role("button", name="Make it anew").click()
    await expect(mine.locator("#field-weight-error")).to_have_text("Enter a whole number.")
    await mine.fill("#field-weight", "77")
    await mine.get_by_role("button", name="Make it anew").click()
    for page in (mine, theirs):
        await expect(rule(page, "sequences")).to_have_count(1)
        await expect(rule(page, "sequences")).to_contain_text("続けない並び")
        await expect(rule(page, "sequences")).to_contain_text("77")
    await expect(mine.get_by_text("removed this")).to_have_count(0)
    await rule(theirs, "sequences").locator(".item-head").click()
    await expect(theirs.locator(".pattern")).to_have_count(3)


async def test_who_may_only_look_sees_the_rules_and_changes_nothing(go: Visit) -> None:
    viewer = await go(RULES, role=Role.VIEWER)
    await expect(viewer.get_by_role("note")).to_be_visible()
    await expect(rule(viewer, "sequences").get_by_role("switch")).to_be_disabled()
    await rule(viewer, "daily_limits").locator(".item-head").click()
    await expect(viewer.locator("#field-weight")).to_be_disabled()
    for name in ("Save", "Copy", "Remove", "Add a rule"):
        await expect(viewer.get_by_role("button", name=name)).to_have_count(0)
    await expect(viewer.get_by_role("button", name="Strict")).to_be_disabled()


async def test_a_rule_switched_on_with_its_hours_is_summed_up_and_broken_on_the_schedule(sit: Sit, go: Visit) -> None:
    schedule = await sit()
    await schedule.stand(0, 3)
    await schedule.press("l", "ArrowRight", "o")
    mine, theirs = await go(RULES), await go(RULES)
    await rule(mine, "minimum_rest").locator(".item-head").click()
    await mine.fill("#field-minutes", "12.5")
    await save(mine)
    await expect(rule(theirs, "minimum_rest").locator(".rule-summary")).to_have_text("at least 12.5 h")
    await rule(mine, "minimum_rest").get_by_role("switch").click()
    breach = schedule.page.locator(".violation", has_text="11 h of rest, minimum 12.5")
    await expect(breach).to_be_visible()
    await rule(theirs, "coverage").locator(".item-head").click()
    await theirs.fill("#field-every_day\\.minimum", "5")
    await theirs.fill("#field-every_day\\.maximum", "4")
    await save(theirs)
    await expect(theirs.locator("#field-every_day\\.minimum-error")).to_have_text("The minimum is above the maximum.")
    await theirs.fill("#field-every_day\\.maximum", "6")
    await save(theirs)
    await expect(rule(mine, "coverage").locator(".rule-summary")).to_have_text("○△◇ 5–6")
