"""What a phone shows of the schedule: which day, whose card was pressed, and whether the panel lies over it."""

from typing import Any

from shiftapp.ui.client import Kept, refs
from shiftapp.ui.components.dates import today
from shiftapp.ui.components.rows import days, order, person
from shiftapp.ui.js import DOCUMENT, MATH, WINDOW, Js, between, do, fn, js, known, let, maybe, put, when

PHONE = "(max-width: 720px)"
"""As the stylesheet has it."""
DAY = Kept("phoneday", -1)
"""The column that is shown; -1 before one was chosen."""
PRESSED = Kept("pressed", "")
"""Staff id of the card that was pressed last; empty before one was."""
PANEL = Kept("panelopen", False)
"""Whether the panel is open."""
NARROW = Kept("narrow", False)
"""Whether the window is as narrow as a phone's: where it is not, no card is worked out with every edit."""


def watch_width() -> Js:
    """Note whether the window is narrow, now and whenever that changes."""

    def watch(media: Js) -> Js:
        return do(NARROW.set(media.matches), put(media.onchange, fn(lambda now: NARROW.set(now.matches))))

    return let(put(refs("width"), WINDOW.matchMedia(PHONE)), watch)


def has_cards() -> Js:
    """Say whether the page shows cards, not the grid: asked of the browser, so inside handlers only."""
    return js(maybe(DOCUMENT.querySelector(".cards"), "offsetParent"))


def today_or_first() -> Js:
    """Return the column of today where the period holds it, else the first."""
    return let(today(), lambda now: MATH.max(0, days().findIndex(fn(lambda day: day[0] == now))))


def shown_day() -> Js:
    """Return the column that is shown."""
    return when(DAY.value < 0, today_or_first(), DAY.value)


def day_now() -> Js:
    """Return the column that is shown, inside a handler."""
    return when(DAY.now < 0, today_or_first(), DAY.now)


def turn_by(days_on: int) -> Js:
    """Show the day so many days later."""
    return DAY.set(between(0, day_now() + days_on, days().length - 1))


def pressed_row() -> Js:
    """Return the row of the card that was pressed; -1 before one was."""
    return order().findIndex(fn(lambda _, at: known(maybe(person(at), "[0]"), "") == PRESSED.value))


def bring(row: Any, column: Any) -> Js:
    """Bring a person's card on a day into sight."""
    card = DOCUMENT.querySelector(js('.cards [data-row="') + row + '"]')
    into_sight = let(card, lambda button: when(button, button.scrollIntoView({"block": "center"})))
    return do(DAY.set(MATH.max(0, column)), into_sight)


def turn_to(row: Any, column: Any) -> Js:
    """Show a person's card on a day and give it the keyboard, where there are cards and no grid."""
    card = DOCUMENT.querySelector(js('.cards [data-row="') + row + '"]')
    take = let(card, lambda button: when(button, button.focus()))
    return when(has_cards(), do(take, PANEL.set(False), bring(row, column)))
