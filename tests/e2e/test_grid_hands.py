"""The hands of a spreadsheet: menu, keys, ranges, clipboard, fill handle."""

import re

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import Sit


async def test_a_click_opens_the_menu_and_a_choice_is_kept(sit: Sit) -> None:
    me = await sit()
    await me.cell(1, 3).click()
    await me.page.get_by_role("menuitem", name="Off").click()
    await me.shows(1, 3, "×")
    await expect(me.page.get_by_role("menu")).to_have_count(0)
    await me.page.reload()
    await me.shows(1, 3, "×")


async def test_enter_opens_the_menu_for_the_keyboard_and_gives_it_back(sit: Sit) -> None:
    me = await sit()
    await me.stand(0, 0)
    await me.press("Enter")
    await expect(me.page.get_by_role("menuitem").first).to_be_focused()
    await me.press("ArrowDown", "ArrowDown", "Enter")
    await me.shows(0, 0, "△")
    await expect(me.page.get_by_role("grid")).to_be_focused()
    await me.press("Enter", "Escape", "x")
    await me.shows(0, 0, "×")


async def test_keys_type_shifts_and_delete_empties(sit: Sit) -> None:
    me = await sit()
    await me.stand(2, 2)
    for key, symbol in (("o", "○"), ("x", "×"), ("e", "△"), ("l", "◇"), ("h", "★"), ("u", "⊘"), ("Delete", "")):
        await me.press(key)
        await me.shows(2, 2, symbol)
    await me.press("x", "Backspace")
    await me.shows(2, 2, "")


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        (["ArrowRight", "ArrowDown"], (3, 3)),
        (["ArrowLeft", "ArrowUp"], (1, 1)),
        (["Tab"], (2, 3)),
        (["Shift+Tab"], (2, 1)),
        (["End"], (2, 19)),
        (["Home"], (2, 0)),
        (["Control+End"], (5, 19)),
        (["Control+Home"], (0, 0)),
        (["PageDown"], (5, 2)),
        (["ArrowUp"] * 9, (0, 2)),
    ],
)
async def test_the_cursor_moves_as_in_a_spreadsheet(sit: Sit, keys: list[str], place: tuple[int, int]) -> None:
    me = await sit()
    await me.stand(2, 2)
    await me.press(*keys)
    assert await me.active() == me.name(*place)
    await expect(me.cell(*place)).to_be_in_viewport()


async def test_tab_leaves_the_grid_at_the_end_of_a_row(sit: Sit) -> None:
    me = await sit()
    await me.stand(2, 2)
    await me.press("End", "Tab")
    await expect(me.page.get_by_role("grid")).not_to_be_focused()


async def test_the_active_cell_is_named_by_person_date_and_shift(sit: Sit) -> None:
    me = await sit()
    await me.stand(1, 3)
    await me.press("x")
    await expect(me.cell(1, 3)).to_have_attribute("aria-label", "Person 1, Thu 24 Dec, Off")


async def test_a_range_is_typed_summed_copied_and_pasted(sit: Sit) -> None:
    me = await sit()
    await me.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await me.stand(0, 0)
    await me.press("Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowDown", "x")
    await me.show(0, "×××.")
    await me.show(1, "×××.")
    await expect(me.page.locator(".sum")).to_have_text("6 cells · 6 off · 0 h")
    await me.stand(0, 1)
    await me.press("o")
    await me.stand(0, 0)
    await me.press("Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowDown", "Control+c")
    assert await me.page.evaluate("navigator.clipboard.readText()") == "×\t○\t×\n×\t×\t×"
    await me.stand(3, 5)
    await me.press("Control+v")
    await me.show(3, ".....×○×.")
    await me.show(4, ".....×××.")


async def test_nothing_moves_when_a_range_is_summed_below_the_grid(sit: Sit) -> None:
    for locale, words in (("en-US", "cells"), ("ja-JP", "セル")):
        me = await sit(locale=locale)
        line, sums = me.page.locator(".status"), me.page.locator(".sum")
        await me.stand(0, 0)
        before = await line.bounding_box()
        await me.press("Shift+ArrowDown", "Shift+ArrowRight")
        await expect(sums).to_contain_text(words)
        assert await line.bounding_box() == before


async def test_what_excel_copied_can_be_pasted_and_cut_moves(sit: Sit) -> None:
    me = await sit()
    await me.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await me.stand(0, 0)
    await me.page.evaluate("navigator.clipboard.writeText('休み\\tnonsense\\tLate\\r\\n\\te\\t★\\r\\n')")
    await me.press("Shift+ArrowRight", "o")
    await me.show(0, "○○.")
    await me.press("Control+v")
    await me.show(0, "×○◇.")
    await me.show(1, ".△★.")
    await expect(me.page.locator(".notice")).to_have_text(
        "Cells stay as they were where the pasted value is no shift: 1, such as “nonsense”."
    )
    await me.press("Control+x")
    await me.show(0, "..◇.")


async def test_signs_that_look_like_a_symbol_are_pasted_as_it(sit: Sit) -> None:
    me = await sit()
    await me.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await me.stand(0, 0)
    await me.page.evaluate("navigator.clipboard.writeText('〇\\t✕\\tX\\t◯')")
    await me.press("Control+v")
    await me.show(0, "○××○.")
    await expect(me.page.locator(".notice")).to_have_count(0)


async def test_dragging_selects_and_the_fill_handle_repeats(sit: Sit) -> None:
    me = await sit()
    await me.stand(1, 1)
    await me.press("x")
    start, stop = await me.cell(1, 1).bounding_box(), await me.cell(3, 4).bounding_box()
    assert start is not None
    assert stop is not None
    await me.page.mouse.move(start["x"] + 9, start["y"] + 9)
    await me.page.mouse.down()
    await me.page.mouse.move(stop["x"] + 9, stop["y"] + 9, steps=5)
    await me.page.mouse.up()
    await expect(me.page.locator(".sum")).to_have_text("12 cells · 1 off · 0 h")
    await expect(me.page.get_by_role("menu")).to_have_count(0)
    await me.stand(1, 1)
    handle = await me.page.locator(".fill-handle").bounding_box()
    assert handle
    await me.page.mouse.move(handle["x"] + 3, handle["y"] + 3)
    await me.page.mouse.down()
    await me.page.mouse.move(handle["x"] + 50, handle["y"] - 3, steps=4)
    await me.page.mouse.up()
    await me.show(1, ".×××.")


async def test_a_name_and_a_date_select_their_row_and_column_and_several_by_dragging_or_with_shift(sit: Sit) -> None:
    me = await sit()
    sums, mouse = me.page.locator(".sum"), me.page.mouse
    names, dates = me.page.locator(".names .who"), me.page.locator(".head .day")
    await names.nth(1).click()
    await expect(sums).to_contain_text("20 cells")
    await me.press("x")
    for column in (0, 19):
        await me.shows(1, column, "×")
    await names.nth(3).click(modifiers=["Shift"])
    await expect(sums).to_contain_text("60 cells")
    await dates.nth(2).click()
    await expect(sums).to_contain_text("6 cells")
    await me.press("l")
    for row in (0, 5):
        await me.show(row, "..◇.")
    stop = await dates.nth(4).bounding_box()
    assert stop
    await dates.nth(2).hover()
    await mouse.down()
    await mouse.move(stop["x"] + 9, stop["y"] + 9, steps=4)
    await mouse.up()
    await expect(sums).to_contain_text("18 cells")
    await me.press("Control+z")
    await me.show(0, "....")
    await me.stand(4, 7)
    await me.press("Shift+Space")
    await expect(sums).to_contain_text("20 cells")
    await me.stand(4, 7)
    await me.press("Control+Space")
    await expect(sums).to_contain_text("6 cells")
    await expect(me.cell(4, 7)).to_have_text("")


async def test_p_pins_and_unpins(sit: Sit) -> None:
    me = await sit()
    await me.stand(0, 0)
    await me.press("x", "p")
    await expect(me.cell(0, 0)).to_have_class(re.compile(r"\bpinned\b"))
    await me.press("p")
    await expect(me.cell(0, 0)).not_to_have_class(re.compile(r"\bpinned\b"))
    await me.shows(0, 0, "×")


async def test_typing_in_a_text_box_edits_no_cell(sit: Sit) -> None:
    me = await sit()
    await me.stand(0, 0)
    await me.press("x")
    await me.shows(0, 0, "×")
    await me.page.get_by_label("Seconds").click()
    await me.press("5", "Delete", "Backspace", "o", "ArrowUp", "Control+a", "Control+x")
    await me.stand(4, 4)
    await me.press("e")
    await me.shows(4, 4, "△")
    await me.shows(0, 0, "×")
