"""The requests page: what is asked for in a period, and whether its roster grants it."""

from typing import Any

import reflex as rx

from shiftapp.ui.client import Kept, event, send
from shiftapp.ui.components.dates import today
from shiftapp.ui.components.form_dialog import dialog
from shiftapp.ui.components.form_open import OPEN, is_open, kept
from shiftapp.ui.components.request_form import blank, request_form
from shiftapp.ui.components.request_list import open_request, request_button, request_table
from shiftapp.ui.components.request_words import (
    AGAINST,
    GRANTED,
    UNDECIDED,
    fate,
    may_ask,
    named,
    person_of,
)
from shiftapp.ui.components.settings import board
from shiftapp.ui.js import Js, fn, js, known, let, name, var, when
from shiftapp.ui.pages.periods import title as period_title
from shiftapp.ui.say import phrase, say, word
from shiftapp.ui.state.grid import GridState
from shiftapp.ui.state.requests import STATES, RequestsState

WHOSE, WHICH = Kept("requestsof", ""), Kept("requestsin", "")
"""Staff id and state of the requests that are listed; empty: all."""
_COUNTED = (GRANTED, AGAINST, UNDECIDED)
_text = name("String")


def requests() -> rx.Component:
    """Draw the page."""
    every = _every()
    return board(
        "requests",
        rx.cond(
            var(js(RequestsState.period) > 0, bool),
            _of_period(every),
            rx.cond(
                var(RequestsState.ready, bool),
                rx.el.p(
                    say(k="requests.no_periods"),
                    rx.link(say(k="nav.settings"), href="/settings/periods"),
                    class_name="form-note",
                ),
            ),
        ),
        rx.cond(var((js(RequestsState.period) > 0) & (js(GridState.period) == 0), bool), open_made()),
        dialog(_opened(), _title(), request_form(asked=var(_chosen(), dict), here=False)),
        may_edit=RequestsState.may_edit,
    )


@rx.memo
def open_made() -> rx.Component:
    """Open the page anew when drawn: somebody made the first period."""
    return rx.el.span(on_mount=event(fn(lambda: send(RequestsState.open()))))


def _of_period(every: Js) -> rx.Component:
    return rx.fragment(
        rx.el.div(_period(), _whose(), _which(), _add(), class_name="form-row requests-bar"),
        rx.cond(var(every.length > 0, bool), _listed(every), rx.el.p(say(k="requests.none"), class_name="form-note")),
    )


def _every() -> Js:
    """Return the period's requests, with the one in the dialog also where a colleague took it away."""
    return kept("request-", js(RequestsState.requests), RequestsState.removed)


def _found() -> Js:
    return _every().find(fn(lambda one: request_button(one.id) == OPEN.value.id))


def _opened() -> Js:
    there = (OPEN.value.id == request_button(0)) | _found()
    return OPEN.value.id.startsWith("request-") & is_open(OPEN.value.id) & there


def _chosen() -> Js:
    """Return the request in the dialog, as it is now."""
    held = js(RequestsState.periods).find(fn(lambda period: period.id == RequestsState.period))

    def first(period: Js) -> Js:
        return when(period, when((today() >= period.starts) & (today() <= period.ends), today(), period.starts), "")

    return known(_found(), blank(name("Number")(WHOSE.value), let(held, first)))


def _title() -> Js:
    return let(
        _chosen(),
        lambda asked: when(
            asked.id > 0, phrase(word("requests.edit_of"), named(asked, person_of(asked))), word("requests.new")
        ),
    )


def _add() -> rx.Component:
    return rx.cond(
        var(may_ask(), bool),
        rx.el.button(
            rx.icon("plus", size=15),
            say(k="requests.new"),
            type="button",
            class_name="form-button primary",
            custom_attrs={"id": "request-0", "onClick": event(fn(lambda: open_request(0)))},
        ),
    )


def _choice(key: str, value: Any, options: Js, change: Any) -> rx.Component:
    """Draw a choice of what is listed: a list of ``[value, label]``."""
    return rx.el.label(
        rx.el.span(say(k=key), class_name="form-label"),
        rx.el.select(
            rx.foreach(var(options, list[Any]), lambda one: rx.el.option(var(js(one)[1]), value=var(js(one)[0]))),
            class_name="form-input form-select",
            custom_attrs={"value": var(value), "onChange": event(fn(lambda typed: change(typed.target.value)))},
        ),
        class_name="form-field",
    )


def _period() -> rx.Component:
    every = js(RequestsState.periods).map(fn(lambda period: [_text(period.id), period_title(period)]))

    def go(chosen: Js) -> Js:
        return send(RequestsState.choose(var({"period_id": name("Number")(chosen)}, dict)))

    return _choice("requests.period", _text(js(RequestsState.period)), every, go)


def _whose() -> rx.Component:
    people = js(RequestsState.people).map(fn(lambda person: [_text(person.id), person.name]))
    return _choice("requests.person", WHOSE.value, js([["", word("requests.everybody")]]).concat(people), WHOSE.set)


def _which() -> rx.Component:
    states = js([["", word("requests.any_state")], *([state, word(f"requests.{state}")] for state in STATES)])
    return _choice("requests.state", WHICH.value, states, WHICH.set)


def _listed(every: Js) -> rx.Component:
    whose = fn(lambda one: (WHOSE.value == "") | (_text(one.staff_id) == WHOSE.value))
    which = fn(lambda one: (WHICH.value == "") | (one.state == WHICH.value))
    shown = every.filter(whose).filter(which)
    return rx.fragment(
        rx.el.p(var(_sum(shown)), class_name="form-hint requests-sum", role="status"),
        rx.cond(
            var(shown.length > 0, bool),
            request_table(shown),
            rx.el.p(say(k="requests.none_such"), class_name="form-note"),
        ),
    )


def _sum(shown: Js) -> Js:
    """Say how many there are, and how many of those that count the roster grants."""

    def times(fates: Js, which: str) -> Js:
        return fates.filter(fn(lambda found: found == which)).length

    def counted(fates: Js) -> Js:
        return phrase(word("requests.sum"), {"count": shown.length, **{one: times(fates, one) for one in _COUNTED}})

    counting = shown.filter(fn(lambda one: one.state != "declined"))
    return let(counting.map(fn(fate)), counted)
