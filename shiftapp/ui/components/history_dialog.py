"""What became of a cell: who made it what, when and why, newest first; one press brings a value back.

Only the person who asks sees it. It is asked for anew whenever the cell looks different.
"""

import reflex as rx

from shiftapp.services.history import MOST
from shiftapp.ui.client import event, send
from shiftapp.ui.components.asked_cell import (
    ask,
    asks,
    cell_asked,
    column_asked,
    is_of_cell_asked,
    row_asked,
    shut_asked,
    title_asked,
)
from shiftapp.ui.components.clash_open import WHY_CELL
from shiftapp.ui.components.connection import away
from shiftapp.ui.components.dates import moment
from shiftapp.ui.components.edits import may_edit, new_id
from shiftapp.ui.components.note import note_change
from shiftapp.ui.components.notice import say_here
from shiftapp.ui.components.rows import days, letter, note_in, row_text, shifts, slot_var, spread
from shiftapp.ui.components.sheet import CURSOR
from shiftapp.ui.js import Js, fn, js, known, let, maybe, name, var, when
from shiftapp.ui.say import phrase, say, word
from shiftapp.ui.state.grid import GridState
from shiftapp.ui.state.history import HistoryState

SEQ, KIND, RUN, AT, WHO, BEFORE, BEFORE_PINNED, AFTER, AFTER_PINNED, NOTE_BEFORE, NOTE_AFTER = range(11)
"""Parts of a line."""
CARD_PAST = "card-past"
"""Class of the button on a person's card that asks; ``data-row`` says of whom."""


def ask_history() -> Js:
    """Ask what became of the active cell."""
    return let(CURSOR.now, lambda cursor: ask(cursor.row, cursor.column, "history"))


def history_dialog() -> rx.Component:
    """Draw it over the panel, where nothing of the grid is covered; it stops nobody."""
    leave = event(fn(lambda key: when(key.key == "Escape", _close())))
    return rx.cond(
        var(asks("history"), bool),
        rx.el.section(
            rx.el.header(
                rx.el.h2(var(title_asked("history.title"))),
                rx.el.button(
                    rx.icon("x", size=16),
                    type="button",
                    auto_focus=True,
                    class_name="form-icon",
                    custom_attrs={"aria-label": var(word("run.close")), "onClick": event(fn(_close))},
                ),
            ),
            # drawn anew, and so asked anew, when the cell holds something else
            rx.el.span(asker(period=GridState.period), key=var(_looks()), hidden=True),
            rx.cond(
                var(is_of_cell_asked(HistoryState.cell), bool),
                rx.cond(
                    var(js(HistoryState.lines).length > 0, bool),
                    rx.fragment(rx.el.ol(rx.foreach(HistoryState.lines, _line), class_name="history-lines"), _older()),
                    rx.el.p(say(k="history.none"), class_name="clash-says"),
                ),
            ),
            class_name="clash-dialog history-dialog",
            role="dialog",
            custom_attrs={"aria-label": var(title_asked("history.title")), "onKeyDown": leave},
        ),
    )


@rx.memo
def asker(period: rx.Var[int]) -> rx.Component:
    """Ask the server when drawn."""
    look = send(HistoryState.look(var(cell_asked() | {"period_id": js(period)}, dict)))
    return rx.el.span(on_mount=event(fn(lambda: look)))


def _close() -> Js:
    return shut_asked(CARD_PAST)


def _looks() -> Js:
    """Return the cell asked about, and how it looks."""
    bits = known(spread(slot_var("f", row_asked()), days().length)[column_asked()], 0)
    note = note_in(slot_var("n", row_asked()), column_asked())
    looks = js([known(letter(row_text(row_asked()), column_asked()), ""), bits, note])
    held = when(row_asked() >= 0, looks, js([]))
    return js([maybe(WHY_CELL.value, "staff"), maybe(WHY_CELL.value, "day"), GridState.period]).concat(held).join("|")


def _line(line: rx.Var[list[str]], index: rx.Var[int]) -> rx.Component:
    one = js(line)
    why = phrase(word(js("history.kind.") + one[KIND]), {"run": one[RUN]})
    renoted = one[NOTE_BEFORE] != one[NOTE_AFTER]
    return rx.el.li(
        rx.el.div(
            rx.el.b(var(one[WHO])),
            rx.el.time(var(moment(name("Number")(one[AT])))),
            rx.el.span(var(why)),
            class_name="history-who",
        ),
        rx.el.div(
            held_change(one[BEFORE], one[BEFORE_PINNED], one[AFTER], one[AFTER_PINNED], renoted),
            rx.cond(
                var(renoted, bool),
                rx.el.p(var(note_change(one[NOTE_BEFORE], one[NOTE_AFTER])), class_name="history-note"),
            ),
            rx.cond(var(may_edit() & (js(index) > 0), bool), _restore(one)),
            class_name="history-values",
        ),
        key=var(one[SEQ]),
    )


def _older() -> rx.Component:
    """Say that there may be more."""
    full = js(HistoryState.lines).length >= MOST
    return rx.cond(
        var(full, bool), rx.el.p(var(phrase(word("history.older"), {"most": MOST})), class_name="clash-says")
    )


def held_change(before: Js, before_pinned: Js, after: Js, after_pinned: Js, renoted: Js) -> rx.Component:
    """Draw which shift a cell held and which it holds, and whether pinned; nothing where the note changed alone."""
    return rx.cond(
        var((before != after) | (before_pinned != after_pinned) | ~renoted, bool),
        rx.fragment(
            *_held(before, before_pinned),
            rx.el.span("→", custom_attrs={"aria-hidden": True}),
            *_held(after, after_pinned),
        ),
    )


def _held(shift: Js, pinned: Js) -> tuple[rx.Component, rx.Component]:
    """Draw the shift that a cell held, as in the grid, and whether it was pinned."""
    found = shifts().find(fn(lambda one: one[1] == shift))
    colours = when(found, js(" k-") + maybe(found, "[5]") + " t-" + maybe(found, "[7]"), "")
    symbol = when(shift == "", word("history.empty"), known(maybe(found, "[2]"), "?"))
    return (
        rx.el.span(var(symbol), class_name=var(when(shift == "", "", js("symbol") + colours))),
        rx.cond(var(pinned != "", bool), rx.el.i(say(k="history.pinned"))),
    )


def _restore(one: Js) -> rx.Component:
    asked = cell_asked() | {"seq": name("Number")(one[SEQ]), "edit_id": new_id()}
    restore = send(HistoryState.restore(var(asked, dict)))
    return rx.el.button(
        say(k="history.restore"),
        type="button",
        custom_attrs={"onClick": event(fn(lambda: when(away(), say_here("connection.refused"), restore)))},
    )
