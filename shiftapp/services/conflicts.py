"""Settling conflicts: a value that does not stand is put back, read, or chosen."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from psycopg import Rollback

from shiftapp.domain.conflict import Conflict, Strategy
from shiftapp.domain.edit import CellAsked, EditAsked, EditDone
from shiftapp.domain.permission import Action
from shiftapp.domain.refusal import Refused, authorise
from shiftapp.domain.visitor import Visitor
from shiftapp.services.conflict_feed import show_conflicts
from shiftapp.services.edits import show
from shiftapp.store import conflicts as store
from shiftapp.store.database import Connection, database
from shiftapp.store.edits import Author, edit_inside
from shiftapp.store.notices import notify_team
from shiftapp.store.tables.accounts import Team

Choice = Literal["lost", "stands"]
"""Which of two values the cell shall hold."""


@dataclass(frozen=True, slots=True)
class SettleAsked:
    """Settle some conflicts of a period the same way; ``seen`` is the seq that the page showed."""

    period_id: int
    edit_id: UUID
    ids: tuple[int, ...]
    choice: Choice
    seen: int | None = None


async def settle_conflicts(who: Visitor, asked: SettleAsked) -> EditDone | Refused | None:
    """Settle what was told to oneself, or choose where a choice is open, in one transaction and one change set.

    With ``lost`` the values that did not stand are put (back) into their cells; whose value is replaced by a choice is
    told so in turn.

    Returns
    -------
    EditDone, Refused or None
        None where no cell was asked to change. ``conflict.settled`` where somebody was quicker, and what an edit is
        refused for.
    """
    if (refused := authorise(who, Action.EDIT_CELLS)) is not None:
        return refused
    async with database().raw_transaction(who.team_id, who.user_id) as connection:
        answer = None
        async with connection.transaction() as whole:
            answer = await _settle(connection, who, asked)
            if isinstance(answer, Refused):
                raise Rollback(whole)
    if isinstance(answer, EditDone):
        await show(asked.period_id, answer)
    await show_conflicts(who.team_id, asked.period_id)
    return answer


async def choose_strategy(who: Visitor, strategy: Strategy) -> Refused | None:
    """Choose the team's conflict strategy: it holds for every edit that is decided from now on."""
    if (refused := authorise(who, Action.EDIT_TEAM)) is not None:
        return refused
    async with database().transaction(who.team_id) as session:
        team = await session.get_one(Team, who.team_id)
        if team.conflicts != strategy:
            team.conflicts = strategy
            await notify_team(session, who.team_id, "team")
    return None


async def _settle(connection: Connection, who: Visitor, asked: SettleAsked) -> EditDone | Refused | None:
    seq = await store.lock_period(connection, asked.period_id)
    if seq is None:
        return Refused("period.unknown")
    settled = await store.settle(connection, asked.period_id, asked.ids, who.user_id)
    if not settled:
        return Refused("conflict.settled")
    done = None
    if asked.choice == "lost":
        cells = {one.place: _put(one, asked.seen) for one in settled}
        edit = EditAsked(period_id=asked.period_id, edit_id=asked.edit_id, cells=tuple(cells.values()))
        done = await edit_inside(connection, Author(who.team_id, who.user_id, who.name), edit)
        if isinstance(done, Refused):
            return done
    not_chosen = [_not_chosen(one, asked.choice) for one in settled if one.open]
    news = [one for one in not_chosen if one.lost.user_id not in (None, who.user_id)]
    await store.keep_conflicts(connection, who.team_id, asked.period_id, seq if done is None else done.seq, news)
    await store.tell(connection, who.team_id, asked.period_id)
    return done


def _put(conflict: Conflict, seen: int | None) -> CellAsked:
    """Ask for the value that did not stand."""
    staff_id, day = conflict.place
    cell = conflict.lost.cell
    return CellAsked(staff_id=staff_id, day=day, seen=seen, shift=cell.shift, pinned=cell.pinned, note=cell.note)


def _not_chosen(conflict: Conflict, choice: Choice) -> Conflict:
    """Return what the owner of the other value is told."""
    if choice == "stands":
        return Conflict(conflict.place, conflict.lost, conflict.stands)
    return Conflict(conflict.place, conflict.stands, conflict.lost)
