"""A request as people read it: who, when, which shift, what became of it, and whether the roster grants it."""

from typing import Any

import reflex as rx

from shiftapp.ui.client import field, send
from shiftapp.ui.components.form_dialog import icon_button
from shiftapp.ui.components.heading import day_words
from shiftapp.ui.js import Js, fn, js, known, let, maybe, name, var, when
from shiftapp.ui.say import LANGUAGE, phrase, say, word
from shiftapp.ui.state.grid import GridState
from shiftapp.ui.state.requests import RequestsState

GRANTED, AGAINST, UNDECIDED, OUTSIDE = FATES = ("granted", "against", "undecided", "outside")
"""What the roster as it stands makes of a request."""
_NO_SHIFT = {"symbol": "?", "ja": "", "en": "", "colour": "gray", "kind": "work"}


def may_ask() -> Js:
    """Say whether the visitor may change the requests of the period that is shown."""
    held = js(RequestsState.periods).find(fn(lambda period: period.id == RequestsState.period))
    return js(RequestsState.may_edit) & (maybe(held, "state") != "archived")


def person_of(asked: Js) -> Js:
    """Return the name of whoever asks."""
    found = js(RequestsState.people).find(fn(lambda person: person.id == asked.staff_id))
    return known(maybe(found, "name"), "")


def shift_of(asked: Js) -> Js:
    """Return the shift type that is asked about."""
    return known(js(RequestsState.shifts).find(fn(lambda shift: shift.id == asked.shift)), js(_NO_SHIFT))


def called(shift: Js) -> Js:
    """Return the name of a shift type in the reader's language."""
    return when(LANGUAGE.value == "ja", shift.ja, shift.en)


def weekday_and_date(iso: Any) -> Js:
    """Write an ISO date with its weekday."""
    number = name("Number")

    def written(day: Js, parts: Js) -> Js:
        return day_words(js(["", number(parts[2]), (day.getUTCDay() + 6) % 7, number(parts[1])]))

    return when(iso, let(name("new Date")(iso), js(iso).split("-"), written), "")


def named(asked: Js, person: Any) -> dict[str, Any]:
    """Return what the labels of a request's buttons name."""
    return {"name": person, "date": weekday_and_date(asked.day)}


def fate(asked: Js) -> Js:
    """Say what the roster as it stands makes of a request: one of `FATES`."""
    text = name("String")
    staff, shift = text(asked.staff_id), text(asked.shift)
    slot = js(GridState.people).findIndex(fn(lambda one: one[0] == staff))
    column = js(GridState.days).findIndex(fn(lambda day: day[0] == asked.day))
    letter = maybe(js(GridState.shifts).find(fn(lambda one: one[1] == shift)), "[0]")

    def judged(mark: Js) -> Js:
        kept = when((mark == letter) == asked.wanted, GRANTED, AGAINST)
        return when(known(mark, " ") == " ", OUTSIDE, when(mark == ".", UNDECIDED, kept))

    row = when(slot < 0, "", known(field(GridState, js("r") + text(slot).padStart(3, "0")), ""))
    return let(row[column], judged)


def symbol(shift: Js) -> rx.Component:
    """Draw the symbol of a shift type."""
    return rx.el.span(var(shift.symbol), class_name=var(js("symbol k-") + shift.colour + " t-" + shift.kind))


def wish_words(asked: Js) -> Js:
    """Say whether the shift is wanted or not."""
    return when(asked.wanted, word("requests.is_wanted"), word("requests.is_unwanted"))


def state_badge(asked: Js) -> rx.Component:
    """Draw what became of a request."""
    return rx.el.span(var(word(js("requests.") + asked.state)), class_name=var(js("badge request-") + asked.state))


def decisions(asked: Js, person: Any) -> rx.Component:
    """Draw the buttons that approve and decline; pressed once more, a request is open again."""

    def one(state: str, icon: str, key: str) -> rx.Component:
        stands = asked.state == state
        to = send(RequestsState.decide(var({"request": asked.id, "state": when(stands, "open", state)}, dict)))
        return icon_button(icon, phrase(word(key), named(asked, person)), to, **{"aria-pressed": var(stands, bool)})

    return rx.fragment(one("approved", "check", "requests.approve_of"), one("declined", "ban", "requests.decline_of"))


def fate_mark(shown: Any) -> rx.Component:
    """Draw what the roster makes of a request, as a picture and in words."""
    found = js(shown)
    pictures = ((GRANTED, "check"), (AGAINST, "x"), (UNDECIDED, "ellipsis"), (OUTSIDE, "minus"))
    return rx.el.span(
        *(rx.cond(var(found == which, bool), rx.icon(icon, size=14)) for which, icon in pictures),
        var(word(js("requests.") + found)),
        class_name=var(js("fate fate-") + found),
    )


def unmarked(key: str) -> rx.Component:
    """Draw a text that only assistive technology reads."""
    return rx.el.span(say(k=key), class_name="sr-only")
