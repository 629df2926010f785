"""The page of the one-time link: the first account, its team, and what to start with."""

import reflex as rx

from shiftapp.domain.calendar import countries
from shiftapp.ui.client import event
from shiftapp.ui.components.entry import address, complaint, entry
from shiftapp.ui.components.native import native_form
from shiftapp.ui.js import Js, fn, js, known, name, var
from shiftapp.ui.layout import bare
from shiftapp.ui.say import LANGUAGE, choose_language, say, word
from shiftapp.ui.state.accounts import SetupState

ROUTE = "/setup"
COMMAND = "python -m shiftapp setup-link"
STARTS = (("demo", "chef-hat"), ("import", "file-up"), ("empty", "square-dashed"))


def setup() -> rx.Component:
    """Draw the page: the form, or what to do about a link that is void."""
    return bare(
        rx.match(
            SetupState.link,
            ("open", _form()),
            ("void", _void()),
            rx.el.p(say(k="setup.looking"), class_name="form-hint"),
        ),
        title="setup.title",
    )


def _void() -> rx.Component:
    return rx.fragment(
        rx.el.h1(say(k="setup.void_title")),
        rx.el.p(say(k="setup.void")),
        rx.el.pre(COMMAND, class_name="entry-command"),
        rx.el.p(rx.link(say(k="setup.void_signin"), href="/login")),
    )


def _form() -> rx.Component:
    return rx.fragment(
        rx.el.div("○×△", class_name="entry-mark", custom_attrs={"aria-hidden": True}),
        rx.el.h1(say(k="setup.title")),
        rx.el.p(say(k="setup.lead"), class_name="entry-lead"),
        native_form(
            complaint(SetupState, "signin.", "setup.used", field="name"),
            _you(),
            _team(),
            _start(),
            rx.el.input(type="hidden", name="token", value=SetupState.token, read_only=True),
            rx.el.button(say(k="setup.button"), type="submit", class_name="form-button primary entry-button"),
            action=address("/auth/setup"),
            class_name="entry-form entry-wide",
        ),
    )


def _kept(field: str, otherwise: str) -> Js:
    """Return what had been typed or chosen in a form that was sent back."""
    return known(js(SetupState.typed)[field], otherwise)


def _typed(field: str) -> rx.Var:
    return var(_kept(field, ""))


def _you() -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(say(k="setup.you")),
        entry(
            "name",
            "setup.your_name",
            complaint(SetupState, "setup.name", field="name"),
            required=True,
            max_length=120,
            auto_complete="name",
            auto_focus=True,
            default_value=_typed("name"),
        ),
        entry(
            "email",
            "signin.email",
            complaint(SetupState, "setup.email", field="email"),
            type="email",
            required=True,
            auto_complete="username",
            default_value=_typed("email"),
        ),
        entry(
            "password",
            "signin.password",
            complaint(SetupState, "password.", field="password"),
            "setup.password_rules",
            type="password",
            required=True,
            min_length=10,
            max_length=128,
            auto_complete="new-password",
            custom_attrs={"aria-describedby": "hint-password"},
        ),
    )


def _team() -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(say(k="setup.your_team")),
        entry(
            "team",
            "setup.team_name",
            complaint(SetupState, "setup.team", field="team"),
            required=True,
            max_length=120,
            auto_complete="organization",
            placeholder=var(word("setup.team_example")),
            default_value=_typed("team"),
        ),
        rx.el.div(_language(), _country(), class_name="entry-pair"),
    )


def _language() -> rx.Component:
    """Draw the choice of language; the page follows it at once."""
    return rx.el.div(
        rx.el.label(say(k="setup.language"), custom_attrs={"htmlFor": "entry-language"}, class_name="form-label"),
        rx.el.select(
            rx.el.option("日本語", value="ja", custom_attrs={"lang": "ja"}),
            rx.el.option("English", value="en", custom_attrs={"lang": "en"}),
            name="language",
            value=var(LANGUAGE.value),
            class_name="form-input form-select",
            custom_attrs={
                "id": "entry-language",
                "onChange": event(fn(lambda changed: choose_language(changed.target.value))),
            },
        ),
        class_name="form-field",
    )


def _country() -> rx.Component:
    """Draw the countries whose holidays are known, named and put in order by the browser in the page's language."""
    names = name("new Intl.DisplayNames")([LANGUAGE.value], {"type": "region"})
    by_name = fn(lambda one, other: names.of(one).localeCompare(names.of(other), LANGUAGE.value))
    return rx.el.div(
        rx.el.label(say(k="setup.country_label"), custom_attrs={"htmlFor": "entry-country"}, class_name="form-label"),
        rx.el.select(
            rx.foreach(
                var(js(_codes()).sort(by_name), list[str]),
                lambda code: rx.el.option(var(names.of(js(code))), value=code),
            ),
            name="country",
            default_value=var(_kept("country", "JP")),
            class_name="form-input form-select",
            custom_attrs={"id": "entry-country"},
        ),
        complaint(SetupState, "setup.country", field="country"),
        class_name="form-field",
    )


def _codes() -> list[str]:
    """Return the codes a browser can name: two letters (some have subdivisions or markets, and one a second code)."""
    return sorted(code for code in countries() if len(code) == 2 and code != "UK")


def _start() -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(say(k="setup.start")),
        rx.el.div(*(_choice(value, icon) for value, icon in STARTS), class_name="entry-starts"),
    )


def _choice(value: str, icon: str) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="radio", name="start", value=value, default_checked=var(_kept("start", "demo") == value, bool)
        ),
        rx.icon(icon, size=18),
        rx.el.span(
            rx.el.strong(say(k=f"setup.{value}")),
            rx.el.span(say(k=f"setup.{value}_says")),
            class_name="entry-start-words",
        ),
        class_name="entry-start",
    )
