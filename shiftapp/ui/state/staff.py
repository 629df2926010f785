"""The staff page: what the team's room feeds into it, and what it asks for."""

from typing import Any

import reflex as rx
from pydantic import BaseModel, ConfigDict, Field

from shiftapp.domain.permission import Action
from shiftapp.domain.shift_type import STAFF_TYPES
from shiftapp.domain.staff import StaffGroup, StaffMember
from shiftapp.domain.visitor import Visitor
from shiftapp.services import groups, staff
from shiftapp.ui.gate import handler
from shiftapp.ui.state.answers import Sent, answer, reject
from shiftapp.ui.state.board import Board
from shiftapp.ui.state.form import Form
from shiftapp.ui.state.live import live

LONGEST_NAME = 80
LONGEST_WORD = 40
MOST_SKILLS = 20
WEEK = 10_080


class SavedMember(Sent):
    """The form of a staff member; ``drops`` is the number of cells the reader has agreed to empty."""

    staff: int = Field(ge=0)
    drops: int = Field(default=0, ge=0)


class Moved(BaseModel):
    """One step up or down in the order."""

    model_config = ConfigDict(extra="forbid")

    staff: int
    up: bool


class SavedGroup(Sent):
    """The form of a staff group."""

    group: int = Field(ge=0)


@live
class StaffState(Board, rx.State):
    """The team's staff and groups in order, with the fields of their domain values; dates are ISO, empty for none."""

    staff: rx.Field[list[dict[str, Any]]] = rx.field(default_factory=list)
    groups: rx.Field[list[dict[str, Any]]] = rx.field(default_factory=list)

    @handler(Action.SEE_SCHEDULE)
    async def open(self, who: Visitor) -> Any:
        """Show the team's staff and follow what becomes of it: on every load and every reconnect."""
        return await self._join(who, "staff")

    @handler(Action.EDIT_STAFF, SavedMember)
    async def save(self, who: Visitor, asked: SavedMember) -> Any:
        """Add or change a staff member, or say beside the fields what is wrong."""
        form = Form(asked.fields)
        member = read_member(form, asked.staff)
        if form.wrong:
            return await reject(self, asked, form.wrong)
        if not asked.staff:
            return await answer(self, asked, await staff.add_staff(who, member))
        changed = await staff.change_staff(who, member, drops=asked.drops)
        if isinstance(changed, staff.WouldDrop):
            return await reject(self, asked, {}, drops=changed.cells)
        return await answer(self, asked, changed)

    @handler(Action.EDIT_STAFF, Moved)
    async def move(self, who: Visitor, asked: Moved) -> Any:
        """Move a staff member one place up or down."""
        return await staff.move_staff(who, asked.staff, -1 if asked.up else 1)

    @handler(Action.EDIT_STAFF, SavedGroup)
    async def save_group(self, who: Visitor, asked: SavedGroup) -> Any:
        """Add or change a group."""
        form = Form(asked.fields)
        group = read_group(form, asked.group)
        if form.wrong:
            return await reject(self, asked, form.wrong)
        return await answer(self, asked, await groups.save_group(who, group))

    @handler(Action.EDIT_STAFF, SavedGroup)
    async def delete_group(self, who: Visitor, asked: SavedGroup) -> Any:
        """Delete a group; its members stay."""
        return await answer(self, asked, await groups.delete_group(who, asked.group))


def read_member(form: Form, staff_id: int) -> StaffMember:
    """Return the staff member a form describes; its order is not the form's to say."""
    first, last = form.maybe_date("employed_from"), form.maybe_date("employed_to")
    if first is not None and last is not None and last < first:
        form.blame("employed_to", "form.dates")
    return StaffMember(
        id=staff_id,
        rank=0,
        name=form.text("name", LONGEST_NAME, least=1),
        position=form.text("position", LONGEST_WORD),
        department=form.text("department", LONGEST_WORD),
        staff_type=form.choice("staff_type", STAFF_TYPES),
        skills=_skills(form),
        weekly_minutes=form.minutes("hours", WEEK),
        employed_from=first,
        employed_to=last,
        active=form.ticked("active"),
    )


def _skills(form: Form) -> tuple[str, ...]:
    typed = form.text("skills", MOST_SKILLS * (LONGEST_WORD + 2))
    for mark in "、;；・，":
        typed = typed.replace(mark, ",")
    found = tuple(dict.fromkeys(skill.strip() for skill in typed.split(",") if skill.strip()))
    if any(len(skill) > LONGEST_WORD for skill in found):
        form.blame("skills", "form.long", most=LONGEST_WORD)
    if len(found) > MOST_SKILLS:
        form.blame("skills", "staff.many_skills", most=MOST_SKILLS)
    return found


def read_group(form: Form, group_id: int) -> StaffGroup:
    """Return the group a form describes: boxes ``member.<staff id>`` and ``backup.<staff id>``."""

    def ticked(role: str) -> tuple[int, ...]:
        ids = (name.removeprefix(f"{role}.") for name in form.names() if name.startswith(f"{role}."))
        return tuple(sorted(int(staff_id) for staff_id in ids if staff_id.isdecimal() and len(staff_id) < 16))

    members, backups = ticked("member"), ticked("backup")
    if len(members) < 2:
        form.blame("members", "groups.two")
    if set(members) & set(backups):
        form.blame("members", "groups.both")
    return StaffGroup(group_id, 0, form.text("name", LONGEST_NAME, least=1), members, backups)
