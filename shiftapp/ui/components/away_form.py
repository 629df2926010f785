"""Who is away, and when: what a repair is asked with."""

from typing import Any

import reflex as rx

from shiftapp.ui.client import Kept, event, send
from shiftapp.ui.components.clash_open import WHY_CELL, open_next
from shiftapp.ui.components.rows import days, order, person
from shiftapp.ui.components.run_words import busy
from shiftapp.ui.components.sheet import CURSOR, focus, selected
from shiftapp.ui.js import Js, do, fn, js, known, let, maybe, name, var, when
from shiftapp.ui.say import say, word
from shiftapp.ui.state.answer import AnswerState
from shiftapp.ui.state.grid import GridState
from shiftapp.ui.state.toolbar import ToolbarState

FORM = "away-form"
ABSENCE = Kept("absence", None)
"""What is being entered: {staff, first, last}; null while nobody asks."""


def ask_here() -> Js:
    """Ask with the row of the cursor and the selected dates."""

    def at(box: Js) -> Js:
        staff = known(maybe(person(CURSOR.now.row), "[0]"), "")
        asked = {"staff": staff, "first": days()[box.left][0], "last": days()[box.right][0]}
        return do(WHY_CELL.set(None), ABSENCE.set(asked))

    return let(selected(), at)


def ask_button() -> rx.Component:
    """Draw the button of the bar."""
    return rx.el.button(
        say(k="repair.ask"),
        type="button",
        disabled=var(busy() | (order().length == 0), bool),
        custom_attrs={
            "onClick": event(fn(ask_here)),
            "title": var(word("repair.ask.says")),
            "aria-haspopup": "dialog",
            "data-command": "repair.ask",
        },
    )


def away_form() -> rx.Component:
    """Draw the form where answers are drawn."""
    leave = event(fn(lambda key: when(key.key == "Escape", _close())))
    return rx.cond(
        var(ABSENCE.value, bool),
        rx.el.section(
            rx.el.header(
                rx.el.h2(say(k="repair.ask.says")),
                rx.el.button(
                    rx.icon("x", size=16),
                    type="button",
                    class_name="form-icon",
                    custom_attrs={"aria-label": var(word("run.close")), "onClick": event(fn(_close))},
                ),
            ),
            rx.el.p(say(k="repair.says"), class_name="clash-says"),
            _who(),
            _day("first", "repair.first"),
            _day("last", "repair.last"),
            _start(),
            id=FORM,
            class_name="clash-dialog away-form",
            role="dialog",
            custom_attrs={"aria-label": var(word("repair.ask.says")), "onKeyDown": leave},
        ),
    )


def _close() -> Js:
    return do(ABSENCE.set(None), focus())


def _set(field: str, value: Any) -> Js:
    return ABSENCE.set(name("Object").assign({}, ABSENCE.now, {field: value}))


def _who() -> rx.Component:
    people = order().map(fn(lambda slot: js(GridState.people)[name("Number")(slot)]))
    return rx.el.label(
        rx.el.span(say(k="repair.who")),
        rx.el.select(
            rx.foreach(var(people, list[list[str]]), lambda one: rx.el.option(var(js(one)[1]), value=var(js(one)[0]))),
            value=var(maybe(ABSENCE.value, "staff")),
            auto_focus=True,
            class_name="form-input",
            custom_attrs={"onChange": event(fn(lambda e: _set("staff", e.target.value)))},
        ),
    )


def _day(field: str, key: str) -> rx.Component:
    return rx.el.label(
        rx.el.span(say(k=key)),
        rx.el.input(
            type="date",
            min=ToolbarState.starts,
            max=ToolbarState.ends,
            value=var(maybe(ABSENCE.value, field)),
            class_name="form-input",
            custom_attrs={"onChange": event(fn(lambda e: _set(field, e.target.value)))},
        ),
    )


def _start() -> rx.Component:
    """Draw the button that asks; it waits for dates in order."""
    asked = {
        "period_id": GridState.period,
        "staff_id": name("Number")(ABSENCE.now.staff),
        "first": ABSENCE.now.first,
        "last": ABSENCE.now.last,
    }
    first, last = maybe(ABSENCE.value, "first"), maybe(ABSENCE.value, "last")
    wrong = ~first | ~last | (first > last)
    ask = do(open_next(), send(AnswerState.repair(var(asked, dict))), _close())
    return rx.el.button(
        say(k="repair.start"),
        type="button",
        class_name="form-button primary",
        disabled=var(wrong | busy(), bool),
        custom_attrs={"onClick": event(fn(lambda: ask)), "data-command": "repair.start"},
    )
