"""The staff page: the rows of the schedule in their order, each edited in a dialog."""

from typing import Any

import reflex as rx

from shiftapp.domain.shift_type import STAFF_TYPES
from shiftapp.ui.client import event, send
from shiftapp.ui.components.dates import dated
from shiftapp.ui.components.form import choose, labelled, line, tick
from shiftapp.ui.components.form_dialog import dialog, form_buttons, icon_button
from shiftapp.ui.components.form_open import OPEN, drops, form, is_open, sent, show
from shiftapp.ui.components.settings import people
from shiftapp.ui.js import Js, fn, js, known, name, var, when
from shiftapp.ui.say import phrase, say, word
from shiftapp.ui.state.staff import StaffState

ROUTE = "/staff"
COLUMNS = ("name", "position", "department", "staff_type", "skills", "hours", "employed")
_TYPES = [(kind, f"form.type.{kind}") for kind in STAFF_TYPES]
_NOBODY = {
    "id": 0,
    "name": "",
    "position": "",
    "department": "",
    "staff_type": "regular",
    "skills": [],
    "weekly_minutes": 2400,
    "employed_from": "",
    "employed_to": "",
    "active": True,
}


def staff() -> rx.Component:
    """Draw the page."""
    found, may = js(StaffState.staff), js(StaffState.may_edit)
    return people(
        "staff",
        rx.cond(var(may, bool), _add()),
        rx.cond(var(found.length > 0, bool), _table(found)),
        rx.cond(
            var(js(StaffState.ready) & (found.length == 0), bool), rx.el.p(say(k="staff.none"), class_name="form-note")
        ),
        dialog(_opened(), _title(), staff_form(member=var(_chosen(), dict))),
        may_edit=StaffState.may_edit,
    )


def _button(staff_id: Any) -> Js:
    """Return the id of the button that opens the dialog of a staff member; 0 is a new one."""
    return js("staff-") + staff_id


def _opened() -> Js:
    return OPEN.value.id.startsWith("staff-") & is_open(OPEN.value.id)


def _chosen() -> Js:
    """Return the staff member in the dialog, as it is now."""
    return known(js(StaffState.staff).find(fn(lambda member: _button(member.id) == OPEN.value.id)), js(_NOBODY))


def _title() -> Js:
    return when(_chosen().id > 0, phrase(word("staff.edit_of"), {"name": _chosen().name}), word("staff.new"))


def _add() -> rx.Component:
    return rx.el.button(
        rx.icon("plus", size=15),
        say(k="staff.new"),
        type="button",
        class_name="form-button primary page-action",
        custom_attrs={"id": "staff-0", "onClick": event(fn(lambda: show(_button(0))))},
    )


def _table(found: Js) -> rx.Component:
    return rx.el.div(
        rx.el.table(
            rx.el.thead(
                rx.el.tr(
                    *(
                        rx.el.th(
                            say(k=f"staff.{key}"),
                            class_name="number" if key == "hours" else "",
                            custom_attrs={"scope": "col"},
                        )
                        for key in COLUMNS
                    ),
                    rx.el.th(rx.el.span(say(k="form.edit"), class_name="sr-only")),
                )
            ),
            rx.el.tbody(rx.foreach(var(found, list[Any]), lambda member, at: _row(js(member), js(at), found))),
            class_name="list",
        ),
        class_name="list-wrap",
    )


def _row(member: Js, at: Js, found: Js) -> rx.Component:
    hours = member.weekly_minutes / 60
    return rx.el.tr(
        rx.el.td(_name(member), class_name="lead"),
        rx.el.td(var(member.position)),
        rx.el.td(var(member.department)),
        rx.el.td(var(word(js("form.type.") + member.staff_type))),
        rx.el.td(
            rx.foreach(var(member.skills, list[str]), lambda skill: rx.el.span(var(js(skill)), class_name="chip"))
        ),
        rx.el.td(var(name("Number")(hours.toFixed(2)).toString() + word("staff.hour")), class_name="number"),
        rx.el.td(var(_employment(member))),
        rx.el.td(rx.cond(var(StaffState.may_edit, bool), _actions(member, at, found)), class_name="actions"),
        class_name=var(when(member.active, "", "away")),
        custom_attrs={"data-staff": var(member.id)},
    )


def _name(member: Js) -> rx.Component:
    return rx.fragment(
        rx.el.button(
            var(member.name),
            type="button",
            class_name="list-name",
            disabled=var(~js(StaffState.may_edit), bool),
            custom_attrs={
                "id": var(_button(member.id)),
                "onClick": event(fn(lambda: show(_button(member.id)))),
            },
        ),
        rx.cond(var(~member.active, bool), rx.el.span(say(k="staff.inactive"), class_name="chip")),
    )


def _employment(member: Js) -> Js:
    since = when(member.employed_from, phrase(word("staff.since"), {"day": dated(member.employed_from)}), "")
    until = when(member.employed_to, phrase(word("staff.until"), {"day": dated(member.employed_to)}), "")
    return since + when(when(member.employed_from, member.employed_to, ""), " ", "") + until


def _actions(member: Js, at: Js, found: Js) -> rx.Component:
    def move(up: bool) -> Js:
        return send(StaffState.move(var({"staff": member.id, "up": up}, dict)))

    named = {"name": member.name}
    return rx.fragment(
        icon_button("chevron-up", phrase(word("staff.up_of"), named), move(True), at == 0),
        icon_button("chevron-down", phrase(word("staff.down_of"), named), move(False), at == found.length - 1),
        icon_button("pencil", phrase(word("staff.edit_of"), named), show(_button(member.id))),
    )


def _employed(found: Js) -> tuple[rx.Component, ...]:
    """Draw the first and last day of employment."""
    return (
        labelled(
            say(k="staff.employed_from"),
            "employed_from",
            line("employed_from", found.employed_from, type="date"),
            hint="staff.open_start",
        ),
        labelled(
            say(k="staff.employed_to"),
            "employed_to",
            line("employed_to", found.employed_to, type="date"),
            hint="staff.open_end",
        ),
    )


@rx.memo
def staff_form(member: rx.Var[dict]) -> rx.Component:
    """Draw the form of one staff member."""
    found = js(member)
    hours = name("Number")((found.weekly_minutes / 60).toFixed(2)).toString()
    return form(
        rx.el.div(
            labelled(say(k="staff.name"), "name", line("name", found.name, auto_focus=True)),
            labelled(say(k="staff.staff_type"), "staff_type", choose("staff_type", found.staff_type, _TYPES)),
            labelled(say(k="staff.position"), "position", line("position", found.position)),
            labelled(say(k="staff.department"), "department", line("department", found.department)),
            labelled(
                say(k="staff.skills"),
                "skills",
                line("skills", found.skills.join(word("staff.comma"))),
                hint="staff.skills_hint",
            ),
            labelled(
                say(k="staff.hours"),
                "hours",
                line("hours", hours, input_mode="decimal", class_name="form-number"),
                hint="staff.hours_hint",
            ),
            *_employed(found),
            rx.el.div(tick("active", found.active, say(k="staff.active")), class_name="form-wide"),
            class_name="form-grid",
        ),
        rx.cond(
            var(drops() > 0, bool),
            rx.el.p(var(phrase(word("staff.would_drop"), {"count": drops()})), class_name="form-warning", role="alert"),
        ),
        form_buttons(save=_save()),
        on_submit=lambda data: StaffState.save(sent(staff=found.id, drops=drops(), fields=data)),
    )


def _save() -> rx.Component:
    cells = phrase(word("staff.drops_save"), {"count": drops()})
    return rx.fragment(var(when(drops() > 0, cells, word("form.save"))))
