"""Editing from the browser: paint at once, send, and let the server's answer replace the paint."""

from typing import Any

from shiftapp.ui.components.notice import say_here
from shiftapp.ui.components.queue import enqueue, next_number
from shiftapp.ui.components.rows import (
    PAINTED,
    days,
    decided,
    is_cell,
    letter,
    offered,
    order,
    person,
    row_now,
    shift_of,
    shifts,
)
from shiftapp.ui.components.sheet import FILL, box, selected
from shiftapp.ui.js import Js, do, fn, js, known, let, maybe, name, numbers, when
from shiftapp.ui.state.grid import EMPTY, LEAVE, GridState
from shiftapp.ui.state.toolbar import ToolbarState

ALIKE = {"◯": "○", "〇": "○", "✕": "×", "✖": "×", "☓": "×"}
"""Signs that spreadsheets hold for others that look the same."""


def may_edit() -> Js:
    """Say whether this visitor may change cells of this period."""
    return js(ToolbarState.may_edit)


def new_id() -> Js:
    """Make a random 128-bit id; ``crypto.randomUUID`` is missing where a team serves plain HTTP in its own network."""
    byte = fn(lambda number: number.toString(16).padStart(2, "0"))
    return name("Array").from_(name("crypto").getRandomValues(name("new Uint8Array")(16)), byte).join("")


def _asked(kind: str, strips: Js, given: dict[str, Any]) -> dict[str, Any]:
    """Return what is asked: the strips by staff id and date, with the letters as this page knows them."""

    def wire(strip: Js) -> dict[str, Any]:
        return {"staff_id": name("Number")(person(strip[0])[0]), "day": days()[strip[1]][0], "letters": strip[2]}

    return {
        "period_id": GridState.period,
        "edit_id": new_id(),
        "seen": GridState.seq,
        "kind": kind,
        "types": name("Object").fromEntries(shifts().map(fn(lambda one: [one[0], name("Number")(one[1])]))),
        "strips": strips.map(fn(wire)),
        **given,
    }


def submit(kind: str, strips: Any, **given: Any) -> Js:
    """Paint and send ``strips``: [row, column, letters], clipped to the sheet and to cells that exist.

    ``pin`` or ``note`` where the cells are given that, not the shifts; ``seen`` where they were decided on earlier.

    Nothing happens where the visitor may not edit; while the line is down the edit waits in the queue.
    """

    def clip(strip: Js) -> Js:
        keep = fn(lambda mark, i: when(is_cell(strip[0], strip[1] + i), mark, LEAVE))
        return js([strip[0], strip[1], name("Array").from_(strip[2].slice(0, days().length - strip[1]), keep).join("")])

    def useful(strip: Js) -> Js:
        return strip[2].split("").some(fn(lambda mark: mark != LEAVE))

    def deliver(clipped: Js, number: Js) -> Js:
        fresh = PAINTED.now.filter(fn(lambda old: old[0] > decided()))
        parts = [given.get("pin"), given.get("note")]
        paint = clipped.map(fn(lambda strip: js([number]).concat(strip, parts)))
        return enqueue(_asked(kind, clipped, given), number, PAINTED.set(fresh.concat(paint)))

    inside = js(strips).filter(fn(lambda strip: strip[0] < order().length))
    return let(
        inside.map(fn(clip)).filter(fn(useful)),
        lambda cells: when(may_edit() & (cells.length > 0), let(next_number(), lambda number: deliver(cells, number))),
    )


def rows_of(area: Js) -> Js:
    """List the rows of a rectangle."""
    return numbers(area.top, area.bottom + 1)


def fill_selection(mark: Any, **given: Any) -> Js:
    """Give every selected cell one shift letter, or pin or unpin them all."""

    def spread(area: Js) -> Js:
        width = area.right - area.left + 1
        return submit("edit", rows_of(area).map(fn(lambda row: [row, area.left, js(mark).repeat(width)])), **given)

    return let(selected(), spread)


def empty_selection() -> Js:
    """Empty every selected cell."""
    return fill_selection(EMPTY)


def selection_text() -> Js:
    """Write the selection as a spreadsheet does: symbols, tabs, line ends."""

    def symbol(mark: Js) -> Js:
        return known(maybe(shift_of(mark), "[2]"), "")

    def line(area: Js) -> Js:
        def one(row: Js) -> Js:
            cell = fn(lambda column: symbol(letter(row_now(row), column)))
            return numbers(area.left, area.right + 1).map(cell).join("\t")

        return rows_of(area).map(fn(one)).join("\n")

    return let(selected(), line)


def paste_text(text: Any) -> Js:
    """Paste what a spreadsheet copied: symbols, keys or names of shift types; one value fills the whole selection.

    A cell whose value is none of them stays as it is, and the page says so.
    """

    def called(word: Js) -> Js:
        return offered().find(fn(lambda one: js([one[2], one[3], one[4], one[6]]).includes(word)))

    def mark(word: Js) -> Js:
        alike = known(js(ALIKE)[word], word.toLowerCase())
        return when(word == "", EMPTY, known(maybe(known(called(word), called(alike)), "[0]"), LEAVE))

    def lines(raw: Js) -> Js:
        row = fn(lambda line: line.split("\t").map(fn(lambda word: mark(word.trim()))).join(""))
        return raw.replaceAll("\r", "").split("\n").map(row)

    def tell(raw: Js) -> Js:
        words = raw.split(name("/[\\t\\n\\r]+/")).map(fn(lambda word: word.trim()))
        unread = words.filter(fn(lambda word: mark(word) == LEAVE))
        given = {"count": unread.length, "word": unread[0].slice(0, 12)}
        return when(unread.length > 0, say_here("edits.unread", given))

    def place(area: Js, given: Js) -> Js:
        single = (given.length == 1) & (given[0].length == 1)
        strips = given.map(fn(lambda letters, i: [area.top + i, area.left, letters]))
        width = area.right - area.left + 1
        spread = rows_of(area).map(fn(lambda row: [row, area.left, given[0].repeat(width)]))
        return submit("paste", when(single, spread, strips))

    trimmed = when(js(text).endsWith("\n"), js(text).slice(0, -1), js(text))
    paste = let(trimmed, lambda raw: do(tell(raw), let(selected(), lines(raw), place)))
    return when(may_edit(), paste)


def fill_area(area: Js, to: Js) -> Js:
    """Return the rectangle a fill handle dragged to ``to`` covers: the selection, grown along the longer way."""

    def grow(down: Js, across: Js) -> Js:
        tall = when(down >= across, to.row, area.bottom)
        wide = when(down >= across, area.right, to.column)
        return box(
            {"row": name("Math").min(area.top, tall), "column": name("Math").min(area.left, wide)},
            {"row": name("Math").max(area.bottom, tall), "column": name("Math").max(area.right, wide)},
        )

    return let(
        name("Math").max(to.row - area.bottom, area.top - to.row),
        name("Math").max(to.column - area.right, area.left - to.column),
        grow,
    )


def fill_to(to: Any) -> Js:
    """Repeat the selection over the cells its fill handle was dragged across."""

    def wrapped(at: Js, start: Js, stop: Js) -> Js:
        return let(stop - start + 1, lambda size: start + (((at - start) % size) + size) % size)

    def spread(area: Js, grown: Js) -> Js:
        def line(row: Js) -> Js:
            source = row_now(wrapped(row, area.top, area.bottom))
            marks = numbers(grown.left, grown.right + 1).map(
                fn(lambda column: letter(source, wrapped(column, area.left, area.right)).replace(" ", EMPTY))
            )
            return js([row, grown.left, marks.join("")])

        return do(FILL.set(None), submit("fill", rows_of(grown).map(fn(line))))

    return let(selected(), lambda area: let(fill_area(area, js(to)), lambda grown: spread(area, grown)))
