"""One row of the grid: a memo of plain text, drawn again only when its own text or its cursor changes."""

import reflex as rx

from shiftapp.live.view import TOTALS
from shiftapp.ui.client import MATH, MISSING, Js, js, known, let, maybe, name, once, var, when
from shiftapp.ui.components.sheet import CHANGED, FLAGS, HARD, NOTE, PINNED, SOFT, WAITING, by_letter
from shiftapp.ui.theme import ROW

ACTIVE = "active-cell"
_OFF = sorted(TOTALS["off"])
"""Kinds that are marked on a date where the number of people off is outside its limits."""
_WORDS = {PINNED: "pinned", SOFT: "soft", HARD: "hard", NOTE: "note", CHANGED: "changed", WAITING: "waiting"}
_CLASSES = {
    mark: "".join(f" {word}" for bit, word in _WORDS.items() if place & bit) for place, mark in enumerate(FLAGS)
}


def cell_class(mark: Js, marks: Js, shift: Js, ahead: Js) -> Js:
    """Return a cell's class: its colour and kind, its marks, and whether it shows a preview."""
    look = when(shift, js(" k-") + maybe(shift, "[5]") + " t-" + maybe(shift, "[7]"), "")
    gone = when((mark == " ") | ~mark, " none", "")
    return js("cell") + gone + look + marks + when(ahead, " ahead", "")


def _wish(mark: Js, shifts: Js) -> Js:
    """Return the symbol of a request; a struck one for what somebody does not want."""
    symbol = maybe(by_letter(shifts, mark.toUpperCase()), "[2]")
    return when(mark == ".", MISSING, known(symbol, MISSING))


def _cell(
    day: Js, at: Js, text: Js, preview: Js, shifts: Js, staff: Js, active: Js, label: Js, outside: Js
) -> rx.Component:
    stored, flag, wish = text[at * 3], text[at * 3 + 1], known(text[at * 3 + 2], ".")
    marks = known(once("marks", _CLASSES)[flag], "")
    # what somebody here has just typed is on top, although the run has not heard of it yet
    ahead = (known(preview[at], ".") != ".") & (preview[at] != stored) & ~marks.includes("waiting")
    shown = when(ahead, preview[at], stored)
    shift = by_letter(shifts, shown)
    exists = (stored != " ") & ~~stored
    return rx.el.div(
        var(known(maybe(shift, "[2]"), "")),
        class_name=var(
            cell_class(stored, marks, shift, ahead)
            + when((outside[at] == "!") & js(_OFF).includes(maybe(shift, "[7]")), " soft", "")
            + when(active == at, " active", "")
        ),
        custom_attrs={
            "role": "gridcell",
            "data-cell": var(when(exists, staff + "/" + day[0], MISSING)),
            "data-wish": var(_wish(wish, shifts)),
            "data-unwanted": var(when((wish != wish.toUpperCase()), "", MISSING)),
            "id": var(when(active == at, ACTIVE, MISSING)),
            "aria-label": var(when(active == at, label, MISSING)),
            "aria-disabled": var(when(exists, MISSING, True)),
        },
    )


@rx.memo
def sheet_row(
    text: rx.Var[str],
    preview: rx.Var[str],
    staff: rx.Var[str],
    index: rx.Var[int],
    active: rx.Var[int],
    label: rx.Var[str],
    days: rx.Var[list[list[str]]],
    shifts: rx.Var[list[list[str]]],
    outside: rx.Var[str],
    rest: rx.RestProp,
) -> rx.Component:
    """Draw a row's cells.

    ``active`` is the cursor's column or −1, ``label`` that cell's name: two rows change when the cursor moves.
    """
    given = [js(each) for each in (text, preview, shifts, staff, active, label, outside)]
    return rx.el.div(
        rx.foreach(days, lambda day, at: _cell(js(day), js(at), *given)),
        rest,
        class_name="row",
        custom_attrs={"role": "row", "aria-rowindex": var(js(index) + 2, int), "style": top_of(index)},
    )


def top_of(index: rx.Var[int]) -> rx.Var[dict]:
    """Place a row in its column of rows."""
    return var({"top": js(index) * ROW}, dict)


@rx.memo
def sheet_name(person: rx.Var[list[str]], index: rx.Var[int], active: rx.Var[bool], rest: rx.RestProp) -> rx.Component:
    """Draw a row's name, position and staff type."""
    who = js(person)
    return rx.el.div(
        rx.el.span(var(known(maybe(who, "[1]"), "")), class_name="who"),
        rx.el.span(var(known(maybe(who, "[2]"), "")), class_name="position"),
        rest,
        class_name=var(when(js(active), "name active", "name")),
        custom_attrs={
            "style": top_of(index),
            "title": var(known(who, js([])).slice(1).filter(name("Boolean")).join(" · ")),
        },
    )


@rx.memo
def sheet_tally(tail: rx.Var[str], index: rx.Var[int], rest: rx.RestProp) -> rx.Component:
    """Draw a row's totals: off days, early, work days, hours."""

    def figures(parts: Js) -> Js:
        return js([parts[0] / 2, parts[1], parts[2], tenth(parts[3] / 60)])

    return rx.el.div(
        rx.foreach(
            var(let(js(tail).split("|"), figures), list[str]),
            lambda figure: rx.el.span(var(when(js(figure) != js(figure), "", js(figure)))),
        ),
        rest,
        class_name="tally",
        custom_attrs={"style": top_of(index)},
    )


def tenth(value: Js) -> Js:
    """Round to one decimal."""
    return MATH.round(value * 10) / 10
