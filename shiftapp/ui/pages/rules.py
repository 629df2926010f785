"""The rules page: the team's rules by theme, each opened to change its strictness, its numbers and its scope."""

from typing import Any

import reflex as rx

from shiftapp.domain.rule_settings import ALWAYS_HARD, RULE_KINDS
from shiftapp.ui.components.form_open import kept
from shiftapp.ui.components.rule_add import add_dialog
from shiftapp.ui.components.rule_card import card
from shiftapp.ui.components.rule_themes import THEMES
from shiftapp.ui.components.rule_tools import looked_for, rule_tools
from shiftapp.ui.components.rule_undo import made_rule, undo_notice
from shiftapp.ui.components.settings import settings
from shiftapp.ui.js import Js, fn, js, let, name, var, when
from shiftapp.ui.say import phrase, say, word
from shiftapp.ui.state.rules import RulesState

ROUTE = "/settings"


def rules() -> rx.Component:
    """Draw the page."""
    themes = [[theme, list(kinds)] for theme, kinds in THEMES.items()]
    return settings(
        "rules",
        rule_tools(),
        rx.el.div(
            rx.foreach(var(js(themes), list[list[Any]]), lambda theme: _theme(js(theme)[0], js(theme)[1])),
            _always(),
            class_name="rule-themes",
        ),
        rx.el.p(say(k="rules.find.none"), class_name="form-note rule-none", role="status"),
        add_dialog(),
        made_rule(),
        may_edit=RulesState.may_edit,
        notices=(undo_notice(),),
    )


def _theme(theme: Js, kinds: Js) -> rx.Component:
    """Draw the rules of a theme, those of a kind together; hidden where none is found."""
    every = kept("rule-", js(RulesState.rules), RulesState.removed)
    found = let(every, lambda rules: kinds.flatMap(fn(lambda kind: rules.filter(fn(lambda rule: rule.kind == kind)))))
    used = name("String")(found.filter(fn(lambda rule: rule.enabled)).length)
    count = phrase(word("rules.theme.used"), {"used": used, "all": name("String")(found.length)})
    return rx.el.section(
        rx.el.h2(
            var(word(js("rules.theme.") + theme)),
            rx.el.span(var(when(found.length > 0, count, "")), class_name="theme-used"),
            class_name="page-heading",
        ),
        rx.el.ul(rx.foreach(var(found, list[Any]), lambda rule: card(js(rule))), class_name="items"),
        class_name="rule-theme",
    )


def _always() -> rx.Component:
    return rx.el.section(
        rx.el.h2(say(k="rules.always"), class_name="page-heading"),
        rx.el.ul(*(_fixed(kind) for kind in RULE_KINDS if kind in ALWAYS_HARD), class_name="items"),
        class_name="rule-theme",
    )


def _fixed(kind: str) -> rx.Component:
    said = word(f"rules.{kind}") + " " + word(f"rules.{kind}.says")
    return rx.el.li(
        rx.el.div(
            rx.icon("lock", size=16, class_name="rule-lock"),
            rx.el.div(
                rx.el.span(say(k=f"rules.{kind}"), class_name="item-name"),
                rx.el.span(say(k=f"rules.{kind}.says"), class_name="item-says"),
                class_name="item-words",
            ),
            rx.el.span(say(k="rules.hard"), class_name="rule-strictness hard"),
            class_name="item-row",
        ),
        hidden=var(~looked_for(said), bool),
        class_name="item fixed",
    )
