"""Whom and when a rule concerns: one line in words, opened to change it."""

from typing import Any

import reflex as rx

from shiftapp.domain.shift_type import STAFF_TYPES
from shiftapp.ui.components.dates import dated, span
from shiftapp.ui.components.form import hidden, labelled, line, tick, ticks, wrong
from shiftapp.ui.js import Js, fn, js, known, name, var, when
from shiftapp.ui.say import phrase, say, word
from shiftapp.ui.state.form import ON
from shiftapp.ui.state.rules import RulesState

UNSCOPED = ("pins",)
"""Kinds that concern what somebody entered, wherever it is."""
NAMED = 3
"""So many people are named; more are counted."""


def scoped(rule: Js) -> Js:
    """Return whether a rule's form offers a scope."""
    return ~js(list(UNSCOPED)).includes(rule.kind)


def narrowed(scope: Js) -> Js:
    """Return whether a scope leaves anybody or any day out."""
    return name("Object").values(scope).some(fn(lambda part: part))


def scope_words(scope: Js) -> Js:
    """Write a scope: ``Regular · Sat, Sun · 21 Dec 2026 – 20 Jan 2027``."""
    parts = js(
        [
            when(scope.staff_types, _listed(scope.staff_types, "form.type."), None),
            when(scope.groups, named(scope.groups, RulesState.groups, "rules.scope.groups_count"), None),
            when(scope.staff, named(scope.staff, RulesState.staff, "rules.scope.people"), None),
            when(scope.weekdays, _listed(scope.weekdays, "weekday."), None),
            when(scope.dates, named_dates(known(scope.dates, [])), None),
            when(scope.first | scope.last, _range(scope), None),
        ]
    ).filter(fn(lambda part: part))
    return when(parts.length == 0, word("rules.scope.all"), parts.join(" · "))


def _listed(values: Any, keys: str) -> Js:
    return known(values, []).map(fn(lambda value: word(js(keys) + value))).join(word("form.and"))


def named(ids: Any, source: Any, count: str) -> Js:
    """Name those with the ids among ``source``, or count them where they are many or no longer listed."""
    chosen = known(ids, [])
    names = js(source).filter(fn(lambda one: chosen.includes(name("Number")(one[0])))).map(fn(lambda one: one[1]))
    counted = phrase(word(count), {"count": name("String")(chosen.length)})
    return when((names.length > 0) & (chosen.length <= NAMED), names.join(word("form.and")), counted)


def named_dates(dates: Js) -> Js:
    """Write ISO dates as people say them, or count them where they are many."""
    counted = phrase(word("rules.scope.dates_count"), {"count": name("String")(dates.length)})
    return when(dates.length <= NAMED, dates.map(fn(dated)).join(word("form.and")), counted)


def _range(scope: Js) -> Js:
    one_sided = phrase(
        when(scope.last, word("rules.scope.until"), word("rules.scope.from")), {"date": dated(scope.last | scope.first)}
    )
    return when(scope.first & scope.last, span(scope.first, scope.last), one_sided)


def scope_fields(rule: Js) -> rx.Component:
    """Draw a rule's scope: its words, and below them, once opened, what changes it."""
    scope = rule.scope
    types = [(kind, f"form.type.{kind}") for kind in STAFF_TYPES]
    days = [(str(day), f"weekday.{day}") for day in range(7)]
    return rx.el.details(
        rx.el.summary(say(k="rules.scope"), rx.el.span(var(js(" ") + scope_words(scope)), class_name="scope-words")),
        hidden("scope", ON),
        rx.el.div(
            rx.el.span(say(k="rules.scope.hint"), class_name="form-hint form-wide"),
            ticks("scope.type", types, known(scope.staff_types, []), "rules.scope.types"),
            ticks("scope.day", days, known(scope.weekdays, []).map(name("String")), "rules.scope.days"),
            _listed_ticks("scope.group", RulesState.groups, known(scope.groups, []), "rules.scope.groups"),
            _listed_ticks("scope.staff", RulesState.staff, known(scope.staff, []), "rules.scope.staff"),
            labelled(say(k="rules.scope.first"), "scope.first", _date("scope.first", scope.first)),
            labelled(say(k="rules.scope.last"), "scope.last", _date("scope.last", scope.last)),
            labelled(
                say(k="rules.scope.dates"),
                "scope.dates",
                line("scope.dates", known(scope.dates, []).join(", ")),
                "rules.scope.dates_hint",
            ),
            class_name="scope-fields",
        ),
        # what is wrong must be in sight, however the form was sent
        open=var(narrowed(scope) | wrong("scope.first") | wrong("scope.last") | wrong("scope.dates"), bool),
        class_name="form-wide rule-scope own-staff",
    )


def _date(field: str, value: Js) -> rx.Component:
    return line(field, known(value, ""), type="date")


def _listed_ticks(prefix: str, source: Any, chosen: Js, legend: str) -> rx.Component:
    def one(found: Any) -> rx.Component:
        pair = js(found)
        ticked = chosen.includes(name("Number")(pair[0]))
        return tick(js(f"{prefix}.") + pair[0], ticked, rx.fragment(var(pair[1])))

    # who is no longer listed stays in the scope: without them it might come to concern everybody
    ids = js(source).map(fn(lambda pair: name("Number")(pair[0])))
    unlisted = chosen.filter(fn(lambda one: ~ids.includes(one)))
    return rx.cond(
        var((js(source).length > 0) | (chosen.length > 0), bool),
        rx.el.fieldset(
            rx.el.legend(say(k=legend), class_name="form-label"),
            rx.foreach(var(source, list[Any]), one),
            rx.foreach(var(unlisted, list[Any]), lambda gone: hidden(js(f"{prefix}.") + js(gone), ON)),
            class_name="form-ticks scope-listed",
        ),
    )
