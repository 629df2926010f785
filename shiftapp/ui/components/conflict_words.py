"""Edits that met, in words: which cell, whose value, and what it would hold."""

from shiftapp.ui.components.heading import short_day
from shiftapp.ui.components.rows import days, order, person, shifts
from shiftapp.ui.js import Js, fn, known, let, maybe, name, when
from shiftapp.ui.say import phrase, word

BEGINNING = 16
"""Characters of a note on a button."""


def row_of_met(one: Js) -> Js:
    """Return the row of a conflict's cell; −1 where this page has none."""
    return order().findIndex(fn(lambda _, at: known(maybe(person(at), "[0]"), "") == one.staff))


def column_of_met(one: Js) -> Js:
    """Return its column; −1 where the period has no such date."""
    return days().findIndex(fn(lambda day: day[0] == one.day))


def which_cell(one: Js) -> Js:
    """Say which cell it is."""
    day = let(days()[column_of_met(one)], lambda found: when(found, short_day(found), one.day))
    return phrase(word("conflict.cell"), {"name": known(maybe(person(row_of_met(one)), "[1]"), ""), "day": day})


def whose(side: Js) -> Js:
    """Name whose value it is."""
    return when(side.who == "", word("conflict.nobody"), side.who)


def in_short(side: Js) -> Js:
    """Say what a cell would hold on a button: of a long note its beginning."""
    note = when(side.note.length > BEGINNING, side.note.slice(0, BEGINNING) + "…", side.note)
    return _held(side, note)


def in_full(side: Js) -> Js:
    """Say what a cell would hold: its shift, whether it is pinned, its note."""
    return _held(side, side.note)


def _held(side: Js, note: Js) -> Js:
    shift = shifts().find(fn(lambda one: name("String")(one[1]) == side.shift))
    symbol = when(side.shift == "", word("conflict.empty"), known(maybe(shift, "[2]"), "?"))
    pinned = when(side.pinned, phrase(word("conflict.pinned"), {"shift": symbol}), symbol)
    return when(note == "", pinned, phrase(word("conflict.noted"), {"shift": pinned, "note": note}))
