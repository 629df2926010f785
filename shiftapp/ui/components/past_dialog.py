"""The history of a period: every change set with who, when and why, unfolded to its cells; live, filtered, by pages."""

import reflex as rx

from shiftapp.domain.past import PAGE
from shiftapp.ui.client import Kept, event
from shiftapp.ui.components.extent import extent_words, kind_words
from shiftapp.ui.components.notice import one_notice
from shiftapp.ui.components.past_cells import cell_list, cell_words
from shiftapp.ui.components.past_filters import BEFORES, filters, pages_of, past_asker, turn, wanted
from shiftapp.ui.components.past_strip import (
    PAST_OPEN,
    ask,
    compared_words,
    past_is_shown,
    past_mode,
    plan_words,
    planned_words,
    step_aside,
)
from shiftapp.ui.js import Js, do, fn, js, known, let, maybe, name, var, when
from shiftapp.ui.say import LANGUAGE, phrase, say, word
from shiftapp.ui.state.grid import GridState
from shiftapp.ui.state.past import PastState
from shiftapp.ui.state.steps import StepState
from shiftapp.ui.state.toolbar import ToolbarState

SEQ, KIND, RUN, RUN_KIND, AT, WHO, UNDOES, CELLS, PEOPLE, WHOSE, FIRST, LAST, ONE = range(13)
"""Parts of a line; the cell follows."""
GONE = Kept("pastgone", 0)


def past_dialog() -> rx.Component:
    """Draw it over the panel, where nothing of the grid is covered."""
    leave = event(fn(lambda key: when(key.key == "Escape", PAST_OPEN.set(False))))
    return rx.cond(
        var(PAST_OPEN.value, bool),
        rx.el.section(
            rx.el.header(
                rx.el.h2(say(k="past.title")),
                rx.el.button(
                    rx.icon("x", size=16),
                    type="button",
                    auto_focus=True,
                    class_name="form-icon",
                    custom_attrs={
                        "aria-label": var(word("run.close")),
                        "onClick": event(fn(lambda: PAST_OPEN.set(False))),
                    },
                ),
            ),
            # drawn anew, and so asked anew, when there is something new and when something else is wanted
            rx.el.span(past_asker(period=GridState.period), key=var(wanted()), hidden=True),
            filters(),
            rx.cond(var(js(["compare", "plan"]).includes(past_mode()), bool), _differing()),
            rx.cond(
                var(js(PastState.lines).length > 0, bool),
                rx.el.ol(rx.foreach(PastState.lines, _line), class_name="past-lines"),
                rx.el.p(say(k="past.none"), class_name="clash-says"),
            ),
            _pages(),
            class_name="clash-dialog past-dialog",
            role="dialog",
            custom_attrs={"aria-label": var(word("past.title")), "onKeyDown": leave},
        ),
    )


def past_notice() -> rx.Component:
    """Say what this page's last restore did, until a step that may have undone it."""
    told = js(PastState.told)
    number = known(told.number, 0)
    stepped = known(js(StepState.told).number, 0)
    shown = (number > stepped) & (number != GONE.value)
    sentence = phrase(word("past.done"), {"cells": extent_words(told)}) + " " + plan_words(told)
    return rx.cond(var(shown, bool), one_notice(sentence, number, fn(lambda: GONE.set(number)), "notice calm"))


def _line(line: rx.Var[list[str]], index: rx.Var[int]) -> rx.Component:
    one = js(line)
    date = fn(lambda given: name("new Date")(name("Number")(given[AT])))
    day = date(one).toLocaleDateString(LANGUAGE.value, {"month": "long", "day": "numeric", "weekday": "short"})
    clock = date(one).toLocaleTimeString(LANGUAGE.value, {"hour": "numeric", "minute": "2-digit"})
    above = js(PastState.lines)[js(index) - 1]
    same = when(above, let(above, lambda other: date(other).toDateString() == date(one).toDateString()), False)
    opened = js(PastState.opened) == name("Number")(one[SEQ])
    view = js(PastState.view)
    shown = js(["moment", "compare"]).includes(past_mode()) & js([view.seq, view.until]).includes(
        name("Number")(one[SEQ])
    )
    fold = when(opened, ask(PastState.unfold, {"seq": 0}), ask(PastState.unfold, {"seq": name("Number")(one[SEQ])}))
    return rx.fragment(
        rx.cond(var(~same, bool), rx.el.li(rx.el.h3(var(day)))),
        rx.el.li(
            rx.el.button(
                rx.el.time(var(clock)),
                rx.el.b(var(when(one[WHO] == "", word("past.nobody"), one[WHO]))),
                rx.el.span(var(_why(one))),
                rx.cond(
                    var(one.length > ONE, bool),
                    rx.el.span(cell_words(one.slice(ONE)), class_name="past-one"),
                    rx.el.span(var(extent_words(_extent(one))), class_name="past-count"),
                ),
                type="button",
                class_name=var(when(shown, "past-line shown", "past-line")),
                custom_attrs={
                    "aria-expanded": var(opened, bool),
                    "aria-current": var(when(shown, "true", None)),
                    "onClick": event(fn(lambda: fold)),
                },
            ),
            rx.cond(var(opened, bool), _unfolded(one)),
            custom_attrs={"data-seq": var(one[SEQ])},
        ),
        key=var(one[SEQ]),
    )


def _why(one: Js) -> Js:
    repair = phrase(word("past.repair"), {"run": one[RUN]})
    undone = js(" · ") + kind_words(one[UNDOES], "")
    undoes = when(js(["", "redo"]).includes(one[UNDOES]), "", undone)
    return when(one[RUN_KIND] == "repair", repair, kind_words(one[KIND], one[RUN]) + undoes)


def _extent(one: Js) -> Js:
    number = name("Number")
    return js(
        {
            "cells": number(one[CELLS]),
            "people": number(one[PEOPLE]),
            "staff": one[WHOSE],
            "first": one[FIRST],
            "last": one[LAST],
        }
    )


def _unfolded(one: Js) -> rx.Component:
    seq, view = name("Number")(one[SEQ]), js(PastState.view)
    run = one[KIND] == "run"
    back = {"goal": when(run, "run", "set"), "number": when(run, name("Number")(one[RUN]), seq)}
    may = js(ToolbarState.may_edit) | known(view.may_restore, False)
    return rx.el.div(
        rx.el.div(
            _act("past.see", do(step_aside(), ask(PastState.show, {"seq": seq}))),
            rx.cond(
                var(past_is_shown() & (view.mode == "moment") & (view.seq != seq), bool),
                _act("past.compare", ask(PastState.show, {"seq": view.seq, "until": seq})),
            ),
            rx.cond(var(may, bool), _act("past.take_back", ask(PastState.plan, back))),
            class_name="past-acts",
        ),
        rx.cond(var(one.length == ONE, bool), cell_list(PastState.cells, name("Number")(one[CELLS]))),
        class_name="past-unfolded",
    )


def _act(key: str, act: Js) -> rx.Component:
    return rx.el.button(
        say(k=key), type="button", custom_attrs={"onClick": event(fn(lambda: act)), "data-command": key}
    )


def _differing() -> rx.Component:
    count = js(PastState.view).count
    return rx.el.div(
        rx.el.h3(
            var(
                when(
                    past_mode() == "plan",
                    planned_words(js(PastState.view)),
                    compared_words(js(PastState.view)),
                )
            )
        ),
        cell_list(PastState.differing, count),
        class_name="past-differing",
    )


def _pages() -> rx.Component:
    last = name("Number")(known(maybe(js(PastState.lines).at(-1), f"[{SEQ}]"), 0))
    pages = pages_of(BEFORES.now)
    return rx.el.div(
        rx.cond(var(pages_of(BEFORES.value).length > 1, bool), _act("past.newer", turn(pages.slice(0, -1)))),
        rx.cond(var(js(PastState.lines).length >= PAGE, bool), _act("past.older", turn(pages.concat([last])))),
        class_name="past-pages",
    )
