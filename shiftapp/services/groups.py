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
from shiftapp.store.database import database
from shiftapp.store.notices import notify_team

MOST: Final = 200
LONGEST_NAME: Final = 80


async def save_group(who: Visitor, group: StaffGroup) -> Refused | None:
    """Add a group (``id`` 0) behind the others, or change one; its order stays.

    Returns
    -------
    Refused or None
        ``group.unknown``, ``group.many``, ``group.name``, ``group.name_taken``; ``group.members`` where they are fewer
        than two, not of the team, or members and backups at once.
    """
    if (refused := authorise(who, Action.EDIT_STAFF)) is not None:
        return refused
    try:
        async with database().transaction(who.team_id, who.user_id) as session:
            return await _save(session, who.team_id, group)
    except IntegrityError:
        # another manager's group of that name was committed a moment ago
        return Refused("group.name_taken", {"field": "name"})


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
        if not await staff.drop_group(session, group_id):
            return Refused("group.unknown")
        await notify_team(session, who.team_id, "groups")
    return None


def _wrong(group: StaffGroup, every: list[StaffGroup], people: set[int]) -> Refused | None:
    if group.id and all(one.id != group.id for one in every):
        return Refused("group.unknown")
    if not group.id and len(every) >= MOST:
        return Refused("group.many", {"most": MOST})
    if not 1 <= len(group.name) <= LONGEST_NAME:
        return Refused("group.name", {"field": "name", "longest": LONGEST_NAME})
    if any(one.name == group.name and one.id != group.id for one in every):
        return Refused("group.name_taken", {"field": "name"})
    members, backups = set(group.members), set(group.backups)
    if len(members) < 2 or members & backups or not members | backups <= people:
        return Refused("group.members", {"field": "members"})
    return None
