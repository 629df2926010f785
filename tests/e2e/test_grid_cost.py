"""What one edit makes the pages do: the bound on it is what keeps many editors' screens quick."""

import asyncio
from typing import Any

from playwright.async_api import expect

from tests.e2e.conftest import Sit
from tests.e2e.screen import Screen

WATCH = """() => {
  const asked = Date.prototype.toLocaleDateString;
  const cost = window.cost = {dates: 0, animations: 0, changed: new Set()};
  Date.prototype.toLocaleDateString = function (...given) { cost.dates += 1; return asked.apply(this, given); };
  const look = () => {
    cost.animations = Math.max(cost.animations, document.getElementById('sheet').getAnimations({subtree: true})
      .filter((one) => !one.effect.target.classList.contains('waiting')).length);
    requestAnimationFrame(look);
  };
  look();
  new MutationObserver((seen) => seen.forEach(({target}) => cost.changed.add(
    (target.nodeType === 1 ? target : target.parentElement).closest('.row, .head, .stripes, .cards, .name')?.className
  ))).observe(document.body, {subtree: true, childList: true, characterData: true, attributes: true});
}"""


async def _cost(screen: Screen) -> dict[str, Any]:
    return await screen.page.evaluate("({...window.cost, changed: [...window.cost.changed]})")


async def test_an_edit_asks_for_no_date_and_animates_no_cell(sit: Sit) -> None:
    """Neither at its author's nor at the others', beyond the dashes of what waits for an answer."""
    me, colleague = await sit(), await sit()
    await me.stand(1, 3)
    for screen in (me, colleague):
        await screen.page.evaluate(WATCH)
    for column, key in enumerate("xelxel", start=3):
        await me.press(key, "ArrowRight")
        await expect(colleague.cell(1, column)).not_to_be_empty()
    for screen in (me, colleague):
        cost = await _cost(screen)
        assert cost["dates"] <= 1, "once a minute at most"
        assert cost["animations"] == 0
        assert "row" in cost["changed"]
        assert not {"head", "stripes"} & set(cost["changed"])


async def test_the_watch_sees_a_cell_that_fades_and_a_date_asked_for(sit: Sit) -> None:
    """The control of the law above."""
    me = await sit()
    await me.stand(1, 3)
    await me.page.add_style_tag(content=".cell { transition: background-color 0.5s }")
    await me.page.evaluate(WATCH)
    await me.page.evaluate("new Date().toLocaleDateString('sv')")
    await me.press("x")
    await me.shows(1, 3, "×")
    for _ in range(100):  # a cell that waits for its answer does not count yet
        if (cost := await _cost(me))["animations"]:
            break
        await asyncio.sleep(0.05)
    assert cost["dates"] == 1


async def test_cards_are_worked_out_in_a_narrow_window_alone(sit: Sit) -> None:
    me = await sit()
    await expect(me.page.locator(".cards li")).to_have_count(0)
    await me.page.set_viewport_size({"width": 390, "height": 844})
    await expect(me.page.locator(".cards li")).to_have_count(6)
    await me.page.set_viewport_size({"width": 1440, "height": 900})
    await expect(me.page.locator(".cards li")).to_have_count(0)
