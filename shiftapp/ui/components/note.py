"""The note of a cell: read by everybody, written by those who may edit, as an edit of the note alone.

What is typed stays while the editor is open, whatever the others do: a note that a colleague changes meanwhile is told
beside it, and saving is then an edit that has not seen theirs.
"""

from typing import Any

import reflex as rx

from shiftapp.domain.cell import LONGEST_NOTE
from shiftapp.ui.client import Kept, event
from shiftapp.ui.components.asked_cell import cell_title, column_of, give_back, row_of
from shiftapp.ui.components.edits import may_edit, submit
from shiftapp.ui.components.rows import days, is_cell, note_drawn, note_now, person
from shiftapp.ui.components.sheet import CURSOR, beside, cell_place
from shiftapp.ui.js import DOCUMENT, Js, do, fn, js, let, maybe, name, var, when
from shiftapp.ui.say import phrase, say, word
from shiftapp.ui.state.grid import EMPTY, GridState

CARD_NOTE = "card-note"
"""Class of the button on a person's card that opens the note; ``data-row`` says whose."""
FIELD, SAYS = "note-field", "note-says"
WIDTH, HEIGHT = 320, 224
NOTE_OPEN = Kept("noteopen", None)
"""The cell whose note is open: {period, staff, day, was, seen, x, y}; null while none is.

``was`` is the note that what is typed began from, ``seen`` the ``seq`` at which the cell last held that.
"""
DRAFT = Kept("notedraft", "")
"""What is typed."""


def open_note(row: Any, column: Any) -> Js:
    """Open a cell's note, to be read where it may not be written; one that is not saved yet stays."""

    def begin(note: Js, place: Js) -> Js:
        cell = {"period": GridState.period, "staff": person(row)[0], "day": days()[column][0], "was": note}
        return do(DRAFT.set(note), NOTE_OPEN.set(cell | {"seen": GridState.seq, "x": place.x, "y": place.y}))

    unsaved = js(_is_here(NOTE_OPEN.now)) & (DRAFT.now != maybe(NOTE_OPEN.now, "was"))
    place = beside(cell_place(row, column), WIDTH, HEIGHT)
    there = let(note_now(row, column), lambda note: when(may_edit() | (note != ""), let(note, place, begin)))
    return when(unsaved, _take_keyboard(), when(is_cell(row, column), there))


def open_note_here() -> Js:
    """Open the active cell's note."""
    return let(CURSOR.now, lambda cursor: open_note(cursor.row, cursor.column))


def note_words(note: Js) -> Js:
    """Say a note as one."""
    return phrase(word("note.says"), {"note": note})


def note_change(before: Js, after: Js) -> Js:
    """Say which note became, or differs from, which."""
    return js([when(note == "", word("note.none"), note_words(note)) for note in (before, after)]).join(" → ")


def note_editor() -> rx.Component:
    """Draw the open note at its cell; it stops nobody."""
    return rx.cond(var(_is_here(NOTE_OPEN.value), bool), note_form(key=var(_cell(NOTE_OPEN.value))))


def _is_here(opened: Js) -> Js:
    return js(maybe(opened, "period")) == GridState.period


def _cell(opened: Js) -> Js:
    return js([maybe(opened, "period"), maybe(opened, "staff"), maybe(opened, "day")]).join("|")


def _row(opened: Js) -> Js:
    return row_of(maybe(opened, "staff"))


def _column(opened: Js) -> Js:
    return column_of(maybe(opened, "day"))


def _take_keyboard() -> Js:
    return maybe(DOCUMENT.getElementById(FIELD), "focus()")


@rx.memo
def note_form(rest: rx.RestProp) -> rx.Component:
    """Draw the editor: a letter typed draws nothing else."""
    opened = NOTE_OPEN.value
    stands = let(_row(opened), lambda row: when(row < 0, "", note_drawn(row, _column(opened))))
    title = cell_title("note.title", _row(opened), _column(opened))
    return rx.el.section(
        rx.el.h2(var(title)),
        rx.el.span(note_follower(key=var(stands + "|" + GridState.seq)), hidden=True),
        rx.el.textarea(
            id=FIELD,
            value=var(DRAFT.value),
            auto_focus=True,
            read_only=var(~may_edit(), bool),
            rows="4",
            class_name="form-input",
            custom_attrs={
                "aria-label": var(title),
                "aria-describedby": SAYS,
                "aria-invalid": var(when(_over() > 0, "true", None)),
                "onChange": event(fn(lambda typed: DRAFT.set(typed.target.value))),
            },
        ),
        _says(stands),
        _buttons(),
        rest,
        class_name="note-editor",
        role="dialog",
        on_mount=event(fn(_go_to_end)),
        custom_attrs={
            "aria-label": var(title),
            "style": var({"--x": maybe(opened, "x") + "px", "--y": maybe(opened, "y") + "px"}, dict),
            "onKeyDown": event(fn(_on_key)),
        },
    )


def _go_to_end() -> Js:
    """Have the next letter follow what is there."""
    end = DRAFT.now.length
    return maybe(DOCUMENT.getElementById(FIELD), "setSelectionRange")(end, end)


def _over() -> Js:
    """Return by how many characters what is typed is too long; emoji count as one, as in the database."""
    return name("Array").from_(DRAFT.value.trim()).length - LONGEST_NOTE


def _says(stands: Js) -> rx.Component:
    """Say how long it is, and what happened to the cell meanwhile."""
    count = {"count": _over() + LONGEST_NOTE, "most": LONGEST_NOTE, "over": _over()}
    moved = phrase(word("form.saved_now"), {"value": when(stands == "", word("note.none"), stands)})
    gone = _row(NOTE_OPEN.value) < 0
    told = when(gone, word("form.removed"), when(stands != maybe(NOTE_OPEN.value, "was"), moved, ""))
    return rx.fragment(
        rx.el.p(
            var(phrase(when(_over() > 0, word("note.long"), word("note.left")), count)),
            id=SAYS,
            class_name=var(when(_over() > 0, "form-error", "form-hint")),
            hidden=var(~may_edit(), bool),
        ),
        rx.el.p(var(told), class_name="form-moved", role="status"),
    )


def _buttons() -> rx.Component:
    return rx.el.div(
        rx.cond(
            var(may_edit(), bool),
            rx.el.button(
                say(k="form.save"),
                rx.el.kbd("Ctrl ⏎"),
                type="button",
                class_name="form-button primary",
                disabled=var(~_may_save(), bool),
                custom_attrs={"onClick": event(fn(_save))},
            ),
        ),
        rx.el.button(
            var(when(may_edit(), word("form.cancel"), word("form.close"))),
            type="button",
            class_name="form-button",
            custom_attrs={"onClick": event(fn(_close))},
        ),
        class_name="form-buttons",
    )


def _may_save() -> Js:
    return may_edit() & (_over() <= 0) & (_row(NOTE_OPEN.value) >= 0)


def _on_key(pressed: Js) -> Js:
    """Save with Control and Enter, leave with Escape; neither while an input method composes."""
    control = pressed.ctrlKey | pressed.metaKey
    act = when(pressed.key == "Escape", _close(), when(control & (pressed.key == "Enter") & _may_save(), _save()))
    return when(pressed.nativeEvent.isComposing, None, act)


def _save() -> Js:
    """Send what was typed, unless it is what was there."""

    def send_note(note: Js, opened: Js) -> Js:
        cell = [_row(opened), _column(opened), EMPTY]
        return when(note != opened.was, submit("edit", [cell], note=note, seen=opened.seen))

    text = DRAFT.now.replaceAll("\0", "").trim()
    return do(let(text, NOTE_OPEN.now, send_note), _close())


def _close() -> Js:
    return do(give_back(CARD_NOTE, _row(NOTE_OPEN.value)), NOTE_OPEN.set(None))


@rx.memo
def note_follower(rest: rx.RestProp) -> rx.Component:
    """Look at the cell once: give it a key that is new with every note and every change set."""
    return rx.el.span(rest, on_mount=event(fn(_follow)))


def _follow() -> Js:
    """Take up what the cell holds, unless something was typed and it holds something else."""

    def look(opened: Js) -> Js:
        stands = when(_row(opened) < 0, opened.was, note_now(_row(opened), _column(opened)))
        return let(stands, DRAFT.now == opened.was, lambda note, untouched: take(opened, note, untouched))

    def take(opened: Js, note: Js, untouched: Js) -> Js:
        seen = NOTE_OPEN.set(name("Object").assign({}, opened, {"was": note, "seen": GridState.seq}))
        return when(untouched | (note == opened.was), do(seen, when(untouched, DRAFT.set(note))))

    return let(NOTE_OPEN.now, lambda opened: when(opened, look(opened)))
