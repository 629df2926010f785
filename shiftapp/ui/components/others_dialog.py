"""Rosters that would do nearly as well: what each costs, and in what it differs; a press shows it in the grid."""

import reflex as rx

from shiftapp.ui.client import Kept, event, send
from shiftapp.ui.components.clash_open import DIALOG, open_next, others_is_open, shut
from shiftapp.ui.components.cover_dialog import signed
from shiftapp.ui.components.rows import by_letter
from shiftapp.ui.components.violation_line import rule_named, rule_of
from shiftapp.ui.js import Js, do, fn, js, known, let, maybe, name, var, when
from shiftapp.ui.say import phrase, say, word
from shiftapp.ui.state.answer import AnswerState
from shiftapp.ui.state.grid import GridState
from shiftapp.ui.state.run import RunState
from shiftapp.ui.state.toolbar import ToolbarState
from shiftapp.ui.state.violations import ViolationState

COST, DIFFERENCE, CELLS, DETAILS = range(4)
"""Parts of a roster; what differs follows."""
WITHIN = Kept("within", 5)
SHARES = (2, 5, 10, 25)


def others_offer() -> rx.Component:
    """Offer alternatives to a finished run above what it would break: the strip has no room for them."""
    finished = (js(RunState.status) == "finished") & (js(RunState.kind) == "generate") & (js(RunState.hard) == 0)
    shown = finished & js(ToolbarState.may_generate)
    return rx.cond(var(shown, bool), rx.el.div(others_button(), class_name="others-offer"))


def others_button() -> rx.Component:
    """Draw how much dearer a roster may be, and the button that asks for some."""
    asked = {"run_id": RunState.run_id, "within": name("Number")(WITHIN.now)}
    ask = do(open_next(), send(AnswerState.alternatives(var(asked, dict))))
    return rx.el.div(
        rx.el.select(
            *(
                rx.el.option(var(phrase(word("others.percent"), {"share": share})), value=str(share))
                for share in SHARES
            ),
            value=var(WITHIN.value),
            custom_attrs={
                "aria-label": var(word("others.within")),
                "onChange": event(fn(lambda e: WITHIN.set(e.target.value))),
            },
        ),
        rx.el.button(
            say(k="others.ask"),
            type="button",
            custom_attrs={"onClick": event(fn(lambda: ask)), "data-command": "others.ask"},
        ),
        class_name="others-ask",
    )


def others_dialog() -> rx.Component:
    """Draw it over the panel, where nothing of the grid is covered; it waits for no answer and stops nobody."""
    leave = event(fn(lambda key: when(key.key == "Escape", shut())))
    return rx.cond(
        var(others_is_open(), bool),
        rx.el.section(
            rx.el.header(
                rx.el.h2(say(k="others.title")),
                rx.el.button(
                    rx.icon("x", size=16),
                    type="button",
                    auto_focus=True,
                    class_name="form-icon",
                    custom_attrs={"aria-label": var(word("run.close")), "onClick": event(fn(shut))},
                ),
            ),
            rx.el.p(say(k="others.says"), class_name="clash-says"),
            rx.el.ul(
                rx.foreach(AnswerState.others, lambda other, at: _other(js(other), js(at))), class_name="clash-ways"
            ),
            id=DIALOG,
            class_name="clash-dialog",
            role="dialog",
            custom_attrs={"aria-label": var(word("others.title")), "onKeyDown": leave},
        ),
    )


def _other(other: Js, at: Js) -> rx.Component:
    chosen = (js(AnswerState.choice) == at) | ((js(AnswerState.choice) < 0) & (at == 0))
    take = send(AnswerState.choose(var({"run_id": RunState.run_id, "choice": at}, dict)))
    called = when(at == 0, word("others.itself"), phrase(word("others.cells"), {"count": other[CELLS]}))
    price = {"cost": other[COST], "difference": signed(other[DIFFERENCE])}
    return rx.el.li(
        rx.el.button(
            rx.el.b(var(called)),
            rx.el.span(var(phrase(when(at == 0, word("others.cost.itself"), word("others.cost")), price))),
            rx.foreach(
                var(other.slice(DETAILS), list[str]),
                lambda detail: rx.el.span(var(let(js(detail).split("|"), _detail)), class_name="move"),
            ),
            rx.cond(var(chosen, bool), rx.el.i(say(k="clash.chosen"))),
            type="button",
            disabled=var(~js(ToolbarState.may_generate), bool),
            custom_attrs={"aria-pressed": var(chosen, bool), "data-way": var(at), "onClick": event(fn(lambda: take))},
        )
    )


def _detail(part: Js) -> Js:
    symbol = known(maybe(by_letter(GridState.shifts, part[1]), "[2]"), "")
    rule = rule_named(rule_of(part[1], ViolationState.labels))
    return phrase(word(js("others.") + part[0]), {"rule": rule, "shift": symbol, "there": part[2], "here": part[3]})
