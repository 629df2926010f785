"""The sign-in page."""

import reflex as rx

from shiftapp.ui.components.entry import address, complaint, entry
from shiftapp.ui.components.native import native_form
from shiftapp.ui.js import js, known, var
from shiftapp.ui.layout import bare
from shiftapp.ui.say import say
from shiftapp.ui.state.accounts import SignInState

ROUTE = "/login"
COMMAND = "python -m shiftapp create-admin --email owner@example.com"


def login() -> rx.Component:
    """Draw the page: a native form, so that a password manager knows it and the cookie is out of reach of scripts."""
    return bare(
        rx.el.div("○×△", class_name="entry-mark", custom_attrs={"aria-hidden": True}),
        rx.el.h1(say(k="signin.title")),
        native_form(
            complaint(SignInState, "signin.", field="password"),
            entry(
                "email",
                "signin.email",
                rx.fragment(),
                type="email",
                auto_complete="username",
                required=True,
                auto_focus=True,
                default_value=var(known(js(SignInState.typed).email, "")),
            ),
            entry(
                "password",
                "signin.password",
                rx.fragment(),
                type="password",
                auto_complete="current-password",
                required=True,
            ),
            rx.el.input(type="hidden", name="next", value=SignInState.next, read_only=True),
            rx.el.button(say(k="signin.button"), type="submit", class_name="form-button primary entry-button"),
            action=address("/auth/login"),
            class_name="entry-form",
        ),
        rx.cond(SignInState.code == "signin.wrong", _forgotten()),
        title="signin.title",
    )


def _forgotten() -> rx.Component:
    return rx.fragment(
        rx.el.p(say(k="signin.forgotten"), class_name="form-hint"),
        rx.el.pre(COMMAND, class_name="entry-command"),
    )
