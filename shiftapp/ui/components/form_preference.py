"""What people prefer and avoid: rows of the open form, each a sentence, one of them opened to change it."""

from typing import Any

import reflex as rx

from shiftapp.ui.client import Kept, event
from shiftapp.ui.components.form import error, hidden
from shiftapp.ui.components.form_dialog import icon_button
from shiftapp.ui.components.form_draft import Draft
from shiftapp.ui.components.form_preference_row import PREFERENCES, Choices, row_fields
from shiftapp.ui.components.rule_numbers import Team
from shiftapp.ui.components.rule_scope import named, named_dates
from shiftapp.ui.js import Js, do, fn, js, known, let, name, var, when
from shiftapp.ui.say import phrase, say, word
from shiftapp.ui.state.rule_preferences import FIELD

OPENED = Kept("preferenceopen", -1)
"""Place of the row that is being changed; −1: none."""

_APART, _ISO = name(r"/[\s,、;]+/"), name(r"/^\d{4}-\d\d?-\d\d?$/")
"""What stands between dates that were typed, and what a date is."""
_FIRST = {"staff": "", "prefers": True, "shifts": [], "weekdays": [], "dates": "", "level": 3, "hard": False}


def _rows(stored: Js) -> Js:
    text = name("String")
    return stored.map(
        fn(
            lambda one: js(
                {
                    "staff": text(one.staff),
                    "prefers": one.prefers,
                    "shifts": one.shifts,
                    "weekdays": known(one.weekdays, []),
                    "dates": known(one.dates, []).join(", "),
                    "level": one.level,
                    "hard": one.hard,
                }
            )
        )
    )


DRAFT = Draft(PREFERENCES, _rows)


@rx.memo
def take_up_preferences(stored: rx.Var[list[Any]]) -> rx.Component:
    """Follow what a colleague saves."""
    return DRAFT.take_up(js(stored))


def hold_preferences(stored: Js) -> Js:
    """Take up the preferences of the rule whose form opens."""
    return do(DRAFT.begin(stored), OPENED.set(-1))


def preferences_line(numbers: Js, team: Team) -> Js:
    """Sum the preferences up: whose they are and how many."""
    asked = known(numbers.preferences, js([]))
    people = asked.map(fn(lambda one: one.staff)).filter(fn(lambda one, at, all_: all_.indexOf(one) == at))
    given = {"who": named(people, team.staff, "rules.scope.people"), "count": name("String")(asked.length)}
    return when(asked.length == 0, word("rules.priority.none"), phrase(word("rules.priority.summary"), given))


def preferences(symbols: Any, team: Team, stored: Js) -> rx.Component:
    """Draw the rows; ``symbols`` gives the symbol of each kind, ``stored`` the preferences that are saved."""
    grow = let(PREFERENCES.now.length, lambda at: do(PREFERENCES.set(PREFERENCES.now.concat([_FIRST])), OPENED.set(at)))
    return rx.el.div(
        DRAFT.follow(stored, take_up_preferences(stored=var(stored, list[Any]))),
        rx.el.p(say(k="rules.priority.hint"), class_name="form-hint"),
        rx.foreach(
            var(PREFERENCES.value, list[Any]), lambda row, at: _row(js(row), js(at), Choices(js(symbols), team))
        ),
        rx.cond(
            var(PREFERENCES.value.length == 0, bool), rx.el.p(say(k="rules.priority.none"), class_name="form-hint")
        ),
        error("preferences"),
        rx.el.button(
            rx.icon("plus", size=14),
            say(k="rules.priority.add"),
            type="button",
            class_name="form-link",
            custom_attrs={"onClick": event(fn(lambda: grow))},
        ),
        class_name="form-field form-wide preferences",
    )


def _row(row: Js, at: Js, choices: Choices) -> rx.Component:
    opened, place = OPENED.value == at, js(f"{FIELD}.") + at
    gone = do(PREFERENCES.set(PREFERENCES.now.filter(fn(lambda _, other: other != at))), OPENED.set(-1))
    return rx.el.div(
        hidden(place, name("JSON").stringify(row)),
        rx.el.div(
            rx.el.button(
                rx.el.span(var(_sentence(row, choices)), class_name="preference-says"),
                rx.el.span(var(_days(row)), class_name="preference-days"),
                rx.el.span(var(_level(row)), class_name=var(js("rule-strictness ") + when(row.hard, "hard", "soft"))),
                rx.icon("chevron-down", size=14, class_name="item-chevron"),
                type="button",
                class_name="preference-head",
                custom_attrs={
                    "aria-expanded": var(opened, bool),
                    "onClick": event(fn(lambda: OPENED.set(when(OPENED.now == at, -1, at)))),
                },
            ),
            icon_button("trash-2", phrase(word("rules.priority.remove"), {"number": at + 1}), gone),
            class_name="preference-line",
        ),
        error(place),
        rx.cond(var(opened, bool), row_fields(row, at, choices)),
        class_name=var(js("preference") + when(opened, " open", "")),
    )


def _sentence(row: Js, choices: Choices) -> Js:
    says = when(row.prefers, word("rules.priority.prefers"), word("rules.priority.avoids"))
    return phrase(says, {"who": choices.who(row.staff), "shifts": choices.shifts(row.shifts)})


def _days(row: Js) -> Js:
    listed = row.weekdays.slice().sort().map(fn(lambda day: word(js("weekday.") + day))).join(word("form.and"))
    dates = row.dates.split(_APART).filter(name("Boolean"))
    iso = dates.every(fn(lambda one: _ISO.test(one)))
    parts = js([listed, when(iso, named_dates(dates), row.dates)]).filter(name("Boolean"))
    return when(parts.length == 0, word("rules.priority.every"), parts.join(" · "))


def _level(row: Js) -> Js:
    level = phrase(word("rules.priority.level_of"), {"level": name("String")(row.level)})
    return when(row.hard, word("rules.hard"), level)
