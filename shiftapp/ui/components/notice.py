"""Short notices, drawn on every page."""

import reflex as rx

from shiftapp.ui.client import event, fn, js, known, maybe, var
from shiftapp.ui.say import phrase, word
from shiftapp.ui.state.notice import NOTICE


def notice() -> rx.Component:
    """Draw the latest notice; it fades by itself, or goes when pressed. A new number draws it anew."""
    told = NOTICE.value
    sentence = phrase(known(word(maybe(told, "code")), word("refused.broken")), known(maybe(told, "given"), js({})))
    return rx.el.div(
        rx.cond(
            var(told, bool),
            rx.el.button(
                var(sentence),
                type="button",
                class_name="notice",
                key=var(maybe(told, "number")),
                custom_attrs={
                    "onClick": event(fn(lambda: NOTICE.set(None))),
                    "onAnimationEnd": event(fn(lambda: NOTICE.set(None))),
                },
            ),
        ),
        class_name="notices",
        custom_attrs={"role": "alert"},
    )
