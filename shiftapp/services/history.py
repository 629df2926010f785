"""History: what became of a cell, and bringing back what it held."""

from typing import Final
from uuid import UUID

from shiftapp.domain.cell import Place
from shiftapp.domain.edit import CellAsked, EditAsked, EditDone
from shiftapp.domain.history import Logged
from shiftapp.domain.permission import Action
from shiftapp.domain.refusal import Refused, authorise
from shiftapp.domain.visitor import Visitor
from shiftapp.services.edits import edit_cells
from shiftapp.store.database import database
from shiftapp.store.log import read_cell

MOST: Final = 50
"""Changes of a cell that are told at once."""


async def cell_history(who: Visitor, period_id: int, place: Place) -> list[Logged] | Refused:
    """Return the latest changes of a cell, newest first: `MOST` at most, none where nobody ever changed it."""
    if (refused := authorise(who, Action.SEE_HISTORY)) is not None:
        return refused
    async with database().raw_transaction(who.team_id) as connection:
        return await read_cell(connection, period_id, place, MOST)


async def restore_cell(who: Visitor, period_id: int, place: Place, seq: int, edit_id: UUID) -> EditDone | Refused:
    """Give a cell what it held after change set ``seq``, pin and note included: an edit like any other.

    Returns
    -------
    EditDone or Refused
        ``history.unknown`` where that change set did not change the cell; else what `edit_cells` returns.
    """
    if (refused := authorise(who, Action.EDIT_CELLS)) is not None:
        return refused
    async with database().raw_transaction(who.team_id) as connection:
        found = await read_cell(connection, period_id, place, 1, until=seq)
    if not found or found[0].change.after.version != seq:
        return Refused("history.unknown")
    held = found[0].change.after
    cell = CellAsked(staff_id=place[0], day=place[1], shift=held.shift, pinned=held.pinned, note=held.note)
    return await edit_cells(who, EditAsked(period_id=period_id, edit_id=edit_id, kind="restore", cells=(cell,)))
