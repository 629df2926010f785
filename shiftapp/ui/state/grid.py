"""The grid of a period: what a room feeds into the page, and the two things a page asks of it."""

import time
from datetime import date, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

import reflex as rx
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shiftapp.domain.cell import LONGEST_NOTE
from shiftapp.domain.edit import CellAsked, EditAsked
from shiftapp.domain.permission import Action
from shiftapp.domain.refusal import Refused
from shiftapp.domain.visitor import Visitor
from shiftapp.live import rooms
from shiftapp.live.past import HISTORY
from shiftapp.services.boards import join_board
from shiftapp.services.conflict_feed import join_conflicts
from shiftapp.services.edits import edit_cells
from shiftapp.services.presence import join_period, leave_period
from shiftapp.services.run_feed import open_run
from shiftapp.services.schedule import open_period
from shiftapp.services.undo import join_steps
from shiftapp.ui.gate import handler
from shiftapp.ui.state.live import Live, live

SLOTS = 200
LEAVE = "~"
EMPTY = "."
MOST_REFUSED = 50
"""Refused edits that a page is told of at once."""


Id = Annotated[int, Field(ge=0, lt=2**63)]


class Strip(BaseModel):
    """Neighbouring cells of one row: a letter each, ``.`` to empty it, ``~`` to leave it alone."""

    model_config = ConfigDict(extra="forbid")

    staff_id: Id
    day: date = Field(description="of the first letter")
    letters: str = Field(max_length=92)


class Typed(BaseModel):
    """An edit as the browser sends it.

    Attributes
    ----------
    number
        Counts this page's edits; given back as ``ack`` once the edit is decided.
    types
        Letter → shift type id, as the page that typed them had them.
    pin
        Where given, the cells are pinned or unpinned and keep their shift and note.
    note
        Where given, it becomes the note of the cells, which keep their shift and pin; an empty one deletes it.
    seen
        The ``seq`` at which the page stood when it was typed.
    line
        The page's ``line`` when it was sent.
    """

    model_config = ConfigDict(extra="forbid")

    period_id: Id
    edit_id: UUID
    number: int = Field(ge=0)
    kind: Literal["edit", "paste", "fill"]
    types: dict[str, Id] = Field(max_length=64)
    strips: list[Strip] = Field(min_length=1, max_length=SLOTS)
    pin: bool | None = None
    note: str | None = Field(default=None, max_length=LONGEST_NOTE)
    seen: int | None = Field(default=None, ge=0)
    line: str = Field(default="", max_length=64)

    def asked(self) -> EditAsked | Refused:
        """Return what the service is asked for; refused where a letter or a date means nothing."""
        if self._gives_shifts and not {letter for strip in self.strips for letter in strip.letters} <= self._meant():
            return Refused("shift.unknown")
        try:
            cells = tuple(
                CellAsked(
                    staff_id=strip.staff_id,
                    day=strip.day + timedelta(days=offset),
                    seen=self.seen,
                    **self._content(letter),
                )
                for strip in self.strips
                for offset, letter in enumerate(strip.letters)
                if letter != LEAVE
            )
            return EditAsked(period_id=self.period_id, edit_id=self.edit_id, kind=self.kind, cells=cells)
        except (OverflowError, ValidationError):
            return Refused("refused.payload")

    @property
    def _gives_shifts(self) -> bool:
        return self.pin is None and self.note is None

    def _meant(self) -> set[str]:
        return {EMPTY, LEAVE, *self.types}

    def _content(self, letter: str) -> dict[str, Any]:
        if self.pin is not None:
            return {"pinned": self.pin}
        if self.note is not None:
            return {"note": self.note}
        return {"shift": None if letter == EMPTY else self.types[letter]}


def _decided(state: "GridState", sent: Any, refused: Refused | None) -> bool:
    """Let the page drop what it painted and read why it was refused, also where that was before anybody read it.

    While the database is away nothing is decided: a new line has the page send it again, after those before it.
    """
    if not isinstance(sent, dict) or not isinstance(number := sent.get("number"), int):
        return False
    if _stale(state, sent.get("line")):
        return True
    if refused is not None and refused.code == "refused.database":
        state.failures += 1
        state.turn += 1
        state.line = f"{state.router.session.session_id}.{state.turn}"
        return True
    state.ack = number
    if state.failures:
        state.failures = 0
    if refused is not None:
        given = {name: str(value) for name, value in refused.args.items()}
        told = {"edit_id": str(sent.get("edit_id"))[:64], "code": refused.code, "given": given}
        state.refused = [*state.refused, told][-MOST_REFUSED:]
    return True


def _stale(state: "GridState", line: Any) -> bool:
    """Say whether an edit was sent on a line that the page has lost since: it comes again, after those before it."""
    sid = state.router.session.session_id
    return bool(line) and line != (state.line if state.line.startswith(f"{sid}.") else sid)


@live
class GridState(Live, rx.State):
    """The rows of the period on the page, in the encoding of ``shiftapp.live.view``.

    ``missing`` is the key of the text that says why there is no period to show; ``ack`` the number of this page's last
    edit that was decided, ``refused`` its latest that were refused: edit id, code and what the text names. ``line`` is
    new with every socket, and told with the snapshot: then the page sends again what was not decided. It is new, too,
    after each of ``failures`` in a row to reach the database. ``me`` is the visitor's user id.
    ``book`` is `Replica.mark`.
    """

    order: rx.Field[list[str]] = rx.field(default_factory=list)
    people: rx.Field[list[list[str]]] = rx.field(default_factory=list)
    days: rx.Field[list[list[str]]] = rx.field(default_factory=list)
    shifts: rx.Field[list[list[str]]] = rx.field(default_factory=list)
    outside: str = ""
    period: int = 0
    missing: str = ""
    seq: int = 0
    book: str = ""
    ack: int = 0
    refused: rx.Field[list[dict[str, Any]]] = rx.field(default_factory=list)
    line: str = ""
    failures: int = 0
    turn: int = 0
    me: int = 0

    @handler(Action.SEE_SCHEDULE)
    async def open(self, who: Visitor) -> Any:
        """Enter the room of the period the address names and show it: on every load and every reconnect."""
        opened = await open_period(who, period_in_address(self))
        sid = self.router.session.session_id
        if isinstance(opened, Refused):
            await rooms.leave(sid, "period")
            await rooms.leave(sid, "steps")
            leave_period(sid)
            await rooms.tell(sid, {"GridState": {"order": [], "days": [], "missing": opened.code}})
            # the page opens the first period when somebody makes it
            return await join_board(who, sid, "periods") if opened.code == "period.none" else None
        await open_run(who.team_id, opened.period.id)
        await rooms.move(sid, opened.room)
        view = opened.view
        view["GridState"] |= {"period": opened.period.id, "missing": "", "line": sid, "failures": 0, "me": who.user_id}
        view["RunState"] |= {"clock": time.time_ns() // 1_000_000}
        view[HISTORY] = {"view": {}}
        await rooms.tell(sid, view)
        await join_conflicts(who, sid, opened.period.id)
        await join_period(who, sid, opened.period.id)
        return await join_steps(who, sid, opened.period.id)

    @handler(Action.EDIT_CELLS, Typed, afterwards=_decided)
    async def edit(self, who: Visitor, asked: Typed) -> Any:
        """Edit cells. The rows come back through the room first; then ``ack`` lets this page drop what it painted."""
        if _stale(self, asked.line):
            return None
        wanted = asked.asked()
        answer = wanted if isinstance(wanted, Refused) else await edit_cells(who, wanted)
        return answer if isinstance(answer, Refused) else None


def period_in_address(page: rx.State) -> int | None:
    """Return the period id of ``/schedule/<id>`` or ``?period=<id>``; None on the page without one."""
    url = page.router.url
    given = (url.path.rstrip("/").rpartition("/")[2], url.query_parameters.get("period", ""))
    return next((int(found) for found in given if found.isdecimal() and len(found) < 16), None)


for _slot in range(SLOTS):
    for _kind in "rfwn":
        GridState.add_var(f"{_kind}{_slot:03}", str, "")
