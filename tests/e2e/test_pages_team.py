"""Staff, groups, shift types and the calendar, changed on their pages and seen on every other one."""

import re

from playwright.async_api import expect

from tests.e2e.conftest import Sit, Visit
from tests.e2e.visits import save
from tests.factories import Kitchen


async def test_somebody_added_is_a_row_of_the_schedule_at_once(sit: Sit, go: Visit) -> None:
    schedule, page = await sit(), await go("/staff")
    await page.get_by_role("button", name="Add a person").click()
    await save(page)
    await expect(page.locator("#field-name-error")).to_have_text("Fill this in.")
    await expect(page.locator("#field-name")).to_be_focused()
    await page.fill("#field-name", "新人 太郎")
    await page.fill("#field-skills", "grill、cut")
    await page.fill("#field-hours", "37.5")
    await save(page)
    row = page.locator("tr", has_text="新人 太郎")
    await expect(row).to_contain_text("37.5 h")
    await expect(row.locator(".chip")).to_have_text(["grill", "cut"])
    await expect(page.get_by_role("button", name="Add a person")).to_be_focused()
    await expect(schedule.page.locator(".names", has_text="新人 太郎")).to_be_visible()


async def test_the_order_of_the_staff_is_the_order_of_the_schedule(sit: Sit, go: Visit, small_kitchen: Kitchen) -> None:
    schedule, page = await sit(), await go("/staff")
    await page.get_by_role("button", name="Move Person 1 up").click()
    await expect(page.locator("tbody tr .list-name").first).to_have_text("Person 1")
    await expect(schedule.page.locator(".name").first).to_contain_text("Person 1")


async def test_an_employment_that_cuts_cells_off_says_how_many_and_asks(
    sit: Sit, go: Visit, small_kitchen: Kitchen
) -> None:
    schedule, page = await sit(), await go("/staff")
    await schedule.stand(0, 17)
    await schedule.press("x", "ArrowRight", "e", "ArrowRight", "x")
    await schedule.shows(0, 19, "×")
    await page.get_by_role("button", name="Person 0", exact=True).click()
    await page.fill("#field-employed_to", small_kitchen.day(17).isoformat())
    await save(page)
    await expect(page.get_by_role("dialog")).to_contain_text("2 filled cells")
    await schedule.shows(0, 19, "×")
    await page.get_by_role("button", name="Empty 2 cells and save").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(schedule.cell(0, 18)).to_have_count(0)
    await schedule.shows(0, 17, "×")


async def test_a_group_is_put_together_and_asked_twice_before_it_goes(go: Visit) -> None:
    mine, theirs = await go("/staff/groups"), await go("/staff/groups")
    await mine.get_by_role("button", name="Add a group").click()
    await mine.fill("#field-name", "焼場")
    await save(mine)
    await expect(mine.locator("#field-members-error")).to_have_text("A group needs at least two members.")
    for name, box in (("Person 0", "Member"), ("Person 2", "Member"), ("Person 1", "Backup")):
        await mine.get_by_role("group", name=name).get_by_label(box).check()
    await save(mine)
    group = theirs.locator("[data-group]")
    await expect(group.locator(".chip")).to_have_text(["Person 0", "Person 2", "Backup Person 1"])
    await group.locator(".item-head").click()
    await mine.locator("[data-group] .item-head").click()
    await mine.fill("#field-name", "造り")
    await theirs.get_by_role("button", name="Delete the group").click()
    await expect(mine.locator("[data-group]")).to_have_count(1)
    await theirs.get_by_role("button", name="Delete for good").click()
    await expect(theirs.locator("[data-group]")).to_have_count(0)
    await expect(theirs.get_by_text("removed this")).to_have_count(0)
    await expect(mine.get_by_role("alert").filter(has_text="removed this")).to_be_visible()
    await mine.get_by_role("button", name="Cancel").click()
    await expect(mine.locator("[data-group]")).to_have_count(0)


async def test_a_group_removed_while_somebody_fills_its_form_is_made_anew_as_it_was_typed(go: Visit) -> None:
    """It stands second of two, and the one above it goes as well."""
    mine, theirs = await go("/staff/groups"), await go("/staff/groups")
    for name in ("焼場", "造り"):
        await mine.get_by_role("button", name="Add a group").click()
        await mine.fill("#field-name", name)
        for person in ("Person 0", "Person 2"):
            await mine.get_by_role("group", name=person).get_by_label("Member").check()
        await save(mine)
        await expect(theirs.locator("[data-group]").filter(has_text=name)).to_have_count(1)
    await mine.locator(".item-head").nth(1).click()
    await mine.fill("#field-name", "煮方")
    await mine.get_by_role("group", name="Person 1").get_by_label("Backup").check()
    for left in (1, 0):
        await theirs.locator(".item-head").first.click()
        await theirs.get_by_role("button", name="Delete the group").click()
        await theirs.get_by_role("button", name="Delete for good").click()
        await expect(theirs.locator("[data-group]")).to_have_count(left)
        await expect(mine.locator("[data-group]")).to_have_count(1)
        await expect(mine.locator("#field-name")).to_have_value("煮方")
    await expect(mine.get_by_role("alert").filter(has_text=re.compile(r"manager \d+ removed this\."))).to_be_visible()
    await expect(mine.get_by_role("button", name="Delete the group")).to_have_count(0)
    await mine.get_by_role("button", name="Make it anew").click()
    for page in (mine, theirs):
        await expect(page.locator("[data-group] .item-name")).to_have_text(["煮方"])
        await expect(page.locator("[data-group] .chip")).to_have_text(["Person 0", "Person 2", "Backup Person 1"])
    await expect(mine.get_by_text("removed this")).to_have_count(0)


async def test_a_new_shift_type_can_be_typed_in_the_schedule(sit: Sit, go: Visit) -> None:
    schedule, page = await sit(), await go("/settings/shift-types")
    await page.get_by_role("button", name="Add a shift type").click()
    for field, typed in {"symbol": "夜", "key": "x", "name_ja": "夜勤", "name_en": "Night"}.items():
        await page.fill(f"#field-{field}", typed)
    await page.fill("#field-start", "22:00")
    await page.fill("#field-end", "07:00")
    await save(page)
    await expect(page.locator("#field-key-error")).to_have_text("“×” has this key already.")
    await page.fill("#field-key", "n")
    await save(page)
    await expect(page.locator("tr", has_text="Night")).to_contain_text("22:00–07:00 next day")
    await expect(schedule.page.locator(".legend")).to_contain_text("Night")
    await schedule.stand(1, 1)
    await schedule.press("n")
    await schedule.shows(1, 1, "夜")


async def test_each_press_turns_a_date_and_the_schedule_follows(sit: Sit, go: Visit, small_kitchen: Kitchen) -> None:
    schedule, page = await sit(), await go("/settings/calendar")
    day = small_kitchen.day(3).isoformat()
    date = page.locator(f'[data-day="{day}"]')
    await expect(date).to_have_attribute("aria-label", re.compile("ordinary"))
    await date.click()
    await expect(date).to_have_attribute("aria-label", re.compile("must work"))
    await expect(schedule.page.locator(".stripe.must-work")).to_have_count(1)
    await date.press("Enter")
    await expect(date).to_have_attribute("aria-label", re.compile("closed"))
    await expect(schedule.page.locator(".stripe.closure")).to_have_count(1)
    await page.locator(f"#day-{day}").click()
    await page.fill("#field-note", "設備点検")
    await save(page)
    await expect(page.locator(".day-row")).to_contain_text("設備点検")
    await date.click()
    await expect(schedule.page.locator(".stripe.closure")).to_have_count(0)


async def test_national_holidays_are_named_in_the_readers_language(go: Visit) -> None:
    page = await go("/settings/calendar")
    for _ in range(2):
        await page.get_by_role("button", name="Later month").click()
    holiday = page.locator('[data-day="2027-01-01"]')
    await expect(holiday).to_have_attribute("aria-label", re.compile("New Year"))
    await page.get_by_role("button", name="日本語に切り替え").click()
    await expect(holiday).to_have_attribute("aria-label", re.compile("元日"))


async def test_a_phone_shows_every_page_without_scrolling_sideways(go: Visit) -> None:
    for path in ("/settings", "/settings/periods", "/settings/shift-types", "/settings/calendar", "/staff"):
        page = await go(path, viewport={"width": 390, "height": 844})
        wide = await page.evaluate(
            "document.querySelector('main').scrollWidth - document.querySelector('main').clientWidth"
        )
        assert wide <= 0, path
