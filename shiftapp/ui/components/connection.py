"""Whether the page has its server: said in words when it has not, with what becomes of edits meanwhile."""

import reflex as rx
from reflex.components.core.banner import has_connection_errors

from shiftapp.ui.client import Kept, event, refs
from shiftapp.ui.js import DOCUMENT, MATH, WINDOW, Js, do, fn, js, known, name, put, var, when
from shiftapp.ui.retry import NEXT_TRY
from shiftapp.ui.say import phrase, word

TICK = 250
"""Milliseconds between two looks at the clock while the line is down."""
MOMENT = Kept("linemoment", 0)


def away() -> Js:
    """Say whether the line is down: the browser tries again by itself, after longer and longer pauses."""
    return js(has_connection_errors)


def try_now() -> Js:
    """Connect at once: Reflex does when a page comes into sight, so it is told that this one has."""
    return DOCUMENT.dispatchEvent(name("new Event")("visibilitychange"))


def connection(stateful: bool = True) -> rx.Component | None:
    """Draw what lies over every page while the line is down; None for pages without a line.

    A fragment, for Reflex puts the page itself into it.
    """
    if not stateful:
        return None
    return rx.fragment(rx.el.div(rx.cond(var(away(), bool), _told()), class_name="connection"))


def _told() -> rx.Component:
    """Say that there is no line and until when; the seconds are drawn, not read aloud each time."""
    return rx.el.div(
        rx.el.p(var(word("connection.away")), custom_attrs={"role": "status"}),
        rx.el.span(var(again_words()), class_name="again", custom_attrs={"aria-hidden": True}),
        rx.el.button(var(word("connection.now")), type="button", custom_attrs={"onClick": event(fn(try_now))}),
        on_mount=event(fn(_start_clock)),
        on_unmount=event(fn(_stop_clock)),
    )


def _start_clock() -> Js:
    tick = fn(lambda: MOMENT.set(name("Date").now()))
    return do(
        tick(),
        put(refs("lineticking"), name("setInterval")(tick, TICK)),
        put(WINDOW.ononline, fn(try_now)),
    )


def _stop_clock() -> Js:
    return do(name("clearInterval")(refs("lineticking")), put(WINDOW.ononline, None))


def again_words() -> Js:
    """Say when the page tries again; that the device itself has no network, where the browser knows."""
    seconds = MATH.ceil((known(refs(NEXT_TRY), 0) - MOMENT.value) / 1000)
    soon = when(seconds > 0, phrase(word("connection.in"), {"seconds": seconds}), word("connection.again"))
    return when(name("navigator").onLine, soon, word("connection.offline"))


def line_state() -> rx.Component:
    """Draw the indicator beside the grid: connected or not, in words."""
    return rx.el.span(
        var(when(away(), again_words(), word("connection.there"))),
        class_name=var(when(away(), "line-state away", "line-state")),
    )
