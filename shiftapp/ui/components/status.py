"""The line below the grid: what is selected, and what the symbols mean."""

import reflex as rx

from shiftapp.ui.client import Js, fn, js, known, let, maybe, numbers, var, when
from shiftapp.ui.components.edits import rows_of
from shiftapp.ui.components.sheet import ANCHOR, CURSOR, box, letter, offered, row_text, shift_of
from shiftapp.ui.say import LANGUAGE, phrase, word


def status() -> rx.Component:
    """Draw the status line."""
    return rx.el.div(
        rx.el.output(var(_sum()), class_name="sum"),
        rx.el.ul(
            rx.foreach(var(offered(), list[list[str]]), lambda shift: _legend(js(shift))),
            class_name="legend",
            custom_attrs={"aria-label": var(word("status.legend"))},
        ),
        class_name="status",
    )


def _sum() -> Js:
    """Say how many cells are selected and how many of them are off; nothing for a single cell."""

    def count(area: Js) -> Js:
        def kind(row: Js, column: Js) -> Js:
            return known(maybe(shift_of(known(letter(row_text(row), column), ".")), "[7]"), "")

        columns = numbers(area.left, area.right + 1)
        off = rows_of(area).reduce(
            fn(
                lambda total, row: (
                    total + columns.filter(fn(lambda column: js(["off", "leave"]).includes(kind(row, column)))).length
                )
            ),
            0,
        )
        cells = (area.bottom - area.top + 1) * (area.right - area.left + 1)
        return when(cells > 1, phrase(word("status.sum"), {"cells": cells, "off": off}), "")

    return let(box(CURSOR.value, ANCHOR.value), count)


def _legend(shift: Js) -> rx.Component:
    return rx.el.li(
        rx.el.span(var(shift[2]), class_name=var(js("symbol k-") + shift[5] + " t-" + shift[7])),
        var(when(LANGUAGE.value == "ja", shift[3], shift[4])),
        rx.el.kbd(var(shift[6].toUpperCase())),
    )
