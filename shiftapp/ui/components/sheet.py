"""What the grid's browser side knows: where the cursor is, what is painted, and how to read a row.

Rows are counted as drawn (positions in ``GridState.order``), columns as dates (positions in ``GridState.days``).
"""

from typing import Any

from shiftapp.live.row_wire import FIRST as FIRST_DAY
from shiftapp.live.row_wire import TOTALS as ROW_TOTALS
from shiftapp.live.view import TOTALS
from shiftapp.ui.client import (
    DOCUMENT,
    WINDOW,
    Js,
    Kept,
    between,
    do,
    field,
    fn,
    js,
    known,
    let,
    maybe,
    name,
    numbers,
    once,
    put,
    when,
)
from shiftapp.ui.state.grid import LEAVE, GridState
from shiftapp.ui.theme import CELL, HEAD, LINE, NAME, ROW, TALLY

FLAGS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
PINNED, SOFT, HARD, NOTE, CHANGED, WAITING = 1, 2, 4, 8, 16, 32

SHEET, BODY = "sheet", "sheet-body"

CURSOR = Kept("cursor", {"row": 0, "column": 0})
ANCHOR = Kept("anchor", {"row": 0, "column": 0})
PAINTED = Kept("painted", [])
FIRST = Kept("first", 0)
MENU = Kept("menu", None)
FILL = Kept("fill", None)

BEFORE, AFTER, STEP = 20, 60, 10


def order() -> Js:
    """List the row slots to draw."""
    return js(GridState.order)


def days() -> Js:
    """List the dates: [iso, day, weekday, month, flags, holiday]."""
    return js(GridState.days)


def shifts() -> Js:
    """List the shift types: [letter, id, symbol, ja, en, colour, key, kind, "1" or "" where it is out of use]."""
    return js(GridState.shifts)


def slot(row: Any) -> Js:
    """Name the slot of a row, as a number."""
    return name("Number")(order()[row])


def person(row: Any) -> Js:
    """Return [staff id, name, position, staff type, department] of a row."""
    return js(GridState.people)[slot(row)]


def row_text(row: Any) -> Js:
    """Return the row as the server last sent it: three characters a day, then its totals; spread out once."""
    name_of = js("r") + order()[row].padStart(3, "0")

    def remembered(held: Js, key: Js, text: Js) -> Js:
        fresh = do(put(held[key], [text, once("spread", fn(spread))(text)]), held[key][1])
        return when(maybe(held[key], "[0]") == text, maybe(held[key], "[1]"), fresh)

    return let(once("rows", {}), name_of, known(field(GridState, name_of), ""), remembered)


def spread(text: Js) -> Js:
    """Undo what ``shiftapp.live.row_wire.pack`` did."""

    def whole(parts: Js, marks: Js) -> Js:
        places = numbers(0, (marks.length - 2) / 3).map(fn(lambda i: i * 3 + 2))
        own = name("Object").fromEntries(
            places.map(fn(lambda at: [marks.charCodeAt(at) - FIRST_DAY, marks.slice(at + 1, at + 3)]))
        )
        cells = let(
            own,
            lambda given: name("Array").from_(
                parts[0], fn(lambda shift, at: shift + known(given[at], marks.slice(0, 2)))
            ),
        )
        return cells.join("") + "|" + parts.slice(1, ROW_TOTALS + 1).join("|")

    parts = text.split("|")
    return when(text, let(parts, parts.slice(ROW_TOTALS + 1).join("|"), whole), "")


def letter(text: Any, column: Any) -> Js:
    """Return the shift letter of a row's column: ``.`` empty, a space where there is no cell."""
    return js(text)[js(column) * 3]


def shift_of(mark: Any) -> Js:
    """Return the shift type of a letter, or undefined."""
    return by_letter(shifts(), mark)


def by_letter(types: Any, mark: Any) -> Js:
    """Find a shift type in a list of them; letters keep no order there, since some types are out of use."""
    return js(types).find(fn(lambda one: one[0] == mark))


def offered() -> Js:
    """List the shift types that may be chosen: those in use."""
    return shifts().filter(fn(lambda one: one[8] != ""))


def painted(text: Any, row: Any, painted: Any, ack: Any) -> Js:
    """Return a row's text with what this page has painted on it and the server has not yet decided."""
    mark = js(FLAGS)

    def splice(given: Js, strip: Js) -> Js:
        def one(line: Js, new: Js, offset: Js) -> Js:
            return let(
                (strip[2] + offset) * 3,
                lambda at: when(
                    (new == LEAVE) | (line[at] == " ") | ~line[at],
                    line,
                    line.slice(0, at)
                    + new
                    + mark[
                        name("Number")(mark.indexOf(line[at + 1]))
                        + when(mark.indexOf(line[at + 1]) < WAITING, WAITING, 0)
                    ]
                    + line.slice(at + 2),
                ),
            )

        return name("Array").from_(strip[3]).reduce(fn(one), given)

    mine = js(painted).filter(fn(lambda strip: (strip[1] == row) & (strip[0] > ack)))
    return mine.reduce(fn(splice), js(text))


def row_now(row: Any) -> Js:
    """Return a row inside a handler: what the server sent and what was painted on it."""
    return painted(row_text(row), row, PAINTED.now, js(GridState.ack))


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
    """Open the shift menu below a cell, or above it where there is no room below."""
    height = shifts().length * 30 + 84
    return let(
        place,
        lambda where: MENU.set(
            {
                "x": name("Math").max(4, name("Math").min(where.left, WINDOW.innerWidth - 216)),
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


def is_cell(row: Any, column: Any) -> Js:
    """Say whether there is a cell: nobody has one outside their employment."""
    return let(letter(row_text(row), column), lambda mark: (mark != " ") & ~~mark)
