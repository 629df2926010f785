"""Whether this page shows why the run found nothing, and the button that opens it."""

import reflex as rx

from shiftapp.ui.client import DOCUMENT, Js, Kept, do, event, fn, let, var, when
from shiftapp.ui.components.run_words import explained
from shiftapp.ui.say import say
from shiftapp.ui.state.run import RunState

WHY, DIALOG = "clash-why", "clash-dialog"
OPEN_FOR = Kept("clashopen", 0)
"""The run whose explanation this page shows."""


def clash_is_open() -> Js:
    """Say whether the explanation is open, and still that of the latest run."""
    return explained() & (OPEN_FOR.value == RunState.run_id)


def shut() -> Js:
    """Close it and give the keyboard back to its button."""
    return do(OPEN_FOR.set(0), let(DOCUMENT.getElementById(WHY), lambda button: when(button, button.focus())))


def why_button() -> rx.Component:
    """Draw the button in the run's strip: for everybody, also for those who may only look."""
    return rx.el.button(
        say(k="clash.why"),
        id=WHY,
        type="button",
        custom_attrs={
            "data-command": "run.why",
            "aria-expanded": var(clash_is_open(), bool),
            "aria-controls": DIALOG,
            "onClick": event(fn(lambda: when(OPEN_FOR.now == RunState.run_id, shut(), OPEN_FOR.set(RunState.run_id)))),
        },
    )
