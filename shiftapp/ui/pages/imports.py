"""The import page: files are sent by a native form, checked, and imported only when confirmed."""

from typing import Any

import reflex as rx

from shiftapp.ui.client import Kept, event, send
from shiftapp.ui.components.entry import address
from shiftapp.ui.components.native import native_form
from shiftapp.ui.components.settings import SETTINGS
from shiftapp.ui.components.tabs import tabs
from shiftapp.ui.js import Js, fn, js, name, var, when
from shiftapp.ui.layout import layout
from shiftapp.ui.say import LANGUAGE, phrase, say, word
from shiftapp.ui.state.imports import SHOWN, ImportNewsState, ImportState

ROUTE = "/import"
CHOSEN = Kept("importchosen", "")
"""Names of the files that are about to be sent."""


def imports() -> rx.Component:
    """Draw the page."""
    return layout(
        "settings",
        tabs("settings.label", SETTINGS, "import"),
        rx.el.div(
            rx.match(
                ImportState.stage,
                ("choose", _choose()),
                ("checked", _checked()),
                rx.el.p(say(k="import.looking"), class_name="form-hint"),
            ),
            _look_again(),
            class_name="import",
        ),
        title="settings.title",
        called="import.title",
    )


def _choose() -> rx.Component:
    return native_form(
        rx.el.p(say(k="import.lead"), class_name="page-intro"),
        rx.el.a(
            rx.icon("download", size=16),
            say(k="import.example"),
            href=var(js(address("/imports/example?language=")) + LANGUAGE.value),
            class_name="import-example",
            custom_attrs={"download": True},
        ),
        rx.el.div(
            rx.el.label(say(k="import.choose"), custom_attrs={"htmlFor": "import-files"}, class_name="form-label"),
            _files(),
            class_name="form-field",
        ),
        rx.el.div(
            rx.el.button(say(k="import.check"), type="submit", class_name="form-button primary"),
            rx.link(say(k="import.later"), href="/", class_name="form-button quiet"),
            class_name="form-buttons",
        ),
        action=address("/imports/files"),
        encType="multipart/form-data",
        class_name="import-form",
    )


def _files() -> rx.Component:
    """Draw where files are dropped or chosen: the browser's own control would speak the browser's language."""
    chosen = name("Array").from_
    called = fn(lambda e: CHOSEN.set(chosen(e.target.files, fn(lambda file: file.name)).join(", ")))
    return rx.el.div(
        rx.icon("file-up", size=20),
        rx.el.span(var(when(CHOSEN.value, CHOSEN.value, word("import.drop")))),
        rx.el.input(
            type="file",
            name="files",
            multiple=True,
            accept=".csv,.zip",
            required=True,
            custom_attrs={"id": "import-files", "onChange": event(called)},
        ),
        class_name=var(when(CHOSEN.value, "import-files chosen", "import-files")),
    )


def _checked() -> rx.Component:
    stopped = phrase(word("import.stopped"), {"count": ImportState.count})
    wrong = js(ImportState.count) > 0
    return rx.fragment(
        rx.el.p(
            var(when(wrong, stopped, word("import.dry"))),
            class_name=var(when(wrong, "import-verdict wrong", "import-verdict")),
            role="status",
        ),
        rx.cond(var(wrong, bool), _problems(), _tallies()),
        rx.cond(
            ImportState.ignored != "",
            rx.el.p(var(phrase(word("import.ignored"), {"files": ImportState.ignored})), class_name="form-hint"),
        ),
        rx.el.div(
            rx.cond(
                var(wrong, bool),
                rx.fragment(),
                rx.el.button(
                    say(k="import.confirm"), on_click=ImportState.confirm({}), class_name="form-button primary"
                ),
            ),
            rx.el.button(say(k="import.again"), on_click=ImportState.again({}), class_name="form-button"),
            class_name="form-buttons",
        ),
    )


def _look_again() -> rx.Component:
    """Check anew what was sent whenever what it was checked against has changed."""
    changed = js(ImportNewsState.changed)
    stale = (js(ImportState.stage) == "checked") & (changed > ImportState.checked)
    return rx.cond(var(stale, bool), rx.el.span(look_again(), key=var(name("String")(changed)), hidden=True))


@rx.memo
def look_again() -> rx.Component:
    """Have it checked when drawn."""
    return rx.el.span(on_mount=event(fn(lambda: send(ImportState.open()))))


def _problems() -> rx.Component:
    more = js(ImportState.count) - SHOWN
    return rx.fragment(
        rx.el.ul(
            rx.foreach(var(ImportState.problems, list[Any]), lambda each: _problem(js(each))),
            class_name="import-problems",
        ),
        rx.cond(
            var(more > 0, bool),
            rx.el.p(var(phrase(word("import.more"), {"count": more})), class_name="form-hint"),
        ),
    )


def _problem(each: Js) -> rx.Component:
    where = when(each.line > 0, phrase(word("import.where"), {"file": each.file, "line": each.line}), each.file)
    return rx.el.li(
        rx.el.span(var(where), class_name="import-where"),
        rx.el.span(var(phrase(word(each.code), each.given))),
    )


def _tallies() -> rx.Component:
    columns = ("added", "changed", "same")
    return rx.el.table(
        rx.el.thead(
            rx.el.tr(
                rx.el.th(say(k="import.what"), scope="col"),
                *(rx.el.th(say(k=f"import.{column}"), scope="col") for column in columns),
            )
        ),
        rx.el.tbody(rx.foreach(var(ImportState.tallies, list[Any]), lambda each: _tally(js(each), columns))),
        class_name="import-tallies",
    )


def _tally(each: Js, columns: tuple[str, ...]) -> rx.Component:
    return rx.el.tr(
        rx.el.th(var(word(js("import.") + each.what)), scope="row"),
        *(rx.el.td(var(each[column])) for column in columns),
    )
