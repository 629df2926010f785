"""Two people edit one cell unseen of each other: whoever loses is told in place, and has a way back."""

import re

from playwright.async_api import Locator, Page, expect

from shiftapp.domain.permission import Role
from tests.e2e.conftest import Sit, Visit
from tests.e2e.screen import Screen
from tests.e2e.test_queue import quiet


def told(screen: Screen) -> Locator:
    return screen.page.locator(".conflicts")


async def meet(me: Screen, colleague: Screen) -> None:
    """Have me type × without a line and the colleague ○ after it; then my line is back, and mine is decided last."""
    await me.stand(1, 2)
    await me.context.set_offline(True)
    await expect(me.page.locator(".line-state")).to_have_text("Offline")
    await me.press("x")
    await colleague.stand(1, 2)
    await colleague.press("o")
    await colleague.shows(1, 2, "○")
    await me.context.set_offline(False)


async def meet_five_times(me: Screen, colleague: Screen) -> None:
    """Have them meet as above in the first five cells of a row."""
    for screen, mark in ((me, "x"), (colleague, "o")):
        await screen.stand(1, 0)
        if screen is me:
            await me.context.set_offline(True)
            await expect(me.page.locator(".line-state")).to_have_text("Offline")
        for _ in range(5):
            await screen.press(mark, "ArrowRight")
    await colleague.shows(1, 4, "○")
    await expect(colleague.page.locator(".waiting")).to_have_count(0)
    await me.context.set_offline(False)


async def choose_each_time(settings: Page) -> None:
    """Have the team choose."""
    each = settings.get_by_role("radio", name=re.compile("Choose each time"))
    await each.click()
    await expect(each).to_be_checked()


async def test_whose_value_gave_way_is_told_after_a_reload_too_and_puts_it_back(sit: Sit) -> None:
    me, colleague = await sit(), await sit()
    await meet(me, colleague)
    await colleague.shows(1, 2, "×")
    await expect(told(colleague)).to_contain_text(re.compile(r"Person 1, 23 Dec: your ○ gave way to × by owner \d+"))
    await expect(colleague.page.locator(".met")).to_have_count(1)
    await colleague.page.reload()
    await expect(told(colleague)).to_contain_text("your ○ gave way")
    await expect(told(me)).to_have_count(0)
    await colleague.page.locator('[data-command="history"]').click()
    await colleague.page.locator(".past-line").first.click()
    await colleague.page.locator('[data-command="past.see"]').click()
    await expect(colleague.page.locator(".past-strip")).to_be_visible()
    await expect(told(colleague)).to_have_count(0)
    await expect(colleague.page.locator(".met")).to_have_count(0)
    await colleague.page.locator('[data-command="past.back"]').click()
    await told(colleague).get_by_role("button", name="Put ○ back").click()
    for screen in (me, colleague):
        await screen.shows(1, 2, "○")
        await expect(told(screen)).to_have_count(0)
    quiet(me)


async def test_the_box_opens_to_all_of_them_by_keyboard_and_scrolls_to_the_last(sit: Sit) -> None:
    """Five values gave way: three are spelled out at a desk and one on a phone, until all are asked for."""
    me, colleague = await sit(), await sit()
    await meet_five_times(me, colleague)
    box = told(colleague)
    await expect(box).to_contain_text("Edits that met: 5")
    await expect(box.locator(".conflict")).to_have_count(3)
    more = box.get_by_role("button", name="Show 2 more")
    await more.focus()
    await colleague.press("Enter")
    await expect(box.locator(".conflict")).to_have_count(5)
    await expect(box.get_by_role("button", name="Show fewer")).to_be_focused()
    last = box.get_by_role("button", name="Put ○ back").last
    await last.focus()
    await expect(last).to_be_in_viewport(ratio=1)
    await colleague.press("Enter")
    await me.shows(1, 4, "○")
    await expect(box.locator(".conflict")).to_have_count(4)
    await expect(box.locator(".conflicts-head")).to_be_focused()
    await colleague.page.set_viewport_size({"width": 390, "height": 844})
    await box.get_by_role("button", name="Show fewer").click()
    await expect(box.locator(".conflict")).to_have_count(1)
    await box.get_by_role("button", name="Show 3 more").click()
    await expect(box.locator(".conflict")).to_have_count(4)
    await box.get_by_role("button", name="Leave it").last.scroll_into_view_if_needed()
    await expect(box.get_by_role("button", name="Leave it").last).to_be_in_viewport(ratio=1)
    await expect(box.locator(".conflicts-head")).to_be_in_viewport(ratio=1)
    quiet(me)


async def test_a_choice_is_open_to_both_until_one_chooses_and_the_other_is_told(sit: Sit, go: Visit) -> None:
    me, colleague = await sit(), await sit()
    await choose_each_time(await go("/settings/conflicts", role=Role.OWNER))
    await meet(me, colleague)
    for screen in (me, colleague):
        await expect(told(screen)).to_contain_text(re.compile(r"which one\? ○ by owner \d+.*or × by owner \d+"))
        await screen.shows(1, 2, "○")
    await told(colleague).get_by_role("button", name="Take ○").click()
    await expect(told(colleague)).to_have_count(0)
    await expect(told(me)).to_contain_text("your × gave way to ○")
    await told(me).get_by_role("button", name="Leave it").click()
    await expect(told(me)).to_have_count(0)
    await me.shows(1, 2, "○")
    quiet(me)


async def test_many_choices_are_made_with_one_press_for_whoevers_values_they_are(sit: Sit, go: Visit) -> None:
    me, colleague = await sit(), await sit()
    await choose_each_time(await go("/settings/conflicts", role=Role.OWNER))
    await meet_five_times(me, colleague)
    await expect(told(colleague)).to_contain_text("Edits that met: 5")
    every = told(colleague).get_by_role("button", name=re.compile(r"^Take all 5 of owner \d+$"))
    await expect(every).to_have_count(2)
    looker = await go("/", role=Role.VIEWER)
    await expect(looker.locator(".conflicts")).to_contain_text("Edits that met: 5")
    await expect(looker.locator(".conflict-acts")).to_have_count(0)
    await every.last.click()
    await expect(told(me)).to_have_count(0)
    for screen in (me, colleague):
        await screen.show(1, "×××××.")
    await expect(told(colleague)).to_have_count(0)
    await expect(colleague.page.get_by_role("grid")).to_be_focused()
    await colleague.press("Control+z")
    await me.show(1, "○○○○○.")
    quiet(me)


async def test_a_phone_marks_the_card_where_edits_met_until_it_is_settled(sit: Sit) -> None:
    me, phone = await sit(), await sit(viewport={"width": 390, "height": 844})
    await me.stand(1, 0)
    await me.context.set_offline(True)
    await expect(me.page.locator(".line-state")).to_have_text("Offline")
    await me.press("x")
    card = phone.page.locator(".cards li").nth(1)
    await card.get_by_role("button", name="Work").click()
    await expect(phone.page.locator(".waiting")).to_have_count(0)
    await me.context.set_offline(False)
    await expect(card).to_have_class(re.compile("in-question"))
    await told(phone).get_by_role("button", name="Leave it").click()
    await expect(card).not_to_have_class(re.compile("in-question"))
    quiet(me)
