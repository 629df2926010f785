"""Parts of the forms before the door: native, sent to routes, told what was wrong by the page's state."""

from typing import Any

import reflex as rx
from reflex.utils.exec import is_prod_mode
from reflex_base.config import get_config

from shiftapp.ui.client import event
from shiftapp.ui.js import DOCUMENT, Js, fn, js, known, maybe, var, when
from shiftapp.ui.say import phrase, say, word


def address(path: str) -> str:
    """Return where a form goes: in development the page has another port than the routes."""
    return path if is_prod_mode() else f"{get_config().api_url.rstrip('/')}{path}"


def complaint(state: Any, *codes: str, field: str) -> rx.Component:
    """Draw what was wrong where it is one of ``codes``, and give ``field`` the keyboard.

    A code that ends in a dot stands for all it begins.
    """
    code = js(state.code)
    ours: Js = js(False)
    for each in codes:
        ours = ours | (code.startsWith(each) if each.endswith(".") else code == each)
    return rx.el.span(
        var(when(ours, phrase(known(word(code), ""), state.args), "")),
        rx.cond(var(ours, bool), take_keyboard(field=f"entry-{field}")),
        class_name="form-error",
        role="alert",
        custom_attrs={"id": f"wrong-{codes[0].strip('.')}"},
    )


@rx.memo
def take_keyboard(field: rx.Var[str]) -> rx.Component:
    """Give a field the keyboard when drawn."""
    return rx.el.span(on_mount=event(fn(lambda: maybe(DOCUMENT.getElementById(js(field)), "focus()"))))


def entry(name: str, label: str, wrong: rx.Component, hint: str = "", **properties: Any) -> rx.Component:
    """Draw a line to type in below its label."""
    attributes = properties.pop("custom_attrs", {})
    return rx.el.div(
        rx.el.label(say(k=label), custom_attrs={"htmlFor": f"entry-{name}"}, class_name="form-label"),
        rx.el.input(
            name=name,
            class_name="form-input",
            custom_attrs={"id": f"entry-{name}", **attributes},
            **properties,
        ),
        rx.el.span(say(k=hint), class_name="form-hint", custom_attrs={"id": f"hint-{name}"}) if hint else rx.fragment(),
        wrong,
        class_name="form-field form-wide",
    )
