"""The history of a period: every change set with who, when and why, unfolded to its cells; live, filtered, by pages."""

from typing import Any

import reflex as rx

from shiftapp.domain.edit import EDIT_KINDS
from shiftapp.domain.past import PAGE
from shiftapp.ui.client import Kept, event, send
from shiftapp.ui.components.extent import cell_count, extent_words, kind_words
from shiftapp.ui.components.heading import short_day
from shiftapp.ui.components.notice import one_notice
from shiftapp.ui.components.past_cells import cell_list, cell_words
from shiftapp.ui.components.past_strip import (
    PAST_OPEN,
    ask,
    past_is_shown,
    past_mode,
    plan_words,
    planned_words,
    step_aside,
)
from shiftapp.ui.components.rows import days
from shiftapp.ui.js import Js, do, fn, js, known, let, maybe, name, var, when
from shiftapp.ui.say import LANGUAGE, phrase, say, word
from shiftapp.ui.state.grid import GridState
from shiftapp.ui.state.past import PastState
from shiftapp.ui.state.toolbar import ToolbarState

SEQ, KIND, RUN, RUN_KIND, AT, WHO, UNDOES, CELLS, PEOPLE, WHOSE, FIRST, LAST, ONE = range(13)
"""Parts of a line; the cell follows."""
BY, OF, ON, WHY = (Kept(f"past{part}", "") for part in ("by", "of", "on", "why"))
BEFORES = Kept("pastpages", {"period": 0, "pages": [0]})
"""Where the pages of a period looked at begin: the last is shown, 0 is the newest."""
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
            rx.el.span(past_asker(period=GridState.period), key=var(_wanted()), hidden=True),
            _filters(),
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
    """Say what this page's last restore did."""
    told = js(PastState.told)
    number = known(told.number, 0)
    shown = (number > 0) & (number != GONE.value)
    sentence = phrase(word("past.done"), {"cells": extent_words(told)}) + " " + plan_words(told)
    return rx.cond(var(shown, bool), one_notice(sentence, number, fn(lambda: GONE.set(number)), "notice calm"))


@rx.memo
def past_asker(period: rx.Var[int]) -> rx.Component:
    """Ask for the page of change sets when drawn."""
    number = name("Number")
    asked = {
        "period_id": js(period),
        "before": _pages_of(BEFORES.now).at(-1),
        "by": when(BY.now, number(BY.now), None),
        "of": when(OF.now, number(OF.now), None),
        "day": when(_day_of(ON.now), ON.now, None),
        "kind": WHY.now,
    }
    look = send(PastState.look(var(asked, dict)))
    return rx.el.span(on_mount=event(fn(lambda: look)))


def _wanted() -> Js:
    pages = _pages_of(BEFORES.value)
    newest = when(pages.length > 1, 0, when(past_is_shown(), PastState.newest, GridState.seq))
    return js([GridState.period, newest, pages.at(-1), BY.value, OF.value, ON.value, WHY.value]).join("|")


def _pages_of(kept: Js) -> Js:
    """Return where the pages begin; another period begins at its newest."""
    return when(kept.period == GridState.period, kept.pages, [0])


def _turn(pages: Any) -> Js:
    return BEFORES.set({"period": GridState.period, "pages": pages})


def _day_of(iso: Js) -> Js:
    """Return the column of a date, where the period has it: one chosen in another period means nothing here."""
    return days().find(fn(lambda day: day[0] == iso))


def _filters() -> rx.Component:
    names = js(GridState.people).filter(fn(lambda one: one[0])).map(fn(lambda one: [one[0], one[1]]))
    kinds = js([[kind, word(f"history.kind.{kind}")] for kind in EDIT_KINDS])
    plain = fn(lambda one: [one[0], one[1].replace(" {run}", "")])
    look = {"aria-label": var(word("past.at"))}
    at = fn(lambda e: when(e.target.value, ask(PastState.show_at, {"at": name("new Date")(e.target.value).getTime()})))
    return rx.el.details(
        rx.el.summary(say(k="past.filters")),
        rx.el.div(
            _filter("past.by", BY, js(PastState.people)),
            _filter("past.of", OF, names),
            _filter("past.kind", WHY, kinds.map(plain)),
            _filter("past.day", ON, days().map(fn(lambda day: [day[0], short_day(day)]))),
            rx.el.label(
                rx.el.span(say(k="past.at")),
                rx.el.input(type="datetime-local", custom_attrs={**look, "onChange": event(at)}),
                class_name="past-at",
            ),
            class_name="past-filters",
        ),
    )


def _filter(key: str, kept: Kept, choices: Js) -> rx.Component:
    choose = fn(lambda e: do(_turn([0]), kept.set(e.target.value)))
    return rx.el.label(
        rx.el.span(say(k=key)),
        rx.el.select(
            rx.el.option(say(k="past.any"), value=""),
            rx.foreach(var(choices, list[list[str]]), lambda one: rx.el.option(var(js(one)[1]), value=var(js(one)[0]))),
            value=var(kept.value),
            custom_attrs={"onChange": event(choose)},
        ),
    )


def _line(line: rx.Var[list[str]], index: rx.Var[int]) -> rx.Component:
    one = js(line)
    date = fn(lambda given: name("new Date")(name("Number")(given[AT])))
    day = date(one).toLocaleDateString(LANGUAGE.value, {"month": "long", "day": "numeric", "weekday": "short"})
    clock = date(one).toLocaleTimeString(LANGUAGE.value, {"hour": "numeric", "minute": "2-digit"})
    above = js(PastState.lines)[js(index) - 1]
    same = when(above, let(above, lambda other: date(other).toDateString() == date(one).toDateString()), False)
    opened = js(PastState.opened) == name("Number")(one[SEQ])
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
                class_name="past-line",
                custom_attrs={"aria-expanded": var(opened, bool), "onClick": event(fn(lambda: fold))},
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
                    phrase(word("past.compared"), {"cells": cell_count(count)}),
                )
            )
        ),
        cell_list(PastState.differing, count),
        class_name="past-differing",
    )


def _pages() -> rx.Component:
    last = name("Number")(known(maybe(js(PastState.lines).at(-1), f"[{SEQ}]"), 0))
    pages = _pages_of(BEFORES.now)
    return rx.el.div(
        rx.cond(var(_pages_of(BEFORES.value).length > 1, bool), _act("past.newer", _turn(pages.slice(0, -1)))),
        rx.cond(var(js(PastState.lines).length >= PAGE, bool), _act("past.older", _turn(pages.concat([last])))),
        class_name="past-pages",
    )
