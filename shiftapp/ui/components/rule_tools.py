"""What stands above the list of rules: finding one, the weights of all at once, and adding one."""

import reflex as rx

from shiftapp.domain.presets import PRESETS
from shiftapp.ui.client import Kept, event, send
from shiftapp.ui.components.rule_add import add_button
from shiftapp.ui.js import Js, fn, js, var
from shiftapp.ui.say import say, word
from shiftapp.ui.state.rules import RulesState

FIND = Kept("findrule", "")
"""What is looked for, as typed."""


def rule_tools() -> rx.Component:
    """Draw the row."""
    return rx.el.div(
        _find(),
        _presets(),
        rx.cond(var(RulesState.may_edit, bool), add_button()),
        rx.el.p(say(k="rules.preset.hint"), class_name="form-hint"),
        class_name="rule-tools",
    )


def looked_for(words: Js) -> Js:
    """Return whether words hold what is looked for."""
    return _plain(words).includes(_plain(FIND.value).trim())


def _plain(text: Js) -> Js:
    return text.normalize("NFKC").toLowerCase()


def _find() -> rx.Component:
    return rx.el.label(
        rx.icon("search", size=15),
        rx.el.input(
            type="search",
            class_name="form-input",
            custom_attrs={
                "value": var(FIND.value),
                "onChange": event(fn(lambda typed: FIND.set(typed.target.value))),
                "placeholder": var(word("rules.find")),
                "aria-label": var(word("rules.find")),
            },
        ),
        class_name="rule-find",
    )


def _presets() -> rx.Component:
    """Draw the presets as one control; weights that are those of none stand beside them as their own."""
    return rx.el.div(
        rx.el.span(say(k="rules.preset"), class_name="form-label", custom_attrs={"id": "presets"}),
        rx.el.div(
            *(_preset(preset) for preset in PRESETS),
            rx.cond(
                var(js(RulesState.preset) == "own", bool),
                rx.el.span(say(k="rules.preset.own"), class_name="segment", custom_attrs={"data-preset": "own"}),
            ),
            role="group",
            class_name="segments",
            custom_attrs={"aria-labelledby": "presets"},
        ),
        class_name="rule-presets",
    )


def _preset(preset: str) -> rx.Component:
    weigh = send(RulesState.weigh(var({"preset": preset}, dict)))
    return rx.el.button(
        say(k=f"rules.preset.{preset}"),
        type="button",
        class_name="segment",
        disabled=var(~js(RulesState.may_edit), bool),
        custom_attrs={
            "aria-pressed": var(js(RulesState.preset) == preset, bool),
            "onClick": event(fn(lambda: weigh)),
        },
    )
