"""The staff page: what the team's room feeds into it, and what it asks for."""

from typing import Any

import reflex as rx
from pydantic import BaseModel, ConfigDict, Field

from shiftapp.domain.permission import Action
from shiftapp.domain.refusal import Refused
from shiftapp.domain.shift_type import STAFF_TYPES
from shiftapp.domain.staff import StaffGroup, StaffMember
from shiftapp.domain.visitor import Visitor
from shiftapp.services import groups, staff
from shiftapp.ui.client import Kept
from shiftapp.ui.gate import handler
from shiftapp.ui.state.board import Board
from shiftapp.ui.state.form import Fields, Form, focus, show_error, show_errors
from shiftapp.ui.state.live import live

OPEN = Kept("openstaff", -1)
"""Id of the staff member in the dialog; 0: a new one; −1: none."""
DROPS = Kept("drops", 0)
"""Cells that the employment in the dialog would empty, as the server counted them."""
GROUP = Kept("opengroup", -1)
"""Id of the group whose panel is open; 0: a new one; −1: none."""

LONGEST_NAME = 80
LONGEST_WORD = 40
MOST_SKILLS = 20
WEEK = 10_080


class SavedMember(BaseModel):
    """The form of a staff member; ``drops`` is the number of cells the reader has agreed to empty."""

    model_config = ConfigDict(extra="forbid")

    staff: int = Field(ge=0)
    drops: int = Field(default=0, ge=0)
    fields: Fields = Field(max_length=30)


class Moved(BaseModel):
    """One step up or down in the order."""

    model_config = ConfigDict(extra="forbid")

    staff: int
    up: bool


class SavedGroup(BaseModel):
    """The form of a staff group."""

    model_config = ConfigDict(extra="forbid")

    group: int = Field(ge=0)
    fields: Fields = Field(max_length=1000)


class NamedGroup(BaseModel):
    """One staff group."""

    model_config = ConfigDict(extra="forbid")

    group: int


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
            return show_errors(form.wrong)
        if not asked.staff:
            answer: object = await staff.add_staff(who, member)
        else:
            answer = await staff.change_staff(who, member, drops=asked.drops)
        if isinstance(answer, staff.WouldDrop):
            return [show_errors({}), DROPS.push(answer.cells)]
        if isinstance(answer, Refused):
            return [DROPS.push(0), show_error(answer)]
        return [show_errors({}), DROPS.push(0), OPEN.push(-1), focus(f"staff-{asked.staff}")]

    @handler(Action.EDIT_STAFF, Moved)
    async def move(self, who: Visitor, asked: Moved) -> Any:
        """Move a staff member one place up or down."""
        answer = await staff.move_staff(who, asked.staff, -1 if asked.up else 1)
        return answer if isinstance(answer, Refused) else None

    @handler(Action.EDIT_STAFF, SavedGroup)
    async def save_group(self, who: Visitor, asked: SavedGroup) -> Any:
        """Add or change a group."""
        form = Form(asked.fields)
        group = read_group(form, asked.group)
        if form.wrong:
            return show_errors(form.wrong)
        answer = await groups.save_group(who, group)
        if isinstance(answer, Refused):
            return show_error(answer)
        return [show_errors({}), GROUP.push(-1), focus(f"group-{asked.group}")]

    @handler(Action.EDIT_STAFF, NamedGroup)
    async def delete_group(self, who: Visitor, asked: NamedGroup) -> Any:
        """Delete a group; its members stay."""
        answer = await groups.delete_group(who, asked.group)
        return show_error(answer) if isinstance(answer, Refused) else [show_errors({}), GROUP.push(-1)]


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
