"""Notes of cells: written by one, read by all, lost by nobody."""

import re

import psycopg
import pytest
from playwright.async_api import Locator, expect

from shiftapp.domain.cell import LONGEST_NOTE
from shiftapp.domain.permission import Role
from shiftapp.services import conflicts
from shiftapp.store.database import Database, bind
from tests.e2e.conftest import Sit, Visit
from tests.e2e.screen import Screen
from tests.e2e.test_grid_looks import faults_in_both_lights
from tests.e2e.test_queue import WAITING, quiet
from tests.factories import Kitchen
from tests.served import Served

NOTED = re.compile(r"\bnote\b")
PHONE = {"width": 390, "height": 844}


def editor(screen: Screen) -> Locator:
    return screen.page.locator(".note-editor")


async def write(screen: Screen, row: int, column: int, text: str) -> None:
    """Write a note by keyboard alone."""
    await screen.stand(row, column)
    await screen.press("F2")
    await expect(editor(screen).get_by_role("textbox")).to_be_focused()
    await screen.press("Control+a")
    await screen.page.keyboard.type(text)
    await screen.press("Delete" if not text else "End", "Control+Enter")
    await expect(editor(screen)).to_have_count(0)


async def reads(screen: Screen, row: int, column: int, text: str) -> None:
    """Wait until a cell has its mark, tells its note on hover, and in the status line when it is active."""
    await expect(screen.cell(row, column)).to_have_class(NOTED)
    await expect(screen.cell(row, column)).to_have_attribute("title", text)
    await screen.stand(row, column)
    await expect(screen.page.locator(".sum")).to_have_text(f"note “{text}”")
    await expect(screen.cell(row, column)).to_have_attribute("aria-label", re.compile(re.escape(f"note “{text}”")))


async def has_none(screen: Screen, row: int, column: int) -> None:
    await expect(screen.cell(row, column)).not_to_have_class(NOTED)
    await expect(screen.cell(row, column)).not_to_have_attribute("title", re.compile("."))


async def test_a_note_is_written_by_key_seen_by_all_undone_redone_and_deleted(sit: Sit) -> None:
    me, colleague = await sit(), await sit()
    await me.stand(1, 3)
    await me.press("x", "p")
    await write(me, 1, 3, "Dentist at 10, costs $& (sic)")
    await expect(me.page.get_by_role("grid")).to_be_focused()
    for screen in (me, colleague):
        await reads(screen, 1, 3, "Dentist at 10, costs $& (sic)")
        await screen.shows(1, 3, "×")
        await expect(screen.cell(1, 3)).to_have_class(re.compile(r"\bpinned\b"))
    await me.press("Delete")
    await colleague.shows(1, 3, "")
    await reads(colleague, 1, 3, "Dentist at 10, costs $& (sic)")
    await me.press("Control+z", "Control+z")
    await colleague.shows(1, 3, "×")
    await has_none(colleague, 1, 3)
    await me.press("Control+y")
    await reads(colleague, 1, 3, "Dentist at 10, costs $& (sic)")
    await write(colleague, 1, 3, "")
    await has_none(me, 1, 3)
    await me.shows(1, 3, "×")
    await me.press("Enter")
    await me.page.get_by_role("menuitem", name="History…").click()
    lines = me.page.get_by_role("dialog", name="History").get_by_role("listitem")
    await expect(lines.first).to_contain_text("note “Dentist at 10, costs $& (sic)” → no note")


async def test_escape_changes_nothing_and_the_menu_opens_the_same_editor(sit: Sit) -> None:
    me = await sit()
    await write(me, 0, 0, "kept")
    await me.press("Enter")
    await me.page.get_by_role("menuitem", name="Note…").click()
    dialog = me.page.get_by_role("dialog", name="Note · Person 0 · Mon 21 Dec")
    await expect(dialog.get_by_role("textbox")).to_have_value("kept")
    await dialog.get_by_role("textbox").fill("thrown away")
    await me.press("Escape")
    await expect(dialog).to_have_count(0)
    await expect(me.page.get_by_role("grid")).to_be_focused()
    await reads(me, 0, 0, "kept")
    await me.press("F2")
    await dialog.get_by_role("textbox").fill("by button")
    await dialog.get_by_role("button", name="Save").click()
    await reads(me, 0, 0, "by button")


async def test_a_note_too_long_says_by_how_much_and_is_not_sent(sit: Sit) -> None:
    me = await sit()
    await me.stand(0, 0)
    await me.press("F2")
    field = editor(me).get_by_role("textbox")
    await field.fill("🍣" * (LONGEST_NOTE + 3))
    await expect(editor(me)).to_contain_text(f"At most {LONGEST_NOTE} characters: shorten it by 3")
    await expect(editor(me).get_by_role("button", name="Save")).to_be_disabled()
    await field.press("Control+Enter")
    await expect(field).to_be_focused()
    await field.fill("🍣" * LONGEST_NOTE)
    await field.press("Control+Enter")
    await reads(me, 0, 0, "🍣" * LONGEST_NOTE)


async def test_a_draft_is_not_lost_to_another_cell_nor_to_a_colleague(sit: Sit) -> None:
    """What a colleague saves meanwhile is told beside it; an editor in which nothing was typed follows."""
    me, colleague = await sit(), await sit()
    await me.stand(2, 2)
    await me.press("F2")
    await write(colleague, 2, 2, "theirs")
    field = editor(me).get_by_role("textbox")
    await expect(field).to_have_value("theirs")
    await field.fill("mine")
    await me.stand(0, 12)
    await me.press("F2")
    await expect(field).to_be_focused()
    await expect(field).to_have_value("mine")
    await write(colleague, 2, 2, "theirs again")
    await expect(editor(me)).to_contain_text("now saved: theirs again")
    await me.press("Control+Enter")
    for screen in (me, colleague):
        await reads(screen, 2, 2, "mine")
    told = colleague.page.locator(".conflicts")
    await expect(told).to_contain_text("mine")
    await told.get_by_role("button", name=re.compile("^Put")).click()
    await reads(me, 2, 2, "theirs again")


async def test_a_note_written_without_a_line_waits_is_read_and_sent_once(sit: Sit) -> None:
    me, colleague = await sit(), await sit()
    await me.stand(0, 0)
    await me.context.set_offline(True)
    await expect(me.page.locator(".line-state")).to_have_text("Offline")
    await write(me, 0, 0, "on the train")
    await expect(me.cell(0, 0)).to_have_class(WAITING)
    await reads(me, 0, 0, "on the train")
    await me.press("x")
    await write(me, 0, 0, "in the tunnel")
    await expect(me.page.locator(".status .edits-waiting")).to_have_text("3 edits waiting")
    await me.context.set_offline(False)
    await reads(colleague, 0, 0, "in the tunnel")
    await colleague.shows(0, 0, "×")
    await expect(me.page.locator(".waiting")).to_have_count(0)
    await me.page.reload()
    await reads(me, 0, 0, "in the tunnel")
    quiet(me)


async def test_a_note_that_is_refused_is_told_with_its_text(sit: Sit, served: Served) -> None:
    me = await sit()
    await me.stand(1, 4)
    await me.context.set_offline(True)
    await expect(me.page.locator(".line-state")).to_have_text("Offline")
    await write(me, 1, 4, "brings the knives back")
    assert served.dsns is not None
    with psycopg.connect(served.dsns.owner) as connection:
        ended = (me.kitchen.day(2), me.kitchen.staff[1].id)
        connection.execute("UPDATE staff SET employed_to = %s WHERE id = %s", ended)
    await me.context.set_offline(False)
    told = me.page.locator(".refusals li")
    await expect(told).to_have_text(re.compile("Person 1 · 25 Dec · note “brings the knives back”.*not employed"))
    await expect(me.page.locator(".waiting")).to_have_count(0)
    await has_none(me, 1, 4)
    quiet(me)


async def test_of_a_shift_and_a_note_written_unseen_both_are_kept_where_the_team_combines(
    sit: Sit, opened: Database, small_kitchen: Kitchen
) -> None:
    bind(opened)
    assert await conflicts.choose_strategy(small_kitchen.owner, "merge") is None
    bind(None)
    me, colleague = await sit(), await sit()
    await me.stand(1, 1)
    await me.context.set_offline(True)
    await expect(me.page.locator(".line-state")).to_have_text("Offline")
    await write(me, 1, 1, "late, from the doctor's")
    await colleague.stand(1, 1)
    await colleague.press("l", "p")
    await colleague.shows(1, 1, "◇")
    await write(colleague, 2, 2, "first")
    await write(me, 2, 2, "second")
    await me.context.set_offline(False)
    for screen in (me, colleague):
        await reads(screen, 1, 1, "late, from the doctor's")
        await screen.shows(1, 1, "◇")
        await expect(screen.cell(1, 1)).to_have_class(re.compile(r"\bpinned\b"))
        await reads(screen, 2, 2, "first / second")
        await expect(screen.page.locator(".conflicts")).to_have_count(0)
    quiet(me)


async def test_a_phone_reads_and_writes_notes_on_its_cards(sit: Sit) -> None:
    me, phone = await sit(), await sit(viewport=PHONE)
    await write(me, 1, 0, "allergic to nuts")
    card = phone.page.locator(".cards li").nth(1)
    await expect(card.locator(".card-says")).to_have_text("allergic to nuts")
    await card.get_by_role("button", name="Person 1: note").click()
    field = editor(phone).get_by_role("textbox")
    await expect(field).to_have_value("allergic to nuts")
    await field.fill("allergic to nuts and fish")
    await editor(phone).get_by_role("button", name="Save").click()
    await expect(card.get_by_role("button", name="Person 1: note")).to_be_focused()
    await reads(me, 1, 0, "allergic to nuts and fish")
    await expect(card.locator(".card-says")).to_have_text("allergic to nuts and fish")


@pytest.mark.parametrize("role", [Role.VIEWER, Role.STAFF])
async def test_who_may_only_look_reads_notes_and_writes_none(sit: Sit, go: Visit, role: Role) -> None:
    me = await sit()
    await write(me, 1, 1, "read this")
    page = await go("/", role=role)
    cell = page.locator(f'[data-cell="{me.name(1, 1)}"]')
    await expect(cell).to_have_attribute("title", "read this")
    await cell.click()
    await expect(page.locator(".sum")).to_have_text("note “read this”")
    await page.keyboard.press("F2")
    field = page.locator(".note-editor").get_by_role("textbox")
    await expect(field).to_have_value("read this")
    await expect(field).not_to_be_editable()
    await expect(page.locator(".note-editor").get_by_role("button")).to_have_text(["Close"])
    await page.keyboard.press("Escape")
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("F2")
    await expect(page.locator(".note-editor")).to_have_count(0)


async def test_axe_finds_nothing_serious_in_the_editor_nor_on_a_noted_card(sit: Sit) -> None:
    me, phone = await sit(), await sit(viewport=PHONE)
    await write(me, 1, 0, "read this")
    await me.press("F2")
    await editor(me).get_by_role("textbox").fill("x" * (LONGEST_NOTE + 1))
    assert await faults_in_both_lights(me.page) == []
    await expect(phone.page.locator(".card-says")).to_have_count(1)
    assert await faults_in_both_lights(phone.page) == []
