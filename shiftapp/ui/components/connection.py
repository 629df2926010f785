"""Whether the page has its server: said in words when it has not, and when an answer never came."""

import reflex as rx
from reflex.components.core.banner import has_connection_errors

from shiftapp.ui.components.rows import LOST
from shiftapp.ui.js import Js, js, var, when
from shiftapp.ui.say import word
from shiftapp.ui.state.grid import GridState


def away() -> Js:
    """Say whether the line is down: the browser tries again by itself, after longer and longer pauses."""
    return js(has_connection_errors)


def connection(stateful: bool = True) -> rx.Component | None:
    """Draw what lies over every page while the line is down; None for pages without a line.

    A fragment, for Reflex puts the page itself into it.
    """
    if not stateful:
        return None
    return rx.fragment(
        rx.el.div(
            rx.cond(var(away(), bool), rx.el.p(var(word("connection.away")))),
            class_name="connection",
            custom_attrs={"role": "status"},
        )
    )


def line_state() -> rx.Component:
    """Draw the indicator beside the grid: connected or not, in words."""
    return rx.el.span(
        var(when(away(), word("connection.again"), word("connection.there"))),
        class_name=var(when(away(), "line-state away", "line-state")),
    )


def unanswered() -> rx.Component:
    """Say that an edit was never answered, until a later one is."""
    return rx.cond(
        var(LOST.value > GridState.ack, bool),
        rx.el.p(var(word("connection.unanswered")), class_name="unanswered", custom_attrs={"role": "alert"}),
    )
