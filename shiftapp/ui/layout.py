"""What every page stands in: the rail of pages, the switches of language and light, notices, fonts."""

import reflex as rx

from shiftapp.ui.client import event
from shiftapp.ui.components.entry import address
from shiftapp.ui.components.native import native_form
from shiftapp.ui.components.notice import notice
from shiftapp.ui.components.queue import stored
from shiftapp.ui.js import WINDOW, Js, fn, var, when
from shiftapp.ui.say import LANGUAGE, choose_language, heard, recall_language, say, word
from shiftapp.ui.theme import Fonts

PAGES = (
    ("schedule", "calendar-days", "/"),
    ("requests", "hand", "/requests"),
    ("staff", "users", "/staff"),
    ("settings", "sliders-horizontal", "/settings"),
)


def layout(
    here: str,
    *content: rx.Component,
    title: str = "",
    called: str = "",
    bar: rx.Component | None = None,
    notices: tuple[rx.Component, ...] = (),
) -> rx.Component:
    """Draw a page for people who are signed in.

    Parameters
    ----------
    here
        Which of `PAGES` it is.
    title
        Key of a text to head the page with; none for pages that fill the window.
    called
        Key of the text that names the page in the browser's bar, where that is not its heading.
    bar
        What the page adds to the rail.
    notices
        What the page adds to the notices.
    """
    return rx.fragment(
        Fonts.create(),
        rx.el.div(
            _rail(here, bar or rx.fragment()),
            rx.el.main(
                rx.el.header(rx.el.h1(say(k=title)), class_name="page-head") if title else rx.fragment(),
                *content,
                class_name=f"page page-{here}",
            ),
            class_name="shell",
            on_mount=event(fn(lambda: recall_language(called or title or f"{here}.title"))),
        ),
        notice(*notices),
    )


def bare(*content: rx.Component, title: str) -> rx.Component:
    """Draw a page for people who are not signed in: a card in the middle, with the switches.

    Parameters
    ----------
    title
        Key of the text that names it.
    """
    return rx.fragment(
        Fonts.create(),
        rx.el.main(
            rx.el.div(*content, class_name="card"),
            rx.el.div(language_switch(), light_switch(), class_name="switches"),
            class_name="bare",
            on_mount=event(fn(lambda: recall_language(title))),
        ),
        notice(),
    )


def _rail(here: str, bar: rx.Component) -> rx.Component:
    return rx.el.nav(
        rx.el.div("○×", class_name="mark", custom_attrs={"aria-hidden": True}),
        *(_page(key, icon, address, key == here) for key, icon, address in PAGES),
        bar,
        rx.el.div(class_name="gap"),
        language_switch(),
        light_switch(),
        native_form(
            rx.el.button(
                rx.icon("log-out", size=18),
                type="submit",
                class_name="rail-button",
                custom_attrs={"aria-label": var(word("nav.sign_out")), "title": var(word("nav.sign_out"))},
            ),
            action=address("/auth/logout"),
            onSubmit=event(fn(_ask_before_leaving)),
        ),
        class_name="rail",
        custom_attrs={"aria-label": var(word("nav.label"))},
    )


def _ask_before_leaving(submitted: Js) -> Js:
    """Ask where edits are not sent yet: signed out, nobody sends them."""
    leaves = WINDOW.confirm(heard("connection.sign_out"))
    return when(stored().length > 0, when(leaves, None, submitted.preventDefault()))


def _page(key: str, icon: str, address: str, current: bool) -> rx.Component:
    return rx.link(
        rx.icon(icon, size=20),
        rx.el.span(say(k=f"nav.{key}"), class_name="tip"),
        href=address,
        class_name="rail-button current" if current else "rail-button",
        custom_attrs={"aria-label": var(word(f"nav.{key}")), **({"aria-current": "page"} if current else {})},
    )


def language_switch() -> rx.Component:
    """Draw the button that switches between Japanese and English, at once and for good."""
    other = when(LANGUAGE.now == "ja", "en", "ja")
    return rx.el.button(
        var(when(LANGUAGE.value == "ja", "EN", "日本語")),
        type="button",
        class_name="rail-button language-switch",
        custom_attrs={
            "onClick": event(fn(lambda: choose_language(other))),
            "aria-label": var(word("nav.language")),
            "title": var(word("nav.language")),
            "lang": var(when(LANGUAGE.value == "ja", "en", "ja")),
        },
    )


def light_switch() -> rx.Component:
    """Draw the button that switches between light and dark; the browser remembers."""
    return rx.el.button(
        rx.color_mode_cond(rx.icon("moon", size=18), rx.icon("sun", size=18)),
        type="button",
        class_name="rail-button light-switch",
        on_click=rx.toggle_color_mode,
        custom_attrs={"aria-label": var(word("nav.light")), "title": var(word("nav.light"))},
    )
