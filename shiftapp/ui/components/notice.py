"""Short notices, drawn on every page."""

from typing import Any

import reflex as rx

from shiftapp.ui.client import Kept, event
from shiftapp.ui.js import Js, fn, js, known, maybe, name, var
from shiftapp.ui.say import phrase, word
from shiftapp.ui.state.notice import NoticeState

GONE = Kept("noticegone", 0)
SAID = Kept("said", None)
"""What the page itself has to say: key of a text, what it is given, and a number that is new each time."""


def say_here(code: str, given: dict[str, Any] | None = None) -> Js:
    """Show a notice without asking the server."""
    return SAID.set({"code": code, "given": given or {}, "number": name("Date").now()})


def notice(*more: rx.Component) -> rx.Component:
    """Draw the latest notice, and ``more`` of the page's own; it fades by itself, or goes when pressed.

    A new number draws it anew.
    """
    told = js(NoticeState.told)
    number = known(told.number, 0)
    sentence = phrase(known(word(told.code), word("refused.broken")), known(told.given, js({})))
    here = SAID.value
    return rx.el.div(
        rx.cond(var(number != GONE.value, bool), one_notice(sentence, number, fn(lambda: GONE.set(number)))),
        rx.cond(
            var(here, bool),
            one_notice(
                phrase(word(maybe(here, "code")), maybe(here, "given")),
                maybe(here, "number"),
                fn(lambda: SAID.set(None)),
            ),
        ),
        *more,
        class_name="notices",
        custom_attrs={"role": "alert"},
    )


def one_notice(sentence: Js, number: Js, dismiss: Js, look: str = "notice") -> rx.Component:
    """Draw one notice, anew for each ``number``; ``notice calm`` for what is no warning."""
    return rx.el.button(
        var(sentence),
        type="button",
        class_name=look,
        key=var(number),
        custom_attrs={"onClick": event(dismiss), "onAnimationEnd": event(dismiss)},
    )
