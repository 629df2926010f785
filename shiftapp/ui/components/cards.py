"""The schedule on a phone: a day at a time, people as cards whose buttons have the size of a thumb."""

from typing import Any

import reflex as rx

from shiftapp.ui.client import event
from shiftapp.ui.components.dates import today
from shiftapp.ui.components.edits import may_edit, submit
from shiftapp.ui.components.heading import day_title
from shiftapp.ui.components.phone import DAY
from shiftapp.ui.components.rows import days, drawn, letter, order, person, preview_of
from shiftapp.ui.components.why_dialog import CARD, ask_why
from shiftapp.ui.js import Js, between, do, fn, js, known, let, maybe, name, var, when
from shiftapp.ui.say import LANGUAGE, phrase, word
from shiftapp.ui.state.grid import EMPTY, GridState
from shiftapp.ui.state.toolbar import ToolbarState


def today_or_first() -> Js:
    """Return the column of today where the period holds it, else the first."""
    return let(today(), lambda now: name("Math").max(0, days().findIndex(fn(lambda day: day[0] == now))))


def _shown() -> Js:
    return when(DAY.value < 0, today_or_first(), DAY.value)


def _here() -> Js:
    """Return the column shown, inside a handler."""
    return when(DAY.now < 0, today_or_first(), DAY.now)


def _turn(by: int) -> Js:
    return DAY.set(between(0, _here() + by, days().length - 1))


def cards() -> rx.Component:
    """Draw the day's heading and everyone's card."""
    return rx.el.div(
        rx.el.header(
            _step(-1, "‹", "cards.previous"),
            rx.el.h2(var(let(days()[_shown()], lambda day: when(day, day_title(day), "")))),
            _step(1, "›", "cards.following"),
        ),
        rx.el.ul(
            rx.foreach(
                var(name("Array").from_({"length": order().length}, fn(lambda _, i: i)), list[int]),
                lambda row: person_card(
                    person=var(known(person(js(row)), js([])), list[str]),
                    mark=var(known(_mark(js(row)), " ")),
                    ahead=var(known(preview_of(js(row))[_shown()], ".")),
                    row=row,
                    shifts=GridState.shifts,
                    language=var(LANGUAGE.value),
                    may=var(may_edit(), bool),
                    why=var(when(ToolbarState.may_generate, word("cards.why"), "")),
                ),
            ),
            custom_attrs={"onClick": event(fn(_hear))},
        ),
        class_name="cards",
    )


def _hear(given: Js) -> Js:
    """Do what a card's button stands for; their list hears it, so that no card is drawn again with every edit."""

    def act(choice: Js, asks: Js) -> Js:
        enter = submit("edit", [[_row_of(choice), _here(), choice.dataset.mark]])
        return do(when(choice, enter), when(asks, ask_why(_row_of(asks), _here())))

    return let(given.target.closest(".choice"), given.target.closest(f".{CARD}"), act)


def _row_of(button: Js) -> Js:
    return name("Number")(button.dataset.row)


def _mark(row: Js) -> Js:
    return letter(drawn(row), _shown())


def _step(by: int, sign: str, label: str) -> rx.Component:
    return rx.el.button(
        sign,
        type="button",
        custom_attrs={"onClick": event(fn(lambda: _turn(by))), "aria-label": var(word(label))},
    )


@rx.memo
def person_card(
    person: rx.Var[list[str]],
    mark: rx.Var[str],
    ahead: rx.Var[str],
    row: rx.Var[int],
    shifts: rx.Var[list[list[str]]],
    language: rx.Var[str],
    may: rx.Var[bool],
    why: rx.Var[str],
) -> rx.Component:
    """Draw a person's shift of the day as buttons; nothing for somebody not employed that day.

    ``ahead`` is the letter that a run would put there, ``why`` what the button is called that asks about the shift; it
    is not there where that is empty.
    """
    who, now = js(person), js(mark)
    return rx.cond(
        var(now != " ", bool),
        rx.el.li(
            rx.el.div(
                rx.el.b(var(known(maybe(who, "[1]"), ""))),
                rx.el.span(var(known(maybe(who, "[2]"), ""))),
                rx.cond(why, _asks(js(row), phrase(js(why), {"name": known(maybe(who, "[1]"), "")}))),
                class_name="card-name",
            ),
            rx.el.div(
                rx.foreach(
                    var(js(shifts).filter(fn(lambda one: one[8] != "")), list[list[str]]),
                    lambda shift: _choice(js(shift), now, js(ahead), js(row), js(language), js(may)),
                ),
                class_name="choices",
                custom_attrs={"role": "group", "aria-label": var(known(maybe(who, "[1]"), ""))},
            ),
        ),
        rx.fragment(),
    )


def _asks(row: Js, called: Js) -> rx.Component:
    return rx.el.button(
        rx.icon("circle_help", size=18),
        type="button",
        class_name=CARD,
        custom_attrs={"aria-label": var(called), "aria-haspopup": "dialog", "data-row": var(row, int)},
    )


def _choice(shift: Js, now: Js, ahead: Js, row: Js, language: Any, may: Js) -> rx.Component:
    chosen = now == shift[0]
    state = when(chosen, " chosen", when(ahead == shift[0], " ahead", ""))
    return rx.el.button(
        var(shift[2]),
        type="button",
        disabled=var(~js(may), bool),
        class_name=var(js("choice k-") + shift[5] + " t-" + shift[7] + state),
        custom_attrs={
            "aria-pressed": var(chosen, bool),
            "aria-label": var(when(js(language) == "ja", shift[3], shift[4])),
            "data-row": var(row, int),
            "data-mark": var(when(chosen, EMPTY, shift[0])),
        },
    )
