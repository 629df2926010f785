"""One violation as people read it: rule, who, when, by how much, at what cost; a click goes to the cell."""

from typing import Any

import reflex as rx

from shiftapp.live.lines import SHORT
from shiftapp.ui.client import event
from shiftapp.ui.components.heading import day_words, short_day
from shiftapp.ui.components.phone import turn_to
from shiftapp.ui.components.rows import by_letter, days, is_cell, order
from shiftapp.ui.components.sheet import focus, go
from shiftapp.ui.js import Js, do, fn, js, known, let, maybe, name, var, when
from shiftapp.ui.say import phrase, word
from shiftapp.ui.state.grid import GridState

LABEL, ROWS, FIRST, LAST, COST, HARD, DETAILS = range(7)
"""The parts of a line of ``shiftapp.live.lines``."""
NAMED = 3
"""How many of several people are named."""


def split(line: Any) -> Js:
    """Return the parts of a line."""
    return js(line).split("|")


def rule_of(label: Any, labels: Any) -> Js:
    """Return [kind, name, limit] of a line's rule."""
    return known(js(labels)[label], [label, "", ""])


def rule_words(rule: Js) -> Js:
    """Return what a rule is called."""
    return known(word(js("rules.") + rule[0]), rule[0])


def rule_named(rule: Js) -> Js:
    """Return what a rule is called, with its group's name or its own."""
    named = phrase(word("clash.named"), {"rule": rule_words(rule), "label": rule[1]})
    return when(rule[1] == "", rule_words(rule), named)


@rx.memo
def violation_line(
    line: rx.Var[str],
    labels: rx.Var[list[list[str]]],
    people: rx.Var[list[list[str]]],
    days: rx.Var[list[list[str]]],
    shifts: rx.Var[list[list[str]]],
    rest: rx.RestProp,
) -> rx.Component:
    """Draw one violation."""
    part = split(line)
    rule = rule_of(part[LABEL], labels)
    hard = part[HARD] == "1"
    where = js([names_of(part, js(people)), when_of(part, js(days))]).filter(name("Boolean")).join(" · ")
    return rx.el.li(
        rx.el.button(
            rx.el.span(rx.el.b(var(rule_words(rule))), rx.el.span(var(rule[1]), class_name="label"), class_name="rule"),
            rx.el.span(var(where), class_name="where"),
            rx.el.span(var(sentence(rule, part, js(shifts))), class_name="amount"),
            rx.el.span(
                var(when(hard, word("violations.hard"), part[COST])), class_name=var(when(hard, "price hard", "price"))
            ),
            type="button",
            class_name="violation",
            custom_attrs={"data-slot": var(part[ROWS].split(",")[0]), "data-column": var(part[FIRST])},
        ),
        rest,
    )


def names_of(part: Js, people: Js) -> Js:
    """Name those concerned: all of a few, of many the first ones and how many more."""
    called = part[ROWS].split(",").filter(name("Boolean")).map(fn(lambda row: known(maybe(people[row], "[1]"), "")))

    def short(all_names: Js) -> Js:
        first = all_names.slice(0, NAMED).join(word("violations.and"))
        more = phrase(word("violations.more"), {"names": first, "count": all_names.length - NAMED})
        return when(all_names.length > NAMED + 1, more, all_names.join(word("violations.and")))

    return let(called, short)


def when_of(part: Js, days: Js) -> Js:
    """Say on which day, or from when to when."""

    def span(first: Js, last: Js) -> Js:
        both = phrase(word("violations.span"), {"first": short_day(first), "last": short_day(last)})
        return when(first, when(last, both, day_words(first)), "")

    return let(days[part[FIRST]], days[when(part[LAST] == "", -1, part[LAST])], span)


def sentence(rule: Js, part: Js, shifts: Js) -> Js:
    """Word how far a rule is broken."""
    long_names = js({short: long for long, short in SHORT.items()})

    def symbol(mark: Js) -> Js:
        return known(maybe(by_letter(shifts, mark), "[2]"), "")

    def value(pair: Js) -> Js:
        symbols = name("Array").from_(pair[1]).map(fn(symbol)).join("")
        return when(js(["s", "f", "q"]).includes(pair[0]), known(symbols, ""), pair[1])

    def named(pair: Js) -> Js:
        return js([known(long_names[pair[0]], pair[0]), value(pair)])

    def worded(given: Js) -> Js:
        side = when(given.minimum, ".under", when(given.maximum, ".over", ""))
        pair = when(given.together == "1", ".together", when(given.together == "0", ".apart", side))
        way = when(given.wanted == "1", ".wanted", when(given.wanted == "0", ".unwanted", pair))
        return phrase(known(word(js("broken.") + rule[0] + way), ""), given)

    details = part[DETAILS] + ";" + known(rule[2], "")
    pairs = details.split(";").filter(name("Boolean")).map(fn(lambda pair: named(pair.split("="))))
    return let(name("Object").fromEntries(pairs), worded)


def violation_list(lines: rx.Component) -> rx.Component:
    """Draw a list of violations; it hears the clicks on them, so that no line is drawn again with every edit."""

    def follow(clicked: Js) -> Js:
        return when(clicked, jump_to(clicked.dataset.slot, name("Number")(clicked.dataset.column)))

    return rx.el.ul(
        lines,
        class_name="violation-list",
        custom_attrs={"onClick": event(fn(lambda given: let(given.target.closest(".violation"), follow)))},
    )


def jump_to(slot: Js, column: Js) -> Js:
    """Move the cursor to a violation's cell, somebody's where a day as a whole is concerned."""
    row = when(slot == "", order().findIndex(fn(lambda _, at: is_cell(at, column))), order().indexOf(slot))
    return let(row, lambda at: when(at >= 0, _to(at, column)))


def _to(row: Js, column: Js) -> Js:
    """Move the cursor, and a phone's cards, to a cell and give it the keyboard."""
    return do(go(row, column), focus(), turn_to(row, column))


def jump(staff: Js, day: Js) -> Js:
    """Move the cursor to the cell of a staff id and an ISO date and give the grid the keyboard."""
    row = order().findIndex(fn(lambda one: known(maybe(js(GridState.people)[name("Number")(one)], "[0]"), "") == staff))
    column = days().findIndex(fn(lambda one: one[0] == day))
    return let(row, column, lambda r, c: when((r >= 0) & (c >= 0), _to(r, c)))
