"""Undo and redo at the screen: keys, buttons, what others see, and what is left alone."""

import re

from playwright.async_api import expect

from tests.e2e.conftest import Sit


async def test_keys_and_buttons_take_back_and_give_again_before_everybodys_eyes(sit: Sit) -> None:
    """A second tab of the same person knows, a colleague has steps of their own, and a reload forgets nothing."""
    me, colleague = await sit(), await sit()
    undo, redo = (me.page.get_by_role("button", name=name, exact=True) for name in ("Undo", "Redo"))
    await expect(undo).to_be_disabled()
    await me.stand(0, 0)
    await me.press("x", "p", "Shift+ArrowRight", "Shift+ArrowRight", "e")
    await colleague.show(0, "△△△.")
    await expect(undo).to_be_enabled()
    await expect(redo).to_be_disabled()
    await expect(colleague.page.get_by_role("button", name="Undo", exact=True)).to_be_disabled()
    await me.press("Control+z")
    await colleague.show(0, "×...")
    await expect(me.page.locator(".notice")).to_have_text("Undone: edit, 3 cells of Person 0, 21 Dec – 23 Dec.")
    await expect(me.cell(0, 0)).to_have_class(re.compile(r"\bpinned\b"))
    other_tab = await me.context.new_page()
    await other_tab.goto(me.page.url)
    await expect(other_tab.get_by_role("button", name="Redo", exact=True)).to_be_enabled()
    await me.press("Control+Shift+Z")
    await colleague.show(0, "△△△.")
    await expect(other_tab.get_by_role("button", name="Redo", exact=True)).to_be_disabled()
    await me.page.reload()
    await undo.click()
    await undo.click()
    await undo.click()
    await colleague.show(0, "....")
    await expect(undo).to_be_disabled()
    await redo.click()
    await colleague.show(0, "×...")
    await other_tab.get_by_role("grid").focus()
    await other_tab.keyboard.press("Control+y")
    await other_tab.keyboard.press("Control+y")
    await colleague.show(0, "△△△.")


async def test_what_a_colleague_changed_since_is_left_alone_and_said(sit: Sit) -> None:
    """On a phone too, where the buttons are all there is."""
    me, colleague = await sit(viewport={"width": 390, "height": 844}), await sit()
    for person in range(2):
        card = me.page.get_by_role("group", name=f"Person {person}")
        await card.get_by_role("button", name="Off", exact=True).click()
        await colleague.shows(person, 0, "×")
    await colleague.stand(1, 0)
    await colleague.press("o")
    await me.shows(1, 0, "○")
    undo = me.page.get_by_role("button", name="Undo", exact=True)
    await undo.click()
    told = me.page.locator(".notice")
    await expect(told).to_have_text(
        re.compile(r"^Not undone: edit\. 1 cell left alone, changed by owner \d+ at [\d:]+ [AP]M\.$")
    )
    await undo.click()
    await colleague.show(0, "....")
    await colleague.shows(1, 0, "○")
    await me.page.locator(".language-switch").click()
    await expect(told).to_have_text("元に戻しました：入力（Person 0・12月21日・1セル）。")
    assert await me.page.evaluate("document.documentElement.scrollWidth") <= 390
