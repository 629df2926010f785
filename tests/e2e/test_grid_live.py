"""Two people on one schedule, and what each browser keeps to itself."""

import re

from playwright.async_api import expect

from tests.e2e.conftest import Sit


async def test_an_edit_its_totals_and_what_it_breaks_reach_the_other_screen(sit: Sit) -> None:
    me, colleague = await sit(), await sit()
    await me.stand(2, 3)
    await me.press("x")
    await colleague.shows(2, 3, "×")
    await expect(colleague.page.locator(".tally").nth(2).locator("span").first).to_have_text("1")
    await expect(colleague.page.locator(".total").first.locator("span").nth(3)).to_have_text("1")
    await expect(colleague.page.locator(".total").first.locator("span").nth(4)).to_have_text("0")
    for row in range(6):
        await me.stand(row, 3)
        await me.press("x")
    await expect(colleague.page.locator(".total .over")).to_have_text("6")
    await expect(colleague.page.locator(".violation").first).to_contain_text("6 off")


async def test_somebody_elses_edit_leaves_the_cursor_and_the_focus_alone(sit: Sit) -> None:
    me, colleague = await sit(), await sit()
    await colleague.stand(2, 3)
    await me.stand(2, 4)
    await me.press("x")
    await colleague.shows(2, 4, "×")
    assert await colleague.active() == colleague.name(2, 3)
    await expect(colleague.page.get_by_role("grid")).to_be_focused()
    await colleague.press("e")
    await me.shows(2, 3, "△")
    await me.shows(2, 4, "×")


async def test_an_edit_paints_before_the_server_answers_and_a_refusal_takes_it_back(sit: Sit) -> None:
    """The page is made to send shift types that do not exist."""
    me = await sit()
    await me.stand(0, 0)
    await me.press("x")
    await me.shows(0, 0, "×")
    await me.page.evaluate(
        """() => { const from = Object.fromEntries;
        Object.fromEntries = (pairs) =>
            from([...pairs].map(([k, v]) => [k, typeof v === 'number' ? 999999 : v])); }"""
    )
    await me.press("e")
    await expect(me.page.locator(".notice")).to_contain_text("no such shift type")
    await me.shows(0, 0, "×")


async def test_a_violation_leads_to_its_cell(sit: Sit) -> None:
    me = await sit()
    for column in range(4, 11):
        await me.stand(3, column)
        await me.press("o")
    line = me.page.locator(".violation", has_text="days in a row").first
    await line.click()
    assert (await me.active() or "").startswith(f"{me.kitchen.staff[3].id}/")
    await expect(me.page.get_by_role("grid")).to_be_focused()
    await expect(me.cell(3, 6)).to_have_class(re.compile(r"\bsoft\b"))


async def test_language_is_switched_at_once_and_remembered(sit: Sit) -> None:
    me = await sit()
    sent: list[str] = []
    await expect(me.page.get_by_role("button", name="Generate")).to_be_visible()
    me.page.on("request", lambda request: sent.append(request.url) if request.resource_type != "font" else None)
    await me.page.locator(".language-switch").click()
    await expect(me.page.get_by_role("button", name="自動作成")).to_be_visible()
    await expect(me.page.locator("html")).to_have_attribute("lang", "ja")
    assert sent == []
    await me.page.reload()
    await expect(me.page.get_by_role("button", name="自動作成")).to_be_visible()
    await me.stand(0, 3)
    await expect(me.cell(0, 3)).to_have_attribute("aria-label", "Person 0, 12月24日(木), 未定")


async def test_light_and_dark_are_remembered(sit: Sit) -> None:
    me = await sit()
    await me.page.locator(".light-switch").click()
    await expect(me.page.locator("html")).to_have_class(re.compile("dark"))
    await me.page.reload()
    await expect(me.page.locator("html")).to_have_class(re.compile("dark"))


async def test_on_a_phone_a_day_is_shown_as_cards(sit: Sit) -> None:
    phone, desk = await sit(viewport={"width": 390, "height": 844}), await sit()
    await expect(phone.page.get_by_role("grid")).to_be_hidden()
    await phone.page.get_by_role("group", name="Person 2").get_by_role("button", name="Off", exact=True).click()
    await desk.shows(2, 0, "×")
    await phone.page.get_by_role("button", name="Next day").click()
    await phone.page.get_by_role("group", name="Person 2").get_by_role("button", name="Early").click()
    await desk.shows(2, 1, "△")
    assert await phone.page.evaluate("document.documentElement.scrollWidth") <= 390
