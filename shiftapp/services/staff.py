"""Staff members: adding, changing and ordering them."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from shiftapp.domain.edit import EditDone, Patch
from shiftapp.domain.permission import Action
from shiftapp.domain.refusal import Refused, authorise
from shiftapp.domain.staff import StaffMember
from shiftapp.domain.visitor import Visitor
from shiftapp.services.edits import show
from shiftapp.store import staff
from shiftapp.store.books import hold_book
from shiftapp.store.database import database
from shiftapp.store.edits import Author
from shiftapp.store.employment import clear_outside, driver, filled_outside, hold_periods
from shiftapp.store.notices import notify_team

MOST: Final = 200
"""Active staff members of a team at most: the grid has as many rows."""
LONGEST_NAME: Final = 80
WEEK: Final = 10_080
"""Minutes."""


@dataclass(frozen=True, slots=True)
class WouldDrop:
    """Nothing was changed: the employment would cut off filled cells, and nobody has agreed to that number.

    Attributes
    ----------
    cells : int
        How many would be emptied.
    first : date
        The earliest of them.
    """

    cells: int
    first: date


async def add_staff(who: Visitor, member: StaffMember) -> StaffMember | Refused:
    """Add somebody below the others.

    Returns
    -------
    StaffMember or Refused
        ``staff.same_name``, ``staff.many``, or a ``form.…``; ``field`` names the field.
    """
    if (refused := authorise(who, Action.EDIT_STAFF)) is not None:
        return refused
    try:
        async with database().transaction(who.team_id, who.user_id) as session:
            await hold_book(session, who.team_id)
            every = await staff.all_staff(session)
            wanted = replace(member, id=0, rank=max((one.rank for one in every), default=-1) + 1)
            if (wrong := _wrong(wanted, every)) is not None:
                return wrong
            added = (await staff.add_staff(session, who.team_id, [wanted]))[0]
            await notify_team(session, who.team_id, "staff")
            return added
    except IntegrityError:
        # another manager's staff member of that name was committed a moment ago
        return Refused("staff.same_name", {"field": "name", "name": member.name})


async def change_staff(who: Visitor, member: StaffMember, *, drops: int = 0) -> StaffMember | WouldDrop | Refused:
    """Change somebody; the order stays.

    Cells outside the new employment are emptied, as a change set of their own in each period, when ``drops`` is their
    number: the one that was shown to whoever agreed.

    Returns
    -------
    StaffMember, WouldDrop or Refused
        Also ``staff.unknown``; ``staff.changed`` where the cells to empty are others than agreed; ``staff.archived``
        where an archived period has such cells: it is never changed.
    """
    if (refused := authorise(who, Action.EDIT_STAFF)) is not None:
        return refused
    try:
        async with database().transaction(who.team_id, who.user_id) as session:
            await hold_book(session, who.team_id)
            answer = await _change(session, who, member, drops)
    except IntegrityError as clash:
        # somebody else committed a moment ago: a cell outside the new employment, or the same name
        return (
            Refused("staff.changed")
            if "employment" in str(clash.orig)
            else Refused("staff.same_name", {"field": "name", "name": member.name})
        )
    if not isinstance(answer, tuple):
        return answer
    changed, patches = answer
    for period_id, patch in patches.items():
        await show(period_id, EditDone(patch.seq, patch))
    return changed


async def _change(
    session: AsyncSession, who: Visitor, member: StaffMember, drops: int
) -> tuple[StaffMember, dict[int, Patch]] | WouldDrop | Refused:
    every = await staff.all_staff(session)
    stored = next((one for one in every if one.id == member.id), None)
    if stored is None:
        return Refused("staff.unknown")
    wanted = replace(member, rank=stored.rank)
    if (wrong := _wrong(wanted, every)) is not None:
        return wrong
    patches: dict[int, Patch] = {}
    if (wanted.employed_from, wanted.employed_to) != (stored.employed_from, stored.employed_to):
        connection, dates = await driver(session), (wanted.employed_from, wanted.employed_to)
        await hold_periods(connection, who.team_id)  # what is agreed to is what is emptied
        outside = await filled_outside(connection, wanted.id, *dates)
        if archived := [cell.day for cell in outside if cell.archived]:
            return Refused("staff.archived", {"day": archived[0].isoformat()})
        if len(outside) != drops:
            return WouldDrop(len(outside), outside[0].day) if outside else Refused("staff.changed")
        patches = await clear_outside(connection, Author(who.team_id, who.user_id, who.name), wanted.id, *dates)
    await staff.save_staff(session, wanted)
    await notify_team(session, who.team_id, "staff")
    return wanted, patches


async def move_staff(who: Visitor, staff_id: int, by: int) -> Refused | None:
    """Move somebody ``by`` places in the grid, −1 up, 1 down; past the ends they stay."""
    if (refused := authorise(who, Action.EDIT_STAFF)) is not None:
        return refused
    async with database().transaction(who.team_id, who.user_id) as session:
        await hold_book(session, who.team_id)
        every = await staff.all_staff(session)
        at = next((place for place, one in enumerate(every) if one.id == staff_id), None)
        if at is None:
            return Refused("staff.unknown")
        every.insert(max(0, at + by), every.pop(at))
        for rank, one in enumerate(every):
            if one.rank != rank:
                await staff.save_staff(session, replace(one, rank=rank))
        await notify_team(session, who.team_id, "staff")
    return None


def _wrong(member: StaffMember, every: list[StaffMember]) -> Refused | None:
    """Refuse what the table could not keep."""
    if not member.name:
        return Refused("form.required", {"field": "name"})
    if len(member.name) > LONGEST_NAME:
        return Refused("form.long", {"field": "name", "most": LONGEST_NAME})
    if any(one.name == member.name and one.id != member.id for one in every):
        return Refused("staff.same_name", {"field": "name", "name": member.name})
    if member.employed_from and member.employed_to and member.employed_to < member.employed_from:
        return Refused("form.dates", {"field": "employed_to"})
    if not 0 <= member.weekly_minutes <= WEEK:
        return Refused("form.range", {"field": "hours", "low": 0, "high": WEEK // 60})
    if member.active and sum(one.active for one in every if one.id != member.id) >= MOST:
        return Refused("staff.many", {"field": "active", "most": MOST})
    return None
