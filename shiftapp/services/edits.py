"""Editing cells."""

import logging

from shiftapp.domain.edit import EditAsked, EditDone
from shiftapp.domain.permission import Action
from shiftapp.domain.refusal import Refused, authorise
from shiftapp.domain.visitor import Visitor
from shiftapp.live import hub
from shiftapp.services.conflict_feed import show_conflicts
from shiftapp.store.database import database
from shiftapp.store.edits import Author, apply_edit

log = logging.getLogger(__name__)


async def edit_cells(who: Visitor, asked: EditAsked) -> EditDone | Refused:
    """Edit cells of a period: all of them or none, in one change set.

    Returns when the edit is committed and its rows are on their way to everyone here who has the period open.

    Returns
    -------
    EditDone or Refused
        ``period.unknown``, ``edit.archived``, ``staff.unknown``, ``shift.unknown``, ``cell.outside_period``,
        ``cell.outside_employment``, ``edit.same_cell_twice``.
    """
    if (refused := authorise(who, Action.EDIT_CELLS)) is not None:
        return refused
    answer = await apply_edit(database(), Author(who.team_id, who.user_id, who.name), asked)
    if isinstance(answer, EditDone):
        await show(asked.period_id, answer)
        if answer.conflicts:
            await show_conflicts(who.team_id, asked.period_id)
    return answer


async def show(period_id: int, done: EditDone) -> None:
    """Tell those who have the period open here; what is committed stays so, whatever becomes of the telling."""
    held = hub.current()
    if held is None:
        return
    try:
        await held.apply(period_id, done.patch, own=True)
    except Exception:
        log.exception("period %s: change set %s is committed but could not be shown", period_id, done.seq)
