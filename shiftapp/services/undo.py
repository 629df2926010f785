"""Undo and redo: each person's own steps, and what their open pages know of them."""

import asyncio
from typing import Final
from weakref import WeakValueDictionary

from shiftapp.domain.patch_wire import Notice
from shiftapp.domain.permission import Action
from shiftapp.domain.refusal import Refused, authorise
from shiftapp.domain.undo import StepAsked, StepDone, Steps
from shiftapp.domain.visitor import Visitor
from shiftapp.live import rooms
from shiftapp.services.edits import show
from shiftapp.store.database import database
from shiftapp.store.edits import Author
from shiftapp.store.undo import apply_step, read_steps

STEPS: Final = "StepState"

_Place = tuple[int, int, int]
"""Team id, period id, user id: one person's steps in one period."""

_shown: Final[dict[_Place, Steps]] = {}
"""What the pages here were told last."""
_locks: Final[WeakValueDictionary[_Place, asyncio.Lock]] = WeakValueDictionary()
"""Reading and telling happen under one: nobody keeps what is older than what the room was told."""


async def take_step(who: Visitor, asked: StepAsked) -> StepDone | Refused:
    """Take back one's latest change set in a period, or one's latest undo: never what somebody else changed since.

    Returns when it is committed and its rows are on their way to everyone here who has the period open.

    Returns
    -------
    StepDone or Refused
        ``period.unknown``, ``edit.archived``, ``undo.nothing``, ``redo.nothing``.
    """
    if (refused := authorise(who, Action.EDIT_CELLS)) is not None:
        return refused
    answer = await apply_step(database(), Author(who.team_id, who.user_id, who.name), asked)
    if isinstance(answer, StepDone):
        await show(asked.period_id, answer.done)
    return answer


async def join_steps(who: Visitor, sid: str, period_id: int) -> Refused | None:
    """Put a page's socket into its person's own room of a period and say what there is to undo and redo."""
    if (refused := authorise(who, Action.SEE_SCHEDULE)) is not None:
        return refused
    place = who.team_id, period_id, who.user_id
    async with _lock(place):
        await rooms.move(sid, _room(place))
        steps = await _read(place)
        if _shown.setdefault(place, steps) != steps:
            _shown[place] = steps
            await rooms.broadcast(_room(place), STEPS, _values(steps))
        await rooms.tell(sid, {STEPS: _values(steps)})
    return None


async def steps_heard(notice: Notice) -> None:
    """Tell a person's pages here what a change set of theirs means for their steps: mostly nothing new."""
    if notice.user_id is None:
        return
    place = notice.team_id, notice.period_id, notice.user_id
    known = _shown.get(place)
    if known is not None and (notice.kind in ("undo", "redo") or known != Steps(undo=True) or _lock(place).locked()):
        await _tell(place)


async def steps_missed() -> None:
    """Look at the steps of everybody who has a period open here: notifications may have been missed."""
    for place in list(_shown):
        await _tell(place)


async def _tell(place: _Place) -> None:
    """Read somebody's steps and tell their pages what is different."""
    async with _lock(place):
        if not rooms.occupied(_room(place)):
            _shown.pop(place, None)
            return
        steps = await _read(place)
        if steps != _shown.get(place):
            _shown[place] = steps
            await rooms.broadcast(_room(place), STEPS, _values(steps))


def _lock(place: _Place) -> asyncio.Lock:
    return _locks.setdefault(place, asyncio.Lock())


async def _read(place: _Place) -> Steps:
    team_id, period_id, user_id = place
    async with database().raw_transaction(team_id) as connection:
        return await read_steps(connection, period_id, user_id)


def _room(place: _Place) -> str:
    return "steps:" + ":".join(map(str, place))


def _values(steps: Steps) -> dict[str, bool]:
    return {"may_undo": steps.undo, "may_redo": steps.redo}
