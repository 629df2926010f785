"""The panel of broken rules: of the roster as it stands, and of a run's proposal; by cost, or a rule at a time."""

from typing import Any

import reflex as rx

from shiftapp.live.broken import SLOTS
from shiftapp.ui.client import Kept, event, field, once
from shiftapp.ui.components.phone import PANEL
from shiftapp.ui.components.run_words import previewing
from shiftapp.ui.components.violation_line import (
    COST,
    FIRST,
    HARD,
    LABEL,
    ROWS,
    rule_of,
    rule_words,
    split,
    violation_line,
    violation_list,
)
from shiftapp.ui.js import MISSING, Js, do, fn, js, known, let, name, numbers, var, when
from shiftapp.ui.remember import Remembered
from shiftapp.ui.say import phrase, say, word
from shiftapp.ui.state.grid import GridState
from shiftapp.ui.state.preview import PreviewState
from shiftapp.ui.state.run import RunState
from shiftapp.ui.state.violations import ViolationState

FOLDED = Remembered("panelfolded", False)
GROUPED = Remembered("violationsgrouped", False)
AFTER = Kept("violationsafter", False)
"""Whether the proposal's violations are wanted, where there is a proposal."""


def panel(*above: rx.Component) -> rx.Component:
    """Draw the panel beside the grid; on a phone it is a sheet that `panel_button` opens."""
    recall = event(fn(lambda: do(FOLDED.recall(), GROUPED.recall())))
    return rx.el.aside(
        rx.el.output(var(_announced()), class_name="unseen", custom_attrs={"aria-live": "polite"}),
        rx.el.div(*above, _violations(), class_name="panel-content"),
        _fold(),
        id="panel",
        class_name=var(js("panel") + when(PANEL.value, " open", "")),
        on_mount=recall,
    )


def desk(*content: rx.Component) -> rx.Component:
    """Lay the grid and the panel side by side."""
    return rx.el.div(*content, class_name=var(when(FOLDED.value, "desk folded", "desk")))


def panel_button() -> rx.Component:
    """Draw the button of a phone's bottom bar: how many violations, and the panel on demand."""
    return rx.el.button(
        rx.icon("triangle-alert", size=20),
        rx.el.span(var(sums()[0]), class_name="count"),
        type="button",
        class_name="rail-button panel-button",
        custom_attrs={
            "aria-label": var(_announced()),
            "aria-expanded": var(PANEL.value, bool),
            "aria-controls": "panel",
            "onClick": event(fn(lambda: PANEL.set(~PANEL.now))),
        },
    )


def sums() -> Js:
    """List how many violations there are, what they cost, how many are hard, how many cells are not decided."""
    return js(ViolationState.sums).split(",").map(name("Number"))


def _announced() -> Js:
    return let(sums(), lambda all_of: phrase(word("violations.announced"), {"count": all_of[0], "cost": all_of[1]}))


def _fold() -> rx.Component:
    label = var(when(FOLDED.value, word("violations.unfold"), word("violations.fold")))
    return rx.el.button(
        rx.icon("chevron-right", size=16),
        rx.el.span(var(sums()[0]), class_name="count"),
        type="button",
        class_name="fold",
        custom_attrs={
            "aria-label": label,
            "title": label,
            "aria-expanded": var(~FOLDED.value, bool),
            "aria-controls": "panel",
            "onClick": event(fn(lambda: when(PANEL.now, PANEL.set(False), FOLDED.keep(~FOLDED.now)))),
        },
    )


def _ahead() -> Js:
    return previewing() & AFTER.value


def _violations() -> rx.Component:
    return rx.el.section(
        _header(),
        rx.cond(var(previewing(), bool), _choice()),
        rx.cond(
            var(_ahead(), bool),
            _list(_after(), PreviewState.after_count, "violations.pending"),
            rx.fragment(
                rx.cond(
                    var(sums()[3] > 0, bool),
                    rx.el.p(
                        var(phrase(word("violations.undecided"), {"count": sums()[3]})),
                        class_name="undecided",
                    ),
                ),
                _list(_now(), sums()[0], "violations.none"),
            ),
        ),
        class_name="violations",
        custom_attrs={"aria-label": var(word("violations.title"))},
    )


def _header() -> rx.Component:
    return rx.el.header(
        rx.el.h2(say(k="violations.title")),
        rx.el.span(var(sums()[0]), class_name="badge", custom_attrs={"data-testid": "violation-count"}),
        rx.el.span(
            var(phrase(word("violations.cost"), {"cost": sums()[1]})),
            class_name="cost",
            custom_attrs={"data-testid": "violation-cost"},
        ),
        rx.el.button(
            rx.icon("list-tree", size=16),
            type="button",
            class_name="group-by",
            custom_attrs={
                "aria-label": var(word("violations.group")),
                "title": var(word("violations.group")),
                "aria-pressed": var(GROUPED.value, bool),
                "onClick": event(fn(lambda: GROUPED.keep(~GROUPED.now))),
            },
        ),
    )


def _choice() -> rx.Component:
    """Choose between the roster as it stands and as the proposal would leave it."""
    return rx.el.div(
        _side("violations.now", sums()[1], False),
        _side("violations.after", RunState.cost, True),
        class_name="sides",
        custom_attrs={"role": "group", "aria-label": var(word("violations.title"))},
    )


def _side(key: str, cost: Any, after: bool) -> rx.Component:
    chosen = AFTER.value if after else ~AFTER.value
    return rx.el.button(
        rx.el.span(say(k=key)),
        rx.el.span(var(phrase(word("violations.cost"), {"cost": cost})), class_name="cost"),
        type="button",
        custom_attrs={"aria-pressed": var(chosen, bool), "onClick": event(fn(lambda: AFTER.set(after)))},
    )


def _now() -> Js:
    """List the filled slots: [slot, line]."""
    slot = fn(lambda at: [at.toString(), field(ViolationState, js("v") + at.toString().padStart(3, "0"))])
    return numbers(0, SLOTS).map(slot).filter(fn(lambda one: one[1]))


def _after() -> Js:
    return js(PreviewState.after).map(fn(lambda line, at: [at.toString(), line]))


def _compare(a: Js, b: Js) -> Js:
    """Order two texts, numbers in them by their value."""
    return once("collator", name("new Intl.Collator")(MISSING, {"numeric": True})).compare(a, b)


def in_order(given: Js, grouped: Js) -> Js:
    """Put [key, line] pairs in order: by rule where wanted; then hard ones, dear ones and early ones first."""

    def compare(a: Js, b: Js) -> Js:
        def by(part: int) -> Js:
            return a[part] - b[part]

        rule = _compare(a[LABEL], b[LABEL])
        return (
            (grouped & rule) | (b[HARD] - a[HARD]) | (b[COST] - a[COST]) | by(FIRST) | rule | _compare(a[ROWS], b[ROWS])
        )

    return given.toSorted(fn(lambda a, b: let(split(a[1]), split(b[1]), compare)))


def with_headings(given: Js) -> Js:
    """Add to each pair what heads it where its rule is another than the one before: how many, and their cost."""

    def heading(at: Js, label: Js) -> Js:
        same = given.filter(fn(lambda one: split(one[1])[LABEL] == label))
        cost = same.reduce(fn(lambda total, one: total + name("Number")(split(one[1])[COST])), 0)
        first = (at == 0) | (split(known(given[at - 1], ["", ""])[1])[LABEL] != label)
        return when(first, [label, same.length.toString(), cost.toString()], js(["", "", ""]))

    return given.map(fn(lambda one, at: let(split(one[1])[LABEL], lambda label: one.concat(heading(at, label)))))


def _list(source: Js, count: Any, none: str) -> rx.Component:
    grouped = GROUPED.value
    lines = let(in_order(source, grouped), lambda found: when(grouped, let(found, with_headings), found))
    return rx.cond(
        var(js(count) > 0, bool),
        violation_list(rx.foreach(var(lines, list[list[str]]), lambda line: _item(js(line)))),
        rx.el.p(
            var(when(js(count) == 0, word("violations.none"), word(none))),
            class_name="none-broken",
        ),
    )


def _item(line: Js) -> rx.Component:
    rule = rule_of(line[2], ViolationState.labels)
    return rx.fragment(
        rx.cond(
            var(line[2], bool),
            rx.el.li(
                rx.el.b(var(rule_words(rule))),
                rx.el.span(var(rule[1]), class_name="label"),
                rx.el.span(var(line[3]), class_name="badge"),
                rx.el.span(var(line[4]), class_name="cost"),
                class_name="rule-head",
            ),
        ),
        violation_line(
            line=var(line[1]),
            labels=ViolationState.labels,
            people=GridState.people,
            days=GridState.days,
            shifts=GridState.shifts,
        ),
        key=var(line[0]),
    )
