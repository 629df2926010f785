"""The frames of the pages beside the schedule: settings, staff, those of one page alone."""

import reflex as rx

from shiftapp.ui.components.tabs import Tab, tabs
from shiftapp.ui.js import js, var
from shiftapp.ui.layout import layout
from shiftapp.ui.say import say

SETTINGS: tuple[Tab, ...] = (
    ("rules", "/settings"),
    ("periods", "/settings/periods"),
    ("shift_types", "/settings/shift-types"),
    ("calendar", "/settings/calendar"),
    ("conflicts", "/settings/conflicts"),
    ("import", "/import"),
)
PEOPLE: tuple[Tab, ...] = (("staff", "/staff"), ("groups", "/staff/groups"))


def settings(
    here: str, *content: rx.Component, may_edit: object, notices: tuple[rx.Component, ...] = ()
) -> rx.Component:
    """Draw one of the `SETTINGS`.

    Parameters
    ----------
    here
        Which of them it is.
    may_edit
        Var: whether the visitor may change what the page shows; those who may not are told so.
    notices
        What the page adds to the notices.
    """
    return _page("settings", SETTINGS, here, content, may_edit, notices)


def people(here: str, *content: rx.Component, may_edit: object) -> rx.Component:
    """Draw one of the pages about `PEOPLE`; parameters as for `settings`."""
    return _page("staff", PEOPLE, here, content, may_edit)


def board(here: str, *content: rx.Component, may_edit: object) -> rx.Component:
    """Draw a page that stands alone in the rail; parameters as for `settings`."""
    return layout(here, _content(here, content, may_edit), title=f"{here}.title")


def _page(
    place: str,
    pages: tuple[Tab, ...],
    here: str,
    content: tuple[rx.Component, ...],
    may_edit: object,
    notices: tuple[rx.Component, ...] = (),
) -> rx.Component:
    return layout(
        place,
        tabs(f"{place}.label", pages, here),
        _content(here, content, may_edit),
        title=f"{place}.title",
        called=f"{here}.title",
        notices=notices,
    )


def _content(here: str, content: tuple[rx.Component, ...], may_edit: object) -> rx.Component:
    return rx.el.div(
        rx.el.p(say(k=f"{here}.intro"), class_name="page-intro"),
        _read_only(may_edit),
        *content,
        class_name=f"settings settings-{here}",
    )


def _read_only(may_edit: object) -> rx.Component:
    return rx.cond(
        var(js(may_edit) == False, bool),  # noqa: E712
        rx.el.p(rx.icon("eye", size=15), say(k="form.read_only"), class_name="form-note", role="note"),
    )
