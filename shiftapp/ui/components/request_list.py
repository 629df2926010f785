"""The list of requests on their page, and what opens one."""

from typing import Any

import reflex as rx

from shiftapp.ui.client import event
from shiftapp.ui.components.form_dialog import SURE, icon_button
from shiftapp.ui.components.form_open import is_removed, show
from shiftapp.ui.components.request_words import (
    called,
    decisions,
    fate,
    fate_mark,
    may_ask,
    named,
    person_of,
    shift_of,
    state_badge,
    symbol,
    unmarked,
    weekday_and_date,
    wish_words,
)
from shiftapp.ui.js import Js, do, fn, js, var, when
from shiftapp.ui.say import phrase, say, word

COLUMNS = ("person", "day", "asks", "weight", "state", "roster", "note")


def request_button(request_id: Any) -> Js:
    """Return the id of the button that opens the dialog of a request; 0 is a new one."""
    return js("request-") + request_id


def open_request(request_id: Any) -> Js:
    """Open the dialog of a request; 0 is a new one."""
    return do(SURE.set(0), show(request_button(request_id)))


def request_table(shown: Js) -> rx.Component:
    """Draw requests as a table."""
    return rx.el.div(
        rx.el.table(
            rx.el.thead(
                rx.el.tr(
                    *(
                        rx.el.th(
                            say(k=f"requests.{key}"),
                            class_name="number" if key == "weight" else "",
                            custom_attrs={"scope": "col"},
                        )
                        for key in COLUMNS
                    ),
                    rx.el.th(unmarked("form.edit")),
                )
            ),
            rx.el.tbody(
                rx.foreach(
                    var(shown, list[Any]),
                    lambda one: request_row(
                        key=var(js(one).id),
                        asked=one,
                        person=var(person_of(js(one))),
                        shift=var(shift_of(js(one)), dict),
                        fate=var(fate(js(one))),
                        may=var(may_ask() & ~is_removed(js(one)), bool),
                    ),
                )
            ),
            class_name="list requests-list",
        ),
        class_name="list-wrap",
    )


@rx.memo
def request_row(
    asked: rx.Var[dict], person: rx.Var[str], shift: rx.Var[dict], fate: rx.Var[str], may: rx.Var[bool]
) -> rx.Component:
    """Draw one request; an edit draws only those anew of which the roster now thinks differently."""
    one, kind = js(asked), js(shift)
    edit = icon_button("pencil", phrase(word("requests.edit_of"), named(one, person)), open_request(one.id))
    return rx.el.tr(
        rx.el.td(_name(one, person, may), class_name="lead"),
        rx.el.td(var(weekday_and_date(one.day)), class_name="date"),
        rx.el.td(
            rx.el.span(
                symbol(kind), rx.el.span(var(called(kind))), rx.el.b(var(wish_words(one))), class_name="request-asks"
            )
        ),
        rx.el.td(unmarked("requests.weight"), var(one.weight), class_name="number"),
        rx.el.td(state_badge(one)),
        rx.el.td(fate_mark(fate)),
        rx.el.td(var(one.note), class_name="note"),
        rx.el.td(rx.cond(may, rx.fragment(decisions(one, person), edit)), class_name="actions"),
        class_name=var(when(one.state == "declined", "away", "")),
        custom_attrs={"data-request": var(one.id)},
    )


def _name(asked: Js, person: Any, may: Any) -> rx.Component:
    return rx.el.button(
        var(person),
        type="button",
        class_name="list-name",
        disabled=var(~js(may), bool),
        custom_attrs={"id": var(request_button(asked.id)), "onClick": event(fn(lambda: open_request(asked.id)))},
    )
