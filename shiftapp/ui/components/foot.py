"""The totals per day below the grid: counted in the browser, which has the rows, so an edit need not send them."""

import reflex as rx

from shiftapp.domain.shift_type import Kind
from shiftapp.live.view import TOTALS
from shiftapp.ui.components.rows import days, drawn, order, preview_of, proposed, spread
from shiftapp.ui.components.run_words import outside, previewing
from shiftapp.ui.js import Js, fn, js, let, var, when
from shiftapp.ui.say import say
from shiftapp.ui.state.grid import GridState

LIMITED = "off"
"""The line whose numbers have limits."""


def foot() -> rx.Component:
    """Draw the lines; accessible names of cells and the panel say the same, so they are not read out."""
    hidden = {"aria-hidden": True}
    rows = order().map(fn(lambda _, row: proposed(drawn(row), preview_of(row)))).join("\n")
    return rx.fragment(
        rx.el.div(
            *(rx.el.span(say(k=f"total.{line}")) for line in TOTALS), class_name="foot-names", custom_attrs=hidden
        ),
        foot_lines(
            rows=var(rows),
            length=var(days().length, int),
            shifts=GridState.shifts,
            outside=var(outside()),
            ahead=var(previewing(), bool),
        ),
        rx.el.div(
            rx.cond(var(previewing(), bool), rx.el.span(say(k="total.ahead"))),
            class_name="foot-end",
            custom_attrs=hidden,
        ),
    )


@rx.memo
def foot_lines(
    rows: rx.Var[str],
    length: rx.Var[int],
    shifts: rx.Var[list[list[str]]],
    outside: rx.Var[str],
    ahead: rx.Var[bool],
) -> rx.Component:
    """Draw the totals of every day; one outside its limits is marked."""
    given = js(rows), js(length), js(shifts)
    return rx.el.div(
        *(_line(counted(kinds, *given), js(outside) if line == LIMITED else js("")) for line, kinds in TOTALS.items()),
        class_name=var(when(js(ahead), "foot ahead", "foot")),
        custom_attrs={"aria-hidden": True},
    )


def counted(kinds: frozenset[Kind], rows: Js, length: Js, shifts: Js) -> Js:
    """List how many people have a shift of ``kinds`` on each day; ``rows`` are theirs, a line each."""
    wanted = shifts.filter(fn(lambda shift: js(sorted(kinds)).includes(shift[7]))).map(fn(lambda shift: shift[0]))

    def count(letters: Js, texts: Js) -> Js:
        def add(sums: Js, text: Js) -> Js:
            return sums.map(fn(lambda total, at: total + when(text[at] & letters.includes(text[at]), 1, 0)))

        return texts.reduce(fn(add), _zeros(length))

    return let(wanted.join(""), rows.split("\n"), count)


def _zeros(length: Js) -> Js:
    return js("0").repeat(length).split("").map(fn(lambda _: 0))


def _line(figures: Js, outside: Js) -> rx.Component:
    both = let(
        figures,
        lambda found: let(
            spread(outside, found.length), lambda over: found.map(fn(lambda figure, at: [figure, over[at]]))
        ),
    )
    return rx.el.div(
        rx.foreach(
            var(both, list[list[int]]),
            lambda day: rx.el.span(day[0], class_name=var(when(js(day)[1] > 0, "over", ""))),
        ),
        class_name="total",
    )
