"""The bar above the grid: which period, and Generate."""

from typing import Any

import reflex as rx

from shiftapp.ui.client import Kept, event, send
from shiftapp.ui.components.away_form import ask_button
from shiftapp.ui.components.dates import span
from shiftapp.ui.components.others_dialog import others_button
from shiftapp.ui.components.past_strip import history_button, past_is_shown, past_strip
from shiftapp.ui.components.presence import avatars
from shiftapp.ui.components.run_strip import run_is_shown, run_strip
from shiftapp.ui.components.run_words import busy
from shiftapp.ui.components.sheet import focus
from shiftapp.ui.components.steps import step_buttons
from shiftapp.ui.js import between, do, fn, js, name, var, when
from shiftapp.ui.say import say, word
from shiftapp.ui.state.grid import GridState
from shiftapp.ui.state.run import RunState
from shiftapp.ui.state.toolbar import ToolbarState

SCOPE = Kept("scope", "blanks")
SECONDS = Kept("seconds", 30)
SCOPES = ("blanks", "unpinned")


def toolbar() -> rx.Component:
    """Draw the bar: Generate turns into the run's strip while there is one to follow or to decide about."""
    return rx.el.div(
        _period(),
        step_buttons(),
        history_button(),
        avatars(),
        rx.cond(
            var(past_is_shown(), bool),
            past_strip(),
            rx.cond(
                run_is_shown(),
                run_strip(),
                rx.cond(var(js(ToolbarState.may_generate), bool), _generate(), _only_reading()),
            ),
        ),
        class_name="toolbar",
        custom_attrs={"role": "toolbar", "aria-label": var(word("toolbar.label"))},
    )


def _period() -> rx.Component:
    return rx.el.div(
        _neighbour(ToolbarState.previous, "‹", "toolbar.previous"),
        rx.el.h1(var(when(js(ToolbarState.starts) == "", "", span(ToolbarState.starts, ToolbarState.ends)))),
        _neighbour(ToolbarState.following, "›", "toolbar.following"),
        rx.el.span(
            var(when(js(ToolbarState.state) == "", "", word(js("period.") + ToolbarState.state))),
            class_name=var(js("badge period-") + ToolbarState.state),
        ),
        class_name="period",
    )


def _neighbour(period: Any, sign: str, label: str) -> rx.Component:
    there = js(period) > 0
    return rx.link(
        sign,
        href=var(when(there, js("/schedule/") + period, "#")),
        class_name=var(when(there, "step", "step away")),
        custom_attrs={"aria-label": var(word(label)), "title": var(word(label)), "aria-disabled": var(~there, bool)},
    )


def _only_reading() -> rx.Component:
    """Say why there is nothing to press."""
    why = when(js(ToolbarState.state) == "archived", word("toolbar.archived"), word("toolbar.reading"))
    return rx.el.p(var(when(js(ToolbarState.starts) == "", "", why)), class_name="only-reading")


def _generate() -> rx.Component:
    """Draw what to generate and for how long."""
    start = send(
        RunState.start(
            var({"period_id": GridState.period, "scope": SCOPE.now, "seconds": between(1, SECONDS.now, 600)}, dict)
        )
    )
    return rx.el.div(
        rx.el.label(
            rx.el.span(say(k="toolbar.scope")),
            rx.el.select(
                *(rx.el.option(var(word(f"scope.{each}")), value=each) for each in SCOPES),
                value=var(SCOPE.value),
                custom_attrs={"onChange": event(fn(lambda e: SCOPE.set(e.target.value)))},
            ),
        ),
        rx.el.label(
            rx.el.span(say(k="toolbar.seconds")),
            rx.el.input(
                type="number",
                min=1,
                max=600,
                value=var(SECONDS.value, int),
                custom_attrs={"onChange": event(fn(lambda e: SECONDS.set(name("Number")(e.target.value))))},
            ),
        ),
        rx.el.button(
            say(k="toolbar.generate"),
            type="button",
            class_name="primary",
            disabled=var(busy(), bool),
            custom_attrs={"onClick": event(fn(lambda: do(focus(), start)))},
        ),
        ask_button(),
        rx.cond(RunState.applied, others_button()),
        class_name="generate",
    )
