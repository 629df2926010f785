"""What the grid's browser side knows of itself: where the cursor is, what is selected, what is in view.

Rows are counted as drawn (positions in ``GridState.order``), columns as dates (positions in ``GridState.days``).
"""

from typing import Any

from shiftapp.live.view import TOTALS
from shiftapp.ui.client import Kept
from shiftapp.ui.components.rows import days, order, shifts
from shiftapp.ui.js import DOCUMENT, WINDOW, Js, between, do, fn, js, let, name, put, when
from shiftapp.ui.theme import CELL, HEAD, LINE, NAME, ROW, TALLY

SHEET, BODY = "sheet", "sheet-body"

CURSOR = Kept("cursor", {"row": 0, "column": 0})
ANCHOR = Kept("anchor", {"row": 0, "column": 0})
FIRST = Kept("first", 0)
MENU = Kept("menu", None)
FILL = Kept("fill", None)

BEFORE, AFTER, STEP = 20, 60, 10


def box(cursor: Any, anchor: Any) -> Js:
    """Return the selected rectangle: top, left, bottom, right, all inclusive."""
    a, b = js(cursor), js(anchor)
    return js(
        {
            "top": name("Math").min(a.row, b.row),
            "left": name("Math").min(a.column, b.column),
            "bottom": name("Math").max(a.row, b.row),
            "right": name("Math").max(a.column, b.column),
        }
    )


def selected() -> Js:
    """Return the selected rectangle inside a handler."""
    return box(CURSOR.now, ANCHOR.now)


def go(row: Any, column: Any, extend: Any = False) -> Js:
    """Move the cursor, and the anchor with it unless ``extend``; keep the cell in sight and close the menu."""
    return let(
        {
            "row": between(0, row, order().length - 1),
            "column": between(0, column, days().length - 1),
        },
        extend,
        lambda to, keep: do(
            CURSOR.set(to),
            when(keep, None, ANCHOR.set(to)),
            when(MENU.now, MENU.set(None)),
            reveal(to.row, to.column),
        ),
    )


def choose_rows(row: Any, extend: Any = False) -> Js:
    """Select a whole row, or with ``extend`` all from the anchor's to it."""
    kept = ANCHOR.now.row
    return _choose({"row": row, "column": 0}, {"row": when(extend, kept, row), "column": days().length - 1})


def choose_columns(column: Any, extend: Any = False) -> Js:
    """Select a whole column, or with ``extend`` all from the anchor's to it."""
    kept = ANCHOR.now.column
    return _choose({"row": 0, "column": column}, {"row": order().length - 1, "column": when(extend, kept, column)})


def choose_all() -> Js:
    """Select every cell."""
    return _choose({"row": order().length - 1, "column": days().length - 1}, {"row": 0, "column": 0})


def _choose(cursor: dict[str, Any], anchor: dict[str, Any]) -> Js:
    """Select a rectangle where it is: nothing scrolls."""
    return do(ANCHOR.set(anchor), CURSOR.set(cursor), when(MENU.now, MENU.set(None)))


def reveal(row: Any, column: Any) -> Js:
    """Scroll the sheet as little as needed to show a cell between the sticky edges."""

    def into(start: Js, room: Any, low: Js, high: Js) -> Js:
        return when(low < start, low, when(high > start + room, high - room, start))

    def scroll(sheet: Js) -> Js:
        return when(
            sheet,
            do(
                put(
                    sheet.scrollTop,
                    into(sheet.scrollTop, sheet.clientHeight - HEAD - foot(), js(row) * ROW, (js(row) + 1) * ROW),
                ),
                put(
                    sheet.scrollLeft,
                    into(
                        sheet.scrollLeft,
                        sheet.clientWidth - NAME - 4 * TALLY,
                        js(column) * CELL,
                        (js(column) + 1) * CELL,
                    ),
                ),
            ),
        )

    return let(DOCUMENT.getElementById(SHEET), scroll)


def foot() -> Js:
    """Height of the totals below the rows."""
    return js(len(TOTALS) * LINE)


def focus() -> Js:
    """Give the keyboard back to the grid."""
    return let(DOCUMENT.getElementById(SHEET), lambda sheet: when(sheet, sheet.focus({"preventScroll": True})))


def at_pointer(body: Any, event: Any) -> Js:
    """Return the cell under the pointer, by arithmetic: no cell needs a handler."""
    return let(
        js(body).getBoundingClientRect(),
        lambda place: js(
            {
                "row": between(0, name("Math").floor((js(event).clientY - place.top) / ROW), order().length - 1),
                "column": between(0, name("Math").floor((js(event).clientX - place.left) / CELL), days().length - 1),
            }
        ),
    )


def window() -> Js:
    """List the rows to draw: those near the view, and the cursor's, which assistive technology must find."""
    return let(
        name("Math").max(0, FIRST.value - BEFORE),
        name("Math").min(order().length, FIRST.value + AFTER),
        lambda start, stop: let(
            name("Array").from_({"length": name("Math").max(0, stop - start)}, fn(lambda _, i: start + i)),
            CURSOR.value.row,
            lambda rows, row: when(((row < start) | (row >= stop)) & (row < order().length), rows.concat([row]), rows),
        ),
    )


def follow_scroll(event: Any) -> Js:
    """Move the window of drawn rows in steps, and close the menu, which would stay behind."""
    return let(
        name("Math").floor(js(event).currentTarget.scrollTop / (ROW * STEP)) * STEP,
        lambda top: do(when(top != FIRST.now, FIRST.set(top)), when(MENU.now, MENU.set(None))),
    )


def menu_at(place: Any) -> Js:
    """Open the shift menu at a cell."""
    return MENU.set(beside(place, 216, shifts().length * 30 + 232))


def beside(place: Any, width: int, height: Any) -> Js:
    """Return where a box goes that belongs to a cell: below it, or above it where there is no room below."""
    return let(
        place,
        lambda where: js(
            {
                "x": name("Math").max(4, name("Math").min(where.left, WINDOW.innerWidth - width)),
                "y": when(
                    where.bottom + height > WINDOW.innerHeight,
                    name("Math").max(4, where.top - height),
                    where.bottom,
                ),
            }
        ),
    )


def cell_place(row: Any, column: Any) -> Js:
    """Return where a cell is on the screen: left, top, bottom."""
    return let(
        DOCUMENT.getElementById(BODY).getBoundingClientRect(),
        lambda body: js(
            {
                "left": body.left + js(column) * CELL,
                "top": body.top + js(row) * ROW,
                "bottom": body.top + (js(row) + 1) * ROW,
            }
        ),
    )
