"""What differs in a cell at the other moment beside its shift: its note and its pin, marked where the grid draws it."""

from typing import Any

from shiftapp.live.view import BETWEEN_NOTES, DAYS
from shiftapp.ui.components.note import note_change, note_words
from shiftapp.ui.components.rows import (
    OTHER_NOTE,
    OTHER_PIN,
    covers,
    note_drawn,
    note_in,
    note_marks,
    notes_drawn,
    order,
)
from shiftapp.ui.js import Js, fn, js, known, let, name, when
from shiftapp.ui.state.past import PastState


def other_marks(row: Any) -> Js:
    """Return the marks of what differs in a row."""
    pin = fn(lambda day: day + day + DAYS[OTHER_PIN])
    return note_marks(_other("notes", row), OTHER_NOTE) + name("Array").from_(_other("pins", row), pin).join("")


def notes_told(row: Any) -> Js:
    """Return a row's notes as they are drawn; where one differs, which it is and which it is then."""
    mine, other = notes_drawn(row), _other("notes", row)

    def told(one: Js) -> Js:
        return one[0] + note_change(note_in(mine, js(DAYS).indexOf(one[0])), one.slice(1))

    def both(others: Js) -> Js:
        same = fn(lambda one: (one != "") & ~others.some(fn(lambda differs: differs[0] == one[0])))
        return others.map(fn(told)).concat(mine.split(BETWEEN_NOTES).filter(same)).join(BETWEEN_NOTES)

    return when(other == "", mine, let(other.split(BETWEEN_NOTES), both))


def note_told(row: Any, column: Any) -> Js:
    """Say a cell's note, or how it differs; empty where there is none."""
    plain = let(note_drawn(row, column), lambda note: when(note == "", "", note_words(note)))
    return when(note_differs(row, column), note_in(notes_told(row), column), plain)


def note_differs(row: Any, column: Any) -> Js:
    """Say whether a cell's note differs."""
    return covers(note_marks(_other("notes", row), OTHER_NOTE), column)


def pin_differs(row: Any, column: Any) -> Js:
    """Say whether a cell is pinned at one of the moments only."""
    return _other("pins", row).includes(js(DAYS)[js(column)])


def _other(what: str, row: Any) -> Js:
    return known(known(getattr(js(PastState.view), what), js({}))[order()[row]], "")
