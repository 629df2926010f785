"""A row of tabs: pages that belong together, each with an address of its own."""

from collections.abc import Sequence

import reflex as rx

from shiftapp.ui.js import var
from shiftapp.ui.say import say, word

Tab = tuple[str, str]
"""Key of the page's texts, and its address."""


def tabs(label: str, pages: Sequence[Tab], here: str) -> rx.Component:
    """Draw the row; ``label`` is the key of what it is called, ``here`` the page's own key."""
    return rx.el.nav(
        *(_tab(key, address, key == here) for key, address in pages),
        class_name="tabs",
        custom_attrs={"aria-label": var(word(label))},
    )


def _tab(key: str, address: str, current: bool) -> rx.Component:
    return rx.link(
        say(k=f"{key}.title"),
        href=address,
        class_name="tab current" if current else "tab",
        custom_attrs={"aria-current": "page"} if current else {},
    )
