"""The history of a period: its change sets, any moment of it, two moments side by side, and going back."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from shiftapp.domain.book import Reading
from shiftapp.domain.edit import Change
from shiftapp.domain.past import LoggedSet, Plan, RestoreAsked, Restored, Wanted
from shiftapp.domain.patch_wire import Notice
from shiftapp.domain.permission import Action
from shiftapp.domain.refusal import Refused, authorise
from shiftapp.domain.visitor import Visitor
from shiftapp.live import hub, rooms
from shiftapp.live.past import HISTORY, past_view
from shiftapp.live.replica import Values
from shiftapp.services.edits import show
from shiftapp.store import past
from shiftapp.store.books import read_inside
from shiftapp.store.database import database
from shiftapp.store.edits import Author
from shiftapp.store.employment import driver
from shiftapp.store.log import NEWEST


@dataclass(frozen=True, slots=True)
class Past:
    """A period at one moment, and what differs at another: of ``seq`` to ``until``, equal where there is one only."""

    seq: int
    until: int
    changes: tuple[Change, ...]
    view: Values


async def period_history(
    who: Visitor, period_id: int, wanted: Wanted, before: int = NEWEST
) -> list[LoggedSet] | Refused:
    """Return a page of a period's change sets, newest first."""
    if (refused := authorise(who, Action.SEE_HISTORY)) is not None:
        return refused
    async with database().raw_transaction(who.team_id) as connection:
        return await past.read_sets(connection, period_id, wanted, before)


async def authors(who: Visitor, period_id: int) -> list[tuple[int, str]] | Refused:
    """Return who changed something in a period: id and name."""
    if (refused := authorise(who, Action.SEE_HISTORY)) is not None:
        return refused
    async with database().raw_transaction(who.team_id) as connection:
        return await past.read_people(connection, period_id)


async def set_cells(who: Visitor, period_id: int, seq: int) -> list[Change] | Refused:
    """Return the cells of one change set; none where there is no such one."""
    if (refused := authorise(who, Action.SEE_HISTORY)) is not None:
        return refused
    async with database().raw_transaction(who.team_id) as connection:
        return await past.read_set(connection, period_id, seq)


async def moment_at(who: Visitor, period_id: int, at: datetime) -> int | Refused:
    """Return the seq of a period at a time: ``past.before`` where it did not exist yet."""
    if (refused := authorise(who, Action.SEE_HISTORY)) is not None:
        return refused
    async with database().raw_transaction(who.team_id) as connection:
        return await past.seq_at(connection, period_id, at)


async def as_it_was(who: Visitor, period_id: int, seq: int, until: int | None = None) -> Past | Refused:
    """Return a period as it was at ``seq``, and what is different at ``until``.

    Staff, shift types, rules and calendar are those of today: the log speaks of cells.

    Returns
    -------
    Past or Refused
        ``period.unknown``; ``past.no_moment`` where the period has not come so far.
    """
    if (refused := authorise(who, Action.SEE_HISTORY)) is not None:
        return refused
    first, last = sorted((seq, seq if until is None else until))
    async with database().transaction(who.team_id, snapshot=True) as session:
        connection = await driver(session)
        later = await past.read_between(connection, period_id, first)
        changes = await past.read_between(connection, period_id, first, last) if last > first else []
        reading = await read_inside(session, period_id, later)
    if reading is None:
        return Refused("period.unknown")
    if last > reading.book.period.seq:
        return Refused("past.no_moment")
    return Past(first, last, tuple(changes), await _drawn(who, period_id, reading, changes))


async def plan_restore(who: Visitor, asked: RestoreAsked) -> tuple[Plan, Values] | Refused:
    """Return what a restore would do as the period stands, and the grid with it in the preview."""
    if (refused := authorise(who, Action.EDIT_CELLS)) is not None:
        return refused
    async with database().transaction(who.team_id, snapshot=True) as session:
        plan = await past.read_plan(await driver(session), asked)
        reading = await read_inside(session, asked.period_id)
    if isinstance(plan, Refused):
        return plan
    if reading is None:
        return Refused("period.unknown")
    return plan, await _drawn(who, asked.period_id, reading, plan.changes)


async def restore(who: Visitor, asked: RestoreAsked) -> Restored | Refused:
    """Go back in one change set, an edit like any other: everybody sees it, and its author can undo it.

    Returns
    -------
    Restored or Refused
        ``period.unknown``, ``edit.archived``, ``past.no_moment``, ``past.no_run``, ``history.unknown``,
        ``past.moved``, ``past.same``.
    """
    if (refused := authorise(who, Action.EDIT_CELLS)) is not None:
        return refused
    answer = await past.apply_restore(database(), Author(who.team_id, who.user_id, who.name), asked)
    if isinstance(answer, Restored):
        await show(asked.period_id, answer.done)
    return answer


async def _drawn(who: Visitor, period_id: int, reading: Reading, changes: list[Change] | tuple[Change, ...]) -> Values:
    held = hub.current()
    before = None if held is None else held.replica(who.team_id, period_id)
    # in a thread: pricing 200 × 92 cells takes a fifth of a second
    return await asyncio.to_thread(past_view, reading, changes, before)


async def join_history(who: Visitor, sid: str, period_id: int) -> Refused | None:
    """Have a page told of every further change set of a period, also while it looks at the past."""
    if (refused := authorise(who, Action.SEE_HISTORY)) is not None:
        return refused
    await rooms.move(sid, _room(who.team_id, period_id))
    return None


async def history_heard(notice: Notice) -> None:
    """Tell the pages here that look at a period's history that there is something new in it."""
    room = _room(notice.team_id, notice.period_id)
    if rooms.occupied(room):
        await rooms.broadcast(room, HISTORY, {"newest": notice.seq})


def _room(team_id: int, period_id: int) -> str:
    return f"history:{team_id}:{period_id}"
