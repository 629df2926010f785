"""Requests, on their own page and in the cells they are about: what one enters, everybody sees."""

from playwright.async_api import Browser, expect

from shiftapp.domain.permission import Role
from shiftapp.store.database import Database
from shiftapp.store.staff import add_staff
from tests.e2e.asking import add, fill, open_cell
from tests.e2e.conftest import Sit, Visit
from tests.e2e.test_grid_looks import faults_in_both_lights
from tests.e2e.visits import save, visit
from tests.e2e.windows import give_back
from tests.factories import Kitchen, add_team, member
from tests.served import Served


async def test_a_request_is_an_outline_in_every_schedule_and_a_broken_one_a_violation(
    sit: Sit, go: Visit, small_kitchen: Kitchen
) -> None:
    schedule, page, colleague = await sit(), await go("/requests"), await go("/requests")
    await schedule.stand(1, 2)
    await schedule.press("o")
    await add(page, staff="Person 1", day=small_kitchen.day(2).isoformat(), shift="× Off", weight="70")
    await expect(schedule.cell(1, 2)).to_have_attribute("data-wish", "×")
    broken = schedule.page.locator(".violation", has_text="asked for ×, has ○")
    await expect(broken.locator(".price")).to_have_text("70")
    row = colleague.locator("[data-request]")
    await expect(row).to_contain_text("Person 1")
    await expect(row).to_contain_text("Wed 23 Dec")
    await expect(row.locator(".fate")).to_have_text("not granted")
    await schedule.press("x")
    await expect(broken).to_have_count(0)
    await expect(row.locator(".fate")).to_have_text("granted")
    await row.locator(".list-name").click()
    await fill(colleague, wish="Does not want it", weight="30", note="early train")
    await save(colleague)
    await expect(schedule.cell(1, 2)).to_have_attribute("data-unwanted", "")
    unwanted = schedule.page.locator(".violation", has_text="asked not to have ×")
    await expect(unwanted.locator(".price")).to_have_text("30")
    await expect(page.locator("[data-request]")).to_contain_text("early train")


async def test_a_declined_request_counts_no_more_and_a_deleted_one_is_gone(
    sit: Sit, go: Visit, small_kitchen: Kitchen
) -> None:
    schedule, page, colleague = await sit(), await go("/requests"), await go("/requests")
    await schedule.stand(1, 2)
    await schedule.press("o")
    await add(page, staff="Person 1", day=small_kitchen.day(2).isoformat(), shift="× Off")
    broken = schedule.page.locator(".violation", has_text="asked for ×, has ○")
    await expect(broken).to_be_visible()
    decline = colleague.get_by_role("button", name="Decline the request of Person 1")
    await decline.click()
    await expect(broken).to_have_count(0)
    await expect(schedule.cell(1, 2)).not_to_have_attribute("data-wish", "×")
    await expect(page.locator("[data-request] .badge")).to_have_text("declined")
    await expect(decline).to_have_attribute("aria-pressed", "true")
    await decline.click()
    await expect(broken).to_be_visible()
    await colleague.get_by_role("button", name="Approve the request of Person 1").click()
    await expect(page.locator("[data-request] .badge")).to_have_text("approved")
    await page.locator(".list-name").click()
    await colleague.locator(".list-name").click()
    await page.get_by_role("button", name="Delete the request", exact=True).click()
    await page.get_by_role("button", name="Delete for good").click()
    await expect(page.get_by_text("Nobody has asked for anything")).to_be_visible()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(schedule.cell(1, 2)).not_to_have_attribute("data-wish", "×")
    await expect(broken).to_have_count(0)
    await expect(colleague.get_by_role("alert").filter(has_text="removed this")).to_be_visible()
    await colleague.get_by_role("button", name="Make it anew").click()
    await expect(page.locator("[data-request] .badge")).to_have_text("approved")
    await expect(broken).to_be_visible()


async def test_what_cannot_be_asked_for_is_said_beside_its_field_in_the_readers_language(
    go: Visit, small_kitchen: Kitchen
) -> None:
    page = await go("/requests")
    await page.get_by_role("button", name="Add a request").click()
    await fill(page, weight="1001", day="2031-01-01")
    await save(page)
    await expect(page.locator("#field-staff-error")).to_have_text("Choose one.")
    await expect(page.locator("#field-shift-error")).to_have_text("Choose one.")
    await expect(page.locator("#field-weight-error")).to_have_text("Enter a number from 0 to 1000.")
    await fill(page, staff="Person 0", shift="★ Designated leave", weight="5")
    await save(page)
    await expect(page.locator("#field-day-error")).to_have_text("This date is in no period.")
    await page.get_by_role("button", name="Cancel").click()
    await page.get_by_role("button", name="日本語に切り替え").click()
    await page.get_by_role("button", name="希望を追加").click()
    await page.get_by_role("button", name="保存", exact=True).click()
    await expect(page.locator("#field-staff-error")).to_have_text("一つ選んでください。")


async def test_the_list_is_narrowed_by_person_and_state_and_turned_to_another_period(
    go: Visit, small_kitchen: Kitchen
) -> None:
    page, periods = await go("/requests"), await go("/settings/periods")
    for person, shift in (("Person 1", "× Off"), ("Person 1", "△ Early"), ("Person 3", "× Off")):
        await add(page, staff=person, shift=shift)
        await expect(page.get_by_role("dialog")).to_have_count(0)
    rows = page.locator("[data-request]")
    await expect(rows).to_have_count(3)
    await page.get_by_label("Who").select_option(label="Person 1")
    await expect(rows).to_have_count(2)
    await rows.first.get_by_role("button", name="Approve").click()
    await page.get_by_label("State").select_option(label="approved")
    await expect(rows).to_have_count(1)
    await expect(page.locator(".requests-sum")).to_have_text("1 · 0 granted · 0 not granted · 1 not decided")
    await page.get_by_label("Who").select_option(label="Person 3")
    await expect(page.get_by_text("No request is like that.")).to_be_visible()
    await periods.get_by_role("button", name="New period").click()
    await periods.get_by_role("button", name="Make the period").click()
    await periods.wait_for_url("**/schedule/*")
    await expect(page.get_by_label("Period").locator("option")).to_have_count(2)
    await page.get_by_label("Period").select_option(index=0)
    await page.wait_for_url(f"**/requests?period={periods.url.rpartition('/')[2]}")
    await expect(page.get_by_text("Nobody has asked for anything")).to_be_visible()
    await page.reload()
    await expect(page.get_by_text("Nobody has asked for anything")).to_be_visible()


async def test_axe_finds_nothing_serious_about_requests(sit: Sit, go: Visit, small_kitchen: Kitchen) -> None:
    page, schedule = await go("/requests"), await sit()
    await schedule.stand(1, 0)
    await schedule.press("x")
    for shift in ("× Off", "△ Early", "◇ Late"):
        await add(page, staff="Person 1", shift=shift)
        await expect(page.get_by_role("dialog")).to_have_count(0)
    for row, button in ((0, "Approve"), (1, "Decline")):
        await page.locator("[data-request]").nth(row).get_by_role("button", name=button).click()
    await expect(page.locator(".badge.request-declined")).to_be_visible()
    assert await faults_in_both_lights(page) == []
    await page.locator(".list-name").first.click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    assert await faults_in_both_lights(page) == []
    await open_cell(schedule, 1, 0)
    await expect(schedule.page.locator(".request-dialog [data-request]")).to_have_count(3)
    assert await faults_in_both_lights(schedule.page) == []


async def test_a_page_without_a_period_opens_the_first_one_that_somebody_makes(
    browser: Browser, served: Served, opened: Database
) -> None:
    team, broken = await add_team(opened), list[str]()
    async with opened.transaction(team) as session:
        await add_staff(session, team, [member("Newcomer")])
    page, periods = [await visit(browser, served, team, path, broken) for path in ("/requests", "/settings/periods")]
    await expect(page.get_by_text("No period yet")).to_be_visible()
    await periods.get_by_role("button", name="Make the period").click()
    await add(page, staff="Newcomer", shift="× Off")
    await expect(page.locator("[data-request] .fate")).to_have_text("not decided")
    await give_back(page, periods)
    assert broken == []


async def test_who_may_only_look_sees_the_requests_and_no_button(
    browser: Browser, served: Served, go: Visit, small_kitchen: Kitchen
) -> None:
    manager, broken = await go("/requests"), list[str]()
    await add(manager, staff="Person 1", shift="× Off")
    viewer = await visit(browser, served, small_kitchen.team_id, "/requests", broken, Role.VIEWER)
    await expect(viewer.locator("[data-request]")).to_contain_text("Person 1")
    await expect(viewer.get_by_role("button", name="Add a request")).to_have_count(0)
    await expect(viewer.locator("[data-request] .form-icon")).to_have_count(0)
    await give_back(viewer)
    assert broken == []
