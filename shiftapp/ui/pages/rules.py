"""The rules page: one card a rule, opened to change its strictness and its numbers."""

from typing import Any

import reflex as rx

from shiftapp.domain.rule_settings import ALWAYS_HARD, LONGEST_NAME, RULE_KINDS
from shiftapp.ui.client import Js, do, event, fn, js, known, send, var, when
from shiftapp.ui.components.form import figure, labelled, line, radios
from shiftapp.ui.components.form_dialog import button, form_buttons
from shiftapp.ui.components.form_open import form, is_open, sent, toggle
from shiftapp.ui.components.form_pattern import PATTERNS
from shiftapp.ui.components.form_rule import fields, summary
from shiftapp.ui.components.rule_numbers import Team
from shiftapp.ui.components.rule_scope import narrowed, scope_fields, scope_words, scoped
from shiftapp.ui.components.settings import settings
from shiftapp.ui.say import phrase, say, word
from shiftapp.ui.state.rules import RulesState

ROUTE = "/settings"
_STRICTNESS = (("soft", "rules.soft_long"), ("hard", "rules.hard_long"))
_TEAM = Team(RulesState.shifts, RulesState.staff)
_APART = (*ALWAYS_HARD, "priority")
"""Kinds without a card: what people prefer is a list that this page cannot change yet, and off until it can."""


def rules() -> rx.Component:
    """Draw the page."""
    apart = js(list(_APART))
    return settings(
        "rules",
        rx.el.ul(
            rx.foreach(
                var(js(RulesState.rules).filter(fn(lambda rule: ~apart.includes(rule.kind))), list[Any]),
                lambda rule: _card(js(rule)),
            ),
            class_name="items",
        ),
        rx.el.h2(say(k="rules.always"), class_name="page-heading"),
        rx.el.ul(*(_fixed(kind) for kind in RULE_KINDS if kind in ALWAYS_HARD), class_name="items"),
        may_edit=RulesState.may_edit,
    )


def _fixed(kind: str) -> rx.Component:
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
        class_name="item fixed",
    )


def _card(rule: Js) -> rx.Component:
    opened = is_open(_button(rule))
    return rx.el.li(
        rx.el.div(
            _switch(rule),
            _head(rule, opened),
            class_name="item-row",
        ),
        rx.cond(var(opened, bool), rule_panel(rule=var(rule, dict))),
        class_name=var(js("item rule") + when(rule.enabled, "", " off") + when(opened, " open", "")),
        custom_attrs={"data-rule": var(rule.kind)},
    )


def _title(rule: Js) -> Js:
    return when(rule.name == "", word(js("rules.") + rule.kind), rule.name)


def _switch(rule: Js) -> rx.Component:
    turn = send(RulesState.switch(var({"rule": rule.id, "enabled": ~rule.enabled}, dict)))
    return rx.el.button(
        rx.el.span(class_name="switch-knob"),
        type="button",
        class_name="switch",
        disabled=var(~js(RulesState.may_edit), bool),
        custom_attrs={
            "role": "switch",
            "aria-checked": var(rule.enabled, bool),
            "aria-label": var(phrase(word("rules.on"), {"rule": _title(rule)})),
            "onClick": event(fn(lambda: turn)),
        },
    )


def _head(rule: Js, opened: Js) -> rx.Component:
    """Draw what the rule is and what it asks for; pressing it opens the panel."""
    return rx.el.button(
        rx.el.span(
            rx.el.span(var(_title(rule)), class_name="item-name"),
            rx.el.span(var(word(js("rules.") + rule.kind + ".says")), class_name="item-says"),
            rx.cond(
                var(narrowed(rule.scope), bool), rx.el.span(var(scope_words(rule.scope)), class_name="rule-concerns")
            ),
            class_name="item-words",
        ),
        rx.el.span(var(summary(rule, RulesState.symbols, _TEAM)), class_name="rule-summary"),
        rx.el.span(var(_strictness(rule)), class_name=var(js("rule-strictness ") + when(rule.hard, "hard", "soft"))),
        rx.icon("chevron-down", size=16, class_name="item-chevron"),
        type="button",
        class_name="item-head rule-head",
        custom_attrs={
            "id": var(_button(rule)),
            "aria-expanded": var(opened, bool),
            "onClick": event(fn(lambda: _toggle(rule))),
        },
    )


def _strictness(rule: Js) -> Js:
    soft = word("rules.soft") + when(rule.kind == "requests", "", js(" ") + rule.weight)
    return when(~rule.enabled, word("rules.off"), when(rule.hard, word("rules.hard"), soft))


def _button(rule: Js) -> Js:
    """Return the id of the button that opens a rule."""
    return js("rule-") + rule.id


def _toggle(rule: Js) -> Js:
    return do(PATTERNS.set(known(rule.params.patterns, [])), toggle(_button(rule)))


@rx.memo
def rule_panel(rule: rx.Var[dict]) -> rx.Component:
    """Draw the form of one rule: a component of its own, for a form's handler must know its rule."""
    return _panel(js(rule))


def _panel(rule: Js) -> rx.Component:
    may = js(RulesState.may_edit)
    return form(
        rx.el.fieldset(
            radios("strictness", when(rule.hard, "hard", "soft"), _STRICTNESS, "rules.strictness"),
            _weight(rule),
            labelled(say(k="rules.name"), "name", line("name", rule.name, max_length=LONGEST_NAME)),
            rx.el.div(fields(rule, RulesState.symbols, _TEAM), class_name="rule-numbers"),
            rx.cond(var(scoped(rule), bool), scope_fields(rule)),
            disabled=var(~may, bool),
            class_name="rule-fields",
        ),
        rx.cond(var(may, bool), _buttons(rule)),
        on_submit=lambda data: RulesState.save(sent(rule=rule.id, fields=data)),
        class_name="item-panel",
        custom_attrs={"aria-label": var(_title(rule))},
    )


def _weight(rule: Js) -> rx.Component:
    """Draw the weight; that of the requests multiplies the weight each request has."""
    factor = rule.kind == "requests"
    return rx.el.div(
        labelled(
            rx.fragment(var(when(factor, word("rules.requests_weight"), word("rules.weight")))),
            "weight",
            figure("weight", rule.weight),
        ),
        rx.el.span(
            var(when(factor, word("rules.requests_weight_hint"), word("rules.weight_hint"))), class_name="form-hint"
        ),
        class_name="rule-weight",
    )


def _buttons(rule: Js) -> rx.Component:
    reset = send(RulesState.reset_rule(sent(rule=rule.id)))
    return form_buttons(button(say(k="rules.reset"), reset, "form-button quiet"))
