"""Whether this page shows what its run answered, and the button that opens it."""

import reflex as rx

from shiftapp.ui.client import Kept, event
from shiftapp.ui.components.run_words import comparing, covered, explained
from shiftapp.ui.js import DOCUMENT, Js, do, fn, js, let, var, when
from shiftapp.ui.say import word
from shiftapp.ui.state.run import RunState

WHY, DIALOG = "clash-why", "clash-dialog"
OPEN_FOR = Kept("clashopen", 0)
"""The run whose answer this page shows; ``-n`` for what this page asked after run ``n - 1``."""

WHY_CELL = Kept("whycell", None)
"""The cell of which this page asks why: {staff, day}; null while nobody asks. One answer is open at a time."""


def clash_is_open() -> Js:
    """Say whether the explanation is open, and still that of the latest run."""
    return explained() & _is_open(OPEN_FOR.value)


def cover_is_open() -> Js:
    """Say whether the options of a repair are open, and still those of the latest run."""
    return covered() & _is_open(OPEN_FOR.value)


def others_is_open() -> Js:
    """Say whether the rosters beside the run's own are open, and still those of the latest run."""
    return comparing() & _is_open(OPEN_FOR.value)


def _is_open(wanted: Js) -> Js:
    run = js(RunState.run_id)
    return (wanted == run) | ((wanted < 0) & (js(RunState.kind) != "generate") & (run >= js(0) - wanted))


def open_next() -> Js:
    """Open the answer of the question that is asked now, once it is there."""
    return do(WHY_CELL.set(None), OPEN_FOR.set(js(-1) - RunState.run_id))


def shut() -> Js:
    """Close it and give the keyboard back to its button."""
    return do(OPEN_FOR.set(0), let(DOCUMENT.getElementById(WHY), lambda button: when(button, button.focus())))


def _show() -> Js:
    return do(WHY_CELL.set(None), OPEN_FOR.set(RunState.run_id))


def why_button() -> rx.Component:
    """Draw the button in the run's strip: for everybody, also for those who may only look."""
    return rx.el.button(
        var(when(covered(), word("repair.show"), when(comparing(), word("others.show"), word("clash.why")))),
        id=WHY,
        type="button",
        custom_attrs={
            "data-command": "run.why",
            "aria-expanded": var(clash_is_open() | cover_is_open() | others_is_open(), bool),
            "aria-controls": DIALOG,
            "onClick": event(fn(lambda: when(_is_open(OPEN_FOR.now), shut(), _show()))),
        },
    )
