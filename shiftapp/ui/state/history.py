"""What became of a cell, for the person who asks."""

from typing import Any
from uuid import UUID

import reflex as rx
from pydantic import Field

from shiftapp.domain.cell import Cell
from shiftapp.domain.history import Logged
from shiftapp.domain.permission import Action
from shiftapp.domain.refusal import Refused
from shiftapp.domain.visitor import Visitor
from shiftapp.live import rooms
from shiftapp.services.history import cell_history, restore_cell
from shiftapp.ui.gate import handler
from shiftapp.ui.state.live import Live, live
from shiftapp.ui.state.why import CellNamed


class ValueNamed(CellNamed):
    """What a cell held after a change set."""

    seq: int = Field(ge=0)
    edit_id: UUID


@live
class HistoryState(Live, rx.State):
    """The changes of the cell that this page asked about (``staff id|date``), newest first.

    A line is [seq, kind, run id or "", milliseconds since 1970, who, then before and after: shift type id or "", "1" or
    "" whether it was pinned; then the note before and after].
    """

    cell: str = ""
    lines: rx.Field[list[list[str]]] = rx.field(default_factory=list)

    @handler(Action.SEE_HISTORY, CellNamed)
    async def look(self, who: Visitor, asked: CellNamed) -> Any:
        """Tell the page what became of a cell."""
        answer = await cell_history(who, asked.period_id, asked.place)
        if isinstance(answer, Refused):
            return answer
        told = {"cell": f"{asked.staff_id}|{asked.day.isoformat()}", "lines": [_line(one) for one in answer]}
        await rooms.tell(self.router.session.session_id, {HistoryState.__name__: told})
        return None

    @handler(Action.EDIT_CELLS, ValueNamed)
    async def restore(self, who: Visitor, asked: ValueNamed) -> Any:
        """Give the cell what it held then; its row comes through the room."""
        answer = await restore_cell(who, asked.period_id, asked.place, asked.seq, asked.edit_id)
        return answer if isinstance(answer, Refused) else None


def _line(one: Logged) -> list[str]:
    change, run = one.change, "" if one.run_id is None else str(one.run_id)
    when = str(int(one.at.timestamp() * 1000))
    held = [*_held(change.before), *_held(change.after), change.before.note, change.after.note]
    return [str(change.after.version), one.kind, run, when, one.name, *held]


def _held(cell: Cell) -> list[str]:
    return ["" if cell.shift is None else str(cell.shift), "1" if cell.pinned else ""]
