"""The numbers of each kind of rule: the fields that change them, and one line that sums them up."""

from typing import Any

import reflex as rx

from shiftapp.domain.shift_type import KINDS, STAFF_TYPES
from shiftapp.ui.components.form import between, choose, figure, labelled, tick, ticks
from shiftapp.ui.components.form_pattern import patterns
from shiftapp.ui.components.form_preference import preferences, preferences_line
from shiftapp.ui.components.rule_lines import summed_up
from shiftapp.ui.components.rule_numbers import Team, drawn
from shiftapp.ui.js import Js, fn, js, known, name, var, when
from shiftapp.ui.say import phrase, say, word
from shiftapp.ui.state.rule_fields import FIELDS
from shiftapp.ui.state.rule_form import SPANS


def fields(rule: Js, symbols: Any, team: Team) -> rx.Component:
    """Draw the fields of a rule's numbers, by its kind."""
    numbers = rule.params
    return rx.match(
        var(rule.kind),
        ("calendar", _calendar(numbers)),
        ("eligibility", _eligibility(numbers)),
        ("group_cover", _group_cover(numbers)),
        ("daily_limits", _daily_limits(numbers)),
        ("period_limits", _period_limits(numbers, team.staff)),
        ("consecutive_work", labelled(say(k="rules.consecutive_work.limit"), "limit", figure("limit", numbers.limit))),
        ("sequences", patterns(symbols, known(numbers.patterns, []))),
        ("priority", preferences(symbols, team, known(numbers.preferences, []))),
        *((kind, drawn(kind, numbers, team)) for kind in FIELDS),
        rx.fragment(),
    )


def _calendar(numbers: Js) -> rx.Component:
    return tick("early_on_closure", numbers.early_on_closure, say(k="rules.calendar.early"))


def _eligibility(numbers: Js) -> rx.Component:
    types = [(kind, f"form.type.{kind}") for kind in STAFF_TYPES]
    kinds = [(kind, f"form.kind.{kind}") for kind in KINDS]
    return rx.fragment(
        ticks("type", types, known(numbers.staff_types, []), "rules.eligibility.types"),
        ticks("kind", kinds, known(numbers.shift_kinds, []), "rules.eligibility.kinds"),
    )


def _group_cover(numbers: Js) -> rx.Component:
    return labelled(
        say(k="rules.group_cover.limit"),
        "limit",
        figure("limit", numbers.limit, halves=True),
        hint="rules.group_cover.where",
    )


def _limits(
    label: rx.Component, heard: Any, field: Any, limits: Any, halves: bool, class_name: str = ""
) -> rx.Component:
    return rx.el.div(
        rx.el.span(label, class_name="limits-label"),
        between(field, limits, halves, heard),
        class_name=f"limits-line {class_name}",
    )


def _daily_limits(numbers: Js) -> rx.Component:
    own = known(numbers.by_weekday, js({}))
    return rx.el.fieldset(
        rx.el.legend(say(k="rules.daily_limits.unit"), class_name="form-label"),
        _limits(say(k="rules.daily_limits.every"), word("rules.daily_limits.every"), "every", numbers.every_day, False),
        *(
            _limits(say(k=f"weekday.{day}"), word(f"weekday.{day}"), f"day{day}", own[str(day)], False)
            for day in range(7)
        ),
        rx.el.span(say(k="rules.daily_limits.hint"), class_name="form-hint"),
        class_name="form-limits form-wide",
    )


def _period_limits(numbers: Js, staff: Any) -> rx.Component:
    spans = [(span, f"rules.period_limits.span.{span}") for span in SPANS]
    by_type = known(numbers.by_staff_type, js({}))
    return rx.fragment(
        labelled(
            say(k="rules.period_limits.span"), "span", choose("span", known(numbers.span, "business_month"), spans)
        ),
        rx.el.fieldset(
            rx.el.legend(say(k="rules.period_limits.days"), class_name="form-label"),
            _limits(
                say(k="rules.period_limits.everyone"),
                word("rules.period_limits.everyone"),
                "everyone",
                numbers.everyone,
                True,
            ),
            *(
                _limits(say(k=f"form.type.{kind}"), word(f"form.type.{kind}"), f"type.{kind}", by_type[kind], True)
                for kind in STAFF_TYPES
            ),
            class_name="form-limits",
        ),
        _own_limits(numbers, js(staff)),
    )


def _own_limits(numbers: Js, staff: Js) -> rx.Component:
    own = known(numbers.by_staff, js({}))

    def one(person: Any) -> rx.Component:
        found = js(person)
        return _limits(
            rx.fragment(var(found[1])), found[1], js("staff.") + found[0], own[name("String")(found[0])], True
        )

    return rx.el.details(
        rx.el.summary(say(k="rules.period_limits.own")),
        rx.el.span(say(k="rules.period_limits.own_hint"), class_name="form-hint"),
        rx.cond(var(staff.length == 0, bool), rx.el.p(say(k="rules.period_limits.no_staff"), class_name="form-hint")),
        rx.el.div(rx.foreach(var(staff, list[Any]), one), class_name="form-limits own-limits"),
        open=var(name("Object").keys(own).length > 0, bool),
        class_name="form-wide own-staff",
    )


def summary(rule: Js, symbols: Any, team: Team) -> Js:
    """Return a rule's numbers in one line, as an expression."""
    numbers, marks = rule.params, js(symbols)
    lines = {
        "calendar": lambda: when(
            numbers.early_on_closure, word("rules.calendar.early_yes"), word("rules.calendar.early_no")
        ),
        "eligibility": lambda: _eligibility_line(numbers),
        "group_cover": lambda: phrase(word("rules.group_cover.summary"), {"limit": _shown(numbers.limit / 2)}),
        "daily_limits": lambda: _daily_line(numbers),
        "period_limits": lambda: _period_line(numbers),
        "consecutive_work": lambda: phrase(word("rules.consecutive_work.summary"), {"limit": _shown(numbers.limit)}),
        "sequences": lambda: (
            known(numbers.patterns, [])
            .map(
                fn(
                    lambda steps: steps.map(fn(lambda kinds: kinds.map(fn(lambda kind: marks[kind])).join("/"))).join(
                        ""
                    )
                )
            )
            .join("  ")
        ),
        "priority": lambda: preferences_line(numbers, team),
        "requests": lambda: phrase(word("rules.requests.summary"), {"weight": _shown(rule.weight)}),
    }
    lines |= {kind: lambda kind=kind: summed_up(kind, numbers, marks, team) for kind in FIELDS}
    line = js("")
    for kind, draw in lines.items():
        line = when(rule.kind == kind, draw(), line)
    return line


def _shown(number: Any) -> Js:
    return name("String")(number)


def _range(limits: Any, divisor: int) -> Js:
    """Write limits as ``2–5``, ``≥ 2``, ``≤ 5`` or in words where there are none."""
    found = known(limits, js({}))
    low, high = known(found.minimum, -1), known(found.maximum, -1)
    return when(
        (low < 0) & (high < 0),
        word("form.any"),
        when(
            high < 0,
            js("≥ ") + low / divisor,
            when(
                low < 0,
                js("≤ ") + high / divisor,
                when(low == high, _shown(low / divisor), _shown(low / divisor) + "–" + high / divisor),
            ),
        ),
    )


def _daily_line(numbers: Js) -> Js:
    own = known(numbers.by_weekday, js({}))
    weekdays = (
        name("Object").keys(own).map(fn(lambda day: js(" · ") + word(js("weekday.") + day) + " " + _range(own[day], 1)))
    )
    return phrase(word("rules.daily_limits.summary"), {"every": _range(numbers.every_day, 1)}) + weekdays.join("")


def _period_line(numbers: Js) -> Js:
    by_type, own = known(numbers.by_staff_type, js({})), known(numbers.by_staff, js({}))
    types = (
        js(list(STAFF_TYPES))
        .filter(fn(lambda kind: by_type[kind]))
        .map(fn(lambda kind: js(" · ") + word(js("form.type.") + kind) + " " + _range(by_type[kind], 2)))
    )
    count = name("Object").keys(own).length
    return (
        word(js("rules.period_limits.short.") + known(numbers.span, "business_month"))
        + types.join("")
        + when(
            count > 0,
            js(" · ") + phrase(word("rules.period_limits.own_count"), {"count": _shown(count)}),
            "",
        )
    )


def _eligibility_line(numbers: Js) -> Js:
    types, kinds = known(numbers.staff_types, []), known(numbers.shift_kinds, [])
    listed = types.map(fn(lambda kind: word(js("form.type.") + kind))).join(word("form.and"))
    return when(
        types.length == 0,
        word("rules.eligibility.nobody"),
        phrase(
            word("rules.eligibility.summary"),
            {
                "types": listed,
                "kinds": kinds.map(fn(lambda kind: word(js("form.kind.") + kind))).join(word("form.and")),
            },
        ),
    )
