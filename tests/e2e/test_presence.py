"""Who else is here, seen by two browsers."""

import re

from playwright.async_api import expect

from tests.e2e.conftest import Sit

PHONE = {"width": 390, "height": 844}


async def test_a_colleague_is_seen_at_their_cell_followed_and_gone_when_they_leave(sit: Sit) -> None:
    me = await sit()
    await expect(me.page.locator(".avatar")).to_have_count(0)
    colleague = await sit()
    avatar = me.page.locator(".avatar")
    await expect(avatar).to_have_count(1)
    await expect(avatar).to_have_attribute("aria-label", re.compile("^Follow "))
    await colleague.stand(4, 7)
    frame = me.page.locator(".frame")
    await expect(frame).to_have_count(1)
    await expect(frame).to_have_attribute("style", re.compile(r"top: 104px; left: 210px"))
    await expect(frame.locator("span")).to_be_visible()
    await expect(frame.locator("span")).not_to_be_empty()
    await colleague.stand(4, 19)
    await expect(frame).to_have_class(re.compile(r"\bend\b"))
    tag, last = await frame.locator("span").bounding_box(), await me.cell(4, 19).bounding_box()
    assert tag
    assert last
    assert tag["x"] + tag["width"] <= last["x"] + last["width"]

    await avatar.click()
    await expect(me.page.locator(".following")).to_contain_text("Following")
    await expect(avatar).to_have_attribute("aria-pressed", "true")
    await colleague.stand(2, 3)
    await expect(frame).to_have_attribute("style", re.compile(r"top: 52px; left: 90px"))
    await expect(me.page.locator(".following")).to_contain_text("Following")
    await me.stand(1, 1)
    await expect(me.page.locator(".following")).to_have_count(1)
    await expect(me.page.locator(".following")).to_be_empty()
    await expect(frame.locator("span")).to_be_hidden()

    await colleague.page.close()
    await expect(avatar).to_have_count(0)
    await expect(frame).to_have_count(0)


async def test_a_phone_shows_who_is_at_a_card_and_is_itself_nowhere_until_a_card_is_pressed(sit: Sit) -> None:
    phone, desk = await sit(viewport=PHONE), await sit()
    cards, frame = phone.page.locator(".cards li"), desk.page.locator(".frame")
    await expect(desk.page.locator(".avatar")).to_have_count(1)
    await desk.stand(2, 0)
    at = cards.nth(2).locator(".card-people span")
    await expect(at).to_have_text(re.compile(r"^owner \d+$"))
    colour = await at.evaluate("one => getComputedStyle(one).backgroundColor")
    avatar = phone.page.locator(".avatar")
    assert await avatar.evaluate("one => getComputedStyle(one).backgroundColor") == colour
    await desk.stand(2, 1)
    await expect(at).to_have_count(0)
    await expect(frame).to_have_count(0)

    await cards.nth(4).locator(".choice").first.click()
    await expect(frame).to_have_attribute("style", re.compile(r"top: 104px; left: 0px"))
    await phone.page.get_by_role("button", name="Next day").click()
    await expect(frame).to_have_attribute("style", re.compile(r"top: 104px; left: 30px"))
    await cards.nth(3).locator(".card-name").click()
    await expect(frame).to_have_attribute("style", re.compile(r"top: 78px; left: 30px"))
    await expect(cards.nth(2).locator(".card-people")).to_have_count(1)

    await avatar.click()
    await desk.stand(5, 3)
    await expect(phone.page.locator(".cards h2")).to_contain_text("24 Dec")
    await expect(cards.nth(5).locator(".card-people span")).to_be_in_viewport()
    await cards.nth(5).locator(".card-name").click()
    await expect(avatar).to_have_attribute("aria-pressed", "false")
