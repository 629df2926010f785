"""What became of a cell, asked from its menu."""

import re

from playwright.async_api import expect

from tests.e2e.conftest import Sit

PHONE = {"width": 390, "height": 844}


async def test_a_cells_history_follows_and_brings_a_value_back(sit: Sit) -> None:
    me, colleague = await sit(), await sit()
    await me.stand(2, 1)
    await me.press("x", "p", "Enter")
    await me.page.get_by_role("menuitem", name="History…").click()
    dialog = me.page.get_by_role("dialog", name="History · Person 2 · ")
    lines = dialog.get_by_role("listitem")
    await expect(lines).to_have_text(
        [re.compile(r"edit.*×→×pinned$"), re.compile(r"^owner \d+.* [AP]Medit.*not decided→×Restore")]
    )
    await colleague.stand(2, 1)
    await colleague.press("e")
    await expect(lines.first).to_have_text(re.compile(r"×pinned→△pinned$"))
    await lines.nth(2).get_by_role("button", name="Restore this value").click()
    await colleague.shows(2, 1, "×")
    await expect(colleague.cell(2, 1)).not_to_have_class(re.compile(r"\bpinned\b"))
    await expect(lines.first).to_have_text(re.compile(r"restored from history.*△pinned→×$"))
    await me.press("Escape")
    await expect(dialog).to_have_count(0)
    await me.press("Control+z")
    await colleague.shows(2, 1, "△")


async def test_on_a_phone_a_persons_card_tells_what_became_of_the_cell_and_brings_a_value_back(sit: Sit) -> None:
    desk, phone = await sit(), await sit(viewport=PHONE)
    page = phone.page
    await page.get_by_role("button", name="Next day").click()
    asking = page.get_by_role("button", name="Person 2: history of this cell")
    await asking.click()
    dialog = page.get_by_role("dialog", name="History · Person 2 · Tue 22 Dec")
    await expect(dialog).to_contain_text("Nobody has changed this cell yet.")
    await desk.stand(2, 1)
    await desk.press("x", "e")
    lines = dialog.get_by_role("listitem")
    await expect(lines).to_have_text([re.compile(r"×→△$"), re.compile(r"not decided→×Restore")])
    restore = lines.nth(1).get_by_role("button", name="Restore this value")
    for button in (asking, restore, dialog.get_by_role("button", name="Close")):
        box = await button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
    assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    await restore.click()
    await desk.shows(2, 1, "×")
    await expect(lines.first).to_have_text(re.compile(r"restored from history.*△→×$"))
    await dialog.get_by_role("button", name="Close").click()
    await expect(dialog).to_have_count(0)
    await expect(asking).to_be_focused()
