"""Staff members and groups. Every function works inside the caller's transaction, in its team."""

from collections.abc import Iterable, Sequence
from typing import cast

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from shiftapp.domain.shift_type import StaffType
from shiftapp.domain.staff import StaffGroup, StaffMember
from shiftapp.store.tables.staff import StaffGroupMemberRow, StaffGroupRow, StaffRow

FIELDS = (
    "rank", "name", "position", "department", "staff_type", "weekly_minutes", "employed_from", "employed_to", "active",
)  # fmt: skip


def member_of(row: StaffRow) -> StaffMember:
    """Return the staff member a row holds."""
    return StaffMember(
        id=cast("int", row.id),
        rank=row.rank,
        name=row.name,
        position=row.position,
        department=row.department,
        staff_type=cast("StaffType", row.staff_type),
        skills=tuple(row.skills),
        weekly_minutes=row.weekly_minutes,
        employed_from=row.employed_from,
        employed_to=row.employed_to,
        active=row.active,
    )


async def all_staff(session: AsyncSession) -> list[StaffMember]:
    """Return everybody, in order."""
    rows = await session.exec(select(StaffRow).order_by(col(StaffRow.rank), col(StaffRow.id)))
    return [member_of(row) for row in rows]


async def add_staff(session: AsyncSession, team_id: int, members: Sequence[StaffMember]) -> list[StaffMember]:
    """Store new staff members; return them with their ids."""
    rows = [
        StaffRow(team_id=team_id, skills=list(member.skills), **{field: getattr(member, field) for field in FIELDS})
        for member in members
    ]
    session.add_all(rows)
    await session.flush()
    return [member_of(row) for row in rows]


async def save_staff(session: AsyncSession, member: StaffMember) -> None:
    """Write every field of a stored staff member.

    Raises
    ------
    LookupError
        The team has no such staff member.
    """
    row = await session.get(StaffRow, member.id)
    if row is None:
        raise LookupError(f"no staff member {member.id}")
    for field in FIELDS:
        setattr(row, field, getattr(member, field))
    row.skills = list(member.skills)
    session.add(row)
    await session.flush()


async def all_groups(session: AsyncSession) -> list[StaffGroup]:
    """Return every group with its members and backups, in order."""
    rows = await session.exec(select(StaffGroupRow).order_by(col(StaffGroupRow.rank), col(StaffGroupRow.id)))
    members: dict[int, list[int]] = {}
    backups: dict[int, list[int]] = {}
    belonging = select(StaffGroupMemberRow).order_by(col(StaffGroupMemberRow.staff_id))
    for row in await session.exec(belonging):
        (backups if row.backup else members).setdefault(row.group_id, []).append(row.staff_id)
    return [
        StaffGroup(group_id, row.rank, row.name, tuple(members.get(group_id, ())), tuple(backups.get(group_id, ())))
        for row in rows
        if (group_id := cast("int", row.id))
    ]


async def add_groups(session: AsyncSession, team_id: int, groups: Iterable[StaffGroup]) -> None:
    """Store new groups with their members and backups."""
    for group in groups:
        row = StaffGroupRow(team_id=team_id, rank=group.rank, name=group.name)
        session.add(row)
        await session.flush()
        _add_members(session, team_id, cast("int", row.id), group)
    await session.flush()


async def save_group(session: AsyncSession, team_id: int, group: StaffGroup) -> None:
    """Write a stored group's name, order, members and backups.

    Raises
    ------
    LookupError
        The team has no such group.
    """
    row = await session.get(StaffGroupRow, group.id)
    if row is None:
        raise LookupError(f"no staff group {group.id}")
    row.rank, row.name = group.rank, group.name
    session.add(row)
    await session.exec(delete(StaffGroupMemberRow).where(col(StaffGroupMemberRow.group_id) == group.id))
    _add_members(session, team_id, group.id, group)
    await session.flush()


async def drop_group(session: AsyncSession, group_id: int) -> bool:
    """Delete a group; return whether there was one."""
    gone = await session.exec(delete(StaffGroupRow).where(col(StaffGroupRow.id) == group_id))
    return gone.rowcount > 0


def _add_members(session: AsyncSession, team_id: int, group_id: int, group: StaffGroup) -> None:
    for staff_id, backup in [*((m, False) for m in group.members), *((b, True) for b in group.backups)]:
        session.add(StaffGroupMemberRow(team_id=team_id, group_id=group_id, staff_id=staff_id, backup=backup))
