"""Which change sets the history of a period lists: of whom, when, of what kind, and which page of them."""

from typing import Any

import reflex as rx

from shiftapp.domain.edit import EDIT_KINDS
from shiftapp.ui.client import Kept, event, send
from shiftapp.ui.components.heading import short_day
from shiftapp.ui.components.past_strip import ask, past_is_shown
from shiftapp.ui.components.rows import days
from shiftapp.ui.js import Js, do, fn, js, name, var, when
from shiftapp.ui.say import phrase, say, word
from shiftapp.ui.state.grid import GridState
from shiftapp.ui.state.past import PastState

BY, OF, ON, WHY = (Kept(f"past{part}", "") for part in ("by", "of", "on", "why"))
BEFORES = Kept("pastpages", {"period": 0, "pages": [0]})
"""Where the pages of a period looked at begin: the last is shown, 0 is the newest."""


@rx.memo
def past_asker(period: rx.Var[int]) -> rx.Component:
    """Ask for the page of change sets when drawn."""
    number = name("Number")
    asked = {
        "period_id": js(period),
        "before": pages_of(BEFORES.now).at(-1),
        "by": when(BY.now, number(BY.now), None),
        "of": when(OF.now, number(OF.now), None),
        "day": when(_day_of(ON.now), ON.now, None),
        "kind": WHY.now,
    }
    look = send(PastState.look(var(asked, dict)))
    return rx.el.span(on_mount=event(fn(lambda: look)))


def wanted() -> Js:
    """Return what is new with everything that has the list asked for anew."""
    pages = pages_of(BEFORES.value)
    newest = when(pages.length > 1, 0, when(past_is_shown(), PastState.newest, GridState.seq))
    return js([GridState.period, newest, pages.at(-1), BY.value, OF.value, ON.value, WHY.value]).join("|")


def pages_of(kept: Js) -> Js:
    """Return where the pages begin; another period begins at its newest."""
    return when(kept.period == GridState.period, kept.pages, [0])


def turn(pages: Any) -> Js:
    """Turn to a page."""
    return BEFORES.set({"period": GridState.period, "pages": pages})


def _day_of(iso: Js) -> Js:
    """Return the column of a date, where the period has it: one chosen in another period means nothing here."""
    return days().find(fn(lambda day: day[0] == iso))


def filters() -> rx.Component:
    """Draw the choices, and the time to look at."""
    names = js(GridState.people).filter(fn(lambda one: one[0])).map(fn(lambda one: [one[0], one[1]]))
    kinds = js([[kind, word(f"history.kind.{kind}")] for kind in EDIT_KINDS])
    plain = fn(lambda one: [one[0], one[1].replace(" {run}", "")])
    look = {"aria-label": var(word("past.at"))}
    date = name("new Date")
    # a year is typed digit by digit: 0002, 0020 and 0202 are on the way
    at = fn(lambda e: when(e.target.value >= "1", ask(PastState.show_at, {"at": date(e.target.value).getTime()})))
    chosen = js([BY.value, OF.value, ON.value, WHY.value]).filter(fn(lambda one: one != "")).length
    filtered = phrase(word("past.filtered"), {"count": chosen})
    return rx.el.details(
        rx.el.summary(var(when(chosen > 0, filtered, word("past.filters")))),
        rx.el.div(
            _filter("past.by", BY, js(PastState.people)),
            _filter("past.of", OF, names),
            _filter("past.kind", WHY, kinds.map(plain)),
            _filter("past.day", ON, days().map(fn(lambda day: [day[0], short_day(day)]))),
            rx.el.label(
                rx.el.span(say(k="past.at")),
                rx.el.input(type="datetime-local", custom_attrs={**look, "onChange": event(at)}),
                class_name="past-at",
            ),
            class_name="past-filters",
        ),
    )


def _filter(key: str, kept: Kept, choices: Js) -> rx.Component:
    choose = fn(lambda e: do(turn([0]), kept.set(e.target.value)))
    return rx.el.label(
        rx.el.span(say(k=key)),
        rx.el.select(
            rx.el.option(say(k="past.any"), value=""),
            rx.foreach(var(choices, list[list[str]]), lambda one: rx.el.option(var(js(one)[1]), value=var(js(one)[0]))),
            value=var(kept.value),
            custom_attrs={"onChange": event(choose)},
        ),
    )
