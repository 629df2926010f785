"""Opening the schedule of a period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from shiftapp.domain.period import Period
from shiftapp.domain.permission import Action, may
from shiftapp.domain.refusal import Refused, authorise
from shiftapp.domain.visitor import Visitor
from shiftapp.live import hub
from shiftapp.live.replica import Replica, Values
from shiftapp.services.run_feed import open_run
from shiftapp.store import periods
from shiftapp.store.database import database
from shiftapp.store.tables.accounts import Team

TOOLBAR = "ToolbarState"


@dataclass(frozen=True)
class Opened:
    """A period that a visitor may see.

    Attributes
    ----------
    room : str
        Where its changes are sent. Enter it first, then read ``view``: nothing is missed in between.
    """

    period: Period
    room: str
    toolbar: dict[str, Any]
    replica: Replica

    @property
    def view(self) -> Values:
        """Every var of the page as it is now."""
        held = hub.current()
        now = None if held is None else held.replica(self.period.team_id, self.period.id)
        return (now or self.replica).snapshot() | {TOOLBAR: self.toolbar}


async def open_period(who: Visitor, period_id: int | None) -> Opened | Refused:
    """Open a period; without an id the one that today lies in, else the next one, else the last.

    Returns
    -------
    Opened or Refused
        ``period.unknown``; ``period.none`` where the team has no period yet.
    """
    if (refused := authorise(who, Action.SEE_SCHEDULE)) is not None:
        return refused
    async with database().transaction(who.team_id, who.user_id) as session:
        every = await periods.all_periods(session)
        team = await session.get_one(Team, who.team_id)
    period = chosen(every, period_id, today(team.time_zone))
    if period is None:
        return Refused("period.none" if period_id is None else "period.unknown")
    held = hub.current()
    if held is None:
        raise RuntimeError("this process serves no pages: no hub is bound")
    replica = await held.open(who.team_id, period.id)
    if replica is None:
        return Refused("period.unknown")
    await open_run(who.team_id, period.id)
    bar = toolbar(every, period) | {
        "team": team.name,
        "may_edit": may(who.role, Action.EDIT_CELLS) and period.state != "archived",
        "may_see_history": may(who.role, Action.SEE_HISTORY),
        "may_generate": may(who.role, Action.GENERATE) and period.state != "archived",
    }
    return Opened(period, hub.room_of(period.id), bar, replica)


def toolbar(every: Sequence[Period], period: Period) -> dict[str, Any]:
    """Return the vars of ``ToolbarState`` that are the same for everyone."""
    earlier = [one for one in every if one.ends < period.starts]
    later = [one for one in every if one.starts > period.ends]
    return {
        "name": period.name,
        "starts": period.starts.isoformat(),
        "ends": period.ends.isoformat(),
        "state": period.state,
        "previous": earlier[-1].id if earlier else 0,
        "following": later[0].id if later else 0,
    }


def chosen(every: Sequence[Period], period_id: int | None, day: date) -> Period | None:
    """Return the period asked for, or the one to show on ``day``; ``every`` is in order of dates."""
    if period_id is not None:
        return next((period for period in every if period.id == period_id), None)
    not_over = [period for period in every if period.ends >= day]
    return not_over[0] if not_over else every[-1] if every else None


def today(time_zone: str) -> date:
    """Return the date where the team is."""
    try:
        return datetime.now(ZoneInfo(time_zone)).date()
    except (ZoneInfoNotFoundError, ValueError):
        return datetime.now(ZoneInfo("UTC")).date()
