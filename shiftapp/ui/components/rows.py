"""How the page reads a row: what the server sent, what was painted on it, what a run proposes.

Rows are counted as drawn (positions in ``GridState.order``), columns as dates (positions in ``GridState.days``).
"""

from typing import Any

from shiftapp.live.view import BETWEEN_NOTES, DAYS, PINNED
from shiftapp.ui.client import Kept, field
from shiftapp.ui.js import Js, fn, js, known, let, name, numbers, when
from shiftapp.ui.state.grid import LEAVE, GridState
from shiftapp.ui.state.preview import PreviewState

NOTE, OTHER_NOTE, OTHER_PIN, WAITING = 8, 16, 32, 64
"""The marks that only this page gives: there is a note; note or pin is another at the other moment; painted, and not
decided yet. One of `DAYS` stands for each, of which `FLAGS` are the first."""

PAINTED = Kept("painted", [])
"""Strips: [number of the edit, row, column, letters, whether it pins them, the note it gives them].

Both are null where it gives them shifts.
"""


def order() -> Js:
    """List the row slots to draw."""
    return js(GridState.order)


def days() -> Js:
    """List the dates: [iso, day, weekday, month, flags, holiday]."""
    return js(GridState.days)


def shifts() -> Js:
    """List the shift types.

    [letter, id, symbol, ja, en, colour, key, kind, "1" or "" where it is out of use, minutes, half days off].
    """
    return js(GridState.shifts)


def slot(row: Any) -> Js:
    """Name the slot of a row, as a number."""
    return name("Number")(order()[row])


def person(row: Any) -> Js:
    """Return [staff id, name, position, staff type, department] of a row."""
    return js(GridState.people)[slot(row)]


def slot_var(kind: str, row: Any) -> Js:
    """Return a var of a row's slot as the server last sent it; empty before."""
    return known(field(GridState, js(kind) + order()[row].padStart(3, "0")), "")


def row_text(row: Any) -> Js:
    """Return a row's letters, one a day."""
    return slot_var("r", row)


def letter(text: Any, column: Any) -> Js:
    """Return the shift letter of a row's column: ``.`` empty, a space where there is no cell."""
    return js(text)[js(column)]


def _stretches(marks: Js) -> Js:
    """List the stretches of a text of marks: [first day, last day, bits]."""
    one = fn(
        lambda i: [
            js(DAYS).indexOf(marks[i * 3]),
            js(DAYS).indexOf(marks[i * 3 + 1]),
            js(DAYS).indexOf(marks[i * 3 + 2]),
        ]
    )
    return numbers(0, marks.length / 3).map(one)


def spread(marks: Any, length: Any) -> Js:
    """Return the bits of each day."""

    def add(bits: Js, stretch: Js) -> Js:
        here = fn(lambda old, at: when((at >= stretch[0]) & (at <= stretch[1]), old.with_bits(stretch[2]), old))
        return bits.map(here)

    return _stretches(js(marks)).reduce(fn(add), name("Array").from_({"length": length}, fn(lambda: 0)))


def covers(marks: Any, at: Any) -> Js:
    """Say whether a day has any mark."""
    return _stretches(js(marks)).some(fn(lambda stretch: (js(at) >= stretch[0]) & (js(at) <= stretch[1])))


def is_pinned(row: Any, column: Any) -> Js:
    """Say whether a cell is pinned, as the server last sent it."""
    return spread(slot_var("f", row), days().length)[js(column)] % 2 == PINNED


def shift_of(mark: Any) -> Js:
    """Return the shift type of a letter, or undefined."""
    return by_letter(shifts(), mark)


def by_letter(types: Any, mark: Any) -> Js:
    """Find a shift type in a list of them; letters keep no order there, since some types are out of use."""
    return js(types).find(fn(lambda one: one[0] == mark))


def offered() -> Js:
    """List the shift types that may be chosen: those in use."""
    return shifts().filter(fn(lambda one: one[8] != ""))


def _mine(row: Any, painted: Any, decided: Any) -> Js:
    """List the strips that this page has painted on a row and that are not yet decided."""
    return js(painted).filter(fn(lambda strip: (strip[1] == row) & (strip[0] > decided)))


def painted(text: Any, row: Any, painted: Any, decided: Any) -> Js:
    """Return a row's letters with what this page has painted on it and the server has not yet decided."""

    def splice(given: Js, strip: Js) -> Js:
        def one(line: Js, new: Js, offset: Js) -> Js:
            at = strip[2] + offset
            gone = (new == LEAVE) | (line[at] == " ") | ~line[at]
            return when(gone, line, line.slice(0, at) + new + line.slice(at + 1))

        keeps_shifts = known(known(strip[4], strip[5]), None) != None  # noqa: E711
        return when(keeps_shifts, given, name("Array").from_(strip[3]).reduce(fn(one), given))

    return _mine(row, painted, decided).reduce(fn(splice), js(text))


def waiting(row: Any, painted: Any, decided: Any) -> Js:
    """Return the marks of what is painted on a row and not yet decided."""

    def one(strip: Js) -> Js:
        def mark(new: Js, offset: Js) -> Js:
            day = js(DAYS)[strip[2] + offset]
            return when(new == LEAVE, "", day + day + DAYS[WAITING])

        return name("Array").from_(strip[3], fn(mark)).join("")

    return _mine(row, painted, decided).map(fn(one)).join("")


def noted(notes: Any, row: Any, painted: Any, decided: Any) -> Js:
    """Return a row's notes with those that this page has painted on it and the server has not yet decided."""
    mine = _mine(row, painted, decided).filter(fn(_gives_note)).map(fn(lambda strip: js(DAYS)[strip[2]] + strip[5]))

    def stands(one: Js, at: Js, every: Js) -> Js:
        return (one.length > 1) & (every.findIndex(fn(lambda other: other[0] == one[0])) == at)

    return mine.reverse().concat(js(notes).split(BETWEEN_NOTES)).filter(fn(stands)).join(BETWEEN_NOTES)


def _gives_note(strip: Js) -> Js:
    return known(strip[5], None) != None  # noqa: E711


def note_in(notes: Any, column: Any) -> Js:
    """Return a cell's note of its row's; empty where it has none."""
    mine = fn(lambda one: one[0] == js(DAYS)[js(column)])
    return let(js(notes).split(BETWEEN_NOTES).find(mine), lambda one: when(one, one.slice(1), ""))


def note_marks(notes: Any, bit: int = NOTE) -> Js:
    """Return the marks of a row's notes."""
    mark = fn(lambda one: one[0] + one[0] + DAYS[bit])
    return when(js(notes) == "", "", js(notes).split(BETWEEN_NOTES).map(mark).join(""))


def notes_drawn(row: Any) -> Js:
    """Return a row's notes as they are drawn."""
    return noted(slot_var("n", row), row, PAINTED.value, decided())


def note_drawn(row: Any, column: Any) -> Js:
    """Return a cell's note as it is drawn."""
    return note_in(notes_drawn(row), column)


def note_now(row: Any, column: Any) -> Js:
    """Return a cell's note inside a handler."""
    return note_in(noted(slot_var("n", row), row, PAINTED.now, decided()), column)


def proposed(text: Any, preview: Any) -> Js:
    """Return a row's letters as a run's proposal would make them."""
    ahead = js(preview)
    one = fn(lambda mark, at: when(known(ahead[at], ".") == ".", mark, ahead[at]))
    return when(ahead == "", text, name("Array").from_(js(text), one).join(""))


def preview_of(row: Any) -> Js:
    """Return what the run would change in a row: a letter or ``.`` a day; empty where nothing."""
    return known(field(PreviewState, js("p") + order()[row].padStart(3, "0")), "")


def decided() -> Js:
    """Return the number of the last edit of this page that the server has answered."""
    return js(GridState.ack)


def drawn(row: Any) -> Js:
    """Return a row as it is drawn: what the server sent and what was painted on it."""
    return painted(row_text(row), row, PAINTED.value, decided())


def row_now(row: Any) -> Js:
    """Return a row inside a handler: what the server sent and what was painted on it."""
    return painted(row_text(row), row, PAINTED.now, decided())


def is_cell(row: Any, column: Any) -> Js:
    """Say whether there is a cell: nobody has one outside their employment."""
    return let(letter(row_text(row), column), lambda mark: (mark != " ") & ~~mark)
