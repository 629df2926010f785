"""Short notices, drawn on every page."""

import reflex as rx

from shiftapp.ui.client import Kept, event, fn, js, known, var
from shiftapp.ui.say import phrase, word
from shiftapp.ui.state.notice import NoticeState

GONE = Kept("noticegone", 0)


def notice() -> rx.Component:
    """Draw the latest notice; it fades by itself, or goes when pressed. A new number draws it anew."""
    told = js(NoticeState.told)
    number = known(told.number, 0)
    sentence = phrase(known(word(told.code), word("refused.broken")), known(told.given, js({})))
    dismiss = event(fn(lambda: GONE.set(number)))
    return rx.el.div(
        rx.cond(
            var(number != GONE.value, bool),
            rx.el.button(
                var(sentence),
                type="button",
                class_name="notice",
                key=var(number),
                custom_attrs={"onClick": dismiss, "onAnimationEnd": dismiss},
            ),
        ),
        class_name="notices",
        custom_attrs={"role": "alert"},
    )
