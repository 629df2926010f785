"""The grid: one scrolling sheet with sticky edges, rows windowed, cursor and selection on top."""

from typing import Any

import reflex as rx

from shiftapp.ui.client import event
from shiftapp.ui.components import keys, mouse
from shiftapp.ui.components.conflicts import conflict_frames
from shiftapp.ui.components.edits import fill_area, may_edit
from shiftapp.ui.components.foot import foot
from shiftapp.ui.components.heading import day_words, head, stripes
from shiftapp.ui.components.past_marks import note_told, notes_told, other_marks, pin_differs
from shiftapp.ui.components.presence import frames
from shiftapp.ui.components.row import ACTIVE, sheet_name, sheet_row, sheet_tally
from shiftapp.ui.components.rows import (
    PAINTED,
    days,
    decided,
    drawn,
    letter,
    order,
    person,
    preview_of,
    row_text,
    shift_of,
    slot_var,
    waiting,
)
from shiftapp.ui.components.run_words import outside, previewing
from shiftapp.ui.components.sheet import ANCHOR, BODY, CURSOR, FILL, SHEET, box, follow_scroll, window
from shiftapp.ui.js import Js, fn, js, known, let, maybe, var, when
from shiftapp.ui.say import LANGUAGE, phrase, say, word
from shiftapp.ui.state.grid import GridState
from shiftapp.ui.theme import CELL, ROW


def grid() -> rx.Component:
    """Draw the sheet."""
    return rx.el.div(
        _corner(),
        # around the dates, which are not drawn again when an edit changes what a press there needs to know
        rx.el.div(head(), class_name="heading", role="presentation", custom_attrs=mouse.heading(mouse.DATES)),
        _tally_head(),
        _names(),
        _body(),
        _tallies(),
        foot(),
        id=SHEET,
        class_name=var(js("sheet") + when(previewing(), " previewing", "") + when(may_edit(), "", " read-only")),
        custom_attrs={
            "role": "grid",
            "tabIndex": 0,
            "aria-label": var(word("grid.label")),
            "aria-rowcount": var(order().length + 1, int),
            "aria-colcount": var(days().length, int),
            "aria-activedescendant": ACTIVE,
            "aria-multiselectable": True,
            "aria-readonly": var(~may_edit(), bool),
            "onKeyDown": event(keys.on_key()),
            "onCopy": event(keys.on_copy()),
            "onCut": event(keys.on_cut()),
            "onPaste": event(keys.on_paste()),
            "onScroll": event(fn(follow_scroll)),
        },
    )


def _corner() -> rx.Component:
    return rx.el.div(say(k="grid.staff"), class_name="corner", custom_attrs={"aria-hidden": True})


def _names() -> rx.Component:
    return rx.el.div(
        rx.foreach(
            var(window(), list[int]),
            lambda row: sheet_name(
                person=var(known(person(js(row)), js([])), list[str]),
                index=row,
                active=var(js(row) == CURSOR.value.row, bool),
                key=var(js(order()[js(row)])),
            ),
        ),
        class_name="names",
        custom_attrs={"aria-hidden": True, **mouse.heading(mouse.NAMES)},
    )


def _height() -> Js:
    return js({"height": order().length * ROW, "width": days().length * CELL})


def _row(row: Any) -> rx.Component:
    at = js(row)
    cursor = CURSOR.value
    here = at == cursor.row
    return sheet_row(
        text=var(drawn(at)),
        marks=var(slot_var("f", at) + other_marks(at) + waiting(at, PAINTED.value, decided())),
        notes=var(notes_told(at)),
        wishes=var(slot_var("w", at)),
        preview=var(preview_of(at)),
        staff=var(known(maybe(person(at), "[0]"), "")),
        index=row,
        active=var(when(here, cursor.column, -1), int),
        label=var(when(here, cell_label(at, cursor.column), "")),
        days=GridState.days,
        shifts=GridState.shifts,
        outside=var(outside()),
        key=var(order()[at]),
    )


def cell_label(row: Js, column: Js) -> Js:
    """Return the accessible name of a cell: person, date, shift, what a run would make of it, and its note."""

    def called(mark: Js) -> Js:
        shift = shift_of(mark)
        return known(when(LANGUAGE.value == "ja", maybe(shift, "[3]"), maybe(shift, "[4]")), word("grid.empty"))

    ahead = known(preview_of(row)[column], ".")
    return (
        js(
            [
                known(maybe(person(row), "[1]"), ""),
                let(days()[column], lambda day: when(day, day_words(day), "")),
                called(known(letter(row_text(row), column), ".")),
            ]
        )
        .concat(when(ahead == ".", js([]), [phrase(word("grid.proposed"), {"shift": called(ahead)})]))
        .concat(when(pin_differs(row, column), [word("past.other_pin")], js([])))
        .concat(let(note_told(row, column), lambda note: when(note == "", js([]), [note])))
        .join(", ")
    )


def _body() -> rx.Component:
    return rx.el.div(
        stripes(),
        rx.foreach(var(window(), list[int]), _row),
        frames(),
        conflict_frames(),
        _selection(),
        id=BODY,
        class_name="body",
        custom_attrs={
            "role": "rowgroup",
            "style": var(_height(), dict),
            "onPointerDown": event(mouse.on_down()),
            "onPointerMove": event(mouse.on_move()),
            "onPointerUp": event(mouse.on_up()),
        },
    )


def _frame(area: Js) -> Js:
    return js(
        {
            "top": area.top * ROW,
            "left": area.left * CELL,
            "height": (area.bottom - area.top + 1) * ROW,
            "width": (area.right - area.left + 1) * CELL,
        }
    )


def _selection() -> rx.Component:
    """Draw the selected range, its fill handle, and what a fill would cover: above the cells, which do not change."""
    area = box(CURSOR.value, ANCHOR.value)
    many = (CURSOR.value.row != ANCHOR.value.row) | (CURSOR.value.column != ANCHOR.value.column)
    filled = let(area, FILL.value, lambda given, to: when(to, _frame(fill_area(given, to)), js({"display": "none"})))
    return rx.fragment(
        rx.el.div(
            rx.el.i(class_name="fill-handle"),
            class_name=var(when(many, "selection many", "selection")),
            custom_attrs={"style": var(let(area, _frame), dict), "aria-hidden": True},
        ),
        rx.el.div(class_name="fill-area", custom_attrs={"style": var(filled, dict), "aria-hidden": True}),
    )


TALLIES = ("off", "early", "work", "hours")


def _tally_head() -> rx.Component:
    return rx.el.div(
        *(rx.el.span(say(k=f"tally.{each}")) for each in TALLIES),
        class_name="tally-head",
        custom_attrs={"aria-hidden": True},
    )


def _tallies() -> rx.Component:
    return rx.el.div(
        rx.foreach(
            var(window(), list[int]),
            lambda row: sheet_tally(
                text=var(drawn(js(row))),
                preview=var(preview_of(js(row))),
                shifts=GridState.shifts,
                index=row,
                key=var(order()[js(row)]),
            ),
        ),
        class_name="tallies",
        custom_attrs={"aria-hidden": True},
    )
