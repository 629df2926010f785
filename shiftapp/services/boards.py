"""Boards: the pages that show one thing of the team, kept current for everyone who has them open.

Reading and sending happen under one lock a board: what was committed before the read is in it, what is committed later
is announced later and read again, so nobody keeps an older view than the room was told.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from typing import Final, Literal, NamedTuple, get_args

from sqlmodel.ext.asyncio.session import AsyncSession

from shiftapp.domain.permission import Action, may
from shiftapp.domain.refusal import Refused, authorise
from shiftapp.domain.visitor import Visitor
from shiftapp.live import boards, rooms
from shiftapp.live.rooms import Values
from shiftapp.services.schedule import chosen, today
from shiftapp.store import periods, rules, shift_types, staff
from shiftapp.store.database import database
from shiftapp.store.notices import Part, Removed
from shiftapp.store.tables.accounts import Team

Board = Literal["rules", "periods", "staff", "shift_types", "calendar", "import", "conflicts", "requests"]


class _Place(NamedTuple):
    """A board of a team; ``period_id`` is 0 for those that show the same whatever the period."""

    team_id: int
    board: Board
    period_id: int

    @property
    def room(self) -> str:
        return f"{self.board}:{self.team_id}" + (f":{self.period_id}" if self.period_id else "")


_locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
_joined: set[_Place] = set()


async def join_board(who: Visitor, sid: str, board: Board, period_id: int = 0) -> Refused | None:
    """Put a page's socket into the team's room of ``board`` and show it what is there.

    Parameters
    ----------
    sid
        Of the socket: on every load and every reconnect a new one.
    period_id
        Of the period, for ``requests``; 0 is the one that the schedule opens with.
    """
    if (refused := authorise(who, Action.SEE_SCHEDULE)) is not None:
        return refused
    if board == "requests" and (refused := authorise(who, Action.SEE_REQUESTS)) is not None:
        return refused
    shown = _BOARDS[board]
    place = _Place(who.team_id, board, period_id)
    async with _locks[place.room]:
        _joined.add(place)
        await rooms.move(sid, place.room)
        values = await _read(place)
        await rooms.tell(sid, {shown.state: {**values, "may_edit": may(who.role, shown.edit), "ready": True}})
    return None


async def team_changed(team_id: int, part: Part, removed: Sequence[Removed] = ()) -> None:
    """Send what the team's boards show that speak of ``part``, those somebody here has open: it changed.

    Those that list what was ``removed`` say by whom, for whoever has its form open.
    """
    for place in sorted(_joined):
        if place.team_id == team_id and part in _BOARDS[place.board].parts:
            await _send(place, removed if part == _BOARDS[place.board].removes else ())


async def boards_missed() -> None:
    """Send every board that somebody here has open: notifications may have been missed."""
    for place in sorted(_joined):
        await _send(place)


async def _send(place: _Place, removed: Sequence[Removed] = ()) -> None:
    gone = {"removed": {str(one.id): one.who for one in removed}} if removed else {}
    async with _locks[place.room]:
        if rooms.occupied(place.room):
            await rooms.broadcast(place.room, _BOARDS[place.board].state, {**await _read(place), **gone})
        else:
            _joined.discard(place)


async def _read(place: _Place) -> Values:
    async with database().transaction(place.team_id, snapshot=True) as session:
        return await _BOARDS[place.board].read(session, place)


async def _rules(session: AsyncSession, place: _Place) -> Values:
    return boards.rules_view(
        await rules.all_rules(session),
        await shift_types.all_shift_types(session),
        await staff.all_staff(session),
        await staff.all_groups(session),
    )


async def _periods(session: AsyncSession, place: _Place) -> Values:
    team = await session.get_one(Team, place.team_id)
    return boards.periods_view(await periods.all_periods(session), team.start_day, today(team.time_zone))


async def _staff(session: AsyncSession, place: _Place) -> Values:
    return boards.staff_view(await staff.all_staff(session), await staff.all_groups(session))


async def _shift_types(session: AsyncSession, place: _Place) -> Values:
    return boards.shift_types_view(await shift_types.all_shift_types(session))


async def _calendar(session: AsyncSession, place: _Place) -> Values:
    team = await session.get_one(Team, place.team_id)
    entered = await periods.calendar_between(session, date.min, date.max)
    return boards.calendar_view(entered, team.country, today(team.time_zone))


async def _conflicts(session: AsyncSession, place: _Place) -> Values:
    return {"strategy": (await session.get_one(Team, place.team_id)).conflicts}


async def _requests(session: AsyncSession, place: _Place) -> Values:
    every = await periods.all_periods(session)
    team = await session.get_one(Team, place.team_id)
    period = chosen(every, place.period_id or None, today(team.time_zone))
    asked = [] if period is None else await rules.requests_between(session, period.starts, period.ends)
    return boards.requests_view(
        every, period, asked, await staff.all_staff(session), await shift_types.all_shift_types(session)
    )


async def _import(session: AsyncSession, place: _Place) -> Values:
    """Say when what an import was checked against was different last, in milliseconds since 1970."""
    return {"changed": time.time_ns() // 1_000_000}


class _Board(NamedTuple):
    """The state of a page, the right to change what it shows, how it is read, what it speaks of, what of it can go."""

    state: str
    edit: Action
    read: Callable[[AsyncSession, _Place], Awaitable[Values]]
    parts: frozenset[Part]
    removes: Part | None = None


_BOARDS: Final[dict[Board, _Board]] = {
    "rules": _Board(
        "RulesState", Action.EDIT_RULES, _rules, frozenset({"rules", "shift_types", "staff", "groups", "team"}), "rules"
    ),
    "periods": _Board("PeriodsState", Action.EDIT_PERIODS, _periods, frozenset({"periods", "team"})),
    "staff": _Board("StaffState", Action.EDIT_STAFF, _staff, frozenset({"staff", "groups", "team"}), "groups"),
    "shift_types": _Board("ShiftTypesState", Action.EDIT_SHIFT_TYPES, _shift_types, frozenset({"shift_types", "team"})),
    "import": _Board("ImportNewsState", Action.IMPORT, _import, frozenset(get_args(Part))),
    "calendar": _Board("CalendarState", Action.EDIT_CALENDAR, _calendar, frozenset({"calendar", "team"})),
    "conflicts": _Board("StrategyState", Action.EDIT_TEAM, _conflicts, frozenset({"team"})),
    "requests": _Board(
        "RequestsState",
        Action.EDIT_REQUESTS,
        _requests,
        frozenset({"requests", "staff", "shift_types", "periods", "team"}),
        "requests",
    ),
}
