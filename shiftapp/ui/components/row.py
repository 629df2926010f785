"""One row of the grid: a memo of plain text, drawn again only when its own text or its cursor changes."""

import reflex as rx

from shiftapp.live.view import HARD, PINNED, SOFT, TOTALS
from shiftapp.ui.client import once
from shiftapp.ui.components.rows import (
    NOTE,
    OTHER_NOTE,
    OTHER_PIN,
    WAITING,
    by_letter,
    note_in,
    note_marks,
    proposed,
    spread,
)
from shiftapp.ui.js import MATH, MISSING, Js, fn, js, known, let, maybe, name, var, when
from shiftapp.ui.theme import ROW

ACTIVE = "active-cell"
_OFF = sorted(TOTALS["off"])
"""Kinds that are marked on a date where the number of people off is outside its limits."""
_WORDS = {
    PINNED: "pinned",
    SOFT: "soft",
    HARD: "hard",
    NOTE: "note",
    OTHER_NOTE: "other-note",
    OTHER_PIN: "other-pin",
    WAITING: "waiting",
}
_CLASSES = ["".join(f" {word}" for bit, word in _WORDS.items() if bits & bit) for bits in range(2 * WAITING)]
"""What each sum of marks looks like."""

SYMBOL, LOOK, PLACE, WISH, UNWANTED, WAS, NOTED = range(7)
"""What a cell is drawn from."""


def cell_class(mark: Js, bits: Js, shift: Js, ahead: Js) -> Js:
    """Return a cell's class: its colour and kind, its marks, and whether it shows a preview."""
    look = when(shift, js(" k-") + maybe(shift, "[5]") + " t-" + maybe(shift, "[7]"), "")
    gone = when((mark == " ") | ~mark, " none", "")
    return js("cell") + gone + look + once("marks", _CLASSES)[bits] + when(ahead, " ahead", "")


def _symbol(mark: Js, shifts: Js) -> Js:
    return when(known(mark, ".") == ".", MISSING, known(maybe(by_letter(shifts, mark.toUpperCase()), "[2]"), MISSING))


def _cells(text: Js, marks: Js, notes: Js, wishes: Js, preview: Js, staff: Js, days: Js, shifts: Js, outside: Js) -> Js:
    """List what each cell is drawn from."""

    def one(day: Js, at: Js, bits: Js, over: Js) -> Js:
        stored, wish = text[at], known(wishes[at], ".")
        exists = (stored != " ") & ~~stored
        # what somebody here has just typed is on top, although the run has not heard of it yet
        ahead = (known(preview[at], ".") != ".") & (preview[at] != stored) & (bits[at] < WAITING)

        def cell(shift: Js) -> Js:
            over_here = (over[at] > 0) & js(_OFF).includes(maybe(shift, "[7]"))
            return js(
                [
                    known(maybe(shift, "[2]"), ""),
                    cell_class(stored, bits[at], shift, ahead) + when(over_here, " soft", ""),
                    when(exists, staff + "/" + day[0], MISSING),
                    _symbol(wish, shifts),
                    when(wish != wish.toUpperCase(), "", MISSING),
                    when(ahead, _symbol(stored, shifts), MISSING),
                    when(notes == "", MISSING, note_in(notes, at) | MISSING),
                ]
            )

        return let(by_letter(shifts, when(ahead, preview[at], stored)), cell)

    return let(
        spread(marks + note_marks(notes), days.length),
        spread(outside, days.length),
        lambda bits, over: days.map(fn(lambda day, at: one(day, at, bits, over))),
    )


def _cell(cell: Js, at: Js, active: Js, label: Js) -> rx.Component:
    return rx.el.div(
        var(cell[SYMBOL]),
        class_name=var(cell[LOOK] + when(active == at, " active", "")),
        custom_attrs={
            "role": "gridcell",
            "data-cell": var(cell[PLACE]),
            "data-wish": var(cell[WISH]),
            "data-unwanted": var(cell[UNWANTED]),
            "data-was": var(cell[WAS]),
            "title": var(cell[NOTED]),
            "id": var(when(active == at, ACTIVE, MISSING)),
            "aria-label": var(when(active == at, label, MISSING)),
            "aria-disabled": var(when(cell[PLACE], MISSING, True)),
        },
    )


@rx.memo
def sheet_row(
    text: rx.Var[str],
    marks: rx.Var[str],
    notes: rx.Var[str],
    wishes: rx.Var[str],
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
    given = [js(each) for each in (text, marks, notes, wishes, preview, staff, days, shifts, outside)]
    return rx.el.div(
        rx.foreach(
            var(_cells(*given), list[list[str]]), lambda cell, at: _cell(js(cell), js(at), js(active), js(label))
        ),
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
def sheet_tally(
    text: rx.Var[str], preview: rx.Var[str], shifts: rx.Var[list[list[str]]], index: rx.Var[int], rest: rx.RestProp
) -> rx.Component:
    """Draw a row's totals, as a proposal would make them where there is one: off days, early, work days, hours."""
    figures = let(proposed(text, preview), lambda row: tallied(row, js(shifts)))
    return rx.el.div(
        rx.foreach(var(figures, list[float]), lambda figure: rx.el.span(figure)),
        rest,
        class_name=var(when(js(preview) == "", "tally", "tally ahead")),
        custom_attrs={"style": top_of(index)},
    )


def tallied(text: Js, shifts: Js) -> Js:
    """Count a row's off days, early shifts, days of work and hours."""

    def add(sums: Js, mark: Js) -> Js:
        def counted(shift: Js) -> Js:
            return js(
                [
                    sums[0] + name("Number")(shift[10]),
                    sums[1] + when(shift[7] == "early", 1, 0),
                    sums[2] + when(js(sorted(TOTALS["work"])).includes(shift[7]), 1, 0),
                    sums[3] + name("Number")(shift[9]),
                ]
            )

        return let(by_letter(shifts, mark), lambda shift: when(shift, counted(shift), sums))

    sums = name("Array").from_(text).reduce(fn(add), [0, 0, 0, 0])
    return let(sums, lambda found: [found[0] / 2, found[1], found[2], tenth(found[3] / 60)])


def tenth(value: Js) -> Js:
    """Round to one decimal."""
    return MATH.round(value * 10) / 10
