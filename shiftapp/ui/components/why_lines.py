"""What another shift in a cell would change, as lines: rules broken and mended, cells moved, rules that forbid it."""

import reflex as rx

from shiftapp.ui.components.clash_dialog import part_line
from shiftapp.ui.components.cover_dialog import move_words, signed
from shiftapp.ui.components.rows import by_letter
from shiftapp.ui.components.violation_line import violation_line, violation_list
from shiftapp.ui.js import Js, fn, js, known, let, maybe, var, when
from shiftapp.ui.say import phrase, say, word
from shiftapp.ui.state.grid import GridState
from shiftapp.ui.state.violations import ViolationState
from shiftapp.ui.state.why import WhyState

DIFFERENCE, EXACT, LEAST, EMPTY, BESIDES = range(5)
"""Parts of ``WhyState.price``."""
SHOWN = 6
"""How many lines of a kind are listed."""


def symbol_of(mark: Js) -> Js:
    """Return a shift's symbol by its letter."""
    return known(maybe(by_letter(GridState.shifts, mark), "[2]"), "")


def changed(changes: Js) -> rx.Component:
    """Draw what would be broken, then what would be mended."""
    return rx.fragment(_side(changes, "+", "why.breaks"), _side(changes, "-", "why.mends"))


def _side(changes: Js, sign: str, heading: str) -> rx.Component:
    lines = changes.filter(fn(lambda change: change[0] == sign))
    more = lines.length - SHOWN
    return rx.cond(
        var(lines.length > 0, bool),
        rx.fragment(
            rx.el.h4(var(phrase(word(heading), {"count": lines.length}))),
            violation_list(rx.foreach(var(lines.slice(0, SHOWN), list[str]), lambda change: _change(js(change)))),
            _line(more > 0, phrase(word("why.more"), {"count": more})),
        ),
    )


def _change(change: Js) -> rx.Component:
    return violation_line(
        line=var(change.slice(1)),
        labels=ViolationState.labels,
        people=GridState.people,
        days=GridState.days,
        shifts=GridState.shifts,
    )


def found() -> rx.Component:
    """Draw what came of looking into it."""
    verdict = js(WhyState.verdict)
    otherwise = known(word(when(verdict == "unknown", "why.unknown", verdict)), "")
    return rx.el.div(
        rx.match(
            WhyState.verdict,
            ("working", rx.el.p(say(k="why.working"), class_name="clash-says")),
            ("possible", _possible()),
            ("clash", _forbidden()),
            rx.el.p(var(otherwise), class_name="clash-says"),
        ),
        custom_attrs={"aria-live": "polite", "data-verdict": WhyState.verdict},
    )


def _possible() -> rx.Component:
    price = js(WhyState.price)
    moves = js(WhyState.moves)
    symbol = {"symbol": symbol_of(js(WhyState.asked))}
    return rx.fragment(
        _total(price[DIFFERENCE]),
        rx.el.p(var(phrase(word("why.counted"), symbol)), class_name="clash-says"),
        _line(price[EXACT] == "1", phrase(word("why.exact"), symbol)),
        _line(
            (price[EXACT] != "1") & known(price[LEAST], ""),
            phrase(word("why.least"), {"least": signed(known(price[LEAST], "0"))}),
        ),
        _line(known(price[EMPTY], "0") != "0", phrase(word("why.filled"), {"count": price[EMPTY]})),
        _line(moves.length < 2, when(price[EXACT] == "1", word("why.move.none"), word("why.move.unfound"))),
        _moves(moves),
        _line(known(price[BESIDES], "0") != "0", phrase(word("why.besides"), {"amount": price[BESIDES]})),
        changed(js(WhyState.changes)),
    )


def fewer() -> rx.Component:
    """Draw what it comes to where fewer cells move."""
    told = js(WhyState.fewer)
    return rx.fragment(_total(told[0]), _moves(told.slice(1)))


def _total(difference: Js) -> rx.Component:
    words = phrase(word("why.price"), {"difference": signed(known(difference, "0"))})
    return rx.el.p(rx.el.b(var(words)), class_name="why-total")


def _moves(moves: Js) -> rx.Component:
    more = moves.length - SHOWN
    return rx.fragment(
        rx.el.ul(
            rx.foreach(
                var(moves.slice(0, SHOWN), list[str]),
                lambda move: rx.el.li(var(let(js(move).split("|"), move_words)), class_name="move"),
            ),
            class_name="why-moves",
        ),
        _line(more > 0, phrase(word("repair.more"), {"count": more})),
    )


def _forbidden() -> rx.Component:
    clash = js(WhyState.clash)
    return rx.fragment(
        rx.el.p(var(phrase(word("why.clash"), {"symbol": symbol_of(js(WhyState.asked))})), class_name="clash-says"),
        rx.el.ul(
            rx.foreach(var(clash.slice(1), list[str]), lambda part: part_line(js(part))), class_name="clash-parts"
        ),
    )


def _line(there: Js, text: Js) -> rx.Component:
    return rx.cond(var(there, bool), rx.el.p(var(text), class_name="clash-says"))
