"""Pointer on the grid: one set of handlers on the body and on either heading, the cell found by arithmetic."""

from typing import Any

from shiftapp.ui.client import event as bound
from shiftapp.ui.components.edits import fill_to, may_edit
from shiftapp.ui.components.rows import is_cell
from shiftapp.ui.components.sheet import (
    ANCHOR,
    CURSOR,
    FILL,
    MENU,
    at_pointer,
    cell_place,
    choose_columns,
    choose_rows,
    focus,
    go,
    menu_at,
)
from shiftapp.ui.js import Js, do, fn, let, maybe, when


def _same(a: Js, b: Js) -> Js:
    return (a.row == b.row) & (a.column == b.column)


def on_down() -> Js:
    """Set the cursor, or stretch the selection with Shift, or take hold of the fill handle."""

    def press(event: Js, to: Js) -> Js:
        grip = maybe(event.target.closest(".fill-handle"), "className")
        return do(
            event.currentTarget.setPointerCapture(event.pointerId),
            focus(),
            when(grip & may_edit(), FILL.set(to), go(to.row, to.column, event.shiftKey)),
        )

    return fn(
        lambda event: when(event.button == 0, let(at_pointer(event.currentTarget, event), lambda to: press(event, to)))
    )


def on_move() -> Js:
    """Stretch the selection, or the fill, to where the pointer is."""

    def drag(to: Js) -> Js:
        stretch = when(_same(to, CURSOR.now), None, go(to.row, to.column, True))
        return when(FILL.now, FILL.set(to), stretch)

    return fn(lambda event: when(event.buttons == 1, let(at_pointer(event.currentTarget, event), drag)))


def on_up() -> Js:
    """Finish a fill; or, after a click on one cell, open its menu."""

    def release(event: Js, to: Js) -> Js:
        click = (event.button == 0) & ~event.shiftKey & _same(CURSOR.now, ANCHOR.now) & _same(to, CURSOR.now)
        menu = when(
            click & may_edit() & is_cell(to.row, to.column), menu_at(cell_place(to.row, to.column)), MENU.set(None)
        )
        return when(FILL.now, fill_to(to), menu)

    return fn(lambda event: let(at_pointer(event.currentTarget, event), lambda to: release(event, to)))


NAMES, DATES = ".names", ".head"


def heading(which: str) -> dict[str, Any]:
    """Return the handlers of a heading: it selects whole rows or columns, several with Shift or by dragging."""

    def chosen(to: Js, extend: Any) -> Js:
        return choose_rows(to.row, extend) if which == NAMES else choose_columns(to.column, extend)

    def choose(event: Js, extend: Any) -> Js:
        return let(at_pointer(event.target.closest(which), event), lambda to: chosen(to, extend))

    def press(event: Js) -> Js:
        hold = event.target.closest(which).setPointerCapture(event.pointerId)
        return when(event.button == 0, do(hold, focus(), choose(event, event.shiftKey)))

    def drag(event: Js) -> Js:
        return when(event.buttons == 1, choose(event, True))

    return {"onPointerDown": bound(fn(press)), "onPointerMove": bound(fn(drag))}
