"""One rule in the list: its switch, what it asks for in a line, and the form below that changes it."""

import reflex as rx

from shiftapp.domain.rule_settings import LONGEST_NAME
from shiftapp.ui.client import event, send
from shiftapp.ui.components.form import figure, labelled, line, radios
from shiftapp.ui.components.form_dialog import button, form_buttons, removed_note, save_words
from shiftapp.ui.components.form_open import form, is_open, is_removed, sent, shut, take_keyboard, toggle
from shiftapp.ui.components.form_pattern import DRAFT as SEQUENCES
from shiftapp.ui.components.form_preference import hold_preferences
from shiftapp.ui.components.form_rule import fields, summary
from shiftapp.ui.components.rule_numbers import Team
from shiftapp.ui.components.rule_scope import narrowed, scope_fields, scope_words, scoped
from shiftapp.ui.components.rule_tools import looked_for
from shiftapp.ui.js import Js, do, fn, js, known, var, when
from shiftapp.ui.say import phrase, say, word
from shiftapp.ui.state.rule_undo import Former
from shiftapp.ui.state.rules import RulesState

_STRICTNESS = (("soft", "rules.soft_long"), ("hard", "rules.hard_long"))
FORMER = tuple(Former.model_fields)
_TEAM = Team(RulesState.shifts, RulesState.staff)


def title(rule: Js) -> Js:
    """Return what a rule is called: by the team, else by its kind."""
    return when(rule.name == "", word(js("rules.") + rule.kind), rule.name)


def button_of(rule_id: Js) -> Js:
    """Return the id of the button that opens a rule."""
    return js("rule-") + rule_id


def card(rule: Js) -> rx.Component:
    """Draw a rule as an item of the list; one that is being changed stays, whatever is looked for."""
    opened = is_open(button_of(rule.id))
    said = js([rule.name, word(js("rules.") + rule.kind), word(js("rules.") + rule.kind + ".says"), _asked(rule)])
    return rx.el.li(
        rx.el.div(_switch(rule), _head(rule, opened), class_name="item-row"),
        rx.cond(var(opened, bool), rule_panel(rule=var(rule, dict))),
        key=var(rule.id),
        hidden=var(~(opened | looked_for(said.join(" "))), bool),
        class_name=var(js("item rule") + when(rule.enabled, "", " off") + when(opened, " open", "")),
        custom_attrs={"data-rule": var(rule.kind)},
    )


def _asked(rule: Js) -> Js:
    """Return what a rule asks for, of whom and when, in a line."""
    return summary(rule, RulesState.symbols, _TEAM) + " " + when(narrowed(rule.scope), scope_words(rule.scope), "")


def _switch(rule: Js) -> rx.Component:
    turn = send(RulesState.switch(var({"rule": rule.id, "enabled": ~rule.enabled}, dict)))
    return rx.el.button(
        rx.el.span(class_name="switch-knob"),
        type="button",
        class_name="switch",
        disabled=var(~js(RulesState.may_edit) | is_removed(rule), bool),
        custom_attrs={
            "role": "switch",
            "aria-checked": var(rule.enabled, bool),
            "aria-label": var(phrase(word("rules.on"), {"rule": title(rule)})),
            "onClick": event(fn(lambda: turn)),
        },
    )


def _head(rule: Js, opened: Js) -> rx.Component:
    """Draw what the rule is and what it asks for; pressing it opens the panel."""
    return rx.el.button(
        rx.el.span(
            rx.el.span(var(title(rule)), class_name="item-name"),
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
            "id": var(button_of(rule.id)),
            "aria-expanded": var(opened, bool),
            "onClick": event(fn(lambda: toggle(button_of(rule.id)))),
        },
    )


def _strictness(rule: Js) -> Js:
    soft = word("rules.soft") + when(rule.kind == "requests", "", js(" ") + rule.weight)
    return when(~rule.enabled, word("rules.off"), when(rule.hard, word("rules.hard"), soft))


@rx.memo
def rule_panel(rule: rx.Var[dict]) -> rx.Component:
    """Draw the form of one rule: a component of its own, for a form's handler must know its rule."""
    return _panel(js(rule))


def _panel(rule: Js) -> rx.Component:
    may = js(RulesState.may_edit)
    numbers = rule.params
    begin = do(
        SEQUENCES.begin(known(numbers.patterns, [])),
        hold_preferences(known(numbers.preferences, [])),
        take_keyboard(),
    )
    return form(
        removed_note(rule),
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
        on_submit=lambda data: RulesState.save(sent(rule=rule.id, former=_former(rule), fields=data)),
        on_mount=event(fn(lambda: begin)),
        class_name="item-panel",
        custom_attrs={"aria-label": var(title(rule))},
    )


def _former(rule: Js) -> Js:
    """Return what the server needs to make a rule anew that was taken away; null for one that is there."""
    return when(is_removed(rule), {field: rule[field] for field in FORMER}, None)


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
    chosen = var({"rule": rule.id}, dict)
    more = rx.el.span(
        button(say(k="rules.copy"), send(RulesState.copy_rule(chosen)), "form-button quiet"),
        button(say(k="rules.reset"), send(RulesState.reset_rule(sent(rule=rule.id))), "form-button quiet"),
        button(say(k="rules.remove"), do(shut(), send(RulesState.remove(chosen))), "form-button quiet danger"),
        class_name="form-more",
    )
    return form_buttons(rx.cond(var(is_removed(rule), bool), rx.fragment(), more), save=save_words(rule))
