"""The shift menu of a cell."""

from typing import Any

import reflex as rx

from shiftapp.ui.client import event
from shiftapp.ui.components.away_form import ask_here
from shiftapp.ui.components.edits import empty_selection, fill_selection
from shiftapp.ui.components.history_dialog import ask_history
from shiftapp.ui.components.keys import toggle_pin, typed
from shiftapp.ui.components.note import open_note_here
from shiftapp.ui.components.request_cell import ask_requests_here
from shiftapp.ui.components.rows import offered
from shiftapp.ui.components.sheet import MENU, focus
from shiftapp.ui.components.why_dialog import ask_why_here
from shiftapp.ui.js import Js, do, fn, js, maybe, var, when
from shiftapp.ui.say import LANGUAGE, say, word
from shiftapp.ui.state.toolbar import ToolbarState


def menu() -> rx.Component:
    """Draw the menu where it was opened; it lies outside the grid, so its keys are its own."""
    return rx.cond(
        var(MENU.value, bool),
        rx.el.div(
            rx.foreach(var(offered(), list[list[str]]), lambda shift: _choice(js(shift))),
            rx.el.hr(),
            _command("menu.empty", "Del", empty_selection()),
            _command("menu.pin", "P", toggle_pin()),
            _command("note.menu", "F2", open_note_here()),
            _command("requests.menu", "", ask_requests_here()),
            _command("history.menu", "", ask_history()),
            rx.cond(
                var(js(ToolbarState.may_generate), bool),
                rx.fragment(_command("why.menu", "?", ask_why_here()), _command("repair.menu", "", ask_here())),
            ),
            class_name="menu",
            custom_attrs={
                "role": "menu",
                "aria-label": var(word("menu.label")),
                "style": var({"left": maybe(MENU.value, "x"), "top": maybe(MENU.value, "y")}, dict),
                "onKeyDown": event(_on_key()),
            },
        ),
    )


def close() -> Js:
    """Close the menu and give the keyboard back."""
    return do(MENU.set(None), focus())


def _item(action: Js, *shown: rx.Component) -> rx.Component:
    return rx.el.button(
        *shown,
        type="button",
        custom_attrs={"role": "menuitem", "tabIndex": -1, "onClick": event(fn(lambda: do(action, close())))},
    )


def _choice(shift: Js) -> rx.Component:
    return _item(
        fill_selection(shift[0]),
        rx.el.span(var(shift[2]), class_name=var(js("symbol k-") + shift[5] + " t-" + shift[7])),
        rx.el.span(var(when(LANGUAGE.value == "ja", shift[3], shift[4])), class_name="called"),
        rx.el.kbd(var(shift[6].toUpperCase())),
    )


def _command(key: str, shortcut: str, action: Js) -> rx.Component:
    return _item(
        action, rx.el.span(class_name="symbol"), rx.el.span(say(k=key), class_name="called"), rx.el.kbd(shortcut)
    )


def _on_key() -> Js:
    """Walk with the arrows, choose by a shift's key, leave with Escape or Tab."""

    def walk(to: Any) -> Js:
        return maybe(js(to), "focus()")

    def handle(pressed: Js) -> Js:
        here = pressed.target
        items = pressed.currentTarget
        by_key = offered().find(fn(lambda one: (one[6] != "") & (one[6].toLowerCase() == typed(pressed))))
        shift = when(by_key, do(fill_selection(maybe(by_key, "[0]")), close()))
        steps = {
            ("ArrowDown",): walk(_beside(here, "nextElementSibling", items.querySelector("button"))),
            ("ArrowUp",): walk(_beside(here, "previousElementSibling", items.querySelector("button:last-of-type"))),
            ("Home",): walk(items.querySelector("button")),
            ("End",): walk(items.querySelector("button:last-of-type")),
            ("Escape", "Tab"): close(),
            ("Delete", "Backspace"): do(empty_selection(), close()),
            ("F2",): do(open_note_here(), MENU.set(None)),
            ("?",): when(ToolbarState.may_generate, do(ask_why_here(), MENU.set(None))),
        }
        chain = shift
        for names, action in steps.items():
            chain = when(js(list(names)).includes(pressed.key), do(pressed.preventDefault(), action), chain)
        return chain

    return fn(handle)


def _beside(here: Js, way: str, otherwise: Js) -> Js:
    """Return the next menu item that way, past the rule between them, or the one at the other end."""
    step = here[way]
    over = maybe(step, way)
    is_item = maybe(step, "tagName") == "BUTTON"
    return when(step, when(is_item, step, over), otherwise)
