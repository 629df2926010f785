"""A form in a dialog, and a form in a panel below what it belongs to: their buttons and how they close."""

from typing import Any

import reflex as rx

from shiftapp.ui.client import Kept, event
from shiftapp.ui.components.form import whole_error
from shiftapp.ui.components.form_open import give_back, is_removed, shut
from shiftapp.ui.js import Js, fn, var, when
from shiftapp.ui.say import phrase, say, word

SURE = Kept("sure", 0)
"""Id of what was asked once to be deleted."""


def delete_button(thing: Js, gone: Js, ask: str, sure: str) -> rx.Component:
    """Draw the button that deletes what nothing brings back: pressed twice; none for what is new, or gone already."""
    first = button(say(k=ask), SURE.set(thing.id), "form-button quiet")
    second = button(say(k=sure), gone, "form-button quiet danger")
    there = (thing.id > 0) & ~is_removed(thing)
    return rx.cond(var(there, bool), rx.cond(var(SURE.value == thing.id, bool), second, first))


def removed_note(thing: Js) -> rx.Component:
    """Say that a colleague took away what somebody has open, above what they typed."""
    by = when(thing.remover == "", word("form.removed"), phrase(word("form.removed_by"), {"who": thing.remover}))
    return rx.cond(
        var(is_removed(thing), bool),
        rx.el.p(var(by), class_name="form-note form-removed", custom_attrs={"role": "alert"}),
    )


def save_words(thing: Js) -> rx.Component:
    """Say what the button does that saves: what was taken away is made anew."""
    return rx.fragment(var(when(is_removed(thing), word("form.anew"), word("form.save"))))


def button(label: rx.Component, act: Any, class_name: str = "form-button", **attributes: Any) -> rx.Component:
    """Draw a button that does something in the browser, or sends something."""
    return rx.el.button(
        label,
        type="button",
        class_name=class_name,
        custom_attrs={"onClick": event(fn(lambda: act)), **attributes},
    )


def icon_button(icon: str, label: Js, act: Any, disabled: Any = False, **attributes: Any) -> rx.Component:
    """Draw a button that shows a picture; its label is heard, and seen when the pointer rests."""
    return rx.el.button(
        rx.icon(icon, size=15),
        type="button",
        class_name="form-icon",
        disabled=var(disabled, bool),
        custom_attrs={"onClick": event(fn(lambda: act)), "aria-label": var(label), "title": var(label), **attributes},
    )


def form_buttons(*more: rx.Component, save: rx.Component | None = None) -> rx.Component:
    """Draw what is wrong with the whole form, and its buttons: save, cancel, and ``more``."""
    return rx.el.div(
        whole_error(),
        rx.el.div(
            rx.el.button(save or say(k="form.save"), type="submit", class_name="form-button primary"),
            button(say(k="form.cancel"), shut()),
            *more,
            class_name="form-buttons",
        ),
        class_name="form-end",
    )


def dialog(opened: Js, title: Js, content: rx.Component) -> rx.Component:
    """Draw a dialog that is open while ``opened`` holds; Escape and a click beside it close it."""
    return rx.dialog.root(
        rx.dialog.content(
            rx.dialog.title(var(title), class_name="form-title"),
            content,
            rx.dialog.close(
                rx.el.button(
                    rx.icon("x", size=16),
                    type="button",
                    class_name="form-icon dialog-close",
                    custom_attrs={"aria-label": var(word("form.close"))},
                )
            ),
            class_name="form-dialog",
            on_close_auto_focus=give_back(),
            custom_attrs={"aria-describedby": None},
        ),
        open=var(opened, bool),
        on_open_change=event(fn(lambda wanted: when(wanted, None, shut()))),
    )
