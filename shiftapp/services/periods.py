"""Periods: listing and making them."""

from datetime import date, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from shiftapp.domain.period import LONGEST, Period, business_months, default_dates
from shiftapp.domain.permission import Action
from shiftapp.domain.refusal import Refused, authorise
from shiftapp.domain.visitor import Visitor
from shiftapp.services.schedule import today
from shiftapp.store import periods
from shiftapp.store.database import database
from shiftapp.store.notices import notify_team
from shiftapp.store.tables.accounts import Team

USUAL_MONTHS = 2
LONGEST_NAME = 80


async def list_periods(who: Visitor) -> tuple[Period, ...] | Refused:
    """Return the team's periods, earliest first."""
    if (refused := authorise(who, Action.SEE_SCHEDULE)) is not None:
        return refused
    async with database().transaction(who.team_id, who.user_id) as session:
        return tuple(await periods.all_periods(session))


async def create_period(
    who: Visitor,
    starts: date | None = None,
    ends: date | None = None,
    name: str = "",
    *,
    months: int | None = None,
) -> Period | Refused:
    """Make a new, empty draft.

    Parameters
    ----------
    starts, ends : date, optional
        Both or neither; without them ``months`` business months after the last period, or from the next start day.
    months : int, optional
        1 or 2; as many as the last period has unless given.

    Returns
    -------
    Period or Refused
        ``period.dates`` (out of order, too long, or only one given), ``period.overlap`` with the dates of the other,
        ``period.name``.
    """
    if (refused := authorise(who, Action.EDIT_PERIODS)) is not None:
        return refused
    if len(name.strip()) > LONGEST_NAME:
        return Refused("period.name", {"field": "name", "longest": LONGEST_NAME})
    try:
        async with database().transaction(who.team_id, who.user_id) as session:
            dates = (starts, ends)
            if starts is None and ends is None:
                dates = await _usual_dates(session, who.team_id, months)
            return await _create(session, who.team_id, *dates, name.strip())
    except IntegrityError:
        # another manager's period of these dates was committed a moment ago
        return Refused("period.overlap", {"starts": "", "ends": ""})


async def _create(
    session: AsyncSession, team_id: int, first: date | None, last: date | None, name: str
) -> Period | Refused:
    if first is None or last is None or not 0 <= (last - first).days < LONGEST:
        return Refused("period.dates", {"longest": LONGEST})
    if (other := await periods.overlapping(session, first, last)) is not None:
        return Refused("period.overlap", {"starts": other.starts.isoformat(), "ends": other.ends.isoformat()})
    period = await periods.add_period(session, team_id, name, first, last)
    await notify_team(session, team_id, "periods")
    return period


async def rename_period(who: Visitor, period_id: int, name: str) -> Period | Refused:
    """Give a period another name; an empty one is shown by its dates."""
    if (refused := authorise(who, Action.EDIT_PERIODS)) is not None:
        return refused
    if len(name.strip()) > LONGEST_NAME:
        return Refused("period.name", {"field": "name", "longest": LONGEST_NAME})
    async with database().transaction(who.team_id, who.user_id) as session:
        period = await periods.rename_period(session, period_id, name.strip())
        if period is None:
            return Refused("period.unknown")
        await notify_team(session, who.team_id, "periods")
        return period


async def _usual_dates(session: AsyncSession, team_id: int, months: int | None) -> tuple[date, date]:
    """Return the business months that follow the last period, or today where there is none."""
    team = await session.get_one(Team, team_id)
    every = await periods.all_periods(session)
    if not every:
        return default_dates(today(team.time_zone), team.start_day, months or USUAL_MONTHS)
    last = every[-1]
    held = len(business_months(last.starts, last.ends, team.start_day))
    return default_dates(last.ends + timedelta(days=1), team.start_day, months or min(held, USUAL_MONTHS))
