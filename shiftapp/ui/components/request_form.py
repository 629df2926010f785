"""The form of a request: on its own page whoever and whenever, in a cell's list for that person and date."""

from typing import Any, Final

import reflex as rx

from shiftapp.ui.client import send
from shiftapp.ui.components.form import choose, error, figure, hidden, labelled, line, pick, radios
from shiftapp.ui.components.form_dialog import delete_button, form_buttons, removed_note, save_words
from shiftapp.ui.components.form_open import form, is_removed, sent
from shiftapp.ui.components.request_words import called
from shiftapp.ui.js import Js, fn, js, maybe, name, var, when
from shiftapp.ui.say import say
from shiftapp.ui.state.requests import STATES, UNWANTED, WANTED, RequestsState

USUAL_WEIGHT: Final = 10
_WISHES = ((WANTED, "requests.wanted"), (UNWANTED, "requests.unwanted"))
_STATES = [(state, f"requests.{state}") for state in STATES]
_text = name("String")


def blank(staff: Any, day: Any) -> Js:
    """Return a request that is not stored yet; ``staff`` 0 is nobody in particular."""
    return js(
        {
            "id": 0,
            "staff_id": staff,
            "day": day,
            "shift": 0,
            "wanted": True,
            "weight": USUAL_WEIGHT,
            "note": "",
            "state": "open",
        }
    )


@rx.memo
def request_form(asked: rx.Var[dict], here: rx.Var[bool]) -> rx.Component:
    """Draw the form; ``here``: person and date are given."""
    found, given = js(asked), js(here)
    new = found.id == 0
    return form(
        removed_note(found),
        rx.el.div(
            rx.cond(var(given | ~new, bool), _fixed("staff", found.staff_id), _person(found)),
            rx.cond(var(given, bool), _fixed("day", found.day), _day(found)),
            labelled(say(k="requests.shift"), "shift", pick("shift", _id(found.shift), _shifts(found))),
            labelled(say(k="requests.weight"), "weight", figure("weight", found.weight), hint="requests.weight_hint"),
            rx.el.div(
                radios("wish", when(found.wanted, WANTED, UNWANTED), _WISHES, "requests.wish"), class_name="form-wide"
            ),
            labelled(say(k="requests.note"), "note", line("note", found.note), wide=True),
            rx.cond(
                var(new, bool),
                hidden("state", found.state),
                labelled(say(k="requests.state"), "state", choose("state", found.state, _STATES)),
            ),
            class_name="form-grid",
        ),
        form_buttons(_delete(found), save=save_words(found)),
        on_submit=lambda data: RequestsState.save(sent(request=when(is_removed(found), 0, found.id), fields=data)),
        class_name="request-form",
    )


def _id(stored: Js) -> Js:
    return when(stored > 0, _text(stored), "")


def _fixed(field: str, value: Js) -> rx.Component:
    """Send what is not to be chosen; what is wrong with it is said all the same."""
    return rx.fragment(hidden(field, _text(value)), error(field))


def _person(asked: Js) -> rx.Component:
    people = js(RequestsState.people).filter(fn(lambda person: person.active))
    options = js([["", "–"]]).concat(people.map(fn(lambda person: [_text(person.id), person.name])))
    return labelled(say(k="requests.person"), "staff", pick("staff", _id(asked.staff_id), options))


def _day(asked: Js) -> rx.Component:
    held = js(RequestsState.periods).find(fn(lambda period: period.id == RequestsState.period))
    first, last = maybe(held, "starts"), maybe(held, "ends")
    return labelled(say(k="requests.day"), "day", line("day", asked.day, type="date", min=var(first), max=var(last)))


def _shifts(asked: Js) -> Js:
    """List the shift types in use, and the one that is asked about already."""
    offered = js(RequestsState.shifts).filter(fn(lambda shift: shift.active | (shift.id == asked.shift)))
    return js([["", "–"]]).concat(
        offered.map(fn(lambda shift: [_text(shift.id), shift.symbol + js(" ") + called(shift)]))
    )


def _delete(asked: Js) -> rx.Component:
    gone = send(RequestsState.remove(sent(request=asked.id)))
    return delete_button(asked, gone, "requests.remove", "requests.remove_sure")
