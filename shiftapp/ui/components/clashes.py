"""The cells where a run and an edit met: the edit stands, and everybody is told which they are."""

import reflex as rx

from shiftapp.ui.client import Kept, event, send
from shiftapp.ui.components.clash_open import open_next
from shiftapp.ui.components.extent import cell_count
from shiftapp.ui.components.heading import day_words
from shiftapp.ui.components.rows import shifts
from shiftapp.ui.components.run_words import repairing
from shiftapp.ui.components.violation_line import jump
from shiftapp.ui.js import Js, do, fn, js, known, let, maybe, var, when
from shiftapp.ui.say import phrase, say, word
from shiftapp.ui.state.grid import GridState
from shiftapp.ui.state.run import RunState
from shiftapp.ui.state.toolbar import ToolbarState

PUT_AWAY = Kept("clashesputaway", 0)
"""The run whose list this page does not want any more."""
SHOWN = ["running", "finished", "applied"]


def clashes() -> rx.Component:
    """Draw the list; nothing where no edit met the latest run."""
    there = (
        (js(RunState.clashes).length > 0) & js(SHOWN).includes(RunState.status) & (PUT_AWAY.value != RunState.run_id)
    )
    return rx.cond(
        var(there, bool),
        rx.el.section(
            rx.el.header(
                rx.el.h2(say(k="clashes.title")),
                rx.el.span(var(js(RunState.clashes).length, int), class_name="badge"),
                rx.el.button(
                    "×",
                    type="button",
                    class_name="put-away",
                    custom_attrs={
                        "aria-label": var(word("run.close")),
                        "onClick": event(fn(lambda: PUT_AWAY.set(RunState.run_id))),
                    },
                ),
            ),
            rx.el.p(say(k="clashes.why"), class_name="undecided"),
            rx.el.ul(rx.foreach(RunState.clashes, lambda clash: _line(js(clash))), class_name="violation-list"),
            _again(),
            class_name="clashes",
            custom_attrs={"aria-label": var(word("clashes.title"))},
        ),
    )


def clashes_met() -> rx.Component:
    """Say how many there are where something lies over the list, and offer to search again there too."""
    met = js(RunState.clashes).length
    return rx.cond(
        var(met > 0, bool),
        rx.el.div(
            rx.el.p(var(phrase(word("clashes.met"), {"cells": cell_count(met)}))), _again(), class_name="clashes-met"
        ),
    )


def _again() -> rx.Component:
    """Offer to search again around these edits, once the run is over."""
    over = js(["finished", "applied"]).includes(RunState.status)
    again = do(when(repairing(), open_next()), send(RunState.resolve(var({"run_id": RunState.run_id}, dict))))
    return rx.cond(
        var(over & js(ToolbarState.may_generate), bool),
        rx.el.button(
            say(k="clashes.resolve"),
            type="button",
            class_name="resolve",
            custom_attrs={
                "title": var(when(repairing(), word("clashes.resolve.cover"), word("clashes.resolve.says"))),
                "data-command": "clashes.resolve",
                "onClick": event(fn(lambda: again)),
            },
        ),
    )


def _line(clash: Js) -> rx.Component:
    person = js(GridState.people).find(fn(lambda one: one[0] == clash[0]))
    day = js(GridState.days).find(fn(lambda one: one[0] == clash[1]))
    where = [known(maybe(person, "[1]"), ""), let(day, lambda one: when(one, day_words(one), clash[1]))]
    told = {"who": clash[4], "standing": _symbol(clash[3]), "proposed": _symbol(clash[2])}
    line = when(clash[4] == "", word("clashes.line"), word("clashes.whose"))
    return rx.el.li(
        rx.el.button(
            rx.el.span(var(js(where).join(" · ")), class_name="rule"),
            rx.el.span(var(phrase(line, told)), class_name="amount"),
            type="button",
            class_name="violation clash",
            custom_attrs={"onClick": event(fn(lambda: jump(clash[0], clash[1])))},
        )
    )


def _symbol(shift_id: Js) -> Js:
    """Return the symbol of a shift type's id; a word for an empty cell."""
    found = shifts().find(fn(lambda one: one[1] == shift_id))
    return known(maybe(found, "[2]"), word("grid.empty"))
