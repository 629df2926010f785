"""What a phone shows of the schedule: which day, and whether the panel lies over it."""

from typing import Any

from shiftapp.ui.client import Kept
from shiftapp.ui.js import DOCUMENT, MATH, Js, do, js, let, maybe, when

DAY = Kept("phoneday", -1)
"""The column that is shown; -1 before one was chosen."""
PANEL = Kept("panelopen", False)
"""Whether the panel is open."""


def turn_to(row: Any, column: Any) -> Js:
    """Show a person's card on a day and give it the keyboard, where there are cards and no grid."""
    card = DOCUMENT.querySelector(js('.cards [data-row="') + row + '"]')
    show = let(card, lambda button: when(button, do(button.focus(), button.scrollIntoView({"block": "center"}))))
    turn = do(DAY.set(MATH.max(0, column)), PANEL.set(False), show)
    return when(maybe(DOCUMENT.querySelector(".cards"), "offsetParent"), turn)
