"""Edits that met: whose value does not stand is told in place, with a way back; an open choice is offered to all."""

from typing import Any

import reflex as rx

from shiftapp.ui.client import Kept, event, send
from shiftapp.ui.components.connection import away
from shiftapp.ui.components.dates import moment
from shiftapp.ui.components.edits import may_edit, new_id
from shiftapp.ui.components.heading import short_day
from shiftapp.ui.components.notice import say_here
from shiftapp.ui.components.phone import DAY, NARROW
from shiftapp.ui.components.rows import days, order, person, shifts
from shiftapp.ui.components.sheet import ANCHOR, CURSOR, reveal
from shiftapp.ui.js import Js, do, fn, js, known, let, maybe, name, var, when
from shiftapp.ui.say import phrase, say, word
from shiftapp.ui.state.conflicts import AT_ONCE, ConflictState
from shiftapp.ui.state.grid import GridState
from shiftapp.ui.theme import CELL, ROW

SHOWN, SHOWN_ON_PHONE = 3, 1
"""Conflicts that are spelled out before all of them are asked for."""
BEGINNING = 16
"""Characters of a note on a button."""
FOLDED = Kept("metfolded", False)
EVERY = Kept("metevery", False)
"""Whether all of them are spelled out."""


def _mine() -> Js:
    """List what this person is told: their own values that do not stand."""
    return js(ConflictState.unsettled).filter(fn(lambda one: ~one.open & (one.lost.by == GridState.me)))


def _open() -> Js:
    return js(ConflictState.unsettled).filter(fn(lambda one: one.open))


def _row(one: Js) -> Js:
    """Return the row of a conflict's cell; −1 where this page has none."""
    return order().findIndex(fn(lambda _, at: known(maybe(person(at), "[0]"), "") == one.staff))


def _column(one: Js) -> Js:
    return days().findIndex(fn(lambda day: day[0] == one.day))


def met_at(row: Js, column: Js) -> Js:
    """Say whether a cell is one in question."""
    staff, date = known(maybe(person(row), "[0]"), ""), maybe(days()[column], "[0]")
    return _open().concat(_mine()).some(fn(lambda one: (one.staff == staff) & (one.day == date)))


def conflict_frames() -> rx.Component:
    """Draw a frame around each cell in question, above the rows."""
    placed = (
        _open()
        .concat(_mine())
        .map(fn(lambda one: js([one.id, _row(one), _column(one), one.open])))
        .filter(fn(lambda one: (one[1] >= 0) & (one[2] >= 0)))
    )
    return rx.el.div(
        rx.foreach(var(placed, list[list[Any]]), lambda one: _frame(js(one))),
        class_name="frames",
        custom_attrs={"aria-hidden": True},
    )


def _frame(one: Js) -> rx.Component:
    return rx.el.div(
        class_name=var(when(one[3], "met open", "met")),
        custom_attrs={"style": var({"top": one[1] * ROW, "left": one[2] * CELL}, dict)},
        key=var(one[0]),
    )


def conflicts() -> rx.Component:
    """Draw what is to be chosen, and what this person is told, until it is settled."""
    mine = _mine()
    found = _open().concat(mine)
    few = when(NARROW.value, SHOWN_ON_PHONE, SHOWN)
    shown = when(EVERY.value, found, found.slice(0, few))
    return rx.cond(
        var(found.length > 0, bool),
        rx.el.section(
            _head(found.length),
            rx.cond(
                var(FOLDED.value, bool),
                rx.fragment(),
                rx.fragment(
                    rx.el.div(
                        rx.foreach(var(shown, list[dict[str, Any]]), lambda one: _one(js(one))),
                        class_name="conflicts-list",
                    ),
                    rx.cond(var(found.length > few, bool), _more(found.length - few)),
                    rx.cond(var(mine.length > 1, bool), _all(mine)),
                ),
            ),
            class_name="conflicts",
            custom_attrs={"aria-label": var(word("conflict.label")), "role": "status"},
        ),
    )


def _head(count: Js) -> rx.Component:
    """Say how many there are; pressed, it folds the rest away, so that the cells behind it can be seen."""
    return rx.el.button(
        rx.icon("git-merge", size=15),
        rx.el.span(var(phrase(word("conflict.head"), {"count": count}))),
        rx.cond(var(FOLDED.value, bool), rx.icon("chevron-up", size=16), rx.icon("chevron-down", size=16)),
        type="button",
        class_name="conflicts-head",
        custom_attrs={
            "onClick": event(fn(lambda: FOLDED.set(~FOLDED.now))),
            "aria-expanded": var(~FOLDED.value, bool),
        },
    )


def _one(one: Js) -> rx.Component:
    return rx.el.div(rx.cond(var(one.open, bool), _choice(one), _loss(one)), class_name="conflict", key=var(one.id))


def _loss(one: Js) -> rx.Component:
    given = {
        "cell": _cell(one),
        "lost": _value(one.lost),
        "stands": _value(one.stands),
        "who": _who(one.stands),
        "at": moment(one.stands.at),
    }
    back = phrase(word("conflict.back"), {"lost": _in_short(one.lost)})
    return _item(
        one,
        phrase(word("conflict.lost"), given),
        _button(var(back), "back", _settle([one.id], "lost"), "primary"),
        _button(say(k="conflict.let"), "let", _settle([one.id], "stands")),
    )


def _choice(one: Js) -> rx.Component:
    given = {
        "cell": _cell(one),
        "lost": _value(one.lost),
        "loser": _who(one.lost),
        "at": moment(one.lost.at),
        "stands": _value(one.stands),
        "winner": _who(one.stands),
        "stood": moment(one.stands.at),
    }
    sides = [
        _button(var(phrase(word("conflict.choose"), {"value": _in_short(one[side])})), side, _settle([one.id], side))
        for side in ("stands", "lost")
    ]
    return _item(one, phrase(word("conflict.open"), given), *sides)


def _item(one: Js, sentence: Js, *buttons: rx.Component) -> rx.Component:
    return rx.fragment(
        rx.el.button(
            var(sentence),
            type="button",
            class_name="conflict-words",
            custom_attrs={"onClick": event(fn(lambda: _show(one))), "title": var(word("conflict.show"))},
        ),
        rx.cond(var(may_edit(), bool), rx.el.div(*buttons, class_name="conflict-acts")),
    )


def _more(count: Js) -> rx.Component:
    """Draw the button that spells out all of them, in a list that scrolls, and then few again."""
    more = phrase(word("conflict.more"), {"count": count})
    return rx.el.button(
        var(when(EVERY.value, word("conflict.fewer"), more)),
        type="button",
        class_name="conflicts-more",
        custom_attrs={"onClick": event(fn(lambda: EVERY.set(~EVERY.now))), "aria-expanded": var(EVERY.value, bool)},
    )


def _all(mine: Js) -> rx.Component:
    ids = mine.slice(0, AT_ONCE).map(fn(lambda one: one.id))
    back = phrase(word("conflict.back.all"), {"count": mine.length})
    return rx.el.div(
        _button(var(back), "back-all", _settle(ids, "lost")),
        _button(say(k="conflict.let.all"), "let-all", _settle(ids, "stands")),
        class_name="conflict-acts all",
    )


def _button(words: Any, command: str, act: Js, look: str = "") -> rx.Component:
    return rx.el.button(
        words,
        type="button",
        class_name=look,
        custom_attrs={"onClick": event(fn(lambda: act)), "data-command": command},
    )


def _settle(ids: Any, choice: str) -> Js:
    given = {
        "period_id": GridState.period,
        "edit_id": new_id(),
        "ids": ids,
        "choice": choice,
        "seen": GridState.seq,
    }
    return when(away(), say_here("connection.refused"), send(ConflictState.settle(var(given, dict))))


def _show(one: Js) -> Js:
    """Bring the cell into sight and stand on it; on a phone, show its day."""

    def go(row: Js, column: Js) -> Js:
        here = {"row": row, "column": column}
        stand = do(CURSOR.set(here), ANCHOR.set(here), DAY.set(column), reveal(row, column))
        return when((row >= 0) & (column >= 0), stand)

    return let(_row(one), _column(one), go)


def _cell(one: Js) -> Js:
    """Say which cell it is."""
    day = let(days()[_column(one)], lambda found: when(found, short_day(found), one.day))
    return phrase(word("conflict.cell"), {"name": known(maybe(person(_row(one)), "[1]"), ""), "day": day})


def _who(side: Js) -> Js:
    return when(side.who == "", word("conflict.nobody"), side.who)


def _in_short(side: Js) -> Js:
    """Say what a cell would hold on a button: of a long note its beginning."""
    note = when(side.note.length > BEGINNING, side.note.slice(0, BEGINNING) + "…", side.note)
    return _held(side, note)


def _value(side: Js) -> Js:
    """Say what a cell would hold: its shift, whether it is pinned, its note."""
    return _held(side, side.note)


def _held(side: Js, note: Js) -> Js:
    shift = shifts().find(fn(lambda one: name("String")(one[1]) == side.shift))
    symbol = when(side.shift == "", word("conflict.empty"), known(maybe(shift, "[2]"), "?"))
    pinned = when(side.pinned, phrase(word("conflict.pinned"), {"shift": symbol}), symbol)
    return when(note == "", pinned, phrase(word("conflict.noted"), {"shift": pinned, "note": note}))
