"""The day that a phone shows: its name, the days beside it, and a list of all to jump to."""

import reflex as rx

from shiftapp.ui.client import event
from shiftapp.ui.components.heading import day_title
from shiftapp.ui.components.phone import DAY, NARROW, shown_day, turn_by
from shiftapp.ui.components.presence import unfollow
from shiftapp.ui.components.rows import days
from shiftapp.ui.js import Js, do, fn, js, let, name, var, when
from shiftapp.ui.say import word
from shiftapp.ui.state.grid import GridState


def day_bar() -> rx.Component:
    """Draw the bar."""
    return rx.el.header(
        _step(-1, "‹", "cards.previous"),
        rx.el.div(
            rx.el.h2(var(let(days()[shown_day()], lambda day: when(day, day_title(day), "")))),
            rx.icon("chevron-down", size=16),
            rx.cond(var(NARROW.value, bool), day_choice(days=GridState.days, shown=var(shown_day(), int))),
            class_name="day-now",
        ),
        _step(1, "›", "cards.following"),
    )


@rx.memo
def day_choice(days: rx.Var[list[list[str]]], shown: rx.Var[int]) -> rx.Component:
    """Draw the list of all days, unseen over the day's name; an edit draws none of it again."""
    return rx.el.select(
        rx.foreach(days, lambda day, at: rx.el.option(var(day_title(js(day))), value=var(name("String")(js(at)), str))),
        value=var(name("String")(js(shown)), str),
        custom_attrs={
            "aria-label": var(word("cards.day")),
            "onChange": event(fn(lambda chosen: _show(name("Number")(chosen.target.value)))),
        },
    )


def _show(column: Js) -> Js:
    return do(DAY.set(column), unfollow())


def _step(by: int, sign: str, label: str) -> rx.Component:
    return rx.el.button(
        sign,
        type="button",
        custom_attrs={"onClick": event(fn(lambda: do(turn_by(by), unfollow()))), "aria-label": var(word(label))},
    )
