"""The line below the grid: what is selected, and what the symbols mean."""

import reflex as rx

from shiftapp.ui.components.connection import line_state
from shiftapp.ui.components.edits import rows_of
from shiftapp.ui.components.past_marks import note_told
from shiftapp.ui.components.queue import edits_waiting
from shiftapp.ui.components.row import tallied
from shiftapp.ui.components.rows import drawn, offered, shifts
from shiftapp.ui.components.sheet import ANCHOR, CURSOR, box
from shiftapp.ui.js import Js, fn, js, let, name, var, when
from shiftapp.ui.say import LANGUAGE, phrase, word


def status() -> rx.Component:
    """Draw the status line."""
    return rx.el.div(
        line_state(),
        edits_waiting(),
        rx.el.output(var(_sum()), _noted(), class_name="sum"),
        rx.el.ul(
            rx.foreach(var(offered(), list[list[str]]), lambda shift: _legend(js(shift))),
            class_name="legend",
            custom_attrs={"aria-label": var(word("status.legend"))},
        ),
        class_name="status",
    )


def _sum() -> Js:
    """Say how many cells are selected, how many of them are off, and their hours; nothing for a single cell."""

    def count(area: Js) -> Js:
        def marks(row: Js) -> Js:
            return drawn(row).slice(area.left, area.right + 1)

        chosen = rows_of(area).map(fn(marks)).join("")
        cells = (area.bottom - area.top + 1) * (area.right - area.left + 1)
        figures = let(
            tallied(chosen, shifts()), lambda sums: {"cells": cells, "off": off_days(chosen), "hours": sums[3]}
        )
        return when(cells > 1, phrase(word("status.sum"), figures), "")

    return let(box(CURSOR.value, ANCHOR.value), count)


def _noted() -> rx.Component:
    """Say the note of the active cell, where it is the only one that is selected."""
    at, stretched = CURSOR.value, ANCHOR.value
    note = note_told(at.row, at.column)
    alone = (at.row == stretched.row) & (at.column == stretched.column)
    return rx.cond(
        var(alone & (note != ""), bool),
        rx.el.span(rx.el.span(var(note)), class_name="noted", custom_attrs={"title": var(note)}),
    )


def off_days(letters: Js) -> Js:
    """Count the cells of somebody off."""
    off = shifts().filter(fn(lambda one: js(["off", "leave"]).includes(one[7]))).map(fn(lambda one: one[0]))
    return name("Array").from_(letters).filter(fn(lambda mark: off.includes(mark))).length


def _legend(shift: Js) -> rx.Component:
    return rx.el.li(
        rx.el.span(var(shift[2]), class_name=var(js("symbol k-") + shift[5] + " t-" + shift[7])),
        var(when(LANGUAGE.value == "ja", shift[3], shift[4])),
        rx.el.kbd(var(shift[6].toUpperCase())),
    )
