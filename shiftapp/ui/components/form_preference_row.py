"""One preference that is being changed: who, what, when and how much it matters, held in the browser."""

from collections.abc import Iterable
from typing import Any

import reflex as rx

from shiftapp.domain.shift_type import KINDS
from shiftapp.ui.client import Kept, event
from shiftapp.ui.components.rule_numbers import Team, called
from shiftapp.ui.js import Js, fn, js, known, let, name, var, when
from shiftapp.ui.say import say, word

PREFERENCES = Kept("preferences", [])
"""Rows of the open form, as `shiftapp.ui.state.rule_preferences.Row`. Sent when the form is saved."""
Option = tuple[Any, Any, Any]
"""Value, what is drawn and what is heard."""

_LEVELS = range(1, 6)


class Choices:
    """What a row chooses from, and what that is called."""

    def __init__(self, symbols: Js, team: Team) -> None:
        self.symbols, self.types, self.staff = symbols, js(team.shifts), js(team.staff)

    def who(self, staff: Js) -> Js:
        """Return somebody's name."""
        found = self.staff.find(fn(lambda one: one[0] == staff))
        gone = when(staff == "", word("rules.priority.nobody"), word("rules.priority.gone"))
        return known(self._at(found, 1), gone)

    def shifts(self, chosen: Js) -> Js:
        """Return the symbols of kinds and shift types."""

        def symbol(one: Js) -> Js:
            own = self.types.find(fn(lambda shift: shift[0] == name("String")(one)))
            return known(self.symbols[one], known(self._at(own, 1), "?"))

        return when(chosen.length == 0, "…", chosen.map(fn(symbol)).join(""))

    def _at(self, found: Js, place: int) -> Js:
        return let(found, lambda one: when(one, one[place]))


def row_fields(row: Js, at: Js, choices: Choices) -> rx.Component:
    """Draw the controls of the row at a place."""
    days = [(day, word(f"weekday.{day}"), word(f"weekday.{day}")) for day in range(7)]
    ways = [(True, word("rules.priority.wants")), (False, word("rules.priority.shuns"))]
    levels = [(level, js(str(level))) for level in _LEVELS]
    return rx.el.div(
        _who(row, at, choices),
        _one_of("rules.priority.way", at, "prefers", row.prefers, ways),
        _shifts(row, at, choices),
        _group("rules.priority.weekdays", _toggles(row, at, "weekdays", days)),
        rx.el.label(
            rx.el.span(say(k="rules.priority.dates"), class_name="form-label"),
            rx.el.input(
                default_value=var(row.dates),
                auto_complete="off",
                placeholder="2026-12-24, 2026-12-31",
                class_name="form-input",
                custom_attrs={"onChange": event(fn(lambda typed: _change(at, "dates", typed.target.value)))},
            ),
            class_name="form-field",
        ),
        _one_of("rules.priority.level", at, "level", row.level, levels, row.hard, "rules.priority.level_hint"),
        rx.el.label(
            rx.el.input(
                type="checkbox",
                class_name="form-tick",
                default_checked=var(row.hard, bool),
                custom_attrs={"onChange": event(fn(lambda typed: _change(at, "hard", typed.target.checked)))},
            ),
            say(k="rules.priority.hard"),
            class_name="form-ticked",
        ),
        class_name="preference-fields",
    )


def _who(row: Js, at: Js, choices: Choices) -> rx.Component:
    unlisted = (row.staff != "") & ~choices.staff.some(fn(lambda one: one[0] == row.staff))
    return rx.el.label(
        rx.el.span(say(k="rules.priority.staff"), class_name="form-label"),
        rx.el.select(
            rx.el.option(var(word("rules.priority.choose")), value=""),
            rx.cond(var(unlisted, bool), rx.el.option(var(word("rules.priority.gone")), value=var(row.staff))),
            rx.foreach(var(choices.staff, list[Any]), lambda one: rx.el.option(var(js(one)[1]), value=var(js(one)[0]))),
            class_name="form-input form-select",
            custom_attrs={
                "value": var(row.staff),
                "onChange": event(fn(lambda typed: _change(at, "staff", typed.target.value))),
            },
        ),
        class_name="form-field",
    )


def _shifts(row: Js, at: Js, choices: Choices) -> rx.Component:
    kinds = [(kind, choices.symbols[kind], word(f"form.kind.{kind}")) for kind in KINDS]

    def one(shift: Any) -> rx.Component:
        found = js(shift)
        return _toggle(row, at, "shifts", (name("Number")(found[0]), found[1], called(found)))

    return rx.el.div(
        _group("rules.priority.shifts", _toggles(row, at, "shifts", kinds)),
        rx.el.details(
            rx.el.summary(say(k="rules.shift_types")),
            rx.el.span(rx.foreach(var(choices.types, list[Any]), one), class_name="pattern-step"),
            open=var(row.shifts.some(name("Number.isInteger")), bool),
            class_name="rule-types",
        ),
        class_name="form-field",
    )


def _group(key: str, control: rx.Component, hint: str = "") -> rx.Component:
    return rx.el.div(
        rx.el.span(say(k=key), class_name="form-label", aria_hidden="true"),
        control,
        rx.el.span(say(k=hint), class_name="form-hint") if hint else rx.fragment(),
        role="group",
        class_name="form-field",
        custom_attrs={"aria-label": var(word(key))},
    )


def _toggles(row: Js, at: Js, column: str, options: Iterable[Option]) -> rx.Component:
    return rx.el.span(
        *(_toggle(row, at, column, option) for option in options), class_name=f"pattern-step toggles-{column}"
    )


def _toggle(row: Js, at: Js, column: str, option: Option) -> rx.Component:
    """Draw one of several values that may hold together."""
    value, drawn, heard = option
    without = row[column].filter(fn(lambda one: one != value))
    return rx.el.button(
        var(drawn),
        type="button",
        class_name="pattern-kind",
        custom_attrs={
            "onClick": event(
                fn(lambda: _change(at, column, when(row[column].includes(value), without, row[column].concat([value]))))
            ),
            "aria-pressed": var(row[column].includes(value), bool),
            "aria-label": var(heard),
            "title": var(heard),
        },
    )


def _one_of(
    key: str, at: Js, column: str, chosen: Js, options: Iterable[tuple[Any, Js]], off: Any = False, hint: str = ""
) -> rx.Component:
    def one(value: Any, drawn: Js) -> rx.Component:
        return rx.el.button(
            var(drawn),
            type="button",
            class_name="segment",
            disabled=var(off, bool),
            custom_attrs={
                "onClick": event(fn(lambda: _change(at, column, value))),
                "aria-pressed": var(chosen == value, bool),
            },
        )

    return _group(key, rx.el.span(*(one(*option) for option in options), class_name="segments"), hint)


def _change(at: Js, column: str, value: Any) -> Js:
    changed = fn(
        lambda row, place: when(place == at, name("Object").assign({}, row, {column: value}), row),
    )
    return PREFERENCES.set(PREFERENCES.now.map(changed))
