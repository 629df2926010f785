"""Edits that were not accepted: each of them, with the reason, until somebody has read them."""

import reflex as rx

from shiftapp.ui.client import event
from shiftapp.ui.components.heading import short_day
from shiftapp.ui.components.note import note_words
from shiftapp.ui.components.queue import REFUSED
from shiftapp.ui.components.rows import days, shifts
from shiftapp.ui.js import Js, fn, js, known, let, maybe, name, var, when
from shiftapp.ui.say import phrase, word
from shiftapp.ui.state.grid import EMPTY, LEAVE, GridState


def refusals() -> rx.Component:
    """Draw them in the place of notices; they stay until dismissed, also through a reload."""
    mine = REFUSED.value.filter(fn(lambda one: one.me == GridState.me))
    others = REFUSED.now.filter(fn(lambda one: one.me != GridState.me))
    count = mine.length
    title = when(count == 1, word("edits.refused.one"), phrase(word("edits.refused"), {"count": count}))
    return rx.cond(
        var(count > 0, bool),
        rx.el.section(
            rx.el.header(
                rx.el.p(var(title)),
                rx.el.button(
                    rx.icon("x", size=16),
                    type="button",
                    class_name="form-icon",
                    custom_attrs={
                        "aria-label": var(word("notice.close")),
                        "onClick": event(fn(lambda: REFUSED.keep(others))),
                    },
                ),
            ),
            rx.el.ul(rx.foreach(var(mine, list[dict[str, str]]), lambda one: _line(js(one)))),
            class_name="notice refusals",
            custom_attrs={"aria-label": var(title)},
        ),
    )


def _line(one: Js) -> rx.Component:
    reason = phrase(known(word(one.why.code), word("refused.broken")), one.why.given)
    return rx.el.li(rx.el.b(var(_what(one.asked))), rx.el.span(var(reason)), key=var(one.asked.edit_id))


def _what(asked: Js) -> Js:
    """Say whose cell was asked to hold what: the first of them, and how many more."""
    meant = asked.strips.flatMap(fn(lambda strip: strip.letters.split("").filter(fn(lambda mark: mark != LEAVE))))
    strip = asked.strips.find(fn(lambda one: one.letters.split("").some(fn(lambda mark: mark != LEAVE))))
    offset = strip.letters.split("").findIndex(fn(lambda mark: mark != LEAVE))
    whose = js(GridState.people).find(fn(lambda one: one[0] == name("String")(strip.staff_id)))
    start = days().findIndex(fn(lambda day: day[0] == strip.day))
    date = let(days()[start + offset], lambda day: when((start >= 0) & day, short_day(day), strip.day))
    held = when(meant.every(fn(lambda mark: mark == meant[0])), _called(asked, meant[0]), "")
    more = when(meant.length > 1, phrase(word("edits.refused.more"), {"count": meant.length - 1}), "")
    parts = js([known(maybe(whose, "[1]"), ""), date, held, more])
    return parts.filter(name("Boolean")).join(" · ")


def _called(asked: Js, mark: Js) -> Js:
    """Return what a letter stood for: a shift's symbol, an empty cell, a pin, a note."""
    found = shifts().find(fn(lambda one: name("Number")(one[1]) == asked.types[mark]))
    shift = when(mark == EMPTY, word("grid.empty"), known(maybe(found, "[2]"), ""))
    pin = when(asked.pin, word("edits.refused.pin"), word("edits.refused.unpin"))
    note = when(asked.note == "", word("edits.refused.no_note"), note_words(asked.note))
    unless_noted = when(known(asked.note, None) == None, shift, note)  # noqa: E711
    return when(known(asked.pin, None) == None, unless_noted, pin)  # noqa: E711
