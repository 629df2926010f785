"""The team's calendar: closures, days that must be worked, holidays of its own."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from shiftapp.domain.calendar import CalendarDay
from shiftapp.domain.permission import Action
from shiftapp.domain.refusal import Refused, authorise
from shiftapp.domain.visitor import Visitor
from shiftapp.store import periods
from shiftapp.store.database import database
from shiftapp.store.notices import notify_team

LONGEST_NOTE: Final = 200


async def set_day(who: Visitor, day: CalendarDay) -> Refused | None:
    """Say what a date is, over what was said before; every open period is priced anew."""
    if (refused := authorise(who, Action.EDIT_CALENDAR)) is not None:
        return refused
    if len(day.note) > LONGEST_NOTE:
        return Refused("form.long", {"field": "note", "most": LONGEST_NOTE})
    async with database().transaction(who.team_id, who.user_id) as session:
        await periods.set_calendar(session, who.team_id, [day])
        await notify_team(session, who.team_id, "calendar")
    return None


async def clear_days(who: Visitor, days: Iterable[date]) -> Refused | None:
    """Make dates ordinary again."""
    if (refused := authorise(who, Action.EDIT_CALENDAR)) is not None:
        return refused
    async with database().transaction(who.team_id, who.user_id) as session:
        await periods.clear_calendar(session, days)
        await notify_team(session, who.team_id, "calendar")
    return None
