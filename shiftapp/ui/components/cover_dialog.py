"""Who covers an absence: up to three options, beside the grid, so that one is seen in it at once."""

import reflex as rx

from shiftapp.ui.client import event, send
from shiftapp.ui.components.clash_open import DIALOG, cover_is_open, shut
from shiftapp.ui.components.clashes import clashes_met
from shiftapp.ui.components.rows import by_letter
from shiftapp.ui.components.violation_line import names_of, rule_named, rule_of, when_of
from shiftapp.ui.js import Js, fn, js, known, let, maybe, name, var, when
from shiftapp.ui.say import phrase, say, word
from shiftapp.ui.state.answer import AnswerState
from shiftapp.ui.state.grid import GridState
from shiftapp.ui.state.run import RunState
from shiftapp.ui.state.toolbar import ToolbarState
from shiftapp.ui.state.violations import ViolationState

COST, DIFFERENCE, FEWEST, FILLED, BROKEN, MOVES = range(6)
"""Parts of an option; its moves follow."""
WANTED = 3
"""Options that are looked for."""
SHOWN = 8
"""How many of an option's cells are listed; the grid shows them all once it is chosen."""


def cover_dialog() -> rx.Component:
    """Draw it over the panel, where nothing of the grid is covered; it waits for no answer and stops nobody."""
    leave = event(fn(lambda key: when(key.key == "Escape", shut())))
    return rx.cond(
        var(cover_is_open(), bool),
        rx.el.section(
            rx.el.header(
                rx.el.h2(var(_title())),
                rx.el.button(
                    rx.icon("x", size=16),
                    type="button",
                    auto_focus=True,
                    class_name="form-icon",
                    custom_attrs={"aria-label": var(word("run.close")), "onClick": event(fn(shut))},
                ),
            ),
            rx.el.p(say(k="repair.options"), class_name="clash-says"),
            clashes_met(),
            rx.el.ul(
                rx.foreach(AnswerState.options, lambda option, at: _option(js(option), js(at))), class_name="clash-ways"
            ),
            rx.cond(var(js(AnswerState.options).length < WANTED, bool), rx.el.p(var(_few()), class_name="clash-says")),
            id=DIALOG,
            class_name="clash-dialog",
            role="dialog",
            custom_attrs={"aria-label": var(_title()), "onKeyDown": leave},
        ),
    )


def _few() -> Js:
    """Say why there are not as many options as were looked for."""
    return when(AnswerState.exhausted, word("repair.all"), word("repair.few"))


def _title() -> Js:
    spans = js(AnswerState.away).split(";").map(fn(lambda span: js([""]).concat(span.split("|"))))

    def said(all_spans: Js) -> Js:
        days = all_spans.map(fn(lambda span: when_of(span, js(GridState.days)))).join(word("violations.and"))
        return phrase(word("repair.title"), {"names": names_of(all_spans[0], js(GridState.people)), "when": days})

    return let(spans, said)


def _option(option: Js, at: Js) -> rx.Component:
    chosen = js(AnswerState.choice) == at
    moves = option.slice(MOVES)
    take = send(AnswerState.choose(var({"run_id": RunState.run_id, "choice": at}, dict)))
    count = phrase(when(moves.length == 1, word("repair.one"), word("repair.cells")), {"count": moves.length})
    more = moves.length - SHOWN
    return rx.el.li(
        rx.el.button(
            rx.el.b(var(count)),
            rx.el.span(
                var(phrase(word("repair.cost"), {"cost": option[COST], "difference": signed(option[DIFFERENCE])}))
            ),
            _line(option[FEWEST] != "", word("repair.fewest")),
            _line(option[BROKEN] != "", phrase(word("repair.broken"), {"rules": _rules(option[BROKEN])})),
            _line(option[FILLED] != "0", phrase(word("repair.filled"), {"count": option[FILLED]})),
            rx.foreach(
                var(moves.slice(0, SHOWN), list[str]),
                lambda move: rx.el.span(var(let(js(move).split("|"), move_words)), class_name="move"),
            ),
            _line(more > 0, phrase(word("repair.more"), {"count": more})),
            rx.cond(var(chosen, bool), rx.el.i(say(k="clash.chosen"))),
            type="button",
            disabled=var(~js(ToolbarState.may_generate), bool),
            custom_attrs={"aria-pressed": var(chosen, bool), "data-way": var(at), "onClick": event(fn(lambda: take))},
        )
    )


def _line(there: Js, text: Js) -> rx.Component:
    return rx.cond(var(there, bool), rx.el.span(var(text)))


def signed(difference: Js) -> Js:
    """Write a difference with its sign."""
    above = name("Number")(difference)
    return when(above > 0, js("+") + difference, when(above < 0, js("−") + difference.slice(1), "±0"))


def _rules(labels: Js) -> Js:
    """Name the rules of a list of labels, each once."""
    called = labels.split(",").map(fn(lambda label: rule_named(rule_of(label, ViolationState.labels))))
    once = called.filter(fn(lambda rule, at, all_of_them: all_of_them.indexOf(rule) == at))
    return once.join(word("violations.and"))


def move_words(move: Js) -> Js:
    """Say who has what on which day instead of what: row, column, letters before and after."""

    def symbol(mark: Js) -> Js:
        return known(maybe(by_letter(GridState.shifts, mark), "[2]"), "–")

    place = js(["", move[0], move[1], ""])
    where = {"names": names_of(place, js(GridState.people)), "when": when_of(place, js(GridState.days))}
    return phrase(word("repair.move"), where | {"before": symbol(move[2]), "after": symbol(move[3])})
