"""The groups page: staff who cover for one another, and who can step in."""

from typing import Any

import reflex as rx

from shiftapp.ui.client import event, send
from shiftapp.ui.components.form import error, labelled, line, tick
from shiftapp.ui.components.form_dialog import SURE, delete_button, form_buttons, removed_note, save_words
from shiftapp.ui.components.form_open import form, is_open, is_removed, kept, sent, show, toggle
from shiftapp.ui.components.settings import people
from shiftapp.ui.js import Js, do, fn, js, known, var, when
from shiftapp.ui.say import say, word
from shiftapp.ui.state.staff import StaffState

ROUTE = "/staff/groups"
_NEW = {"id": 0, "name": "", "members": [], "backups": []}


def groups() -> rx.Component:
    """Draw the page."""
    found, may = kept("group-", js(StaffState.groups), StaffState.removed), js(StaffState.may_edit)
    none = js(StaffState.ready) & (found.length == 0) & ~is_open(_button(0))
    return people(
        "groups",
        rx.cond(var(may, bool), _add()),
        rx.el.ul(rx.foreach(var(found, list[Any]), lambda group: _item(js(group))), class_name="items"),
        rx.cond(var(none, bool), rx.el.p(say(k="groups.none"), class_name="form-note")),
        may_edit=StaffState.may_edit,
    )


def _button(group_id: Any) -> Js:
    """Return the id of the button that opens a group; 0 is a new one."""
    return js("group-") + group_id


def _add() -> rx.Component:
    return rx.cond(
        var(is_open(_button(0)), bool),
        rx.el.div(group_form(group=var(_NEW, dict)), class_name="form-card"),
        rx.el.button(
            rx.icon("plus", size=15),
            say(k="groups.new"),
            type="button",
            class_name="form-button primary page-action",
            custom_attrs={"id": "group-0", "onClick": event(fn(lambda: do(SURE.set(0), show(_button(0)))))},
        ),
    )


def _item(group: Js) -> rx.Component:
    opened = is_open(_button(group.id))
    return rx.el.li(
        rx.el.div(
            rx.el.button(
                rx.el.span(
                    rx.el.span(var(group.name), class_name="item-name"),
                    rx.el.span(_chips(group.members, "chip"), _chips(group.backups, "chip backup"), class_name="chips"),
                    class_name="item-words",
                ),
                rx.icon("chevron-down", size=16, class_name="item-chevron"),
                type="button",
                class_name="item-head group-head",
                custom_attrs={
                    "id": var(_button(group.id)),
                    "aria-expanded": var(opened, bool),
                    "onClick": event(fn(lambda: do(SURE.set(0), toggle(_button(group.id))))),
                },
            ),
            class_name="item-row",
        ),
        rx.cond(var(opened, bool), rx.el.div(group_form(group=var(group, dict)), class_name="item-panel")),
        key=var(group.id),
        class_name=var(js("item") + when(opened, " open", "")),
        custom_attrs={"data-group": var(group.id)},
    )


def _chips(ids: Js, class_name: str) -> rx.Component:
    backup = class_name != "chip"

    def one(staff_id: Any) -> rx.Component:
        person = known(js(StaffState.staff).find(fn(lambda member: member.id == js(staff_id))), js({"name": ""}))
        label = word("groups.backup") + " " + person.name if backup else person.name
        return rx.el.span(var(label), class_name=class_name)

    return rx.foreach(var(ids, list[Any]), one)


@rx.memo
def group_form(group: rx.Var[dict]) -> rx.Component:
    """Draw the form of one group."""
    found = js(group)
    return form(
        removed_note(found),
        rx.el.fieldset(
            labelled(say(k="groups.name"), "name", line("name", found.name)),
            rx.el.fieldset(
                rx.el.legend(say(k="groups.members"), class_name="form-label"),
                error("members"),
                rx.el.div(
                    rx.foreach(var(StaffState.staff, list[Any]), lambda member: _person(js(member), found)),
                    class_name="choose-people",
                ),
                class_name="form-limits",
            ),
            disabled=var(~js(StaffState.may_edit), bool),
            class_name="group-fields",
        ),
        rx.cond(var(StaffState.may_edit, bool), form_buttons(_delete(found), save=save_words(found))),
        on_submit=lambda data: StaffState.save_group(sent(group=when(is_removed(found), 0, found.id), fields=data)),
        class_name="group-form",
    )


def _delete(group: Js) -> rx.Component:
    gone = send(StaffState.delete_group(sent(group=group.id)))
    return delete_button(group, gone, "groups.delete", "groups.delete_sure")


def _person(member: Js, group: Js) -> rx.Component:
    member_tick = tick(js("member.") + member.id, group.members.includes(member.id), say(k="groups.member"))
    backup_tick = tick(js("backup.") + member.id, group.backups.includes(member.id), say(k="groups.backup"))
    return rx.el.div(
        rx.el.span(var(member.name)),
        member_tick,
        backup_tick,
        class_name="choose-person",
        role="group",
        custom_attrs={"aria-label": var(member.name)},
    )
