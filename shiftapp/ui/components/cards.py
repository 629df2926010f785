"""The schedule on a phone: a day at a time, people as cards whose buttons have the size of a thumb."""

from typing import Any

import reflex as rx

from shiftapp.ui.client import event
from shiftapp.ui.components.asked_cell import ask
from shiftapp.ui.components.conflicts import met_at
from shiftapp.ui.components.day_bar import day_bar
from shiftapp.ui.components.edits import may_edit, submit
from shiftapp.ui.components.history_dialog import CARD_PAST
from shiftapp.ui.components.note import CARD_NOTE, open_note
from shiftapp.ui.components.past_marks import note_differs, notes_told
from shiftapp.ui.components.phone import NARROW, PRESSED, day_now, shown_day, watch_width
from shiftapp.ui.components.presence import at_cell, unfollow
from shiftapp.ui.components.request_cell import CARD as REQUESTS
from shiftapp.ui.components.request_cell import ask_requests, wish_on_card
from shiftapp.ui.components.rows import (
    PAINTED,
    covers,
    decided,
    drawn,
    is_pinned,
    letter,
    note_in,
    order,
    person,
    preview_of,
    waiting,
)
from shiftapp.ui.components.why_dialog import CARD, ask_why
from shiftapp.ui.js import Js, do, fn, js, known, let, maybe, name, var, when
from shiftapp.ui.remember import JSON
from shiftapp.ui.say import LANGUAGE, phrase, word
from shiftapp.ui.state.grid import EMPTY, GridState
from shiftapp.ui.state.toolbar import ToolbarState

PIN = "card-pin"
"""Class of the button that pins a card's shift; ``data-row`` says whose."""


def cards() -> rx.Component:
    """Draw the day's heading and everyone's card."""
    return rx.el.div(
        day_bar(),
        rx.cond(var(NARROW.value, bool), _everyone()),
        class_name="cards",
        on_mount=event(fn(watch_width)),
    )


def _everyone() -> rx.Component:
    return rx.el.ul(
        rx.foreach(
            var(name("Array").from_({"length": order().length}, fn(lambda _, i: i)), list[int]),
            lambda row: person_card(
                person=var(known(person(js(row)), js([])), list[str]),
                mark=var(known(_mark(js(row)), " ")),
                ahead=var(known(preview_of(js(row))[shown_day()], ".")),
                waits=var(covers(waiting(js(row), PAINTED.value, decided()), shown_day()), bool),
                here=var(JSON.stringify(at_cell(js(row), shown_day()))),
                met=var(met_at(js(row), shown_day()), bool),
                pressed=var(_is_pressed(js(row)), bool),
                row=row,
                shifts=GridState.shifts,
                language=var(LANGUAGE.value),
                note=var(note_in(notes_told(js(row)), shown_day())),
                renoted=var(note_differs(js(row), shown_day()), bool),
                may=var(may_edit(), bool),
                pinned=var(is_pinned(js(row), shown_day()), bool),
                pinning=var(when(may_edit() | is_pinned(js(row), shown_day()), word("cards.pin"), "")),
                noting=var(when(may_edit(), word("note.card"), "")),
                past=var(when(ToolbarState.may_see_history, word("cards.history"), "")),
                wish=var(wish_on_card(js(row), shown_day())),
                asks=var(when(may_edit(), word("requests.card"), "")),
                why=var(when(ToolbarState.may_generate, word("cards.why"), "")),
            ),
        ),
        custom_attrs={"onClick": event(fn(_hear))},
    )


def _hear(given: Js) -> Js:
    """Do what a card's button stands for; their list hears it, so that no card is drawn again with every edit."""

    def act(card: Js, choice: Js, requests: Js, why: Js, past: Js, notes: Js, pin: Js) -> Js:
        enter = submit("edit", [[_row_of(choice), day_now(), choice.dataset.mark]])
        turn_pin = submit("edit", [[_row_of(pin), day_now(), EMPTY]], pin=~is_pinned(_row_of(pin), day_now()))
        press = do(PRESSED.set(card.dataset.staff), unfollow())
        return do(
            when(card, press),
            when(choice, enter),
            when(pin, turn_pin),
            when(requests, ask_requests(_row_of(requests), day_now())),
            when(why, ask_why(_row_of(why), day_now())),
            when(past, ask(_row_of(past), day_now(), "history")),
            when(notes, open_note(_row_of(notes), day_now())),
        )

    pressed = given.target.closest
    buttons = (pressed(f".{look}") for look in ("choice", REQUESTS, CARD, CARD_PAST, CARD_NOTE, PIN))
    return let(pressed("[data-staff]"), *buttons, act)


def _row_of(button: Js) -> Js:
    return name("Number")(button.dataset.row)


def _is_pressed(row: Js) -> Js:
    return known(maybe(person(row), "[0]"), "") == PRESSED.value


def _mark(row: Js) -> Js:
    return letter(drawn(row), shown_day())


@rx.memo
def person_card(
    person: rx.Var[list[str]],
    mark: rx.Var[str],
    ahead: rx.Var[str],
    waits: rx.Var[bool],
    here: rx.Var[str],
    met: rx.Var[bool],
    pressed: rx.Var[bool],
    row: rx.Var[int],
    shifts: rx.Var[list[list[str]]],
    language: rx.Var[str],
    note: rx.Var[str],
    renoted: rx.Var[bool],
    may: rx.Var[bool],
    pinned: rx.Var[bool],
    pinning: rx.Var[str],
    noting: rx.Var[str],
    past: rx.Var[str],
    wish: rx.Var[str],
    asks: rx.Var[str],
    why: rx.Var[str],
) -> rx.Component:
    """Draw a person's shift of the day as buttons; nothing for somebody not employed that day.

    ``ahead`` is the letter that a run would put there, ``waits`` whether what is shown was painted and is not decided,
    ``here`` who else is there (a text of `at_cell`, for a list would draw every card anew), ``met`` whether edits met
    there, ``renoted`` whether the note is another at the other moment, ``wish`` what the person asks for. ``pinning``,
    ``noting``, ``past``, ``asks`` and ``why`` are what the buttons are called that pin the shift, open the note, ask
    what became of the cell, who asks for what and why; one without a name is not there.
    """
    who, now, others = js(person), js(mark), JSON.parse(here)
    called = known(maybe(who, "[1]"), "")
    return rx.cond(
        var(now != " ", bool),
        rx.el.li(
            rx.el.div(
                rx.el.button(
                    rx.el.b(var(called)),
                    rx.el.span(var(known(maybe(who, "[2]"), ""))),
                    type="button",
                    custom_attrs={"aria-pressed": pressed, "data-row": row},
                ),
                rx.cond(asks, _card_button("hand", REQUESTS, js(row), phrase(js(asks), {"name": called}))),
                rx.cond(noting, _card_button("notebook-pen", CARD_NOTE, js(row), phrase(js(noting), {"name": called}))),
                rx.cond(past, _card_button("history", CARD_PAST, js(row), phrase(js(past), {"name": called}))),
                rx.cond(why, _card_button("circle-help", CARD, js(row), phrase(js(why), {"name": called}))),
                class_name="card-name",
            ),
            rx.cond(note, rx.el.p(note, class_name=var(when(js(renoted), "card-says other-note", "card-says")))),
            rx.cond(wish, rx.el.p(wish, class_name="card-wish")),
            rx.cond(var(others.length > 0, bool), _others_here(others)),
            rx.el.div(
                rx.foreach(
                    var(js(shifts).filter(fn(lambda one: one[8] != "")), list[list[str]]),
                    lambda shift: _choice(js(shift), now, js(ahead), js(row), js(language), js(may)),
                ),
                rx.cond(pinning, _pin_button(js(row), phrase(js(pinning), {"name": called}), js(pinned), js(may))),
                class_name=var(when(js(waits), "choices waiting", "choices")),
                custom_attrs={"role": "group", "aria-label": var(called)},
            ),
            class_name=var(
                when(others.length > 0, js("with p") + maybe(others[0], "[0]"), "")
                + when(js(pressed), " pressed", "")
                + when(js(met), " in-question", "")
            ),
            custom_attrs={"data-staff": var(known(maybe(who, "[0]"), ""))},
        ),
        rx.fragment(),
    )


def _others_here(others: Js) -> rx.Component:
    return rx.el.p(
        rx.foreach(
            var(others, list[list[str]]), lambda one: rx.el.span(var(js(one)[1]), class_name=var(js("p") + js(one)[0]))
        ),
        class_name="card-people",
    )


def _card_button(icon: str, look: str, row: Js, called: Js) -> rx.Component:
    return rx.el.button(
        rx.icon(icon, size=18),
        type="button",
        class_name=f"card-button {look}",
        custom_attrs={"aria-label": var(called), "aria-haspopup": "dialog", "data-row": var(row, int)},
    )


def _choice(shift: Js, now: Js, ahead: Js, row: Js, language: Any, may: Js) -> rx.Component:
    chosen = now == shift[0]
    state = when(chosen, " chosen", when(ahead == shift[0], " ahead", ""))
    return rx.el.button(
        var(shift[2]),
        type="button",
        disabled=var(~js(may), bool),
        class_name=var(js("choice k-") + shift[5] + " t-" + shift[7] + state),
        custom_attrs={
            "aria-pressed": var(chosen, bool),
            "aria-label": var(when(js(language) == "ja", shift[3], shift[4])),
            "data-row": var(row, int),
            "data-mark": var(when(chosen, EMPTY, shift[0])),
        },
    )


def _pin_button(row: Js, called: Js, pinned: Js, may: Js) -> rx.Component:
    return rx.el.button(
        rx.icon("pin", size=16),
        type="button",
        disabled=var(~may, bool),
        class_name=PIN,
        custom_attrs={"aria-label": var(called), "aria-pressed": var(pinned, bool), "data-row": var(row, int)},
    )
