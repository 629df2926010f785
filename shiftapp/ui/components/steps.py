"""Undo and redo: two buttons, two keys, and in words what a step did and what it left alone."""

from typing import Any

import reflex as rx

from shiftapp.ui.client import Kept, event, send
from shiftapp.ui.components.connection import away
from shiftapp.ui.components.dates import moment
from shiftapp.ui.components.edits import may_edit, new_id
from shiftapp.ui.components.extent import cell_count, extent_words, kind_words
from shiftapp.ui.components.notice import one_notice, say_here
from shiftapp.ui.js import Js, fn, js, known, var, when
from shiftapp.ui.say import phrase, word
from shiftapp.ui.state.grid import GridState
from shiftapp.ui.state.past import PastState
from shiftapp.ui.state.steps import StepState

DISMISSED = Kept("stepgone", 0)


def undo() -> Js:
    """Take back this person's latest step."""
    return _take(StepState.undo)


def redo() -> Js:
    """Give back what this person's latest undo took."""
    return _take(StepState.redo)


def _take(handler: Any) -> Js:
    asked = var({"period_id": GridState.period, "edit_id": new_id()}, dict)
    return when(may_edit(), when(away(), say_here("connection.refused"), send(handler(asked))))


def step_buttons() -> rx.Component:
    """Draw both buttons for those who may edit."""
    return rx.cond(
        var(may_edit(), bool),
        rx.el.div(
            _button("undo", "undo-2", StepState.may_undo, undo),
            _button("redo", "redo-2", StepState.may_redo, redo),
            class_name="steps",
        ),
    )


def _button(way: str, icon: str, may: Any, act: Any) -> rx.Component:
    return rx.el.button(
        rx.icon(icon, size=16),
        type="button",
        disabled=var(~js(may), bool),
        class_name="step-button",
        custom_attrs={
            "onClick": event(fn(act)),
            "aria-label": var(word(f"{way}.label")),
            "title": var(word(f"{way}.says")),
            "data-command": way,
        },
    )


def step_notice() -> rx.Component:
    """Say what this page's last step did, until it restores something; it fades by itself, or goes when pressed."""
    told = js(StepState.told)
    number = known(told.number, 0)
    restored = known(js(PastState.told).number, 0)
    shown = (number > restored) & (number != DISMISSED.value)
    dismiss = fn(lambda: DISMISSED.set(number))
    return rx.cond(var(shown, bool), one_notice(step_words(told), number, dismiss, "notice calm"))


def step_words(told: Js) -> Js:
    """Return what a step took back or gave again, how many cells it left alone, and why."""
    several = when(told.people_since > 1, word("undo.left.several"), word("undo.left"))
    left = {"cells": cell_count(told.left), "who": told.who, "at": moment(told.at)}
    way = known(told.way, "undo")
    what = {"what": kind_words(known(told.kind, "edit"), told.run)}
    done = phrase(word(way + ".done"), {**what, "cells": extent_words(told)})
    sentences = [
        when(told.cells > 0, done, phrase(word(way + ".none"), what)),
        when(told.left > 0, phrase(several, left), ""),
        when(told.gone > 0, phrase(word("undo.gone"), {"cells": cell_count(told.gone)}), ""),
    ]
    return js(sentences).filter(fn(lambda one: one)).join(" ")
