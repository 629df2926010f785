"""What stands above the grid while it shows the past: which moment, what to do with it, and the way back to now."""

from typing import Any

import reflex as rx

from shiftapp.ui.client import Kept, event, send
from shiftapp.ui.components.asked_cell import WHY_CELL
from shiftapp.ui.components.clash_open import OPEN_FOR
from shiftapp.ui.components.connection import away
from shiftapp.ui.components.dates import moment
from shiftapp.ui.components.edits import new_id
from shiftapp.ui.components.extent import cell_count, kind_words
from shiftapp.ui.components.heading import short_day
from shiftapp.ui.components.notice import say_here
from shiftapp.ui.components.past_address import forget_moment, leave_moment
from shiftapp.ui.components.phone import has_cards, pressed_row, shown_day
from shiftapp.ui.components.rows import days, person
from shiftapp.ui.components.sheet import CURSOR
from shiftapp.ui.js import Js, do, fn, js, known, let, maybe, name, var, when
from shiftapp.ui.say import phrase, say, word
from shiftapp.ui.state.grid import GridState
from shiftapp.ui.state.past import PastState
from shiftapp.ui.state.toolbar import ToolbarState

PAST_OPEN = Kept("pastopen", False)
SCOPE = Kept("pastscope", "all")
SCOPES = ("all", "row", "day", "cell")


def history_button() -> rx.Component:
    """Draw the button that opens the history, for those who may see it."""
    return rx.cond(
        var(js(ToolbarState.may_see_history), bool),
        rx.el.button(
            rx.icon("history", size=16),
            type="button",
            class_name="step-button",
            custom_attrs={
                "aria-label": var(word("past.title")),
                "title": var(word("past.title")),
                "aria-expanded": var(PAST_OPEN.value, bool),
                "data-command": "history",
                "onClick": event(fn(lambda: do(WHY_CELL.set(None), OPEN_FOR.set(0), PAST_OPEN.set(~PAST_OPEN.now)))),
            },
        ),
    )


def past_mode() -> Js:
    """Return what the grid shows instead of the period as it is; nothing where it is that."""
    return known(js(PastState.view).mode, "")


def past_is_shown() -> Js:
    """Say whether the grid shows something else than the period as it is."""
    return past_mode() != ""


def ask(handler: Any, given: dict[str, Any]) -> Js:
    """Ask the server something of the period's history; refused here while the line is down."""
    asked = send(handler(var({"period_id": GridState.period, **given}, dict)))
    return when(away(), say_here("connection.refused"), asked)


def step_aside() -> Js:
    """Close the history where it lies over the cards of a phone."""
    return when(has_cards(), PAST_OPEN.set(False))


def _ask_listed(handler: Any, given: dict[str, Any]) -> Js:
    """Ask for what differs, which the history lists."""
    return do(PAST_OPEN.set(True), ask(handler, given))


def past_strip() -> rx.Component:
    """Draw the strip."""
    return rx.el.div(
        rx.icon("history", size=16),
        rx.el.p(var(_says()), custom_attrs={"role": "status"}),
        rx.cond(
            var(past_mode() == "moment", bool),
            rx.fragment(
                _button("past.with_now", _ask_listed(PastState.show, {"seq": js(PastState.view).seq, "until": "now"})),
                rx.cond(var(known(js(PastState.view).may_restore, False), bool), _restore()),
            ),
        ),
        rx.cond(
            var((past_mode() == "plan") & (js(PastState.view).count > 0), bool), _button("past.do", _take(), "primary")
        ),
        _button("past.back", do(step_aside(), leave_moment(send(GridState.open())))),
        class_name="past-strip",
    )


def planned_words(view: Js) -> Js:
    """Say how many cells a plan changes."""
    some = phrase(word("past.plan"), {"cells": cell_count(view.count)})
    return when(view.count == 0, word("past.plan.none"), some)


def compared_words(view: Js) -> Js:
    """Say how many cells differ between which moments."""

    def at(time: Js) -> Js:
        return when(known(time, "") == "", word("past.start"), moment(name("Number")(time)))

    given = {"start": at(view.at), "end": at(view.until_at), "cells": cell_count(view.count)}
    return phrase(word("past.compared"), given)


def plan_words(view: Js) -> Js:
    """Say how many cells are left alone, and why."""
    sentences = [
        when(known(view[part], 0) > 0, phrase(word(f"past.plan.{part}"), {"cells": cell_count(view[part])}), "")
        for part in ("newer", "outside", "unused")
    ]
    return js(sentences).filter(fn(lambda one: one)).join(" ")


def _says() -> Js:
    view = js(PastState.view)
    shown = phrase(word("past.shown"), {"when": moment(name("Number")(view.at))})
    plan = planned_words(view) + " " + plan_words(view)
    plan = when(view.mode == "plan", _planned(view), "") + plan
    return when(
        view.mode == "plan",
        plan,
        when(view.mode == "compare", compared_words(view), when(view.at == "", word("past.empty"), shown)),
    )


def _planned(view: Js) -> Js:
    """Say what a plan is of, where it is of a run, a row, a day or a cell."""
    asked = view.asked
    whose = js(GridState.people).find(fn(lambda one: one[0] == name("String")(asked.staff_id)))
    date = days().find(fn(lambda day: day[0] == asked.day))
    scope = when(asked.staff_id, when(asked.day, "cell", "row"), when(asked.day, "day", ""))
    said = let(scope, lambda given: _scope_words(given, {"name": maybe(whose, "[1]"), "day": date}))
    run = when(asked.goal == "run", kind_words("run", asked.number) + word("past.plan.of"), "")
    return when(scope == "", run, said + word("past.plan.of"))


def _button(key: str, act: Js, look: str = "", may: Any = True) -> rx.Component:
    return rx.el.button(
        say(k=key),
        type="button",
        class_name=look,
        disabled=var(~js(may), bool),
        custom_attrs={"onClick": event(fn(lambda: act)), "data-command": key},
    )


def _restore() -> rx.Component:
    scope = SCOPE.value
    given = {
        "goal": "moment",
        "number": js(PastState.view).seq,
        "staff_id": when(_of_one(scope), name("Number")(maybe(person(_row()), "[0]")), None),
        "day": when(js(["day", "cell"]).includes(scope), maybe(days()[_column()], "[0]"), None),
    }
    chosen = {"name": maybe(person(_row()), "[1]"), "day": days()[_column()]}
    return rx.fragment(
        rx.el.select(
            *(rx.el.option(var(_scope_words(each, chosen)), value=each) for each in SCOPES),
            value=var(scope),
            custom_attrs={
                "aria-label": var(word("past.scope")),
                "onChange": event(fn(lambda e: SCOPE.set(e.target.value))),
            },
        ),
        _button("past.restore", _ask_listed(PastState.plan, given), may=~_of_one(scope) | (_row() >= 0)),
    )


def _row() -> Js:
    """Return the row that was chosen: the cursor's; with cards the pressed card's, -1 before one was."""
    return when(has_cards(), pressed_row(), CURSOR.value.row)


def _column() -> Js:
    """Return the column that was chosen: the cursor's; with cards the day that is shown."""
    return when(has_cards(), shown_day(), CURSOR.value.column)


def _of_one(scope: Js) -> Js:
    return js(["row", "cell"]).includes(scope)


def _scope_words(scope: Any, chosen: dict[str, Any]) -> Js:
    """Name what is to be restored, of a person and of a day."""
    day = let(chosen["day"], lambda found: when(found, short_day(found), ""))
    return phrase(word(js("past.scope.") + scope), {"name": known(chosen["name"], word("past.card")), "day": day})


def _take() -> Js:
    view = js(PastState.view)
    given = {part: view.asked[part] for part in ("goal", "number", "staff_id", "day")}
    return do(forget_moment(), step_aside(), ask(PastState.restore, {**given, "seen": view.seen, "edit_id": new_id()}))
