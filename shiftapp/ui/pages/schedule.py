"""The schedule: the grid of a period, everyone on it at once."""

import reflex as rx

from shiftapp.ui.client import js, var
from shiftapp.ui.components.cards import cards
from shiftapp.ui.components.grid import grid
from shiftapp.ui.components.menu import menu
from shiftapp.ui.components.status import status
from shiftapp.ui.components.toolbar import toolbar
from shiftapp.ui.components.violations import violations
from shiftapp.ui.layout import layout
from shiftapp.ui.say import say
from shiftapp.ui.state.grid import GridState

ROUTES = ("/", "/schedule/[period_number]")


def schedule() -> rx.Component:
    """Draw the page; what does not fit a phone is left out there by the stylesheet."""
    return layout(
        "schedule",
        toolbar(),
        rx.el.div(
            rx.cond(
                var(js(GridState.order).length > 0, bool),
                rx.el.div(grid(), cards(), status(), class_name="sheet-side"),
                rx.el.div(rx.el.p(say(k="grid.none")), class_name="sheet-side empty"),
            ),
            rx.el.aside(violations(), class_name="panel"),
            class_name="desk",
        ),
        menu(),
    )
