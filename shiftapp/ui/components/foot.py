"""The totals per day below the grid: counted in the browser, which has the rows, so an edit need not send them."""

from typing import Any

import reflex as rx

from shiftapp.domain.shift_type import Kind
from shiftapp.live.view import TOTALS
from shiftapp.ui.client import Js, fn, js, let, var, when
from shiftapp.ui.components.sheet import PAINTED, days, order, painted, row_text, shifts
from shiftapp.ui.say import say
from shiftapp.ui.state.grid import GridState

LIMITED = "off"
"""The line whose numbers have limits."""


def foot() -> rx.Component:
    """Draw the lines; accessible names of cells and the panel say the same, so they are not read out."""
    hidden = {"aria-hidden": True}
    return rx.fragment(
        rx.el.div(
            *(rx.el.span(say(k=f"total.{line}")) for line in TOTALS), class_name="foot-names", custom_attrs=hidden
        ),
        rx.el.div(
            *(
                total_line(line=var(counted(kinds)), outside=var(js(GridState.outside) if line == LIMITED else js("")))
                for line, kinds in TOTALS.items()
            ),
            class_name="foot",
            custom_attrs=hidden,
        ),
        rx.el.div(class_name="foot-end", custom_attrs=hidden),
    )


def counted(kinds: frozenset[Kind]) -> Js:
    """Return how many people have a shift of ``kinds`` on each day, commas between."""
    wanted = shifts().filter(fn(lambda shift: js(sorted(kinds)).includes(shift[7]))).map(fn(lambda shift: shift[0]))
    rows = order().map(fn(lambda _, row: painted(row_text(row), row, PAINTED.value, js(GridState.ack))))

    def day(letters: Js, texts: Js) -> Any:
        one = fn(lambda total, text, at: total + when(letters.includes(text[at]), 1, 0))
        return days().map(fn(lambda _, column: texts.reduce(fn(lambda n, text: one(n, text, column * 3)), 0)))

    return let(wanted.join(""), rows, lambda letters, texts: day(letters, texts).join(","))


@rx.memo
def total_line(line: rx.Var[str], outside: rx.Var[str]) -> rx.Component:
    """Draw one total of every day; one outside its limits is marked."""
    return rx.el.div(
        rx.foreach(
            var(js(line).split(","), list[str]),
            lambda figure, at: rx.el.span(figure, class_name=var(when(js(outside)[at] == "!", "over", ""))),
        ),
        class_name="total",
    )
