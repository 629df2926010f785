"""Edits that met: whose value does not stand is told in place, with a way back; an open choice is offered to all."""

from typing import Any

import reflex as rx

from shiftapp.ui.client import Kept, event, send
from shiftapp.ui.components.conflict_words import column_of_met, in_full, in_short, row_of_met, which_cell, whose
from shiftapp.ui.components.connection import away
from shiftapp.ui.components.dates import moment
from shiftapp.ui.components.edits import may_edit, new_id
from shiftapp.ui.components.notice import say_here
from shiftapp.ui.components.past_strip import past_is_shown
from shiftapp.ui.components.phone import DAY, NARROW
from shiftapp.ui.components.rows import days, person
from shiftapp.ui.components.sheet import ANCHOR, CURSOR, focus, reveal
from shiftapp.ui.js import DOCUMENT, Js, do, fn, js, known, let, maybe, var, when
from shiftapp.ui.say import phrase, say, word
from shiftapp.ui.state.conflicts import AT_ONCE, ConflictState
from shiftapp.ui.state.grid import GridState
from shiftapp.ui.theme import CELL, ROW

SHOWN, SHOWN_ON_PHONE = 3, 1
"""Conflicts that are spelled out before all of them are asked for."""
FOLDED = Kept("metfolded", False)
EVERY = Kept("metevery", False)
"""Whether all of them are spelled out."""


def _unsettled() -> Js:
    """List what is not settled: nothing beside cells of the past, which it is not about."""
    return when(past_is_shown(), js([]), ConflictState.unsettled)


def _mine() -> Js:
    """List what this person is told: their own values that do not stand."""
    return _unsettled().filter(fn(lambda one: ~one.open & (one.lost.by == GridState.me)))


def _open() -> Js:
    return _unsettled().filter(fn(lambda one: one.open))


def met_at(row: Js, column: Js) -> Js:
    """Say whether a cell is one in question."""
    staff, date = known(maybe(person(row), "[0]"), ""), maybe(days()[column], "[0]")
    return _open().concat(_mine()).some(fn(lambda one: (one.staff == staff) & (one.day == date)))


def conflict_frames() -> rx.Component:
    """Draw a frame around each cell in question, above the rows."""
    placed = (
        _open()
        .concat(_mine())
        .map(fn(lambda one: js([one.id, row_of_met(one), column_of_met(one), one.open])))
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
    mine, choices = _mine(), _open()
    found = choices.concat(mine)
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
                    rx.cond(var(may_edit() & (choices.length > 1), bool), _choose_all(choices)),
                    rx.cond(var(may_edit() & (mine.length > 1), bool), _all(mine)),
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
        "cell": which_cell(one),
        "lost": in_full(one.lost),
        "stands": in_full(one.stands),
        "who": whose(one.stands),
        "at": moment(one.stands.at),
    }
    back = phrase(word("conflict.back"), {"lost": in_short(one.lost)})
    return _item(
        one,
        phrase(word("conflict.lost"), given),
        _button(var(back), "back", _settle([one.id], "lost"), "primary"),
        _button(say(k="conflict.let"), "let", _settle([one.id], "stands")),
    )


def _choice(one: Js) -> rx.Component:
    given = {
        "cell": which_cell(one),
        "lost": in_full(one.lost),
        "loser": whose(one.lost),
        "at": moment(one.lost.at),
        "stands": in_full(one.stands),
        "winner": whose(one.stands),
        "stood": moment(one.stands.at),
    }
    sides = [
        _button(var(phrase(word("conflict.choose"), {"value": in_short(one[side])})), side, _settle([one.id], side))
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


def _choose_all(choices: Js) -> rx.Component:
    """Draw one button for each side of all open choices, with the name of whoever's values they are, if all are."""

    def words(side: str) -> Js:
        one = choices.every(fn(lambda each: each[side].by == choices[0][side].by))
        given = {"count": choices.length, "who": whose(choices[0][side])}
        return phrase(when(one, word("conflict.choose.of"), word(f"conflict.choose.{side}")), given)

    ids = choices.slice(0, AT_ONCE).map(fn(lambda one: one.id))
    return rx.el.div(
        *(_button(var(words(side)), f"{side}-all", _settle(ids, side)) for side in ("stands", "lost")),
        class_name="conflict-acts all",
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
    settle = do(_give_keyboard(js(ids).length), send(ConflictState.settle(var(given, dict))))
    return when(away(), say_here("connection.refused"), settle)


def _give_keyboard(settled: Js) -> Js:
    """Give the keyboard, whose button is about to go, to the box; to the grid where nothing is left in it."""
    left = _open().length + _mine().length - settled
    return when(left > 0, maybe(DOCUMENT.querySelector(".conflicts-head"), "focus()"), focus())


def _show(one: Js) -> Js:
    """Bring the cell into sight and stand on it; on a phone, show its day."""

    def go(row: Js, column: Js) -> Js:
        here = {"row": row, "column": column}
        stand = do(CURSOR.set(here), ANCHOR.set(here), DAY.set(column), reveal(row, column))
        return when((row >= 0) & (column >= 0), stand)

    return let(row_of_met(one), column_of_met(one), go)
