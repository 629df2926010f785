"""The list of unwanted sequences: which kinds of shift on which of 2–4 days, drawn and changed in the browser."""

from typing import Any

import reflex as rx

from shiftapp.domain.shift_type import KINDS
from shiftapp.ui.client import Kept, event
from shiftapp.ui.components.form import error, hidden
from shiftapp.ui.components.form_dialog import button, icon_button
from shiftapp.ui.components.form_draft import Draft
from shiftapp.ui.js import Js, fn, js, name, var, when
from shiftapp.ui.say import phrase, say, word

PATTERNS = Kept("patterns", [])
"""Patterns of the open form: lists of steps, each a list of kinds. Sent when the form is saved."""
DRAFT = Draft(PATTERNS)

SHORTEST, LONGEST = 2, 4
_FIRST = [["off"], ["off"]]


@rx.memo
def take_up_patterns(stored: rx.Var[list[Any]]) -> rx.Component:
    """Follow what a colleague saves."""
    return DRAFT.take_up(js(stored))


def patterns(symbols: Any, stored: Js) -> rx.Component:
    """Draw the list; ``symbols`` gives the symbol of each kind, ``stored`` the patterns that are saved."""
    return rx.el.div(
        DRAFT.follow(stored, take_up_patterns(stored=var(stored, list[Any]))),
        hidden("patterns", name("JSON").stringify(PATTERNS.value)),
        rx.el.p(say(k="rules.pattern.hint"), class_name="form-hint"),
        rx.foreach(var(PATTERNS.value, list[Any]), lambda pattern, at: _pattern(js(pattern), js(at), js(symbols))),
        rx.cond(var(PATTERNS.value.length == 0, bool), rx.el.p(say(k="rules.pattern.none"), class_name="form-hint")),
        error("patterns"),
        button(say(k="rules.pattern.add"), PATTERNS.set(PATTERNS.now.concat([_FIRST])), "form-link"),
        class_name="form-field form-wide pattern-list",
    )


def _pattern(pattern: Js, at: Js, symbols: Js) -> rx.Component:
    label = phrase(word("rules.pattern"), {"number": at + 1})
    longer = _replaced(at, fn(lambda old: old.concat([["off"]])))
    shorter = _replaced(at, fn(lambda old: old.slice(0, -1)))
    return rx.el.fieldset(
        rx.el.legend(var(label), class_name="sr-only"),
        rx.foreach(var(pattern, list[Any]), lambda step, day: _step(js(step), at, js(day), symbols)),
        icon_button("plus", word("rules.pattern.longer"), PATTERNS.set(longer), pattern.length >= LONGEST),
        icon_button("minus", word("rules.pattern.shorter"), PATTERNS.set(shorter), pattern.length <= SHORTEST),
        icon_button(
            "trash-2",
            phrase(word("rules.pattern.remove"), {"number": at + 1}),
            PATTERNS.set(PATTERNS.now.filter(fn(lambda _, place: place != at))),
        ),
        class_name="pattern",
    )


def _step(step: Js, at: Js, day: Js, symbols: Js) -> rx.Component:
    return rx.el.span(
        rx.cond(var(day > 0, bool), rx.el.span("→", class_name="pattern-arrow", aria_hidden="true")),
        rx.el.span(
            *(_kind(kind, step, at, day, symbols) for kind in KINDS),
            role="group",
            class_name="pattern-step",
            custom_attrs={"aria-label": var(phrase(word("rules.pattern.day"), {"number": day + 1}))},
        ),
        class_name="pattern-day",
    )


def _kind(kind: str, step: Js, at: Js, day: Js, symbols: Js) -> rx.Component:
    def toggled(old: Js) -> Js:
        return old.map(
            fn(
                lambda kinds, place: when(
                    place != day,
                    kinds,
                    when(kinds.includes(kind), kinds.filter(fn(lambda one: one != kind)), kinds.concat([kind])),
                )
            )
        )

    return rx.el.button(
        var(symbols[kind]),
        type="button",
        class_name=f"pattern-kind kind-{kind}",
        custom_attrs={
            "onClick": event(fn(lambda: PATTERNS.set(_replaced(at, fn(toggled))))),
            "aria-pressed": var(step.includes(kind), bool),
            "aria-label": var(word(f"form.kind.{kind}")),
            "title": var(word(f"form.kind.{kind}")),
        },
    )


def _replaced(at: Js, change: Js) -> Js:
    return PATTERNS.now.map(fn(lambda pattern, place: when(place == at, change(pattern), pattern)))
