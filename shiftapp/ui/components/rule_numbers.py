"""The controls of a rule's fields, drawn from `shiftapp.ui.state.rule_fields`."""

from collections.abc import Mapping
from functools import singledispatch
from typing import Any, NamedTuple

import reflex as rx

from shiftapp.domain.shift_type import KINDS, STAFF_TYPES
from shiftapp.ui.components.form import choose, error, labelled, line, tick
from shiftapp.ui.js import Js, js, known, name, var, when
from shiftapp.ui.say import LANGUAGE, say, word
from shiftapp.ui.state.rule_fields import (
    COVERS,
    ENDS,
    FIELDS,
    HALVES,
    HOURS,
    ONES,
    ByStaffType,
    Covers,
    CoversByWeekday,
    Field,
    Flag,
    Limits,
    Line,
    Number,
    OneOf,
    People,
    ShiftTypes,
)

Label = tuple[rx.Component | None, Any]
"""What is drawn before numbers, if anything, and what a reader of the screen says of them."""


class Team(NamedTuple):
    """What a form chooses from: shift types as [id, symbol, Japanese name, English name], staff as [id, name]."""

    shifts: Any
    staff: Any


def drawn(kind: str, numbers: Js, team: Team) -> rx.Component:
    """Draw the fields of a rule of ``kind``."""
    return rx.fragment(
        *(_draw(field, f"rules.{kind}.{field.name}", numbers[field.name], numbers, team) for field in FIELDS[kind])  # type: ignore[index]
    )


def called(shift: Js) -> Js:
    """Return a shift type's symbol and its name in the reader's language."""
    return shift[1] + " " + when(LANGUAGE.value == "ja", shift[2], shift[3])


@singledispatch
def _draw(field: Field, key: str, value: Js, numbers: Js, team: Team) -> rx.Component:
    raise NotImplementedError(type(field))


@_draw.register
def _(field: Number, key: str, value: Js, numbers: Js, team: Team) -> rx.Component:
    return labelled(say(k=key), field.name, _figure(field.name, value, field.unit))


@_draw.register
def _(field: Limits, key: str, value: Js, numbers: Js, team: Team) -> rx.Component:
    unit = field.unit or when(numbers.count == "days_off", HALVES, when(numbers.count == "minutes", HOURS, ONES))
    return _group(key, _ends(field.name, value, ENDS, unit, (None, word(key))))


@_draw.register
def _(field: ByStaffType, key: str, value: Js, numbers: Js, team: Team) -> rx.Component:
    def one(staff_type: str) -> rx.Component:
        label, at = f"form.type.{staff_type}", f"{field.name}.{staff_type}"
        found = known(value, js({}))[staff_type]
        if field.ends:
            return _ends(at, found, field.ends, field.unit, (say(k=label), word(label)))
        control = _figure(at, found, field.unit, custom_attrs={"aria-label": var(word(label))})
        return _row(say(k=label), control, error(at))

    return _group(key, *(one(staff_type) for staff_type in STAFF_TYPES))


@_draw.register
def _(field: Covers, key: str, value: Js, numbers: Js, team: Team) -> rx.Component:
    return _group(
        key, _ends(field.name, value, COVERS, ONES, (say(k="rules.coverage.every"), word("rules.coverage.every")))
    )


@_draw.register
def _(field: CoversByWeekday, key: str, value: Js, numbers: Js, team: Team) -> rx.Component:
    own = known(value, js({}))
    return _group(
        key,
        *(
            _ends(f"{field.name}.{day}", own[str(day)], COVERS, ONES, (say(k=f"weekday.{day}"), word(f"weekday.{day}")))
            for day in range(7)
        ),
    )


@_draw.register
def _(field: OneOf, key: str, value: Js, numbers: Js, team: Team) -> rx.Component:
    chosen = when(value == True, field.options[1], when(value == False, field.options[0], value))  # noqa: E712
    options = [(option, f"{key}.{option}") for option in field.options]
    return labelled(say(k=key), field.name, choose(field.name, chosen, options))


@_draw.register
def _(field: Flag, key: str, value: Js, numbers: Js, team: Team) -> rx.Component:
    return rx.el.div(tick(field.name, value, say(k=key)), class_name="form-field")


@_draw.register
def _(field: Line, key: str, value: Js, numbers: Js, team: Team) -> rx.Component:
    return labelled(say(k=key), field.name, line(field.name, known(value, "")), hint=f"{key}.hint")


@_draw.register
def _(field: ShiftTypes, key: str, value: Js, numbers: Js, team: Team) -> rx.Component:
    kinds = known(value, js([]))
    return rx.el.fieldset(
        rx.el.legend(say(k=key), class_name="form-label"),
        *(tick(f"{field.name}.{kind}", kinds.includes(kind), say(k=f"form.kind.{kind}")) for kind in KINDS),
        rx.el.details(
            rx.el.summary(say(k="rules.shift_types")),
            rx.foreach(team.shifts, lambda shift: _one_of(field.name, js(shift), kinds, called(js(shift)))),
            open=var(kinds.some(js(_IS_NUMBER)), bool),
            class_name="form-ticks rule-types",
        ),
        error(field.name),
        class_name="form-ticks form-wide",
    )


@_draw.register
def _(field: People, key: str, value: Js, numbers: Js, team: Team) -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(say(k=key), class_name="form-label"),
        rx.foreach(team.staff, lambda one: _one_of(field.name, js(one), known(value, js([])), js(one)[1])),
        error(field.name),
        class_name="form-ticks form-wide rule-people",
    )


_IS_NUMBER: Js = name("Number.isInteger")


def _one_of(field: str, one: Js, ticked: Js, label: Js) -> rx.Component:
    return tick(js(f"{field}.") + one[0], ticked.includes(name("Number")(one[0])), rx.fragment(var(label)))


def _figure(field: str, value: Any, unit: Any, custom_attrs: Mapping[str, Any] | None = None) -> rx.Component:
    shown = when(known(value, None) == None, "", name("String")(js(value) / unit))  # noqa: E711
    return line(field, shown, input_mode="decimal", class_name="form-number", custom_attrs=dict(custom_attrs or {}))


def _ends(field: str, value: Any, ends: tuple[str, ...], unit: Any, label: Label) -> rx.Component:
    found = known(value, js({}))

    def end(which: str) -> rx.Component:
        heard = {
            "aria-label": var(label[1] + " " + word(f"form.{which}")),
            "placeholder": var(word(f"form.{which}.short")),
        }
        return _figure(f"{field}.{which}", found[which], unit, custom_attrs=heard)

    parts = (
        rx.el.span(*(end(which) for which in ends), class_name="form-between"),
        *(error(f"{field}.{which}") for which in ends),
    )
    return rx.el.div(*parts) if label[0] is None else _row(label[0], *parts)


def _row(label: rx.Component, *parts: rx.Component) -> rx.Component:
    return rx.el.div(rx.el.span(label, class_name="limits-label"), *parts, class_name="limits-line")


def _group(key: str, *rows: rx.Component) -> rx.Component:
    return rx.el.fieldset(rx.el.legend(say(k=key), class_name="form-label"), *rows, class_name="form-limits form-wide")
