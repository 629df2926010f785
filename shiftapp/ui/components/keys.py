"""The keyboard of a spreadsheet. Which key does what is data."""

from typing import Any

from shiftapp.ui.components.edits import empty_selection, fill_selection, may_edit, paste_text, selection_text
from shiftapp.ui.components.note import open_note_here
from shiftapp.ui.components.rows import days, is_cell, is_pinned, letter, offered, order, row_now
from shiftapp.ui.components.sheet import (
    ANCHOR,
    CURSOR,
    MENU,
    cell_place,
    choose_all,
    choose_columns,
    choose_rows,
    go,
    menu_at,
)
from shiftapp.ui.components.steps import redo, undo
from shiftapp.ui.components.why_dialog import ask_why_here
from shiftapp.ui.js import DOCUMENT, Js, do, fn, js, known, let, maybe, name, when
from shiftapp.ui.state.grid import EMPTY
from shiftapp.ui.state.toolbar import ToolbarState

FAR = 999
PAGE = 15
MOVES = {
    "ArrowUp": [-1, 0],
    "ArrowDown": [1, 0],
    "ArrowLeft": [0, -1],
    "ArrowRight": [0, 1],
    "Home": [0, -FAR],
    "End": [0, FAR],
    "PageUp": [-PAGE, 0],
    "PageDown": [PAGE, 0],
    "C-Home": [-FAR, -FAR],
    "C-End": [FAR, FAR],
    "C-ArrowUp": [-FAR, 0],
    "C-ArrowDown": [FAR, 0],
    "C-ArrowLeft": [0, -FAR],
    "C-ArrowRight": [0, FAR],
    "Tab": [0, 1],
    "S-Tab": [0, -1],
}


def toggle_pin() -> Js:
    """Pin the selected cells, or unpin them where the active cell is pinned."""
    at = CURSOR.now
    return fill_selection(EMPTY, pin=~is_pinned(at.row, at.column))


def cycle() -> Js:
    """Give the selection the shift type after the active cell's."""
    at = CURSOR.now
    here = offered().findIndex(fn(lambda one: one[0] == letter(row_now(at.row), at.column)))
    return fill_selection(offered()[(here + 1) % offered().length][0])


def open_menu() -> Js:
    """Open the shift menu at the active cell and step into it."""
    at = CURSOR.now
    step_in = fn(lambda: maybe(DOCUMENT.querySelector("[role=menu] button"), "focus()"))
    return when(
        may_edit() & is_cell(at.row, at.column),
        do(menu_at(cell_place(at.row, at.column)), name("requestAnimationFrame")(step_in)),
    )


def escape() -> Js:
    """Close the menu, or shrink the selection to the active cell."""
    return when(MENU.now, MENU.set(None), ANCHOR.set(CURSOR.now))


def typed(event: Js) -> Js:
    """Return the character a key means, also where a Japanese input method has swallowed it."""
    swallowed = (event.key == "Process") | event.isComposing
    return when(swallowed, event.code.replace("Key", "").replace("Digit", ""), event.key).toLowerCase()


def _plain(event: Js) -> Js:
    """Do what a key without Control means: a shift of that key first, then the keys of the grid."""

    def act(key: Js, shift: Js) -> Js:
        keys: list[tuple[tuple[str, ...], Js]] = [
            (("enter",), open_menu()),
            (("delete", "backspace"), empty_selection()),
            (("escape",), escape()),
            ((" ",), when(event.shiftKey, choose_rows(CURSOR.now.row), cycle())),
            (("p",), toggle_pin()),
            (("f2",), open_note_here()),
            (("?",), when(js(ToolbarState.may_generate) & is_cell(CURSOR.now.row, CURSOR.now.column), ask_why_here())),
        ]
        chain = js(None)
        for names, action in reversed(keys):
            chain = when(js(list(names)).includes(key), do(event.preventDefault(), action), chain)
        typing = do(event.preventDefault(), when(MENU.now, MENU.set(None)), fill_selection(maybe(shift, "[0]")))
        return when(shift, typing, chain)

    by_key = fn(lambda key: offered().find(fn(lambda one: (one[6] != "") & (one[6].toLowerCase() == key))))
    return let(typed(event), lambda key: let(by_key(key), lambda shift: act(key, shift)))


def _with_control(event: Js) -> Js:
    """Do what a letter, or Space, with Control means; with Alt it is somebody's own sign."""
    meant = {
        "a": choose_all(),
        " ": choose_columns(CURSOR.now.column),
        "z": when(event.shiftKey, redo(), undo()),
        "y": redo(),
    }

    def act(key: Js) -> Js:
        chain = js(None)
        for letter_key, action in meant.items():
            chain = when(key == letter_key, do(event.preventDefault(), action), chain)
        return chain

    return when(event.altKey, None, let(typed(event), act))


def on_key() -> Js:
    """Handle a key pressed while the grid itself has the focus: a text box inside or beside it never edits cells."""

    def move(event: Js, step: Js) -> Js:
        at = CURSOR.now
        leaving = (event.key == "Tab") & ((at.column + step[1] < 0) | (at.column + step[1] >= days().length))
        extend = event.shiftKey & (event.key != "Tab")
        return when(leaving, None, do(event.preventDefault(), go(at.row + step[0], at.column + step[1], extend)))

    def handle(event: Js) -> Js:
        control = event.ctrlKey | event.metaKey
        chord = when(control, "C-", "") + when((event.key == "Tab") & event.shiftKey, "S-", "") + event.key
        otherwise = when(control | event.altKey, _with_control(event), _plain(event))
        return let(js(MOVES)[chord], lambda step: when(step, move(event, step), otherwise))

    return fn(lambda event: when((event.target == event.currentTarget) & (order().length > 0), handle(event)))


def _clipboard(event: Js, then: Any) -> Js:
    return when(event.target == event.currentTarget, do(event.preventDefault(), then))


def on_copy() -> Js:
    """Put the selection on the system's clipboard, for a spreadsheet."""
    return fn(lambda event: _clipboard(event, event.clipboardData.setData("text/plain", selection_text())))


def on_cut() -> Js:
    """Copy the selection, then empty it."""
    return fn(
        lambda event: _clipboard(
            event, do(event.clipboardData.setData("text/plain", selection_text()), empty_selection())
        )
    )


def on_paste() -> Js:
    """Paste what the system's clipboard holds."""
    return fn(lambda event: _clipboard(event, paste_text(known(event.clipboardData.getData("text/plain"), ""))))
