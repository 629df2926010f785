"""Requests: adding, changing, deciding and removing what staff members ask for."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from shiftapp.domain.permission import Action
from shiftapp.domain.refusal import Refused, authorise
from shiftapp.domain.request import HIGHEST_WEIGHT, Request, RequestState
from shiftapp.domain.shift_type import ShiftType
from shiftapp.domain.staff import StaffMember
from shiftapp.domain.visitor import Visitor
from shiftapp.store import periods, rules, shift_types, staff
from shiftapp.store.books import hold_book
from shiftapp.store.database import database
from shiftapp.store.notices import Removed, notify_team

LONGEST_NOTE: Final = 200


async def save_request(who: Visitor, asked: Request) -> Refused | None:
    """Add a request (``id`` 0), or change one; whose it is stays.

    Returns
    -------
    Refused or None
        With ``field``, the field that is meant: ``staff.unknown``, ``requests.inactive``, ``.not_employed``,
        ``.no_period``, ``.shift_gone``, ``.may_not``, ``.double``, or a ``form.…``. Without: ``requests.unknown``,
        ``edit.archived``.
    """
    if (refused := authorise(who, Action.EDIT_REQUESTS)) is not None:
        return refused
    if not 0 <= asked.weight <= HIGHEST_WEIGHT:
        return Refused("form.range", {"field": "weight", "low": 0, "high": HIGHEST_WEIGHT})
    if len(asked.note) > LONGEST_NOTE:
        return Refused("form.long", {"field": "note", "most": LONGEST_NOTE})
    try:
        async with database().transaction(who.team_id, who.user_id) as session:
            await hold_book(session, who.team_id)
            return await _save(session, who.team_id, asked)
    except IntegrityError:
        # an import has asked for the same a moment ago
        return Refused("requests.double", {"field": "shift"})


async def _save(session: AsyncSession, team_id: int, asked: Request) -> Refused | None:
    stored = await _stored(session, asked.id) if asked.id else None
    if isinstance(stored, Refused):
        return stored
    wanted = asked if stored is None else replace(asked, staff_id=stored.staff_id)
    period = await periods.overlapping(session, wanted.day, wanted.day)
    if period is None:
        return Refused("requests.no_period", {"field": "day"})
    if period.state == "archived":
        return Refused("edit.archived")
    people, shifts = await staff.all_staff(session), await shift_types.all_shift_types(session)
    same_day = await rules.requests_between(session, wanted.day, wanted.day)
    if (refused := _wrong(wanted, stored, people, shifts, same_day)) is not None:
        return refused
    await (rules.add_requests(session, team_id, [wanted]) if stored is None else rules.save_request(session, wanted))
    await notify_team(session, team_id, "requests")
    return None


async def decide_request(who: Visitor, request_id: int, state: RequestState) -> Refused | None:
    """Approve a request, decline it, or leave it open again; a declined one counts no more.

    Returns
    -------
    Refused or None
        ``requests.unknown``, ``edit.archived``.
    """
    if (refused := authorise(who, Action.EDIT_REQUESTS)) is not None:
        return refused
    async with database().transaction(who.team_id, who.user_id) as session:
        await hold_book(session, who.team_id)
        stored = await _stored(session, request_id)
        if isinstance(stored, Refused):
            return stored
        await rules.save_request(session, replace(stored, state=state))
        await notify_team(session, who.team_id, "requests")
    return None


async def remove_request(who: Visitor, request_id: int) -> Refused | None:
    """Delete a request.

    Returns
    -------
    Refused or None
        ``requests.unknown``, ``edit.archived``.
    """
    if (refused := authorise(who, Action.EDIT_REQUESTS)) is not None:
        return refused
    async with database().transaction(who.team_id, who.user_id) as session:
        await hold_book(session, who.team_id)
        stored = await _stored(session, request_id)
        if isinstance(stored, Refused):
            return stored
        await rules.drop_request(session, request_id)
        await notify_team(session, who.team_id, "requests", Removed(request_id, who.name))
    return None


async def _stored(session: AsyncSession, request_id: int) -> Request | Refused:
    """Return a request that may be changed: one that is there, in no archived period."""
    stored = await rules.get_request(session, request_id)
    if stored is None:
        return Refused("requests.unknown")
    period = await periods.overlapping(session, stored.day, stored.day)
    return Refused("edit.archived") if period is not None and period.state == "archived" else stored


def _wrong(
    asked: Request,
    stored: Request | None,
    people: Sequence[StaffMember],
    shifts: Sequence[ShiftType],
    same_day: Sequence[Request],
) -> Refused | None:
    """Refuse what nobody can ask for. What was stored before may stay, though somebody changed the team since."""
    member = next((one for one in people if one.id == asked.staff_id), None)
    if member is None:
        return Refused("staff.unknown", {"field": "staff"})
    if stored is None and not member.active:
        return Refused("requests.inactive", {"field": "staff", "name": member.name})
    if (stored is None or stored.day != asked.day) and not member.employed_on(asked.day):
        return Refused("requests.not_employed", {"field": "day", "name": member.name})
    shift = next((one for one in shifts if one.id == asked.shift), None)
    if shift is None or (not shift.active and (stored is None or stored.shift != asked.shift)):
        return Refused("requests.shift_gone", {"field": "shift"})
    if (stored is None or stored.shift != asked.shift) and not _may_have(member, shift):
        return Refused("requests.may_not", {"field": "shift", "name": member.name, "symbol": shift.symbol})
    if any((one.staff_id, one.shift) == (asked.staff_id, asked.shift) and one.id != asked.id for one in same_day):
        return Refused("requests.double", {"field": "shift"})
    return None


def _may_have(member: StaffMember, shift: ShiftType) -> bool:
    return shift.staff_types is None or member.staff_type in shift.staff_types
