"""The moment that is looked at stands in the page's address: a reload finds it again, and the way back leads to now."""

import reflex as rx

from shiftapp.ui.client import event, refs, send
from shiftapp.ui.js import WINDOW, Js, do, fn, js, known, put, var, when
from shiftapp.ui.state.grid import GridState
from shiftapp.ui.state.past import PastState

ENTERED = "pastentered"
"""Slot: whether this page has put a step of its own into the browser's history, for *back* to leave the past."""


def _named() -> Js:
    """Say whether the address names a moment."""
    return WINDOW.location.search.includes("at=")


def _write(way: str, address: Js) -> Js:
    """Change the address alone: the router keeps the page, and its own notes on it."""
    return WINDOW.history[way](WINDOW.history.state, "", address)


def forget_moment() -> Js:
    """Take the moment out of the address."""
    return do(put(refs(ENTERED), False), when(_named(), _write("replaceState", WINDOW.location.pathname)))


def leave_moment(otherwise: Js) -> Js:
    """Go back to now: the way one came, or ``otherwise`` where the page was opened on the moment."""
    step_back = do(put(refs(ENTERED), False), WINDOW.history.back())
    return when(refs(ENTERED) & _named(), step_back, do(forget_moment(), otherwise))


@rx.memo
def on_moment(rest: rx.RestProp) -> rx.Component:
    """Write the moment into the address once: give it a key that is new with every moment."""
    view = js(PastState.view)
    until = when(known(view.until, None) == None, "", js("&until=") + view.until)  # noqa: E711
    address = WINDOW.location.pathname + "?period=" + GridState.period + "&at=" + view.seq + until
    enter = do(put(refs(ENTERED), True), _write("pushState", address))
    return rx.el.span(rest, on_mount=event(fn(lambda: when(_named(), _write("replaceState", address), enter))))


@rx.memo
def on_past(rest: rx.RestProp) -> rx.Component:
    """Go back to now with the browser's way back, for as long as this is drawn: the router knows of no step there."""
    listen = put(WINDOW.onpopstate, fn(lambda: when(_named(), None, send(GridState.open()))))
    return rx.el.span(
        rest, on_mount=event(fn(lambda: listen)), on_unmount=event(fn(lambda: put(WINDOW.onpopstate, None)))
    )


def past_keeper() -> rx.Component:
    """Draw nothing, but keep the moment that is looked at in the address."""
    view = js(PastState.view)
    mode = known(view.mode, "")
    key = js([mode, view.seq, known(view.until, "")]).join("/")
    return rx.el.div(
        rx.cond(var(mode != "", bool), on_past(key="past")),
        rx.cond(var(js(["moment", "compare"]).includes(mode), bool), on_moment(key=var(key))),
        custom_attrs={"hidden": True},
    )
