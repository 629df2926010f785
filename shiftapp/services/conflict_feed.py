"""Keeping the open pages informed of what is not settled: from the conflicts' rows to the period's room."""

import asyncio
from collections import defaultdict
from typing import Any, Final

from shiftapp.domain.conflict import Side, Told
from shiftapp.domain.permission import Action
from shiftapp.domain.refusal import Refused, authorise
from shiftapp.domain.visitor import Visitor
from shiftapp.live import rooms
from shiftapp.live.hub import room_of
from shiftapp.store.conflicts import read_unsettled
from shiftapp.store.database import database

STATE: Final = "ConflictState"

_Place = tuple[int, int]
"""Team id, period id."""

_shown: Final[dict[_Place, list[dict[str, Any]]]] = {}
"""What the pages here were told last."""
_locks: Final[defaultdict[_Place, asyncio.Lock]] = defaultdict(asyncio.Lock)
"""Reading and telling happen under one: nobody keeps what is older than what the room was told."""


async def join_conflicts(who: Visitor, sid: str, period_id: int) -> Refused | None:
    """Tell a page that has entered its period's room what is not settled there."""
    if (refused := authorise(who, Action.SEE_SCHEDULE)) is not None:
        return refused
    place = who.team_id, period_id
    async with _locks[place]:
        if place not in _shown:
            _shown[place] = await _read(place)
        await rooms.tell(sid, {STATE: {"unsettled": _shown[place]}})
    return None


async def show_conflicts(team_id: int, period_id: int) -> None:
    """Read what is not settled in a period that is open here, and tell its room what is different."""
    place = team_id, period_id
    if place not in _shown:
        return
    async with _locks[place]:
        if not rooms.occupied(room_of(period_id)):
            _shown.pop(place, None)
            return
        now = await _read(place)
        if now != _shown.get(place):
            _shown[place] = now
            await rooms.broadcast(room_of(period_id), STATE, {"unsettled": now})


async def conflict_heard(payload: str) -> None:
    """Take in a notification of the channel `shiftapp.store.conflicts.CHANNEL`."""
    team_id, period_id = map(int, payload.split(":"))
    await show_conflicts(team_id, period_id)


async def conflicts_missed() -> None:
    """Look at the conflicts of every open period: notifications may have been missed."""
    for team_id, period_id in list(_shown):
        await show_conflicts(team_id, period_id)


async def _read(place: _Place) -> list[dict[str, Any]]:
    team_id, period_id = place
    async with database().raw_transaction(team_id) as connection:
        return [_values(told) for told in await read_unsettled(connection, period_id)]


def _values(told: Told) -> dict[str, Any]:
    """Write a conflict as the page reads it."""
    staff_id, day = told.conflict.place
    return {
        "id": told.id,
        "open": told.conflict.open,
        "staff": str(staff_id),
        "day": day.isoformat(),
        "lost": _side(told.conflict.lost, told.loser),
        "stands": _side(told.conflict.stands, told.winner),
    }


def _side(side: Side, name: str) -> dict[str, Any]:
    cell = side.cell
    return {
        "by": side.user_id or 0,
        "who": name,
        "at": 0 if side.at is None else int(side.at.timestamp() * 1000),
        "shift": "" if cell.shift is None else str(cell.shift),
        "pinned": cell.pinned,
        "note": cell.note,
    }
