"""Why this, why not: what another shift in a cell would mean, for the one person who asks."""

import asyncio
import logging
from datetime import date
from typing import Any, Final

import reflex as rx
from pydantic import BaseModel, ConfigDict

from shiftapp.domain.cell import Place
from shiftapp.domain.permission import Action
from shiftapp.domain.refusal import Refused
from shiftapp.domain.visitor import Visitor
from shiftapp.live import rooms
from shiftapp.live.why import WHY, working_values
from shiftapp.services import why
from shiftapp.ui.gate import handler
from shiftapp.ui.state.grid import Id
from shiftapp.ui.state.live import Live, live
from solver.run import Stop

_log = logging.getLogger(__name__)


class CellNamed(BaseModel):
    """One cell of the page's period."""

    model_config = ConfigDict(extra="forbid")

    period_id: Id
    staff_id: Id
    day: date

    @property
    def place(self) -> Place:
        """Where it is."""
        return self.staff_id, self.day


class ShiftTried(CellNamed):
    """A shift for a cell: its id, and its letter as the page has it."""

    shift: Id
    letter: str


class Asking:
    """What one page has asked and not heard yet: a further question ends it."""

    def __init__(self) -> None:
        self._of: dict[str, tuple[asyncio.Task[None], Stop]] = {}

    def begin(self, page: str, who: Visitor, asked: ShiftTried) -> None:
        """Have a shift looked into, and the page told."""
        self.end(page)
        stop = Stop()
        task = asyncio.create_task(self._answer(page, who, asked, stop))
        self._of[page] = task, stop
        task.add_done_callback(lambda done: self._forget(page, done))

    def end(self, page: str) -> None:
        """Drop what a page has asked: its answer is not told."""
        if (going := self._of.pop(page, None)) is not None:
            going[1].cancel()

    def _forget(self, page: str, done: asyncio.Task[None]) -> None:
        if page in self._of and self._of[page][0] is done:
            del self._of[page]

    async def _answer(self, page: str, who: Visitor, asked: ShiftTried, stop: Stop) -> None:
        try:
            answer = await why.why_not(who, asked.period_id, asked.place, asked.shift, stop)
        except Exception:
            _log.exception("what a shift would cost could not be found")
            answer = Refused("run.crashed")
        if not stop.asked:
            told = {"verdict": answer.code} if isinstance(answer, Refused) else answer
            await rooms.tell(page, {WHY: working_values(asked.place, asked.letter) | told})
            await why.expect()


_asking: Final = Asking()


@live
class WhyState(Live, rx.State):
    """The latest answers to this page, in the encoding of ``shiftapp.live.why``; ``cell`` empty: none."""

    cell: str = ""
    seq: int = 0
    book: str = ""
    lone: rx.Field[list[list[str]]] = rx.field(default_factory=list)
    asked: str = ""
    verdict: str = ""
    price: rx.Field[list[str]] = rx.field(default_factory=list)
    moves: rx.Field[list[str]] = rx.field(default_factory=list)
    fewer: rx.Field[list[str]] = rx.field(default_factory=list)
    changes: rx.Field[list[str]] = rx.field(default_factory=list)
    clash: rx.Field[list[str]] = rx.field(default_factory=list)

    @handler(Action.GENERATE, CellNamed)
    async def look(self, who: Visitor, asked: CellNamed) -> Any:
        """Say what each shift would change alone, and drop what was asked before."""
        page = self.router.session.session_id
        _asking.end(page)
        answer = await why.look(who, asked.period_id, asked.place)
        if isinstance(answer, Refused):
            return answer
        await rooms.tell(page, {WHY: answer})
        await why.expect()
        return None

    @handler(Action.GENERATE, ShiftTried)
    async def ask(self, who: Visitor, asked: ShiftTried) -> Any:
        """Look into one shift with other cells moved; the answer comes on its own, and holds up nothing."""
        page = self.router.session.session_id
        _asking.begin(page, who, asked)
        await rooms.tell(page, {WHY: working_values(asked.place, asked.letter)})

    @handler(Action.GENERATE)
    async def leave(self, who: Visitor) -> Any:
        """Drop what was asked: nobody reads it any more."""
        _asking.end(self.router.session.session_id)
