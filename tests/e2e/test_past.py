"""A period's history: seen live, looked at as it was, compared, gone back to."""

import re

from playwright.async_api import expect

from shiftapp.domain.edit import CellAsked
from shiftapp.domain.past import PAGE
from shiftapp.store.database import Database
from shiftapp.store.edits import apply_edit
from tests.e2e.conftest import Sit
from tests.e2e.screen import Screen
from tests.factories import Kitchen

PHONE = {"width": 390, "height": 844}
LONG = "ring before you come, and mind the step " * 3 + "twice"


def command(screen: Screen, key: str):
    return screen.page.locator(f'[data-command="{key}"]')


async def test_a_period_is_seen_as_it_was_compared_and_given_back_to_everybody(sit: Sit) -> None:
    me, colleague = await sit(), await sit()
    await me.stand(0, 0)
    await me.press("Shift+ArrowRight", "Shift+ArrowRight", "x")
    await me.show(0, "×××")
    await command(me, "history").click()
    dialog = me.page.get_by_role("dialog", name="History")
    lines = dialog.locator(".past-line")
    await expect(lines).to_have_text([re.compile(r"owner \d+edit.*3 cells of Person 0, 21 Dec – 23 Dec$")])
    await colleague.stand(0, 1)
    await colleague.press("e")
    await expect(lines).to_have_count(2)
    await expect(lines.first).to_have_text(re.compile(r"Person 0.*×→△$"))

    await lines.nth(1).click()
    await command(me, "past.see").click()
    await me.show(0, "×××.")
    await expect(me.page.locator(".past-strip")).to_contain_text("As it was at")
    await expect(me.page.locator(".sheet")).to_have_class(re.compile("read-only"))
    await colleague.stand(0, 3)
    await colleague.press("x")
    await expect(lines).to_have_count(3)
    await me.show(0, "×××.")

    await command(me, "past.with_now").click()
    await expect(dialog.locator(".past-differing li")).to_have_text([re.compile("×→△"), re.compile("→×")])
    await expect(me.cell(0, 1)).to_have_attribute("data-was", "×")
    await me.show(0, "×△××")
    await command(me, "past.see").click()
    await me.show(0, "×××.")
    await me.stand(0, 1)
    await me.page.get_by_label("What to restore").select_option("the row of Person 0")
    await command(me, "past.restore").click()
    await expect(me.page.locator(".past-strip")).to_contain_text("2 cells would change")
    await colleague.show(0, "×△××")
    await command(me, "past.do").click()
    await colleague.show(0, "×××.")
    await expect(me.page.locator(".past-strip")).to_have_count(0)
    await me.show(0, "×××.")
    await me.stand(0, 0)
    await me.press("Control+z")
    await colleague.show(0, "×△××")


async def test_a_note_or_pin_that_alone_differs_is_marked_in_the_grid_and_on_a_phone_and_named(
    opened: Database, sit: Sit, small_kitchen: Kitchen
) -> None:
    k = small_kitchen

    async def edit(*cells: tuple[int, int, dict[str, object]]) -> None:
        asked = [CellAsked.model_validate({"staff_id": k.staff[r].id, "day": k.day(c)} | held) for r, c, held in cells]
        await apply_edit(opened, k.author, k.edit(*asked))

    await edit((0, 0, {"note": "call first"}), (0, 2, {"note": "same"}), (1, 1, {"note": "gone soon"}))
    await edit((0, 0, {"note": "called"}), (1, 1, {"note": ""}), (2, 3, {"pinned": True}), (3, 2, {"note": LONG}))
    me, phone = await sit(), await sit(locale="ja-JP", viewport=PHONE)
    for screen in (me, phone):
        await command(screen, "history").click()
        await screen.page.locator(".past-line").nth(1).click()
        await command(screen, "past.see").click()
        await expect(screen.page.locator(".other-note")).to_have_count(0)
        if screen is me:
            await expect(me.cell(0, 0)).to_have_attribute("title", "call first")
        await command(screen, "past.with_now").click()
    differing = me.page.locator(".past-differing li")
    await expect(differing).to_have_text(
        [
            re.compile(r"Person 0.*21 Dec.*note “call first” → note “called”$"),
            re.compile(r"Person 1.*22 Dec.*note “gone soon” → no note$"),
            re.compile(r"Person 2.*24 Dec.*→.*pinned$"),
            re.compile(rf"Person 3.*23 Dec.*no note → note “{LONG}”$"),
        ]
    )
    for row, column in ((0, 0), (1, 1), (3, 2)):
        await expect(me.cell(row, column)).to_have_class(re.compile(r"\bother-note\b"))
    await expect(me.page.locator(".other-note")).to_have_count(3)
    await expect(me.page.locator(".other-pin")).to_have_count(1)
    await expect(me.page.locator(".cell.note")).to_have_count(4)
    await expect(me.cell(2, 3)).to_have_class(re.compile(r"\bother-pin\b"))
    await expect(me.cell(1, 1)).to_have_attribute("title", "note “gone soon” → no note")
    await me.stand(0, 0)
    await expect(me.page.locator("#active-cell")).to_have_attribute(
        "aria-label", re.compile("note “call first” → note “called”$")
    )
    await expect(phone.page.locator(".past-differing li").first).to_contain_text("メモ「call first」 → メモ「called」")
    cards = phone.page.locator(".cards li")
    await expect(cards.nth(0).locator(".card-says.other-note")).to_have_text("メモ「call first」 → メモ「called」")
    await expect(phone.page.locator(".card-says")).to_have_count(1)
    await command(me, "past.back").click()
    await expect(me.page.locator(".other-note, .other-pin")).to_have_count(0)
    await expect(me.cell(0, 0)).to_have_attribute("title", "called")


async def test_an_earlier_moment_compared_is_named_marked_and_kept_by_a_reload(sit: Sit) -> None:
    me = await sit()
    await me.stand(0, 0)
    await me.press("x", "ArrowRight", "e", "ArrowRight", "l")
    await me.show(0, "×△◇")
    await command(me, "history").click()
    lines, strip = me.page.locator(".past-line"), me.page.locator(".past-strip p")
    await expect(lines).to_have_count(3)
    await lines.nth(1).click()
    await command(me, "past.see").click()
    await expect(me.page.locator(".past-line.shown")).to_have_text(re.compile("→△$"))
    await lines.nth(2).click()
    await command(me, "past.compare").click()
    differ = re.compile(r"^Different between \d+:\d\d [AP]M and \d+:\d\d [AP]M: 1 cell$")
    await expect(strip).to_have_text(differ)
    await expect(me.page.locator(".past-line.shown")).to_have_count(2)
    await me.show(0, "×△.")
    await me.page.reload()
    await expect(strip).to_have_text(differ)
    await me.show(0, "×△.")


async def test_the_browsers_way_back_and_the_pages_own_lead_to_now_also_from_a_plan(sit: Sit) -> None:
    me = await sit()
    await me.stand(0, 0)
    await me.press("x", "ArrowRight", "e")
    await command(me, "history").click()
    await expect(me.page.locator(".past-line")).to_have_count(2)
    await me.page.locator(".past-line").nth(1).click()
    see, strip = command(me, "past.see"), me.page.locator(".past-strip")
    for further, says in (("", "As it was"), ("past.with_now", "Different"), ("past.restore", "would change")):
        await see.click()
        await me.show(0, "×.")
        if further:
            await command(me, further).click()
        await expect(strip).to_contain_text(says)
        await me.page.go_back()
        await expect(strip).to_have_count(0)
        await me.show(0, "×△")
    await see.click()
    await me.show(0, "×.")
    await command(me, "past.back").click()
    await expect(strip).to_have_count(0)
    assert "at=" not in me.page.url


async def test_a_change_set_is_taken_back_and_a_time_before_the_period_gets_words(sit: Sit) -> None:
    me = await sit()
    await me.stand(0, 0)
    await me.press("x", "ArrowRight", "e")
    await me.show(0, "×△")
    await command(me, "history").click()
    lines = me.page.get_by_role("dialog", name="History").locator(".past-line")
    await expect(lines).to_have_count(2)
    await lines.nth(1).click()
    await command(me, "past.take_back").click()
    await expect(me.page.locator(".past-strip")).to_contain_text("1 cell would change")
    await command(me, "past.do").click()
    await me.show(0, ".△")
    await me.page.locator("summary").click()
    await me.page.get_by_label("See it as it was at").fill("2020-01-01T10:00")
    await expect(me.page.locator(".notice")).to_contain_text(["did not exist yet"])


async def test_older_changes_are_a_page_away_and_a_filter_starts_at_the_newest(sit: Sit) -> None:
    me = await sit()
    k = me.kitchen
    await me.stand(0, 0)
    for _ in range(PAGE + 2):
        await me.press("Space")
    await expect(me.page.locator(".waiting")).to_have_count(0)
    await command(me, "history").click()
    lines = me.page.get_by_role("dialog", name="History").locator(".past-line")
    await expect(lines).to_have_count(PAGE)
    await command(me, "past.older").click()
    await expect(lines).to_have_count(2)
    await expect(command(me, "past.older")).to_have_count(0)
    await me.page.locator("summary").click()
    await me.page.get_by_label("Staff member").select_option(k.staff[1].name)
    await expect(lines).to_have_count(0)
    await me.page.get_by_label("Staff member").select_option(k.staff[0].name)
    await expect(lines).to_have_count(PAGE)
    await expect(me.page.locator("summary")).to_have_text("Filtered (1), or choose a time")


async def test_on_a_phone_the_pressed_card_is_restored_a_reload_keeps_the_moment_and_back_leads_to_now(
    sit: Sit,
) -> None:
    me, phone = await sit(), await sit(viewport=PHONE)
    for row, column in ((0, 0), (1, 0), (2, 0), (2, 1)):
        await me.stand(row, column)
        await me.press("x")
    strip, cards = phone.page.locator(".past-strip"), phone.page.locator(".cards li")
    off = cards.nth(1).get_by_role("button", name="Off", exact=True)
    await command(phone, "history").click()
    lines = phone.page.locator(".past-line")
    await expect(lines).to_have_count(4)
    await lines.last.click()
    await command(phone, "past.see").click()
    await expect(strip).to_contain_text("As it was at")
    await expect(off).to_have_attribute("aria-pressed", "false")
    await phone.page.reload()
    await expect(strip).to_contain_text("As it was at")
    await expect(off).to_have_attribute("aria-pressed", "false")
    await phone.page.go_back()
    await expect(strip).to_have_count(0)
    await expect(off).to_have_attribute("aria-pressed", "true")
    await phone.page.go_forward()
    await expect(strip).to_contain_text("As it was at")

    await phone.page.get_by_label("What to restore").select_option("the row of the card you press")
    await expect(command(phone, "past.restore")).to_be_disabled()
    await cards.nth(2).locator(".choice").first.click(force=True)
    await command(phone, "past.restore").click()
    await expect(strip).to_contain_text("the row of Person 2: 2 cells would change")
    await command(phone, "past.do").click()
    await me.show(2, "..")
    await me.shows(1, 0, "×")
    notice = phone.page.locator(".notice")
    await expect(notice).to_have_text("Restored: 2 cells of Person 2, 21 Dec – 22 Dec. Undo takes it back. ")
    await phone.page.get_by_role("button", name="Undo", exact=True).click()
    await me.show(2, "××")
    await expect(notice).to_have_text("Undone: restored from history, 2 cells of Person 2, 21 Dec – 22 Dec.")
    await expect(strip).to_have_count(0)
