"""The dialog that adds a rule: every kind with one sentence on what it asks for, by theme."""

import reflex as rx

from shiftapp.ui.client import event, send
from shiftapp.ui.components.form import whole_error
from shiftapp.ui.components.form_dialog import dialog
from shiftapp.ui.components.form_open import is_open, sent, show
from shiftapp.ui.components.rule_themes import THEMES
from shiftapp.ui.js import Js, fn, js, name, var, when
from shiftapp.ui.say import phrase, say, word
from shiftapp.ui.state.rules import RulesState

BUTTON = "add-rule"
"""The id of the button that opens the dialog."""


def add_button() -> rx.Component:
    """Draw the button."""
    return rx.el.button(
        rx.icon("plus", size=15),
        say(k="rules.add"),
        type="button",
        class_name="form-button primary rule-add",
        custom_attrs={"id": BUTTON, "onClick": event(fn(lambda: show(BUTTON)))},
    )


def add_dialog() -> rx.Component:
    """Draw the dialog; the rule that is chosen opens in its place."""
    return dialog(
        is_open(BUTTON),
        word("rules.add"),
        rx.el.div(
            rx.el.p(say(k="rules.add.hint"), class_name="form-hint"),
            *(_theme(theme) for theme in THEMES),
            rx.el.div(whole_error(), class_name="kind-error"),
            class_name="kinds",
        ),
    )


def _theme(theme: str) -> rx.Component:
    return rx.el.section(
        rx.el.h3(say(k=f"rules.theme.{theme}"), class_name="page-heading"),
        rx.el.ul(*(rx.el.li(kind_choice(kind=kind)) for kind in THEMES[theme]), class_name="kind-list"),
    )


@rx.memo
def kind_choice(kind: rx.Var[str]) -> rx.Component:
    """Draw one kind; pressing it adds a rule."""
    add = send(RulesState.add(sent(kind=kind)))
    return rx.el.button(
        rx.el.span(
            rx.el.span(var(word(js("rules.") + js(kind))), class_name="item-name"),
            rx.el.span(var(_had(js(kind))), class_name="kind-had"),
            class_name="kind-head",
        ),
        rx.el.span(var(word(js("rules.") + js(kind) + ".says")), class_name="item-says"),
        type="button",
        class_name="kind-choice",
        custom_attrs={"data-kind": kind, "onClick": event(fn(lambda: add))},
    )


def _had(kind: Js) -> Js:
    """Say how many rules of a kind the list has, nothing where it has none."""
    count = js(RulesState.rules).filter(fn(lambda rule: rule.kind == kind)).length
    return when(count > 0, phrase(word("rules.add.had"), {"count": name("String")(count)}), "")
