"""A row of tabs: pages that belong together, each with an address of its own."""

from collections.abc import Sequence

import reflex as rx

from shiftapp.ui.client import event
from shiftapp.ui.js import DOCUMENT, Js, fn, maybe, var
from shiftapp.ui.say import say, word

Tab = tuple[str, str]
"""Key of the page's texts, and its address."""


def tabs(label: str, pages: Sequence[Tab], here: str) -> rx.Component:
    """Draw the row; ``label`` is the key of what it is called, ``here`` the page's own key."""
    return rx.el.nav(
        *(_tab(key, address, key == here) for key, address in pages),
        class_name="tabs",
        on_mount=event(fn(_show_current)),
        custom_attrs={"aria-label": var(word(label))},
    )


def _show_current() -> Js:
    """Bring the page's own tab into sight where a phone does not show them all."""
    tab = DOCUMENT.querySelector(".tab.current")
    return maybe(tab, 'scrollIntoView({block: "nearest", inline: "center"})')


def _tab(key: str, address: str, current: bool) -> rx.Component:
    return rx.link(
        say(k=f"{key}.title"),
        href=address,
        class_name="tab current" if current else "tab",
        custom_attrs={"aria-current": "page"} if current else {},
    )
