"""Why no roster keeps the hard rules, and the ways out: beside the grid, so that a way out is seen in it at once."""

from typing import Any

import reflex as rx

from shiftapp.ui.client import event, send
from shiftapp.ui.components.clash_open import DIALOG, clash_is_open, shut
from shiftapp.ui.components.rows import by_letter
from shiftapp.ui.components.run_words import repairing
from shiftapp.ui.components.violation_line import (
    FIRST,
    LABEL,
    ROWS,
    jump_to,
    names_of,
    rule_named,
    rule_of,
    when_of,
)
from shiftapp.ui.js import Js, fn, js, known, let, name, var, when
from shiftapp.ui.say import phrase, say, word
from shiftapp.ui.state.answer import AnswerState
from shiftapp.ui.state.grid import GridState
from shiftapp.ui.state.run import RunState
from shiftapp.ui.state.toolbar import ToolbarState
from shiftapp.ui.state.violations import ViolationState

LIMIT, BEFORE, AFTER, SHIFTS, OWN = range(4, 9)
"""Parts of a step after its act, which the first ones of a violation's line precede."""
LEFT = 4
"""What a part of a clash says after them: the shift that it leaves alone."""


def clash_dialog() -> rx.Component:
    """Draw it over the panel, where nothing of the grid is covered; it waits for no answer and stops nobody."""
    leave = event(fn(lambda key: when(key.key == "Escape", shut())))
    return rx.cond(
        var(clash_is_open(), bool),
        rx.el.section(
            rx.el.header(
                rx.el.h2(say(k="clash.title")),
                rx.el.button(
                    rx.icon("x", size=16),
                    type="button",
                    auto_focus=True,
                    class_name="form-icon",
                    custom_attrs={"aria-label": var(word("run.close")), "onClick": event(fn(shut))},
                ),
            ),
            rx.foreach(AnswerState.clashes, lambda clash, at: _clash(js(clash), js(at))),
            rx.cond(var(repairing(), bool), rx.el.p(say(k="repair.none"), class_name="clash-says"), _ways()),
            id=DIALOG,
            class_name="clash-dialog",
            role="dialog",
            custom_attrs={"aria-label": var(word("clash.title")), "onKeyDown": leave},
        ),
    )


def _clash(clash: Js, at: Js) -> rx.Component:
    first = when(clash[0] == "1", word("clash.together"), word("clash.among"))
    return rx.fragment(
        rx.el.p(var(when(at == 0, first, word("clash.more"))), class_name="clash-says"),
        rx.el.ul(
            rx.foreach(var(clash.slice(1), list[str]), lambda part: part_line(js(part))), class_name="clash-parts"
        ),
    )


def part_line(text: Js) -> rx.Component:
    """Draw one rule at one place of a clash; a press goes there."""
    part = text.split("|")
    names = known(names_of(part, js(GridState.people)), "")
    who = when(part[ROWS] == "", word("clash.everybody"), names)
    shift = known(by_letter(GridState.shifts, part[LEFT]), ["", "", ""])[2]
    where = js([who, when_of(part, js(GridState.days)), shift]).filter(name("Boolean")).join(" · ")
    go = jump_to(part[ROWS].split(",")[0], name("Number")(part[FIRST]))
    return rx.el.li(
        rx.el.button(
            rx.el.b(var(rule_named(rule_of(part[LABEL], ViolationState.labels)))),
            rx.el.span(var(where)),
            type="button",
            custom_attrs={"onClick": event(fn(lambda: go))},
        )
    )


def _ways() -> rx.Component:
    there = js(AnswerState.ways).length > 0
    return rx.fragment(
        rx.el.h3(say(k="clash.ways")),
        rx.el.p(var(when(there, word("clash.verified"), word("clash.none"))), class_name="clash-says"),
        rx.el.ul(rx.foreach(AnswerState.ways, lambda way, at: _way(js(way), js(at))), class_name="clash-ways"),
    )


def _way(way: Js, at: Js) -> rx.Component:
    chosen = js(AnswerState.choice) == at
    price = when(way[1] == "0", word("clash.cost"), word("clash.price"))
    own = known(way.slice(2).map(fn(lambda step: step.split("|")[1 + OWN])).find(name("Boolean")), "")
    take = send(AnswerState.choose(var({"run_id": RunState.run_id, "choice": at}, dict)))
    return rx.el.li(
        rx.el.button(
            rx.foreach(var(way.slice(2), list[str]), lambda step: rx.el.b(var(let(js(step).split("|"), step_words)))),
            rx.el.span(var(phrase(price, {"cost": way[0], "broken": way[1]}))),
            rx.cond(var(chosen, bool), rx.el.i(say(k="clash.chosen"))),
            type="button",
            disabled=var(~js(ToolbarState.may_generate), bool),
            custom_attrs={"aria-pressed": var(chosen, bool), "data-way": var(at), "onClick": event(fn(lambda: take))},
        ),
        rx.cond(
            var(own != "", bool),
            rx.link(say(k="clash.settings"), href=var(js("/settings#rule-") + own), class_name="clash-settings"),
        ),
    )


def step_words(step: Js) -> Js:
    """Say what is given up, in one sentence."""
    return let(
        step[0], step.slice(1), lambda act, part: let(rule_of(part[LABEL], ViolationState.labels), _worded(act, part))
    )


def _worded(act: Js, part: Js) -> Any:
    def worded(rule: Js) -> Js:
        who = known(names_of(part, js(GridState.people)), "")
        symbols = name("Array").from_(
            part[SHIFTS], fn(lambda mark: known(by_letter(GridState.shifts, mark), js(["", "", ""]))[2])
        )
        of_kind = js("relax.") + act + "." + rule[0]
        exact = known(word(of_kind + "." + part[LIMIT]), known(word(of_kind), word(js("relax.") + act)))
        given = {
            "rule": rule_named(rule), "names": who, "who": who, "when": when_of(part, js(GridState.days)),
            "before": part[BEFORE], "after": part[AFTER], "shifts": symbols.join(""),
        }  # fmt: skip
        return phrase(exact, given).trim()

    return worded
