"""An address where there is nothing says so in the visitor's language, and leads back."""

import re

from playwright.async_api import Page, expect

from tests.served import Served


async def test_an_unknown_address_says_so_and_leads_to_the_door(page: Page, served: Served) -> None:
    answer = await page.goto(f"{served.address}/nothing/here")
    assert answer is not None
    assert answer.status == 404
    await expect(page.get_by_role("heading")).to_have_text(re.compile("There is nothing here|ページがありません"))
    await page.get_by_role("link", name=re.compile("Open the schedule|シフト表を開く")).click()
    await expect(page).to_have_url(re.compile("/login"))
