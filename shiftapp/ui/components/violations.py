"""The panel of broken rules: which, who, when, by how much, at what cost; a click goes to the cell."""

import reflex as rx

from shiftapp.live.broken import SLOT_MARKS
from shiftapp.ui.client import Js, do, event, field, fn, js, known, let, maybe, name, var, when
from shiftapp.ui.components.heading import day_words
from shiftapp.ui.components.sheet import days, focus, go, order
from shiftapp.ui.say import phrase, say, word
from shiftapp.ui.state.grid import GridState
from shiftapp.ui.state.violations import ViolationState


def violations() -> rx.Component:
    """Draw the panel."""
    return rx.el.section(
        rx.el.header(
            rx.el.h2(say(k="violations.title")),
            rx.el.span(ViolationState.count, class_name="badge", custom_attrs={"data-testid": "violation-count"}),
            rx.el.span(
                var(phrase(word("violations.cost"), {"cost": ViolationState.cost})),
                class_name="cost",
                custom_attrs={"data-testid": "violation-cost"},
            ),
        ),
        rx.cond(
            var(js(ViolationState.undecided) > 0, bool),
            rx.el.p(
                var(phrase(word("violations.undecided"), {"count": ViolationState.undecided})),
                class_name="undecided",
            ),
        ),
        rx.cond(
            var(js(ViolationState.count) > 0, bool),
            rx.el.ul(rx.foreach(var(slots(), list[int]), lambda slot: _line(js(slot))), class_name="violation-list"),
            rx.el.p(say(k="violations.none"), class_name="none-broken"),
        ),
        class_name="violations",
        custom_attrs={"aria-label": var(word("violations.title"))},
    )


def slots() -> Js:
    """List the slots to draw, in order."""
    return name("Array").from_(ViolationState.lines, fn(lambda mark: js(SLOT_MARKS).indexOf(mark)))


def _line(slot: Js) -> rx.Component:
    slot_name = js("v") + name("String")(slot).padStart(3, "0")
    return violation_line(broken=var(known(field(ViolationState, slot_name), js([])), list[str]), days=GridState.days)


@rx.memo
def violation_line(broken: rx.Var[list[str]], days: rx.Var[list[list[str]]]) -> rx.Component:
    """Draw one violation: [kind, label, staff names, staff id, date, arguments, cost, hard]."""
    part = js(broken)
    day = js(days).find(fn(lambda one: one[0] == part[4]))
    where = let(day, lambda one: when(one, day_words(one), part[4]))
    rule = known(word(js("rules.") + part[0]), part[0])
    hard = part[7] == "1"
    return rx.el.li(
        rx.el.button(
            rx.el.span(
                rx.el.b(var(rule)),
                rx.el.span(var(part[1]), class_name="label"),
                class_name="rule",
            ),
            rx.el.span(
                var(js([part[2], where]).filter(fn(lambda one: one)).join(" · ")),
                class_name="where",
            ),
            rx.el.span(var(sentence(part)), class_name="amount"),
            rx.el.span(
                var(when(hard, word("violations.hard"), part[6])), class_name=var(when(hard, "price hard", "price"))
            ),
            type="button",
            class_name="violation",
            custom_attrs={"onClick": event(fn(lambda: jump(part[3], part[4])))},
        )
    )


def sentence(part: Js) -> Js:
    """Word how far a rule is broken; the arguments are written ``name=value;name=value``."""
    pairs = known(part[5], "").split(";").map(fn(lambda pair: pair.split("=")))

    def worded(given: Js) -> Js:
        way = when(
            given.minimum,
            ".under",
            when(
                given.maximum, ".over", when(given.wanted == "1", ".wanted", when(given.wanted == "0", ".unwanted", ""))
            ),
        )
        return phrase(known(word(js("broken.") + part[0] + way), ""), given)

    return let(name("Object").fromEntries(pairs), worded)


def jump(staff: Js, day: Js) -> Js:
    """Move the cursor to a violation's cell and give the grid the keyboard."""
    row = order().findIndex(fn(lambda one: known(maybe(js(GridState.people)[name("Number")(one)], "[0]"), "") == staff))
    column = days().findIndex(fn(lambda one: one[0] == day))
    return do(let(row, column, lambda r, c: go(r, c)), focus())
