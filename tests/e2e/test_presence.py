"""Who else is here, seen by two browsers."""

import re

from playwright.async_api import expect

from tests.e2e.conftest import Sit


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
    await expect(frame.locator("span")).not_to_be_empty()

    await avatar.click()
    await expect(me.page.locator(".following")).to_contain_text("Following")
    await expect(avatar).to_have_attribute("aria-pressed", "true")
    await colleague.stand(2, 3)
    await expect(frame).to_have_attribute("style", re.compile(r"top: 52px; left: 90px"))
    await expect(me.page.locator(".following")).to_contain_text("Following")
    await me.stand(1, 1)
    await expect(me.page.locator(".following")).to_have_count(1)
    await expect(me.page.locator(".following")).to_be_empty()

    await colleague.page.close()
    await expect(avatar).to_have_count(0)
    await expect(frame).to_have_count(0)
