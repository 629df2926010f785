"""Cells of a change set, of a comparison or of a plan: whose, when, from what to what; a click goes to the cell."""

from typing import Any

import reflex as rx

from shiftapp.domain.past import MOST_TOLD
from shiftapp.ui.client import event
from shiftapp.ui.components.heading import short_day
from shiftapp.ui.components.history_dialog import held_change
from shiftapp.ui.components.note import note_change
from shiftapp.ui.components.past_strip import PAST_OPEN
from shiftapp.ui.components.phone import has_cards
from shiftapp.ui.components.rows import days
from shiftapp.ui.components.violation_line import jump
from shiftapp.ui.js import Js, do, fn, js, known, maybe, var, when
from shiftapp.ui.say import phrase, word
from shiftapp.ui.state.grid import GridState

STAFF, DAY, BEFORE, BEFORE_PINNED, AFTER, AFTER_PINNED, NOTED, NOTE_BEFORE, NOTE_AFTER = range(9)
"""Parts of a cell."""


def cell_list(cells: Any, count: Js) -> rx.Component:
    """List cells that changed or differ, and say where there are more: ``count`` is of all."""
    most = phrase(word("past.most"), {"most": MOST_TOLD})
    return rx.fragment(
        rx.el.ul(rx.foreach(cells, lambda cell: _line(js(cell))), class_name="past-cells"),
        rx.cond(var(count > MOST_TOLD, bool), rx.el.p(var(most), class_name="clash-says")),
    )


def _line(cell: Js) -> rx.Component:
    go = do(when(has_cards(), PAST_OPEN.set(False)), jump(cell[STAFF], cell[DAY]))
    return rx.el.li(rx.el.button(cell_words(cell), type="button", custom_attrs={"onClick": event(fn(lambda: go))}))


def cell_words(cell: Js) -> rx.Component:
    """Draw a cell: whose, when, from what to what; of a note that changed alone, only the note."""
    whose = js(GridState.people).find(fn(lambda one: one[0] == cell[STAFF]))
    column = days().find(fn(lambda day: day[0] == cell[DAY]))
    return rx.fragment(
        rx.el.span(var(known(maybe(whose, "[1]"), "–")), class_name="past-whose"),
        rx.el.span(var(when(column, short_day(column), cell[DAY]))),
        held_change(cell[BEFORE], cell[BEFORE_PINNED], cell[AFTER], cell[AFTER_PINNED], cell[NOTED] != ""),
        rx.cond(
            var(cell[NOTED] != "", bool),
            rx.el.i(var(note_change(cell[NOTE_BEFORE], cell[NOTE_AFTER])), class_name="past-note"),
        ),
    )
