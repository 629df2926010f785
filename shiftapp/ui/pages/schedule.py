"""The schedule: the grid of a period, everyone on it at once."""

import reflex as rx

from shiftapp.ui.client import event, send
from shiftapp.ui.components.away_form import away_form
from shiftapp.ui.components.cards import cards
from shiftapp.ui.components.clash_dialog import clash_dialog
from shiftapp.ui.components.clashes import clashes
from shiftapp.ui.components.conflicts import conflicts
from shiftapp.ui.components.cover_dialog import cover_dialog
from shiftapp.ui.components.grid import grid
from shiftapp.ui.components.history_dialog import history_dialog
from shiftapp.ui.components.menu import menu
from shiftapp.ui.components.note import note_editor
from shiftapp.ui.components.others_dialog import others_dialog, others_offer
from shiftapp.ui.components.past_address import past_keeper
from shiftapp.ui.components.past_dialog import past_dialog, past_notice
from shiftapp.ui.components.presence import presence_keeper
from shiftapp.ui.components.queue import edits_waiting, queue_keeper
from shiftapp.ui.components.refusals import refusals
from shiftapp.ui.components.request_cell import request_dialog
from shiftapp.ui.components.status import status
from shiftapp.ui.components.steps import step_notice
from shiftapp.ui.components.toolbar import toolbar
from shiftapp.ui.components.violations import desk, panel, panel_button
from shiftapp.ui.components.why_dialog import why_dialog
from shiftapp.ui.js import Js, fn, js, var
from shiftapp.ui.layout import layout
from shiftapp.ui.say import say, word
from shiftapp.ui.state.grid import GridState
from shiftapp.ui.state.periods import PeriodsState

ROUTES = ("/", "/schedule/[period_number]")


def schedule() -> rx.Component:
    """Draw the page; what does not fit a phone is left out there by the stylesheet."""
    return layout(
        "schedule",
        toolbar(),
        desk(
            rx.cond(
                var(js(GridState.order).length > 0, bool),
                rx.el.div(grid(), cards(), status(), class_name="sheet-side"),
                _nothing(),
            ),
            panel(others_offer(), clashes()),
        ),
        menu(),
        clash_dialog(),
        cover_dialog(),
        others_dialog(),
        away_form(),
        why_dialog(),
        history_dialog(),
        note_editor(),
        request_dialog(),
        past_dialog(),
        queue_keeper(),
        presence_keeper(),
        past_keeper(),
        edits_waiting("edits-waiting on-phone"),
        conflicts(),
        bar=panel_button(),
        notices=(refusals(), step_notice(), past_notice()),
    )


def _nothing() -> rx.Component:
    """Say what is missing and where to get it; nothing at all while the page still waits for its period."""
    return rx.cond(
        var(js(GridState.missing) != "", bool),
        rx.fragment(
            _teach(rx.el.p(var(word(GridState.missing))), "periods.title", "/settings/periods"),
            rx.cond(var(_first_is_made(), bool), open_first()),
        ),
        rx.cond(
            var(js(GridState.days).length > 0, bool),
            _teach(rx.el.p(say(k="grid.none")), "nav.staff", "/staff"),
            rx.el.div(class_name="sheet-side"),
        ),
    )


@rx.memo
def open_first() -> rx.Component:
    """Open the period when drawn."""
    return rx.el.span(on_mount=event(fn(lambda: send(GridState.open()))))


def _first_is_made() -> Js:
    return (js(GridState.missing) == "period.none") & (js(PeriodsState.periods).length > 0)


def _teach(sentence: rx.Component, key: str, address: str) -> rx.Component:
    return rx.el.div(
        rx.el.div(sentence, rx.link(say(k=key), href=address, class_name="teach")), class_name="sheet-side empty"
    )
