"""Staff groups: who covers for whom."""

from dataclasses import replace
from typing import Final

from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from shiftapp.domain.permission import Action
from shiftapp.domain.refusal import Refused, authorise
from shiftapp.domain.staff import StaffGroup
from shiftapp.domain.visitor import Visitor
from shiftapp.store import staff
from shiftapp.store.books import hold_book
from shiftapp.store.database import database
from shiftapp.store.notices import Removed, notify_team

MOST: Final = 200
LONGEST_NAME: Final = 80


async def save_group(who: Visitor, group: StaffGroup) -> Refused | None:
    """Add a group (``id`` 0) behind the others, or change one; its order stays.

    Returns
    -------
    Refused or None
        ``groups.unknown``, ``groups.many``, ``groups.same_name``, ``groups.two``, ``groups.both``, ``staff.unknown``,
        or a ``form.…``; ``field`` names the field.
    """
    if (refused := authorise(who, Action.EDIT_STAFF)) is not None:
        return refused
    try:
        async with database().transaction(who.team_id, who.user_id) as session:
            await hold_book(session, who.team_id)
            return await _save(session, who.team_id, group)
    except IntegrityError:
        # another manager's group of that name was committed a moment ago
        return Refused("groups.same_name", {"field": "name", "name": group.name})


async def _save(session: AsyncSession, team_id: int, group: StaffGroup) -> Refused | None:
    every = await staff.all_groups(session)
    people = {member.id for member in await staff.all_staff(session)}
    if (wrong := _wrong(group, every, people)) is not None:
        return wrong
    stored = next((one for one in every if one.id == group.id), None)
    if stored is not None:
        await staff.save_group(session, team_id, replace(group, rank=stored.rank))
    else:
        rank = max((one.rank for one in every), default=-1) + 1
        await staff.add_groups(session, team_id, [replace(group, rank=rank)])
    await notify_team(session, team_id, "groups")
    return None


async def delete_group(who: Visitor, group_id: int) -> Refused | None:
    """Delete a group; its members stay."""
    if (refused := authorise(who, Action.EDIT_STAFF)) is not None:
        return refused
    async with database().transaction(who.team_id, who.user_id) as session:
        await hold_book(session, who.team_id)
        if not await staff.drop_group(session, group_id):
            return Refused("groups.unknown")
        await notify_team(session, who.team_id, "groups", Removed(group_id, who.name))
    return None


def _wrong(group: StaffGroup, every: list[StaffGroup], people: set[int]) -> Refused | None:
    if group.id and all(one.id != group.id for one in every):
        return Refused("groups.unknown")
    if not group.id and len(every) >= MOST:
        return Refused("groups.many", {"most": MOST})
    if not group.name:
        return Refused("form.required", {"field": "name"})
    if len(group.name) > LONGEST_NAME:
        return Refused("form.long", {"field": "name", "most": LONGEST_NAME})
    if any(one.name == group.name and one.id != group.id for one in every):
        return Refused("groups.same_name", {"field": "name", "name": group.name})
    members, backups = set(group.members), set(group.backups)
    if len(members) < 2:
        return Refused("groups.two", {"field": "members"})
    if members & backups:
        return Refused("groups.both", {"field": "members"})
    return None if members | backups <= people else Refused("staff.unknown", {"field": "members"})
