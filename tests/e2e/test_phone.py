"""What a phone's cards do beside entering shifts: any day at once, and pins."""

from playwright.async_api import expect

from tests.e2e.conftest import Sit

PHONE = {"width": 390, "height": 844}


async def test_a_phone_jumps_to_any_day_of_the_period(sit: Sit) -> None:
    phone = await sit(viewport=PHONE)
    day, choice = phone.page.locator(".cards h2"), phone.page.get_by_label("Choose a day")
    await expect(choice.locator("option")).to_have_count(20)
    await choice.select_option(index=17)
    await expect(day).to_contain_text("7 Jan")
    await phone.page.get_by_role("button", name="Next day").click()
    await expect(day).to_contain_text("8 Jan")
    await expect(choice).to_have_value("18")


async def test_a_pin_on_a_phones_card_is_the_grids_pin(sit: Sit) -> None:
    me, phone = await sit(), await sit(viewport=PHONE)
    await phone.page.get_by_label("Choose a day").select_option(index=2)
    card = phone.page.locator(".cards li").nth(1)
    pin = card.get_by_role("button", name="Person 1: pin this shift")
    await expect(pin).to_have_attribute("aria-pressed", "false")
    await card.get_by_role("button", name="Off", exact=True).click()
    await pin.click()
    await expect(pin).to_have_attribute("aria-pressed", "true")
    await expect(me.cell(1, 2)).to_contain_class("pinned")
    await me.shows(1, 2, "×")
    await me.stand(1, 2)
    await me.press("p")
    await expect(pin).to_have_attribute("aria-pressed", "false")
