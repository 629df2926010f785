"""Which form is open: one at a time in a page, known by the id of the button that opens it."""

from typing import Any

import reflex as rx

from shiftapp.ui.client import Kept, event, once, refs
from shiftapp.ui.js import DOCUMENT, Js, do, fn, js, known, let, maybe, name, put, var, when
from shiftapp.ui.state.answers import FormState

MARK = "data-stands"
"""Attribute of a control: what it stood for when it was drawn."""
OPEN = Kept("form", {"id": "", "at": 0})
"""``id`` of the button, and ``at``, which names this opening; 0: closed."""


def _answered() -> Js:
    """Return what the server last told of a form; of no form where it told nothing yet."""
    return known(js(FormState.told).at, -1)


def is_open(button: Any) -> Js:
    """Return whether the form that this button opens is open: it was opened, and no answer has closed it."""
    opened = OPEN.value
    closed = (_answered() == opened.at) & js(FormState.told).done
    return (opened.at > 0) & (opened.id == button) & ~closed


def faults() -> Js:
    """Return what is wrong with the open form: field → ``{code, given}``."""
    return when(_answered() == OPEN.value.at, known(js(FormState.told).errors, js({})), js({}))


def drops() -> Js:
    """Return how many cells the server said that saving would empty."""
    return when(_answered() == OPEN.value.at, known(js(FormState.told).drops, 0), 0)


def show(button: Any) -> Js:
    """Open a form."""
    return OPEN.set({"id": button, "at": name("Date").now()})


def shut() -> Js:
    """Close the open form without saving."""
    return OPEN.set({"id": OPEN.now.id, "at": 0})


def toggle(button: Any) -> Js:
    """Open a form, or close it where it is open."""
    return when(is_open(button), shut(), show(button))


def sent(**values: Any) -> Any:
    """Return what a form sends: ``values`` and which opening it is."""
    return var({"at": OPEN.value.at, **values}, dict)


def take_keyboard() -> Js:
    """Put the keyboard on the button of the open form, where it is nowhere."""
    button = DOCUMENT.getElementById(OPEN.now.id)
    return let(button, lambda found: when(found & (DOCUMENT.activeElement == DOCUMENT.body), found.focus()))


def give_back() -> Any:
    """Return a trigger that gives the keyboard back to the button, where closing the form took it away."""
    return event(fn(take_keyboard))


def kept(prefix: str, things: Js, removed: Any) -> Js:
    """Return ``things`` with the one whose form is open, where a colleague took it away: what is typed stays in it.

    It stands where it stood and is marked: `is_removed`. ``prefix`` and id name its button, ``removed`` says by its id
    who took it away.
    """
    opened, last = OPEN.value, refs("openedthing")

    def looked(at: Js) -> Js:
        held = {"at": opened.at, "thing": things[at], "place": at}
        return when(at >= 0, do(put(last, held), things), when(_was_here(prefix, last), put_back(), things))

    def put_back() -> Js:
        who = known(js(removed)[last.thing.id], known(last.who, ""))
        mark = {"removed": True, "remover": put(last.who, who)}
        thing = name("Object").assign({}, last.thing, mark)
        return things.slice(0, last.place).concat([thing], things.slice(last.place))

    return let(things.findIndex(fn(lambda one: js(prefix) + one.id == opened.id)), looked)


def _was_here(prefix: str, last: Js) -> Js:
    opened = OPEN.value
    return is_open(opened.id) & opened.id.startsWith(prefix) & (known(maybe(last, "at"), -1) == opened.at)


def is_removed(thing: Js) -> Js:
    """Return whether a colleague took away what is drawn only because its form is open."""
    return known(thing.removed, js(False))


def _typed() -> Js:
    """Name what was typed over: opening and field → what the field stood for."""
    return once("typedover", js({}))


def typed_over(field: Any) -> Js:
    """Return what a field of the open form stood for when it was typed into; undefined where it was not."""
    return _typed()[_named(OPEN.value, field)]


def _named(opened: Js, field: Any) -> Js:
    return opened.at + js(" ") + field


def _note_typing(typed: Js) -> Js:
    field = typed.target
    first = known(_typed()[_named(OPEN.now, field.name)], field.getAttribute(MARK))
    return put(_typed()[_named(OPEN.now, field.name)], first)


@rx.memo
def first_fault() -> rx.Component:
    """Give the first field that is wrong the keyboard when drawn."""
    wrong = DOCUMENT.querySelector(":is(input, select, textarea)[aria-invalid=true]")
    return rx.el.span(on_mount=event(fn(lambda: maybe(wrong, "focus()"))), hidden=True)


def form(*content: rx.Component, on_submit: Any, **attributes: Any) -> rx.Component:
    """Draw a form that says what is wrong itself, keeps what is typed, and gives the keyboard back when it is gone."""
    wrong = name("Object").keys(faults())
    return rx.el.form(
        *content,
        rx.cond(var(wrong.length > 0, bool), first_fault(key=var(wrong.join(" ")))),
        on_submit=on_submit,
        on_unmount=give_back(),
        custom_attrs={"noValidate": True, "onInput": event(fn(_note_typing)), **attributes.pop("custom_attrs", {})},
        **attributes,
    )
