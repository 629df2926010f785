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
from shiftapp.services.schedule import today
from shiftapp.store import periods, rules, shift_types, staff
from shiftapp.store.database import database
from shiftapp.store.notices import Part, Removed
from shiftapp.store.tables.accounts import Team

Board = Literal["rules", "periods", "staff", "shift_types", "calendar", "import", "conflicts"]

_locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
_joined: set[tuple[int, Board]] = set()


async def join_board(who: Visitor, sid: str, board: Board) -> Refused | None:
    """Put a page's socket into the team's room of ``board`` and show it what is there.

    Parameters
    ----------
    sid
        Of the socket: on every load and every reconnect a new one.
    """
    if (refused := authorise(who, Action.SEE_SCHEDULE)) is not None:
        return refused
    shown = _BOARDS[board]
    room = _room(who.team_id, board)
    async with _locks[room]:
        _joined.add((who.team_id, board))
        await rooms.move(sid, room)
        values = await _read(who.team_id, board)
        await rooms.tell(sid, {shown.state: {**values, "may_edit": may(who.role, shown.edit), "ready": True}})
    return None


async def team_changed(team_id: int, part: Part, removed: Sequence[Removed] = ()) -> None:
    """Send what the team's boards show that speak of ``part``, those somebody here has open: it changed.

    Those that list what was ``removed`` say by whom, for whoever has its form open.
    """
    for joined, board in sorted(_joined):
        if joined == team_id and part in _BOARDS[board].parts:
            await _send(team_id, board, removed if part == _BOARDS[board].removes else ())


async def boards_missed() -> None:
    """Send every board that somebody here has open: notifications may have been missed."""
    for team_id, board in sorted(_joined):
        await _send(team_id, board)


async def _send(team_id: int, board: Board, removed: Sequence[Removed] = ()) -> None:
    room, gone = _room(team_id, board), {"removed": {str(one.id): one.who for one in removed}} if removed else {}
    async with _locks[room]:
        if rooms.occupied(room):
            await rooms.broadcast(room, _BOARDS[board].state, {**await _read(team_id, board), **gone})
        else:
            _joined.discard((team_id, board))


def _room(team_id: int, board: Board) -> str:
    return f"{board}:{team_id}"


async def _read(team_id: int, board: Board) -> Values:
    async with database().transaction(team_id, snapshot=True) as session:
        return await _BOARDS[board].read(session, team_id)


async def _rules(session: AsyncSession, team_id: int) -> Values:
    return boards.rules_view(
        await rules.all_rules(session),
        await shift_types.all_shift_types(session),
        await staff.all_staff(session),
        await staff.all_groups(session),
    )


async def _periods(session: AsyncSession, team_id: int) -> Values:
    team = await session.get_one(Team, team_id)
    return boards.periods_view(await periods.all_periods(session), team.start_day, today(team.time_zone))


async def _staff(session: AsyncSession, team_id: int) -> Values:
    return boards.staff_view(await staff.all_staff(session), await staff.all_groups(session))


async def _shift_types(session: AsyncSession, team_id: int) -> Values:
    return boards.shift_types_view(await shift_types.all_shift_types(session))


async def _calendar(session: AsyncSession, team_id: int) -> Values:
    team = await session.get_one(Team, team_id)
    entered = await periods.calendar_between(session, date.min, date.max)
    return boards.calendar_view(entered, team.country, today(team.time_zone))


async def _conflicts(session: AsyncSession, team_id: int) -> Values:
    return {"strategy": (await session.get_one(Team, team_id)).conflicts}


async def _import(session: AsyncSession, team_id: int) -> Values:
    """Say when what an import was checked against was different last, in milliseconds since 1970."""
    return {"changed": time.time_ns() // 1_000_000}


class _Board(NamedTuple):
    """The state of a page, the right to change what it shows, how it is read, what it speaks of, what of it can go."""

    state: str
    edit: Action
    read: Callable[[AsyncSession, int], Awaitable[Values]]
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
}
