"""Undo and redo: whether this person has a step to take, and what became of the last one this page asked for."""

import time
from typing import Any
from uuid import UUID

import reflex as rx
from pydantic import BaseModel, ConfigDict

from shiftapp.domain.permission import Action
from shiftapp.domain.refusal import Refused
from shiftapp.domain.undo import StepAsked, StepDone, Way
from shiftapp.domain.visitor import Visitor
from shiftapp.live import rooms
from shiftapp.services.undo import take_step
from shiftapp.ui.gate import handler
from shiftapp.ui.state.extent import extent
from shiftapp.ui.state.grid import Id
from shiftapp.ui.state.live import Live, live


class StepTaken(BaseModel):
    """A step in the page's period."""

    model_config = ConfigDict(extra="forbid")

    period_id: Id
    edit_id: UUID


@live
class StepState(Live, rx.State):
    """A person's steps in the period on the page.

    ``told`` says what the page's last step did: ``number`` (new each time), ``way``, ``kind`` and ``run`` of what it
    took back or gave again, what changed (as of `shiftapp.ui.state.extent`), cells ``left`` because others changed
    them since, of which ``who`` is the latest at ``at`` (milliseconds since 1970) among ``people_since``, and ``gone``
    that can be no more.
    """

    may_undo: bool = False
    may_redo: bool = False
    told: rx.Field[dict[str, Any]] = rx.field(default_factory=dict)

    @handler(Action.EDIT_CELLS, StepTaken)
    async def undo(self, who: Visitor, asked: StepTaken) -> Any:
        """Take back one's latest change set; its rows come through the room."""
        return await self._take(who, asked, "undo")

    @handler(Action.EDIT_CELLS, StepTaken)
    async def redo(self, who: Visitor, asked: StepTaken) -> Any:
        """Give back what one's latest undo took."""
        return await self._take(who, asked, "redo")

    async def _take(self, who: Visitor, asked: StepTaken, way: Way) -> Refused | None:
        answer = await take_step(who, StepAsked(asked.period_id, asked.edit_id, way))
        if isinstance(answer, Refused):
            return answer
        await rooms.tell(self.router.session.session_id, {StepState.__name__: {"told": _told(answer)}})
        return None


def _told(step: StepDone) -> dict[str, Any]:
    later = step.later
    return {
        "number": time.time_ns() // 1_000_000,
        "way": step.way,
        "kind": step.kind,
        "run": "" if step.run_id is None else str(step.run_id),
        **extent(step.done.patch.cells),
        "left": step.left,
        "who": "" if later is None else later.name,
        "at": 0 if later is None else int(later.at.timestamp() * 1000),
        "people_since": step.people,
        "gone": step.gone,
    }
