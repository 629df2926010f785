"""Requests in the cells they are about: in the list of a cell's menu, and on a phone's card."""

from playwright.async_api import expect

from tests.e2e.asking import fill, open_cell
from tests.e2e.conftest import Sit, Visit
from tests.e2e.visits import save
from tests.factories import Kitchen

PHONE = {"width": 390, "height": 844}


async def test_a_cell_s_menu_adds_declines_and_removes_what_is_asked_for_there(
    sit: Sit, go: Visit, small_kitchen: Kitchen
) -> None:
    me, colleague, page = await sit(), await sit(), await go("/requests")
    here = await open_cell(me, 2, 4)
    await expect(here).to_contain_text("Person 2")
    await expect(here).to_contain_text("Nothing is asked for here yet.")
    await fill(here, shift="△ Early", weight="40")
    await save(me.page)
    await expect(here.locator("[data-request]")).to_contain_text("wanted")
    await expect(colleague.cell(2, 4)).to_have_attribute("data-wish", "△")
    await expect(page.locator("[data-request]")).to_contain_text("Person 2")
    await here.get_by_role("button", name="Add a request").click()
    await fill(here, shift="△ Early", wish="Does not want it")
    await save(me.page)
    await expect(here.locator("#field-shift-error")).to_have_text(
        "There is already a request about this shift on this date."
    )
    await fill(here, shift="× Off", weight="50")
    await save(me.page)
    await expect(colleague.cell(2, 4)).to_have_attribute("data-wish", "×")
    await expect(colleague.cell(2, 4)).to_have_attribute("data-unwanted", "")
    await page.get_by_role("button", name="Decline the request of Person 2").nth(1).click()
    await expect(here.locator("[data-request] .badge").nth(1)).to_have_text("declined")
    await expect(colleague.cell(2, 4)).to_have_attribute("data-wish", "△")
    for left in (1, 0):
        await here.get_by_role("button", name="Delete the request of Person 2").first.click()
        await here.get_by_role("button", name="Delete for good").click()
        await expect(here.locator("[data-request]")).to_have_count(left)
    await expect(page.locator("[data-request]")).to_have_count(0)
    await here.get_by_role("button", name="Close").click()
    assert await me.page.evaluate("document.activeElement.id") == "sheet"


async def test_weight_and_note_are_changed_in_the_cell_s_list_and_a_removal_meanwhile_keeps_what_is_typed(
    sit: Sit, go: Visit
) -> None:
    me, page = await sit(), await go("/requests")
    here = await open_cell(me, 2, 4)
    await fill(here, shift="△ Early", weight="40")
    await save(me.page)
    item = here.locator("[data-request]")
    await here.get_by_role("button", name="Edit the request of Person 2").click()
    await expect(item).to_have_count(0)
    await expect(here.locator("form")).to_have_count(1)
    await fill(here, weight="70", note="from 3 pm")
    await save(me.page)
    await expect(item).to_contain_text("weight 70")
    await expect(item).to_contain_text("from 3 pm")
    await expect(page.locator("[data-request]")).to_contain_text("from 3 pm")
    await expect(here.get_by_role("button", name="Edit the request of Person 2")).to_be_focused()
    await here.get_by_role("button", name="Edit the request of Person 2").click()
    await fill(here, note="from 2 pm")
    await page.get_by_role("button", name="Edit the request of Person 2").click()
    await page.get_by_role("button", name="Delete the request", exact=True).click()
    await page.get_by_role("button", name="Delete for good").click()
    await expect(here.get_by_role("alert").filter(has_text="removed this")).to_be_visible()
    await here.get_by_role("button", name="Make it anew").click()
    await expect(item).to_contain_text("from 2 pm")
    await expect(page.locator("[data-request]")).to_contain_text("from 2 pm")


async def test_a_list_that_is_closed_hears_no_more_and_is_current_when_it_is_opened_again(sit: Sit, go: Visit) -> None:
    me, page = await sit(), await go("/requests")
    heard: list[str] = []
    me.page.on("websocket", lambda socket: socket.on("framereceived", lambda text: heard.append(str(text))))
    await me.page.reload()

    def told() -> int:
        return sum("from 3 pm" in text for text in heard)

    here = await open_cell(me, 2, 4)
    await fill(here, shift="△ Early", note="from 3 pm")
    await save(me.page)
    await expect(here.locator("[data-request]")).to_have_count(1)
    before = told()
    assert before >= 1
    await here.get_by_role("button", name="Close").click()
    await expect(me.cell(2, 4)).to_have_attribute("data-wish", "△")
    await page.get_by_role("button", name="Decline the request of Person 2").click()
    await expect(me.cell(2, 4)).not_to_have_attribute("data-wish", "△")
    assert told() == before
    here = await open_cell(me, 2, 4)
    await expect(here.locator("[data-request] .badge")).to_have_text("declined")
    await me.page.get_by_role("link", name="Requests").click()
    await expect(me.page.locator("tr[data-request] .badge")).to_have_text("declined")
    await page.get_by_role("button", name="Decline the request of Person 2").click()
    await expect(me.page.locator("tr[data-request] .badge")).to_have_text("open")


async def test_a_phone_s_card_shows_what_is_asked_for_and_takes_more(
    sit: Sit, go: Visit, small_kitchen: Kitchen
) -> None:
    phone, desk = await sit(viewport=PHONE), await sit()
    card = phone.page.locator(f'.cards [data-staff="{small_kitchen.staff[1].id}"]')
    await card.get_by_role("button", name="Requests of Person 1").click()
    here = phone.page.get_by_role("dialog", name="Requests:")
    await fill(here, shift="× Off")
    await save(phone.page)
    await expect(card.locator(".card-wish")).to_have_text("wants ×")
    await expect(desk.cell(1, 0)).to_have_attribute("data-wish", "×")
    await here.get_by_role("button", name="Close").click()
    await expect(card.get_by_role("button", name="Requests of Person 1")).to_be_focused()
    page = await go("/requests", viewport=PHONE)
    wide = "document.querySelector('main').scrollWidth - document.querySelector('main').clientWidth"
    assert await page.evaluate(wide) <= 0
    rail = "Math.max(...[...document.querySelectorAll('.rail-button')].map((b) => b.getBoundingClientRect().right))"
    assert await page.evaluate(rail) <= PHONE["width"]
