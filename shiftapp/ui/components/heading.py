"""The dates of the grid: their headings, the stripes behind the rows, and a date in words."""

from typing import Any

import reflex as rx

from shiftapp.ui.components.dates import today
from shiftapp.ui.components.rows import covers
from shiftapp.ui.components.run_words import outside
from shiftapp.ui.js import Js, js, name, var, when
from shiftapp.ui.say import phrase, word
from shiftapp.ui.state.grid import GridState
from shiftapp.ui.theme import CELL


def head() -> rx.Component:
    """Draw the headings: months, day numbers, weekdays."""
    return days_head(days=GridState.days, outside=var(outside()))


@rx.memo
def days_head(days: rx.Var[list[list[str]]], outside: rx.Var[str]) -> rx.Component:
    """Draw the headings; an edit, which changes neither dates nor limits kept, draws none of them again."""
    return rx.el.div(
        rx.foreach(days, lambda day, at: _day(js(day), js(at), js(outside))),
        class_name="head",
        custom_attrs={"role": "row"},
    )


def day_class(day: Js) -> Js:
    """Return the class of a date: weekend, holiday, closure, must work, today, first of a month or week."""
    flags = day[4]
    return (
        when(flags.includes("w"), js(" weekend w") + day[2], "")
        + when(flags.includes("h"), " holiday", "")
        + when(flags.includes("c"), " closure", "")
        + when(flags.includes("m"), " must-work", "")
        + when(day[0] == today(), " today", "")
        + when(day[1] == "1", " month-start", "")
        + when(day[2] == "0", " week-start", "")
    )


def _day(day: Js, at: Js, outside: Js) -> rx.Component:
    first = (at == 0) | (day[1] == "1")
    return rx.el.div(
        rx.el.span(var(when(first, word(js("month.") + day[3]), "")), class_name="month"),
        rx.el.span(var(day[1]), class_name="number"),
        rx.el.span(var(word(js("weekday.") + day[2])), class_name="weekday"),
        class_name=var(js("day") + day_class(day) + when(covers(outside, at), " outside", "")),
        custom_attrs={"role": "columnheader", "title": var(day_title(day)), "data-day": var(day[0])},
    )


def day_title(day: Js) -> Js:
    """Return a date in words, with its holiday or closure."""
    notes = js(
        [
            day[5],
            when(day[4].includes("c"), word("grid.closure"), ""),
            when(day[4].includes("m"), word("grid.must_work"), ""),
        ]
    )
    return js([day_words(day)]).concat(notes.filter(name("Boolean"))).join(" · ")


def day_words(day: Any) -> Js:
    """Return a date as people say it: 12月24日(木), Thu 24 Dec."""
    one = js(day)
    return phrase(
        word("grid.date"),
        {"month": word(js("month.") + one[3]), "day": one[1], "weekday": word(js("weekday.") + one[2])},
    )


def short_day(day: Any) -> Js:
    """Return a date without its weekday: 12月24日, 24 Dec."""
    one = js(day)
    return phrase(word("grid.short_date"), {"month": word(js("month.") + one[3]), "day": one[1]})


def stripes() -> rx.Component:
    """Draw what lies behind the rows: weekends, holidays, closures, today, the lines between months and weeks."""
    return days_stripes(days=GridState.days)


@rx.memo
def days_stripes(days: rx.Var[list[list[str]]]) -> rx.Component:
    """Draw the stripes of some dates."""
    return rx.el.div(
        rx.foreach(days, lambda day, at: _stripe(js(day), js(at))),
        class_name="stripes",
        custom_attrs={"aria-hidden": True},
    )


def _stripe(day: Js, at: Js) -> rx.Component:
    return rx.el.i(
        class_name=var(js("stripe") + day_class(day)),
        custom_attrs={"style": var({"left": at * CELL}, dict)},
    )
