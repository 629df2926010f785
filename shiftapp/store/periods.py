"""Periods and the team's calendar. Every function works inside the caller's transaction, in its team."""

from collections.abc import Iterable
from datetime import date
from typing import cast

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from shiftapp.domain.calendar import CalendarDay, DayKind
from shiftapp.domain.period import Period, PeriodState
from shiftapp.store.tables.periods import CalendarDayRow, PeriodRow


def period_of(row: PeriodRow) -> Period:
    """Return the period a row holds."""
    return Period(
        cast("int", row.id), row.team_id, row.name, row.starts, row.ends, cast("PeriodState", row.state), row.seq
    )


async def all_periods(session: AsyncSession) -> list[Period]:
    """Return every period, earliest first."""
    return [period_of(row) for row in await session.exec(select(PeriodRow).order_by(col(PeriodRow.starts)))]


async def get_period(session: AsyncSession, period_id: int) -> Period | None:
    """Return one period."""
    row = await session.get(PeriodRow, period_id)
    return None if row is None else period_of(row)


async def overlapping(session: AsyncSession, first: date, last: date) -> Period | None:
    """Return a period that has a date in common with ``first``–``last``."""
    query = select(PeriodRow).where(col(PeriodRow.starts) <= last, col(PeriodRow.ends) >= first).limit(1)
    row = (await session.exec(query)).first()
    return None if row is None else period_of(row)


async def add_period(session: AsyncSession, team_id: int, name: str, starts: date, ends: date) -> Period:
    """Store a new, empty draft."""
    row = PeriodRow(team_id=team_id, name=name, starts=starts, ends=ends)
    session.add(row)
    await session.flush()
    return period_of(row)


async def rename_period(session: AsyncSession, period_id: int, name: str) -> Period | None:
    """Write a period's name; None where the team has no such period."""
    row = await session.get(PeriodRow, period_id)
    if row is None:
        return None
    row.name = name
    session.add(row)
    await session.flush()
    return period_of(row)


async def calendar_between(session: AsyncSession, first: date, last: date) -> list[CalendarDay]:
    """Return what the team entered for the dates ``first``–``last``, in order."""
    query = (
        select(CalendarDayRow)
        .where(col(CalendarDayRow.day) >= first, col(CalendarDayRow.day) <= last)
        .order_by(col(CalendarDayRow.day))
    )
    return [CalendarDay(row.day, cast("DayKind", row.kind), row.note) for row in await session.exec(query)]


async def set_calendar(session: AsyncSession, team_id: int, days: Iterable[CalendarDay]) -> None:
    """Write what the team says of each date, over what it said before."""
    for day in days:
        values = {"kind": day.kind, "note": day.note}
        statement = insert(CalendarDayRow).values(team_id=team_id, day=day.day, **values)
        await session.exec(statement.on_conflict_do_update(index_elements=["team_id", "day"], set_=values))


async def clear_calendar(session: AsyncSession, days: Iterable[date]) -> None:
    """Make dates ordinary again."""
    await session.exec(delete(CalendarDayRow).where(col(CalendarDayRow.day).in_(tuple(days))))
