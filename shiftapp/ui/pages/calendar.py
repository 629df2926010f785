"""The calendar page: three months, in which every press turns a date into the next kind of day."""

from typing import Any

import reflex as rx

from shiftapp.ui.client import Kept, event, send
from shiftapp.ui.components.dates import dated
from shiftapp.ui.components.form import labelled, line, radios
from shiftapp.ui.components.form_dialog import button, dialog, form_buttons, icon_button
from shiftapp.ui.components.form_open import OPEN, form, is_open, sent, show
from shiftapp.ui.components.settings import settings
from shiftapp.ui.js import Js, fn, js, known, let, name, numbers, var, when
from shiftapp.ui.say import LANGUAGE, phrase, say, word
from shiftapp.ui.state.calendar import CalendarState

ROUTE = "/settings/calendar"
MONTHS = 3
AHEAD, BACK = 21, 12
"""Months around today that can be looked at: those whose holidays the page is told."""

SHIFTED = Kept("months", 0)
"""Months from this one to the first that is drawn."""

_KINDS = tuple((kind, f"calendar.{kind}") for kind in ("normal", "must_work", "must_off", "holiday"))
_NEXT = {"normal": "must_work", "must_work": "must_off", "must_off": "normal", "holiday": "must_work"}
_SUNDAY_FIRST = (6, 0, 1, 2, 3, 4, 5)
DATE = "new Date"
_DAY = "day-"


def calendar() -> rx.Component:
    """Draw the page."""
    ready = js(CalendarState.ready)
    return settings(
        "calendar",
        rx.el.div(_bar(), _key(), class_name="months-head"),
        rx.cond(
            var(ready, bool),
            rx.el.div(
                rx.foreach(var(_months(), list[Any]), lambda month: _month(js(month))),
                class_name="months",
            ),
        ),
        rx.el.h2(say(k="calendar.entered"), class_name="page-heading"),
        rx.cond(var(ready, bool), _entered()),
        dialog(_opened(), dated(_chosen()), day_form(day=var(_chosen()))),
        may_edit=CalendarState.may_edit,
    )


def _button(day: Js) -> Js:
    """Return the id of the button that opens the dialog of a date."""
    return js(_DAY) + day


def _opened() -> Js:
    return OPEN.value.id.startsWith(_DAY) & is_open(OPEN.value.id)


def _chosen() -> Js:
    """Return the date in the dialog; empty where there is none."""
    return when(OPEN.value.id.startsWith(_DAY), OPEN.value.id.slice(len(_DAY)), "")


def _bar() -> rx.Component:
    shifted = SHIFTED.value
    return rx.el.div(
        icon_button("chevron-left", word("calendar.earlier"), SHIFTED.set(SHIFTED.now - 1), shifted <= -BACK),
        icon_button("chevron-right", word("calendar.later"), SHIFTED.set(SHIFTED.now + 1), shifted >= AHEAD),
        button(say(k="calendar.today"), SHIFTED.set(0)),
        class_name="months-bar",
    )


def _key() -> rx.Component:
    """Draw what the marks mean."""
    kinds = ("must_work", "must_off", "public", "holiday")
    return rx.el.div(
        *(
            rx.el.span(
                rx.el.span(class_name=f"calendar-day {kind}", aria_hidden="true"), rx.el.span(say(k=f"calendar.{kind}"))
            )
            for kind in kinds
        ),
        class_name="calendar-key",
    )


def _months() -> Js:
    """Return the months to draw: {title, lead: empty places before the 1st, days: ISO dates}."""
    year, month = (name("Number")(js(CalendarState.today).split("-")[place]) for place in (0, 1))

    def one(number: Js) -> Js:
        first = name(DATE)(name("Date.UTC")(year, month - 1 + SHIFTED.value + number, 1))
        return let(first, described)

    def described(first: Js) -> Js:
        last = name(DATE)(name("Date.UTC")(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
        iso = first.toISOString().slice(0, 8)
        called = {"year": first.getUTCFullYear(), "month": word(js("month.") + (first.getUTCMonth() + 1))}
        return js(
            {
                "title": phrase(word("calendar.month"), called),
                "lead": first.getUTCDay(),
                "days": numbers(1, last + 1).map(fn(lambda day: iso + name("String")(day).padStart(2, "0"))),
            }
        )

    return numbers(0, MONTHS).map(fn(one))


def _month(month: Js) -> rx.Component:
    return rx.el.section(
        rx.el.h2(var(month.title)),
        rx.el.div(
            *(
                rx.el.span(say(k=f"weekday.{day}"), class_name="weekday", custom_attrs={"aria-hidden": True})
                for day in _SUNDAY_FIRST
            ),
            rx.foreach(var(month.days, list[str]), lambda day, at: _day(js(day), js(at), month.lead)),
            class_name="month-days",
        ),
        class_name="month-card",
    )


def kind_of(day: Js) -> Js:
    """Return what the team entered for a date: ``normal`` where nothing."""
    return known(js(CalendarState.days)[day], js(["normal", ""]))[0]


def _holiday(day: Js) -> Js:
    """Return the name of the national holiday in the reader's language; empty where there is none."""
    return known(js(CalendarState.holidays)[day], js(["", ""]))[when(LANGUAGE.value == "ja", 0, 1)]


def _day(day: Js, at: Js, lead: Js) -> rx.Component:
    kind, holiday = kind_of(day), _holiday(day)
    weekday = (lead + at) % 7
    note = known(js(CalendarState.days)[day], js(["", ""]))[1]
    following = js(_NEXT)[kind]
    turn = send(CalendarState.turn(var({"day": day, "kind": following, "note": note}, dict)))
    shown = when(kind == "normal", holiday, when(note == "", word(js("calendar.") + kind), note))
    told = {"date": dated(day), "kind": word(js("calendar.") + kind), "holiday": holiday + " " + note}
    marks = (
        js("calendar-day ")
        + kind
        + when(weekday == 0, " sunday", when(weekday == 6, " weekend", ""))
        + when(holiday == "", "", " public")
        + when(day == CalendarState.today, " today", "")
    )
    return rx.el.button(
        rx.el.span(var(at + 1), class_name="calendar-number"),
        rx.el.span(var(shown), class_name="calendar-mark"),
        type="button",
        class_name=var(marks),
        disabled=var(~js(CalendarState.may_edit), bool),
        style={"gridColumnStart": var(when(at == 0, lead + 1, "auto"))},
        custom_attrs={
            "data-day": var(day),
            "aria-label": var(phrase(word("calendar.day"), told)),
            "title": var(when(holiday == "", note, holiday + " " + note)),
            "onClick": event(fn(lambda: turn)),
        },
    )


def _entered() -> rx.Component:
    """List what the team entered in the months that are drawn."""
    months = _months().map(fn(lambda month: month.days[0].slice(0, 7)))
    days = name("Object").keys(js(CalendarState.days)).filter(fn(lambda day: months.includes(day.slice(0, 7)))).sort()
    return rx.fragment(
        rx.el.ul(rx.foreach(var(days, list[str]), lambda day: _item(js(day))), class_name="items"),
        rx.cond(var(days.length == 0, bool), rx.el.p(say(k="calendar.none"), class_name="form-hint")),
    )


def _item(day: Js) -> rx.Component:
    note = known(js(CalendarState.days)[day], js(["", ""]))[1]
    edit = icon_button(
        "pencil",
        phrase(word("calendar.edit_of"), {"date": dated(day)}),
        show(_button(day)),
        id=var(_button(day)),
    )
    return rx.el.li(
        rx.el.div(
            rx.el.span(class_name=var(js("calendar-day dot ") + kind_of(day)), aria_hidden="true"),
            rx.el.span(
                rx.el.span(var(dated(day)), class_name="item-name"),
                rx.el.span(var(note), class_name="item-says"),
                class_name="item-words",
            ),
            rx.el.span(var(word(js("calendar.") + kind_of(day))), class_name="item-says"),
            rx.cond(var(CalendarState.may_edit, bool), edit),
            class_name="item-row day-row",
        ),
        class_name="item",
    )


@rx.memo
def day_form(day: rx.Var[str]) -> rx.Component:
    """Draw the form of one date."""
    found = js(day)
    note = known(js(CalendarState.days)[found], js(["", ""]))[1]
    return form(
        radios("kind", kind_of(found), _KINDS, "calendar.kind"),
        labelled(say(k="calendar.note_label"), "note", line("note", note)),
        form_buttons(),
        on_submit=lambda data: CalendarState.save(sent(day=found, fields=data)),
    )
