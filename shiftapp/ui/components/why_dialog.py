"""Why this, why not: what every other shift in a cell would cost, alone and with others moved; one press makes it so.

Only the person who asks sees it. What is taken up is an edit like any other, and everybody sees that.
"""

from typing import Any

import reflex as rx

from shiftapp.ui.client import event, send
from shiftapp.ui.components.asked_cell import (
    ask,
    asks,
    cell_asked,
    column_asked,
    is_of_cell_asked,
    row_asked,
    shut_asked,
    title_asked,
)
from shiftapp.ui.components.cover_dialog import signed
from shiftapp.ui.components.edits import may_edit, submit
from shiftapp.ui.components.rows import by_letter, letter, order, row_text
from shiftapp.ui.components.sheet import CURSOR
from shiftapp.ui.components.why_lines import changed, fewer, found, symbol_of
from shiftapp.ui.js import DOCUMENT, Js, do, fn, js, known, let, maybe, name, var, when
from shiftapp.ui.say import LANGUAGE, phrase, say, word
from shiftapp.ui.state.grid import GridState
from shiftapp.ui.state.why import WhyState

DIALOG = "why-dialog"
CARD = "card-why"
"""Class of the button on a person's card that asks; ``data-row`` says of whom."""
LETTER, COST, HARD, CHANGES = range(4)
"""Parts of a shift tried alone; what it would change follows."""


def ask_why(row: Any, column: Any) -> Js:
    """Ask about a cell."""
    return do(ask(row, column, "why"), _look())


def ask_why_here() -> Js:
    """Ask about the active cell."""
    return let(CURSOR.now, lambda cursor: ask_why(cursor.row, cursor.column))


def why_dialog() -> rx.Component:
    """Draw it over the panel, where nothing of the grid is covered; it stops nobody."""
    leave = event(fn(lambda key: when(key.key == "Escape", _close())))
    return rx.cond(
        var(asks("why"), bool),
        rx.el.section(
            rx.el.header(
                rx.el.h2(var(title_asked("why.title"))),
                rx.el.button(
                    rx.icon("x", size=16),
                    type="button",
                    auto_focus=True,
                    class_name="form-icon",
                    custom_attrs={"aria-label": var(word("run.close")), "onClick": event(fn(_close))},
                ),
            ),
            rx.cond(
                var(is_of_cell_asked(WhyState.cell), bool),
                _answers(),
                rx.el.p(say(k="why.loading"), class_name="clash-says"),
            ),
            id=DIALOG,
            class_name="clash-dialog why-dialog",
            role="dialog",
            custom_attrs={"aria-label": var(title_asked("why.title")), "onKeyDown": leave, "tabIndex": -1},
        ),
    )


def _close() -> Js:
    return do(shut_asked(CARD), send(WhyState.leave))


def _look() -> Js:
    return send(WhyState.look(var(cell_asked(), dict)))


def _again() -> Js:
    """Look again; the button that asked goes, so the keyboard is given to the dialog itself."""
    return do(maybe(DOCUMENT.getElementById(DIALOG), "focus()"), _look())


def _held() -> Js:
    """Return the letter the cell holds; ``.`` where it is empty."""
    return when(row_asked() >= 0, known(letter(row_text(row_asked()), column_asked()), "."), ".")


def _answers() -> rx.Component:
    repriced = js(WhyState.book) != js(GridState.book)
    stale = repriced | (js(WhyState.seq) < js(GridState.seq))
    return rx.fragment(
        rx.el.p(var(let(_held(), _in_short)), class_name="clash-says"),
        rx.el.p(say(k="why.says"), class_name="clash-says"),
        rx.cond(
            var(stale, bool),
            rx.el.p(
                rx.el.span(var(when(repriced, word("why.repriced"), word("why.stale")))),
                rx.el.button(say(k="why.again"), type="button", custom_attrs={"onClick": event(fn(_again))}),
                class_name="why-stale",
                role="status",
            ),
        ),
        rx.el.ul(rx.foreach(WhyState.lone, lambda one: _choice(js(one))), class_name="why-choices"),
        rx.cond(var(js(WhyState.asked) != "", bool), _looked_into()),
    )


def _weight(one: Js) -> Js:
    """Order by hard rules broken, then by cost."""
    return name("Number")(one[HARD]) * 1e9 + name("Number")(one[COST])


def _in_short(held: Js) -> Js:
    """Say whether anything would do better than what the cell holds; nothing where it is empty."""

    def said(best: Js) -> Js:
        better = best & (_weight(known(best, ["", "0", "0"])) < 0)
        text = when(better, word("why.cheaper"), word("why.cheapest"))
        return phrase(text, {"symbol": symbol_of(when(better, known(maybe(best, "[0]"), ""), held))})

    others = js(WhyState.lone).filter(fn(lambda one: one[LETTER] != held))
    return when(held == ".", "", let(others.toSorted(fn(lambda a, b: _weight(a) - _weight(b)))[0], said))


def _choice(one: Js) -> rx.Component:
    shift = known(by_letter(GridState.shifts, one[LETTER]), ["", "", "", "", "", "", "", "", "", "", ""])
    mine = one[LETTER] == _held()
    broken = when((one[HARD] == "0") | mine, "", phrase(word("why.hard"), {"hard": signed(one[HARD])}))
    asked = cell_asked() | {"shift": name("Number")(shift[1]), "letter": one[LETTER]}
    ask = send(WhyState.ask(var(asked, dict)))
    return rx.el.li(
        rx.el.button(
            rx.el.span(var(shift[2]), class_name=var(js("symbol k-") + shift[5] + " t-" + shift[7])),
            rx.el.span(var(when(LANGUAGE.value == "ja", shift[3], shift[4])), class_name="called"),
            rx.el.span(var(broken), class_name="why-hard"),
            rx.el.span(var(when(mine, word("why.now"), signed(one[COST]))), class_name="why-price"),
            type="button",
            disabled=var(mine, bool),
            custom_attrs={
                "aria-pressed": var((one[LETTER] == js(WhyState.asked)) & ~mine, bool),
                "data-shift": var(one[LETTER]),
                "onClick": event(fn(lambda: ask)),
            },
        )
    )


def _looked_into() -> rx.Component:
    """Draw what is known of the shift that was pressed: this cell only, then with others moved."""
    symbol = {"symbol": symbol_of(js(WhyState.asked))}
    alone = known(js(WhyState.lone).find(fn(lambda one: one[LETTER] == js(WhyState.asked))), ["", "0", "0"])
    nothing = alone.length <= CHANGES
    return rx.fragment(
        rx.el.h3(var(phrase(word("why.alone"), symbol))),
        rx.cond(
            var(nothing, bool),
            rx.el.p(say(k="why.alone.nothing"), class_name="clash-says"),
            changed(alone.slice(CHANGES)),
        ),
        _take("why.put", js([_strip(WhyState.asked)]), js("put")),
        rx.el.h3(var(phrase(word("why.moved"), symbol))),
        found(),
        rx.cond(
            var((js(WhyState.verdict) == "possible") & (js(WhyState.moves).length > 1), bool),
            _take("why.put.all", _all(js(WhyState.moves)), js("all")),
        ),
        rx.cond(
            var((js(WhyState.verdict) == "possible") & (js(WhyState.fewer).length > 0), bool),
            rx.fragment(
                rx.el.h3(var(phrase(word("why.fewer"), symbol))),
                fewer(),
                _take("why.put.all", _all(js(WhyState.fewer).slice(1)), js("fewer")),
            ),
        ),
    )


def _strip(mark: Any) -> Js:
    return js([row_asked(), column_asked(), mark])


def _all(moves: Js) -> Js:
    """List the strips of the cell and of every cell that makes room for it."""
    mine = js(known(order()[row_asked()], "")) + "|" + column_asked() + "|"
    others = moves.filter(fn(lambda move: ~move.startsWith(mine)))
    strip = fn(
        lambda move: let(move.split("|"), lambda part: [order().indexOf(part[0]), name("Number")(part[1]), part[3]])
    )
    return js([_strip(WhyState.asked)]).concat(others.map(strip))


def _take(key: str, strips: Js, called: Js) -> rx.Component:
    return rx.el.button(
        var(phrase(word(key), {"count": strips.length})),
        type="button",
        class_name="form-button why-take",
        disabled=var(~may_edit() | (row_asked() < 0), bool),
        custom_attrs={
            "data-take": var(called),
            "onClick": event(fn(lambda: do(submit("edit", strips), shut_asked(CARD)))),
        },
    )
