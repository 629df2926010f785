"""An absence, as two people live it: one says who is away, both see who could cover, one takes it, both get it."""

import re

from playwright.async_api import expect

from tests.e2e.conftest import Sit
from tests.e2e.generating import ahead, command, ended, figure, generate, gone

ROW, FIRST, LAST = 1, 3, 4


async def test_an_absence_is_covered_by_an_option_that_both_see_and_get(sit: Sit) -> None:
    me, colleague = await sit(), await sit(locale="ja-JP")
    await generate(me, 5)
    await ended(me, "finished", 30)
    await command(me, "apply").click()
    await gone(me)
    for column in (FIRST, LAST):  # whatever was generated, there is something to cover
        await me.stand(ROW, column)
        await me.press("o")
        await me.shows(ROW, column, "○")
    await me.cell(ROW, FIRST).click()
    await me.page.get_by_role("menuitem", name="Away from here").click()
    form = me.page.get_by_role("dialog")
    await expect(form.get_by_label("Who is away")).to_be_focused()
    await expect(form.get_by_label("First day")).to_have_value(me.kitchen.day(FIRST).isoformat())
    await form.get_by_label("Last day").fill(me.kitchen.day(LAST).isoformat())
    await form.get_by_role("button", name="Find cover").click()
    await ended(me, "finished", 40)
    mine = me.page.get_by_role("dialog")
    await expect(mine).to_contain_text(
        re.compile("Person 1 away: 24 Dec – 25 Dec.*changes?cost .*Person 1 · .* → ×", re.DOTALL)
    )
    await expect(me.page.locator(".cell.ahead")).to_have_count(0)
    await command(colleague, "why").click()
    option = mine.locator("[data-way]").first
    await option.click()
    await expect(option).to_have_attribute("aria-pressed", "true")
    await expect(colleague.page.get_by_role("dialog").get_by_role("button", pressed=True)).to_contain_text("表示中")
    await expect(ahead(colleague).first).to_be_visible()
    await command(colleague, "apply").click()
    await gone(me)
    for screen in (me, colleague):
        for column in (FIRST, LAST):
            await expect(screen.cell(ROW, column)).to_have_text(re.compile("[×休有]"))
        await expect(screen.page.get_by_role("dialog")).to_have_count(0)


async def test_cover_is_searched_again_around_what_a_colleague_edited_meanwhile(sit: Sit) -> None:
    me, colleague = await sit(), await sit(locale="ja-JP")
    await generate(me, 5)
    await ended(me, "finished", 30)
    await command(me, "apply").click()
    await gone(me)
    await me.cell(ROW, FIRST).click()
    await me.page.get_by_role("menuitem", name="Away from here").click()
    await me.page.get_by_role("dialog").get_by_role("button", name="Find cover").click()
    await ended(me, "finished", 40)
    mine = me.page.get_by_role("dialog")
    await mine.locator("[data-way]").first.click()
    await expect(mine.get_by_role("button", pressed=True)).to_be_visible()
    await colleague.stand(3, 10)
    await colleague.press("u")
    await expect(me.page.locator(".clash")).to_contain_text(re.compile(r"owner \d+: stays ⊘, the run had "))
    await expect(mine).to_contain_text("Edited meanwhile, and stays: 1 cell.")
    await mine.get_by_role("button", name="Search again around these").click()
    await expect(mine).to_have_count(0)
    await ended(colleague, "finished", 40)
    await expect(mine).to_contain_text(re.compile("Person 1 away: Thu 24 Dec.*changes?cost ", re.DOTALL))
    await expect(colleague.page.locator(".clash")).to_have_count(0)
    await mine.locator("[data-way]").first.click()
    await expect(mine.get_by_role("button", pressed=True)).to_be_visible()
    await command(colleague, "apply").click()
    await gone(me)
    for screen in (me, colleague):
        await screen.shows(3, 10, "⊘")
        await expect(screen.cell(ROW, FIRST)).to_have_text(re.compile("[×休有]"))
        await expect(screen.cell(ROW, FIRST)).to_have_class(re.compile(r"\bpinned\b"))


async def test_where_there_is_one_way_only_both_are_told_that_there_is_no_other(sit: Sit) -> None:
    """All cells are pinned: what remains is the absence alone."""
    me, colleague = await sit(), await sit(locale="ja-JP")
    await generate(me, 5)
    await ended(me, "finished", 30)
    await command(me, "apply").click()
    await gone(me)
    await me.stand(ROW, FIRST)
    await me.press("Control+a", "p")
    await expect(colleague.page.locator("[data-cell].pinned")).to_have_count(6 * 20)
    await me.cell(ROW, FIRST).click()
    await me.page.get_by_role("menuitem", name="Away from here").click()
    await me.page.get_by_role("dialog").get_by_role("button", name="Find cover").click()
    await ended(colleague, "finished", 40)
    await command(colleague, "why").click()
    for screen, words in ((me, "leave no other way"), (colleague, "ほかにありません")):
        await expect(screen.page.get_by_role("dialog")).to_contain_text(words)
        await expect(screen.page.locator("[data-way]")).to_have_count(1)
    await command(me, "close").click()


async def test_escape_closes_the_form_and_the_options_and_gives_the_keyboard_back(sit: Sit) -> None:
    me = await sit()
    await me.page.locator('[data-command="repair.ask"]').click()
    await expect(me.page.get_by_role("dialog").get_by_label("Who is away")).to_be_focused()
    await me.press("Escape")
    await expect(me.page.get_by_role("dialog")).to_have_count(0)
    await expect(me.page.locator("#sheet")).to_be_focused()


async def test_alternatives_to_a_finished_run_are_compared_and_one_is_shown_to_everybody(sit: Sit) -> None:
    me, colleague = await sit(), await sit(locale="ja-JP")
    await generate(me, 5)
    await ended(me, "finished", 30)
    await me.page.get_by_label("Dearer by at most").select_option("25")
    await me.page.locator('[data-command="others.ask"]').click()
    mine = me.page.get_by_role("dialog")
    await expect(mine.get_by_role("button", pressed=True)).to_contain_text("The roster itself", timeout=60_000)
    await expect(figure(me, "score")).to_be_visible()
    await expect(figure(me, "bound")).to_have_count(0)  # nothing is proved of alternatives
    option = mine.locator("[data-way]").nth(1)
    await expect(option).to_contain_text(re.compile(r"\d+ cells differ.*cost \d+ \("))
    await option.click()
    await expect(option).to_have_attribute("aria-pressed", "true")
    await command(colleague, "why").click()
    await expect(colleague.page.get_by_role("dialog").get_by_role("button", pressed=True)).to_contain_text(
        "セルが違う案"
    )
    await command(colleague, "apply").click()
    await gone(me)
    await expect(me.page.locator('[data-command="others.ask"]')).to_be_visible()
