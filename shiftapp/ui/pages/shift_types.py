"""The shift types page: the symbols a cell may hold, in their order, each edited in a dialog."""

from typing import Any

import reflex as rx

from shiftapp.domain.shift_type import KINDS, STAFF_TYPES
from shiftapp.ui.client import event, send
from shiftapp.ui.components.form import choose, error, fresh, labelled, line, marked, tick, ticks
from shiftapp.ui.components.form_dialog import dialog, form_buttons, icon_button
from shiftapp.ui.components.form_open import OPEN, form, is_open, sent, show
from shiftapp.ui.components.settings import settings
from shiftapp.ui.js import Js, fn, js, known, name, var, when
from shiftapp.ui.say import LANGUAGE, phrase, say, word
from shiftapp.ui.state.shift_types import COLOURS, ShiftTypesState

ROUTE = "/settings/shift-types"
_COLUMNS = ("symbol", "name", "key", "kind", "times", "hours", "absence", "who")
_KINDS = [(kind, f"form.kind.{kind}") for kind in KINDS]
_TYPES = [(kind, f"form.type.{kind}") for kind in STAFF_TYPES]
_ABSENCES = [(half, f"shift_types.absence.{half}") for half in ("0", "1", "2")]
_NEW = {
    "id": 0, "symbol": "", "key": "", "name_ja": "", "name_en": "", "kind": "work",
    "start_minute": 540, "end_minute": 1080, "minutes": 480, "absence": 0, "rest": False,
    "colour": "gray", "staff_types": None, "automatic": False, "active": True,
}  # fmt: skip


def shift_types() -> rx.Component:
    """Draw the page."""
    found = js(ShiftTypesState.shifts)
    return settings(
        "shift_types",
        rx.cond(var(ShiftTypesState.may_edit, bool), _add()),
        rx.cond(var(found.length > 0, bool), _table(found)),
        dialog(_opened(), _title(), shift_form(shift=var(_chosen(), dict))),
        may_edit=ShiftTypesState.may_edit,
    )


def _button(shift_id: Any) -> Js:
    """Return the id of the button that opens the dialog of a shift type; 0 is a new one."""
    return js("shift-") + shift_id


def _opened() -> Js:
    return OPEN.value.id.startsWith("shift-") & is_open(OPEN.value.id)


def _chosen() -> Js:
    """Return the shift type in the dialog, as it is now."""
    return known(js(ShiftTypesState.shifts).find(fn(lambda shift: _button(shift.id) == OPEN.value.id)), js(_NEW))


def _title() -> Js:
    edit = phrase(word("shift_types.edit_of"), {"name": _called(_chosen())})
    return when(_chosen().id > 0, edit, word("shift_types.new"))


def _called(shift: Js) -> Js:
    return when(LANGUAGE.value == "ja", shift.name_ja, shift.name_en)


def _add() -> rx.Component:
    return rx.el.button(
        rx.icon("plus", size=15),
        say(k="shift_types.new"),
        type="button",
        class_name="form-button primary page-action",
        custom_attrs={"id": "shift-0", "onClick": event(fn(lambda: show(_button(0))))},
    )


def _table(found: Js) -> rx.Component:
    return rx.el.div(
        rx.el.table(
            rx.el.thead(
                rx.el.tr(
                    *(
                        rx.el.th(
                            say(k=f"shift_types.{key}"),
                            class_name="number" if key == "hours" else "",
                            custom_attrs={"scope": "col"},
                        )
                        for key in _COLUMNS
                    ),
                    rx.el.th(rx.el.span(say(k="form.edit"), class_name="sr-only")),
                )
            ),
            rx.el.tbody(rx.foreach(var(found, list[Any]), lambda shift, at: _row(js(shift), js(at), found))),
            class_name="list",
        ),
        class_name="list-wrap",
    )


def _row(shift: Js, at: Js, found: Js) -> rx.Component:
    types = known(shift.staff_types, js([]))
    listed = types.map(fn(lambda kind: word(js("form.type.") + kind))).join(word("form.and"))
    return rx.el.tr(
        rx.el.td(
            rx.el.span(var(shift.symbol), class_name=var(js("big-symbol k-") + shift.colour)),
            class_name="lead symbol-lead",
        ),
        rx.el.td(_name(shift), class_name="big"),
        rx.el.td(rx.el.kbd(var(shift.key))),
        rx.el.td(var(word(js("form.kind.") + shift.kind))),
        rx.el.td(var(_times(shift))),
        rx.el.td(var(when(shift.minutes > 0, _hours(shift.minutes) + word("staff.hour"), "")), class_name="number"),
        rx.el.td(var(when(shift.absence > 0, word(js("shift_types.absence.") + shift.absence), ""))),
        rx.el.td(var(when(types.length > 0, listed, word("shift_types.everyone")))),
        rx.el.td(rx.cond(var(ShiftTypesState.may_edit, bool), _actions(shift, at, found)), class_name="actions"),
        class_name=var(when(shift.active, "", "away")),
        custom_attrs={"data-shift": var(shift.id)},
    )


def _name(shift: Js) -> rx.Component:
    return rx.fragment(
        rx.el.button(
            var(_called(shift)),
            type="button",
            class_name="list-name",
            disabled=var(~js(ShiftTypesState.may_edit), bool),
            custom_attrs={"id": var(_button(shift.id)), "onClick": event(fn(lambda: show(_button(shift.id))))},
        ),
        rx.cond(var(~shift.active, bool), rx.el.span(say(k="shift_types.inactive"), class_name="chip")),
    )


def _hours(minutes: Js) -> Js:
    return name("Number")((minutes / 60).toFixed(2)).toString()


def _clock(minutes: Any) -> Js:
    """Write minutes after midnight as ``09:00``; nothing where there are none."""
    known_minutes = known(minutes, 0) % 1440
    two = fn(lambda number: name("String")(number).padStart(2, "0"))
    clock = two(name("Math").floor(known_minutes / 60)) + ":" + two(known_minutes % 60)
    return when(js(minutes) == None, "", clock)  # noqa: E711


def _times(shift: Js) -> Js:
    end = _clock(shift.end_minute)
    late = when(shift.end_minute > 1440, phrase(word("shift_types.next_day"), {"time": end}), end)
    return when(shift.start_minute == None, "", _clock(shift.start_minute) + "–" + late)  # noqa: E711


def _actions(shift: Js, at: Js, found: Js) -> rx.Component:
    def move(up: bool) -> Js:
        return send(ShiftTypesState.move(var({"shift": shift.id, "up": up}, dict)))

    named = {"name": _called(shift)}
    return rx.fragment(
        icon_button("chevron-up", phrase(word("shift_types.up_of"), named), move(True), at == 0),
        icon_button("chevron-down", phrase(word("shift_types.down_of"), named), move(False), at == found.length - 1),
        icon_button("pencil", phrase(word("shift_types.edit_of"), named), show(_button(shift.id))),
    )


def _working_time(found: Js) -> tuple[rx.Component, ...]:
    """Draw when the shift begins and ends, and the hours it counts."""
    return (
        labelled(say(k="shift_types.start"), "start", line("start", _clock(found.start_minute), type="time")),
        labelled(
            say(k="shift_types.end"),
            "end",
            line("end", _clock(found.end_minute), type="time"),
            hint="shift_types.end_hint",
        ),
        labelled(
            say(k="shift_types.hours"),
            "hours",
            line("hours", _hours(found.minutes), input_mode="decimal", class_name="form-number"),
        ),
    )


@rx.memo
def shift_form(shift: rx.Var[dict]) -> rx.Component:
    """Draw the form of one shift type."""
    found = js(shift)
    return form(
        rx.el.div(
            labelled(
                say(k="shift_types.symbol"),
                "symbol",
                line("symbol", found.symbol, class_name="form-number"),
                hint="shift_types.symbol_hint",
            ),
            labelled(
                say(k="shift_types.key"),
                "key",
                line("key", found.key, max_length=1, class_name="form-number"),
                hint="shift_types.key_hint",
            ),
            labelled(say(k="shift_types.name_ja"), "name_ja", line("name_ja", found.name_ja)),
            labelled(say(k="shift_types.name_en"), "name_en", line("name_en", found.name_en)),
            labelled(
                say(k="shift_types.kind"), "kind", choose("kind", found.kind, _KINDS), hint="shift_types.kind_hint"
            ),
            labelled(
                say(k="shift_types.absence"), "absence", choose("absence", name("String")(found.absence), _ABSENCES)
            ),
            *_working_time(found),
            _colours(found),
            ticks("type", _TYPES, known(found.staff_types, js(list(STAFF_TYPES))), "shift_types.who"),
            rx.el.div(
                tick("rest", found.rest, say(k="shift_types.rest")),
                tick("automatic", found.automatic, say(k="shift_types.automatic")),
                tick("active", found.active, say(k="shift_types.active")),
                error("active"),
                class_name="form-field form-wide",
            ),
            class_name="form-grid",
        ),
        form_buttons(),
        on_submit=lambda data: ShiftTypesState.save(sent(shift=found.id, fields=data)),
    )


def _colours(found: Js) -> rx.Component:
    """Draw the colours as the symbol itself in each."""
    return rx.el.fieldset(
        rx.el.legend(say(k="shift_types.colour"), class_name="form-label"),
        rx.el.div(
            *(
                rx.el.label(
                    rx.el.input(
                        type="radio",
                        name="colour",
                        value=colour,
                        default_checked=var(found.colour == colour, bool),
                        key=fresh("colour", found.colour),
                        custom_attrs=marked(found.colour) | {"aria-label": var(word(f"shift_types.colour.{colour}"))},
                    ),
                    var(when(found.symbol == "", "○", found.symbol)),
                    class_name=f"swatch k-{colour}",
                )
                for colour in COLOURS
            ),
            class_name="swatches",
        ),
        error("colour"),
        class_name="form-limits",
    )
