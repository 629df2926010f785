"""Reading a whole period at one moment."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import cast

from sqlalchemy import select, text
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from shiftapp.domain.book import CARRY_IN, Book, Reading, Team, past_days
from shiftapp.domain.calendar import national_holidays
from shiftapp.domain.cell import Cell, Cells, Place
from shiftapp.domain.conflict import Strategy
from shiftapp.domain.edit import Change
from shiftapp.domain.past import earlier
from shiftapp.domain.period import Period
from shiftapp.domain.request import Request
from shiftapp.domain.rule_settings import RuleSetting
from shiftapp.domain.shift_type import ShiftType
from shiftapp.domain.staff import StaffGroup, StaffMember
from shiftapp.store import rules, shift_types, staff
from shiftapp.store.database import Database
from shiftapp.store.periods import calendar_between, get_period
from shiftapp.store.tables.accounts import Team as TeamRow
from shiftapp.store.tables.cells import CellRow


async def hold_book(session: AsyncSession, team_id: int) -> None:
    """Keep everybody else from changing the team's staff, groups, shift types and rules until the transaction ends.

    First in every transaction that reads some of these in order to write them: what it writes over is what it read.
    Edits of cells go on meanwhile.
    """
    await (await session.connection()).execute(
        text("SELECT 1 FROM team WHERE id = :team FOR NO KEY UPDATE"), {"team": team_id}
    )


async def read_period(database: Database, team_id: int, period_id: int) -> Reading | None:
    """Return a period's book and cells as they were at one moment; None where the team has no such period."""
    async with database.transaction(team_id, snapshot=True) as session:
        return await read_inside(session, period_id)


async def read_inside(session: AsyncSession, period_id: int, later: Iterable[Change] = ()) -> Reading | None:
    """Do as ``read_period`` inside the caller's transaction, which must be a snapshot.

    Parameters
    ----------
    later : iterable of Change
        Net changes of cells that are taken back: the cells are read as they were before those.
    """
    period = await get_period(session, period_id)
    if period is None:
        return None
    team = _team(await session.get_one(TeamRow, period.team_id))
    cells = earlier(await _cells(session, period_id), later)
    kept = tuple(await rules.all_rules(session))
    past = await _before(session, period.starts, max(CARRY_IN, past_days(kept)))
    carried = period.starts - timedelta(days=CARRY_IN)
    before = {place: shift for place, shift in past.items() if place[1] >= carried}
    requests = await rules.requests_between(session, period.starts, period.ends)
    rows = _visible(await staff.all_staff(session), period, cells)
    names = {member.id for member in rows}
    asked = tuple(request for request in requests if request.staff_id in names)
    shifts = _used(await shift_types.all_shift_types(session), cells, past, asked)
    book = Book(
        team=team,
        period=period,
        staff=rows,
        shift_types=shifts,
        groups=tuple(_among(names, await staff.all_groups(session))),
        calendar=tuple(await calendar_between(session, period.starts, period.ends)),
        holidays=national_holidays(team.country, period.starts, period.ends, team.language),
        rules=kept,
        requests=asked,
        before={place: shift for place, shift in before.items() if place[0] in names},
        past={place: shift for place, shift in past.items() if place[0] in names},
        closed_before=await _closed_before(session, period.starts) if _looks_at_closures(kept) else (),
    )
    return Reading(book, cells)


def _team(row: TeamRow) -> Team:
    return Team(
        cast("int", row.id),
        row.name,
        row.language,
        row.country,
        row.start_day,
        cast("Strategy", row.conflicts),
        row.time_zone,
    )


async def _cells(session: AsyncSession, period_id: int) -> dict[Place, Cell]:
    query = select(
        col(CellRow.staff_id),
        col(CellRow.day),
        col(CellRow.shift_type_id),
        col(CellRow.pinned),
        col(CellRow.note),
        col(CellRow.version),
    ).where(col(CellRow.period_id) == period_id)
    found = await (await session.connection()).execute(query)
    return {
        (staff_id, day): Cell(shift, pinned, note, version) for staff_id, day, shift, pinned, note, version in found
    }


async def _before(session: AsyncSession, starts: date, days: int) -> dict[Place, int]:
    """Return the shift types on the ``days`` before a period, whichever period they belong to."""
    query = select(col(CellRow.staff_id), col(CellRow.day), col(CellRow.shift_type_id)).where(
        col(CellRow.day) < starts,
        col(CellRow.day) >= starts - timedelta(days=days),
        col(CellRow.shift_type_id).is_not(None),
    )
    found = await (await session.connection()).execute(query)
    return {(staff_id, day): shift for staff_id, day, shift in found if shift is not None}


def _looks_at_closures(kept: Iterable[RuleSetting]) -> bool:
    return any(rule.enabled and rule.kind == "after_closure" for rule in kept)


async def _closed_before(session: AsyncSession, starts: date) -> tuple[date, ...]:
    """Return the closures on the days before a period."""
    days = await calendar_between(session, starts - timedelta(days=CARRY_IN), starts - timedelta(days=1))
    return tuple(day.day for day in days if day.kind == "must_off")


def _visible(everybody: Iterable[StaffMember], period: Period, cells: Cells) -> tuple[StaffMember, ...]:
    """Return the rows of the grid: who is employed in the period, and active or with something in a cell."""
    filled = {staff_id for (staff_id, _), cell in cells.items() if not cell.blank}
    return tuple(
        member
        for member in everybody
        if member.employed_within(period.starts, period.ends) and (member.active or member.id in filled)
    )


def _used(
    shifts: Iterable[ShiftType], cells: Cells, before: dict[Place, int], requests: Iterable[Request]
) -> tuple[ShiftType, ...]:
    """Return the active shift types, and the inactive ones that the period still speaks of."""
    used = {cell.shift for cell in cells.values()} | set(before.values()) | {asked.shift for asked in requests}
    return tuple(shift for shift in shifts if shift.active or shift.id in used)


def _among(names: set[int], groups: Iterable[StaffGroup]) -> Iterable[StaffGroup]:
    for group in groups:
        yield StaffGroup(
            group.id,
            group.rank,
            group.name,
            tuple(member for member in group.members if member in names),
            tuple(backup for backup in group.backups if backup in names),
        )
