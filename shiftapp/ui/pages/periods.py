"""The periods page: every period of the team, and a form for the next."""

from typing import Any

import reflex as rx

from shiftapp.ui.client import event
from shiftapp.ui.components.dates import span
from shiftapp.ui.components.form import error, hidden, labelled, line
from shiftapp.ui.components.form_dialog import form_buttons, icon_button
from shiftapp.ui.components.form_open import form, is_open, sent, show, toggle
from shiftapp.ui.components.settings import settings
from shiftapp.ui.js import Js, fn, js, var, when
from shiftapp.ui.say import phrase, say, word
from shiftapp.ui.state.periods import PeriodsState

ROUTE = "/settings/periods"
LONGEST_NAME = 80
_NEW = "new-period"
"""Id of the button that opens the form of a new period."""


def periods() -> rx.Component:
    """Draw the page."""
    found = js(PeriodsState.periods)
    return settings(
        "periods",
        rx.cond(var(PeriodsState.may_edit, bool), _new()),
        rx.el.ul(
            rx.foreach(var(found, list[Any]), lambda period: _item(js(period))),
            class_name="items",
        ),
        rx.cond(
            var(js(PeriodsState.ready) & (found.length == 0), bool),
            rx.el.p(say(k="periods.none"), class_name="form-note"),
        ),
        may_edit=PeriodsState.may_edit,
    )


def title(period: Js) -> Js:
    """Return what a period is called: its name, or its dates."""
    return when(period.name == "", span(period.starts, period.ends), period.name)


def _item(period: Js) -> rx.Component:
    opened = is_open(_button(period))
    return rx.el.li(
        rx.el.div(
            rx.el.span(
                rx.link(var(title(period)), href=var(js("/schedule/") + period.id), class_name="item-name"),
                rx.el.span(var(_says(period)), class_name="item-says"),
                class_name="item-words",
            ),
            rx.el.span(var(word(js("period.") + period.state)), class_name=var(js("badge period-") + period.state)),
            rx.cond(var(PeriodsState.may_edit, bool), _rename(period, opened)),
            rx.link(say(k="periods.open"), href=var(js("/schedule/") + period.id), class_name="form-button"),
            class_name="item-row item-actions",
        ),
        rx.cond(var(opened, bool), period_panel(period=var(period, dict))),
        class_name="item",
        custom_attrs={"data-period": var(period.id)},
    )


def _says(period: Js) -> Js:
    days = phrase(word("periods.days"), {"days": period.days})
    return when(period.name == "", days, span(period.starts, period.ends) + " · " + days)


def _button(period: Js) -> Js:
    """Return the id of the button that renames a period."""
    return js("period-") + period.id


def _rename(period: Js, opened: Js) -> rx.Component:
    return icon_button(
        "pencil",
        phrase(word("periods.rename_of"), {"period": title(period)}),
        toggle(_button(period)),
        **{"id": var(_button(period)), "aria-expanded": var(opened, bool)},
    )


@rx.memo
def period_panel(period: rx.Var[dict]) -> rx.Component:
    """Draw the form that renames one period."""
    found = js(period)
    return form(
        labelled(
            say(k="periods.name"),
            "name",
            line("name", found.name, max_length=LONGEST_NAME, auto_focus=True),
            hint="periods.name_hint",
        ),
        form_buttons(),
        on_submit=lambda data: PeriodsState.rename(sent(period=found.id, fields=data)),
        class_name="item-panel",
    )


def _new() -> rx.Component:
    opened = is_open(_NEW) | (js(PeriodsState.ready) & (js(PeriodsState.periods).length == 0))
    return rx.cond(
        var(opened, bool),
        new_period(),
        rx.el.button(
            rx.icon("plus", size=15),
            say(k="periods.new"),
            type="button",
            class_name="form-button primary page-action",
            custom_attrs={"id": _NEW, "onClick": event(fn(lambda: show(_NEW)))},
        ),
    )


@rx.memo
def new_period() -> rx.Component:
    """Draw the form of a new period: the next one or two business months, or dates of one's own."""
    return form(
        rx.el.h2(say(k="periods.new"), class_name="form-title"),
        rx.el.fieldset(
            rx.el.legend(say(k="periods.length"), class_name="form-label"),
            *(_length(which, number) for number, which in enumerate(("one", "two"))),
            _own(),
            error("length"),
            class_name="form-radios period-length",
        ),
        rx.el.div(
            labelled(say(k="periods.starts"), "starts", line("starts", js(PeriodsState.next)[0][0], type="date")),
            labelled(say(k="periods.ends"), "ends", line("ends", js(PeriodsState.next)[0][1], type="date")),
            class_name="form-row own-dates",
        ),
        labelled(say(k="periods.name"), "name", line("name", "", max_length=LONGEST_NAME), hint="periods.name_hint"),
        form_buttons(save=say(k="periods.create")),
        on_submit=lambda data: PeriodsState.create(sent(fields=data)),
        class_name="form-card",
    )


def _length(which: str, number: int) -> rx.Component:
    dates = js(PeriodsState.next)[number]
    return rx.el.label(
        rx.el.input(type="radio", name="length", value=which, default_checked=number == 1, class_name="form-radio"),
        rx.el.span(
            say(k=f"periods.{which}"),
            rx.el.span(var(span(dates[0], dates[1])), class_name="form-hint"),
            class_name="item-words",
        ),
        hidden(f"{which}.starts", dates[0]),
        hidden(f"{which}.ends", dates[1]),
        class_name="form-ticked",
    )


def _own() -> rx.Component:
    return rx.el.label(
        rx.el.input(type="radio", name="length", value="own", class_name="form-radio form-radio-own"),
        say(k="periods.own"),
        class_name="form-ticked",
    )
