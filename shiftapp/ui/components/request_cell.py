"""What is asked for in one cell: its list over the panel, and a form for one of them or one more."""

from typing import Any, Final

import reflex as rx

from shiftapp.ui.client import event, send
from shiftapp.ui.components.asked_cell import ask, asks, shut_asked, title_asked
from shiftapp.ui.components.clash_open import WHY_CELL
from shiftapp.ui.components.form_dialog import SURE, button, icon_button
from shiftapp.ui.components.form_open import is_open, kept, show
from shiftapp.ui.components.request_form import blank, request_form
from shiftapp.ui.components.request_words import (
    called,
    decisions,
    may_ask,
    named,
    person_of,
    shift_of,
    state_badge,
    symbol,
    wish_words,
)
from shiftapp.ui.components.rows import shift_of as shift_of_letter
from shiftapp.ui.components.rows import slot_var
from shiftapp.ui.components.sheet import CURSOR
from shiftapp.ui.js import Js, do, fn, js, known, let, maybe, name, var, when
from shiftapp.ui.say import phrase, say, word
from shiftapp.ui.state.grid import GridState
from shiftapp.ui.state.requests import RequestsState

CARD: Final = "card-requests"
"""Class of the button on a person's card that opens the list; ``data-row`` says of whom."""
_NEW: Final = "cell-request"
"""Id of the button that opens the form for one more."""
_OF: Final = "cell-request-"
"""What, followed by its id, names the button that opens the form of a request."""


def ask_requests(row: Any, column: Any) -> Js:
    """Open the list of a cell, with the form for one more."""
    return do(ask(row, column, "requests"), show(_NEW))


def ask_requests_here() -> Js:
    """Open the list of the active cell."""
    return let(CURSOR.now, lambda cursor: ask_requests(cursor.row, cursor.column))


def wish_on_card(row: Any, column: Any) -> Js:
    """Say what somebody asks for on a date; nothing where they do not."""

    def worded(wish: Js) -> Js:
        shift = {"symbol": known(maybe(shift_of_letter(wish.toUpperCase()), "[2]"), "?")}
        kept = when(wish == wish.toUpperCase(), word("requests.card_wanted"), word("requests.card_unwanted"))
        return when(wish == ".", "", phrase(kept, shift))

    return let(known(slot_var("w", row)[js(column)], "."), worded)


def request_dialog() -> rx.Component:
    """Draw it over the panel, where nothing of the grid is covered; it stops nobody."""
    shut = event(fn(lambda: shut_asked(CARD)))
    leave = event(fn(lambda key: when(key.key == "Escape", shut_asked(CARD))))
    return rx.cond(
        var(asks("requests"), bool),
        rx.el.section(
            rx.el.header(
                rx.el.h2(var(title_asked("requests.of_cell"))),
                rx.el.button(
                    rx.icon("x", size=16),
                    type="button",
                    auto_focus=True,
                    class_name="form-icon",
                    custom_attrs={"aria-label": var(word("run.close")), "onClick": shut},
                ),
            ),
            # a new line, like a new period, has to be told anew
            rx.el.span(
                follower(period=GridState.period), key=var(js(GridState.line) + " " + GridState.period), hidden=True
            ),
            rx.cond(var(js(RequestsState.period) == GridState.period, bool), _here()),
            class_name="clash-dialog request-dialog",
            role="dialog",
            custom_attrs={"aria-label": var(title_asked("requests.of_cell")), "onKeyDown": leave},
        ),
    )


@rx.memo
def follower(period: rx.Var[int]) -> rx.Component:
    """Follow the requests of a period for as long as this is drawn."""
    follow = send(RequestsState.follow(var({"period_id": js(period)}, dict)))
    leave = event(fn(lambda: send(RequestsState.unfollow())))
    return rx.el.span(on_mount=event(fn(lambda: follow)), on_unmount=leave)


def _here() -> rx.Component:
    staff, day = name("Number")(maybe(WHY_CELL.value, "staff")), maybe(WHY_CELL.value, "day")
    there = js(RequestsState.requests).filter(fn(lambda one: (one.staff_id == staff) & (one.day == day)))
    found = kept(_OF, there, RequestsState.removed)
    add = rx.el.button(
        rx.icon("plus", size=15),
        say(k="requests.new"),
        type="button",
        class_name="form-button",
        custom_attrs={"id": _NEW, "onClick": event(fn(lambda: show(_NEW)))},
    )
    return rx.fragment(
        rx.el.ul(rx.foreach(var(found, list[Any]), lambda one: _item(js(one))), class_name="request-lines"),
        rx.cond(var(found.length == 0, bool), rx.el.p(say(k="requests.cell_none"), class_name="clash-says")),
        rx.cond(
            var(may_ask(), bool),
            rx.cond(
                var(is_open(_NEW), bool),
                rx.el.div(
                    request_form(asked=var(blank(staff, day), dict), here=True), key=var(js("") + staff + " " + day)
                ),
                add,
            ),
        ),
    )


def _item(asked: Js) -> rx.Component:
    return rx.cond(
        var(may_ask() & is_open(js(_OF) + asked.id), bool),
        rx.el.li(request_form(asked=var(asked, dict), here=True), key=var(asked.id), class_name="open"),
        _line(asked),
    )


def _line(asked: Js) -> rx.Component:
    shift, person = shift_of(asked), person_of(asked)
    line = {"shift": called(shift), "wish": wish_words(asked), "weight": asked.weight}
    return rx.el.li(
        symbol(shift),
        rx.el.span(
            rx.el.span(var(phrase(word("requests.line"), line))),
            rx.el.span(var(asked.note), class_name="item-says"),
            class_name="item-words",
        ),
        state_badge(asked),
        rx.cond(
            var(may_ask(), bool),
            rx.el.span(
                decisions(asked, person), _edit(asked, person), _remove(asked, person), class_name="request-acts"
            ),
        ),
        key=var(asked.id),
        class_name=var(when(asked.state == "declined", "away", "")),
        custom_attrs={"data-request": var(asked.id)},
    )


def _edit(asked: Js, person: Js) -> rx.Component:
    button_id = js(_OF) + asked.id
    opened = do(SURE.set(0), show(button_id))
    return icon_button("pencil", phrase(word("requests.edit_of"), named(asked, person)), opened, id=var(button_id))


def _remove(asked: Js, person: Js) -> rx.Component:
    gone = send(RequestsState.remove(var({"at": 0, "request": asked.id}, dict)))
    ask_first = icon_button("trash-2", phrase(word("requests.remove_of"), named(asked, person)), SURE.set(asked.id))
    sure = button(say(k="requests.remove_sure"), gone, "form-button quiet danger")
    return rx.cond(var(SURE.value == asked.id, bool), sure, ask_first)
