"""Texts in the page: drawn by key and by the language the browser keeps, without asking the server."""

from typing import Any

import reflex as rx

from shiftapp.ui.client import Kept, once, refs
from shiftapp.ui.js import DOCUMENT, Js, do, fn, js, known, let, name, put, var, when
from shiftapp.ui.text import LANGUAGES, table

_YEAR = 31_536_000
LANGUAGE = Kept("language", "ja")


def preferred() -> Js:
    """Return the language chosen before, by the cookie; on the first visit the browser's own."""
    cookie = DOCUMENT.cookie
    chosen = when(cookie.includes("language=ja"), "ja", when(cookie.includes("language=en"), "en", None))
    return known(chosen, when(name("navigator").language.startsWith("ja"), "ja", "en"))


def recall_language(title: str) -> Js:
    """Take up the preferred language: once the page stands, because it was drawn in Japanese before it had a reader.

    Parameters
    ----------
    title
        Key of the text that names the page.
    """
    name_page = put(refs("title"), title)
    return let(preferred(), lambda language: do(name_page, LANGUAGE.set(language), _tell_document(language)))


def _tell_document(language: Js) -> Js:
    """Give the document its language, and its title in that language."""
    called = known(js(texts())[language][refs("title")], "")
    return do(
        put(DOCUMENT.documentElement.lang, language),
        put(DOCUMENT.title, js([called, "shiftapp"]).filter(fn(lambda part: part)).join(" · ")),
    )


@rx.memo
def texts() -> rx.Var[dict]:
    """Every text by language and key, made once per page."""
    tables = {language: {key: both[place] for key, both in table().items()} for place, language in enumerate(LANGUAGES)}
    return var(once("texts", tables), dict)


@rx.memo
def say(k: rx.Var[str]) -> rx.Component:
    """Draw the text of key ``k``."""
    return rx.fragment(var(word(k)))


def word(key: Any) -> Js:
    """Return the text of a key as an expression, for labels and placeholders."""
    return js(texts())[LANGUAGE.value][key]


def heard(key: Any) -> Js:
    """Return the text of a key inside a handler."""
    return js(texts())[LANGUAGE.now][key]


def phrase(template: Any, given: Any) -> Js:
    """Fill the places ``{name}`` of a text with the fields of an object, whatever signs those hold."""
    fill = fn(lambda text, pair: text.replaceAll(js("{") + pair[0] + "}", fn(lambda: pair[1])))
    return name("Object").entries(given).reduce(fill, known(template, ""))


def choose_language(language: Any) -> Js:
    """Switch at once, remember the choice in a cookie the server reads too, and tell the document."""
    return let(
        language,
        lambda chosen: do(
            LANGUAGE.set(chosen),
            put(DOCUMENT.cookie, js("language=") + chosen + f"; path=/; max-age={_YEAR}; samesite=lax"),
            _tell_document(chosen),
        ),
    )
