"""Who is here: each server tells the others of its own people, and every page is told of all."""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final
from uuid import uuid4

from shiftapp.domain.permission import Action
from shiftapp.domain.refusal import Refused, authorise
from shiftapp.domain.visitor import Visitor
from shiftapp.live import hub, rooms
from shiftapp.live.presence import BEAT, NOWHERE, Cell, Person, Presence, values
from shiftapp.store import presence as store

STATE: Final = "PresenceState"
PACE: Final = 0.1
"""Seconds between two messages to a period's pages; the first of a burst waits for nothing."""
EACH: Final = 0.001
"""What everybody present adds to that: a thousand people hear of each other once a second."""
TOGETHER: Final = 20
"""People of one notification, which may have 8,000 bytes."""
NAME: Final = 60
"""Characters of a name that are told."""

Say = Callable[[str], Awaitable[None]]
Send = Callable[[str, Mapping[str, Mapping[str, Any]]], Awaitable[None]]

log = logging.getLogger(__name__)


class Crowd:
    """The people of this process and what it heard of the others'.

    Parameters
    ----------
    say, send : callable
        How the other servers and a room are told.
    known : Presence
        What is known.
    """

    def __init__(self, say: Say, send: Send, known: Presence) -> None:
        self.known = known
        self._say, self._send = say, send
        self._server = uuid4().hex[:12]
        self._due: dict[int, set[int]] = {}
        self._told: dict[int, dict[str, object]] = {}
        self._telling: dict[int, asyncio.Task[None]] = {}

    async def join(self, sid: str, period_id: int, user_id: int, name: str) -> None:
        """Take in a page; ask the other servers who is there when it is the first one here."""
        first = period_id not in self.known.periods()
        left = self.known.join(sid, period_id, user_id, name[:NAME])
        if left is not None:
            self._changed(left, user_id)
        self._changed(period_id, user_id)
        if first:
            await self._tell_servers(period_id, set(), ask=True)

    def move(self, sid: str, cell: Cell) -> None:
        """Put a page's person at a cell."""
        if (news := self.known.move(sid, cell)) is not None:
            self._changed(*news)

    def leave(self, sid: str) -> None:
        """Let a page go."""
        if (news := self.known.leave(sid)) is not None:
            self._changed(*news)

    async def hear(self, payload: str) -> None:
        """Take in what a server says; before the first await, so in the order in which it was said."""
        told = json.loads(payload)
        period_id = int(told["p"])
        if told["s"] == self._server or period_id not in self.known.periods():
            return
        here = [Person(user_id, name, (staff_id, day)) for user_id, name, staff_id, day in told["here"]]
        self.known.hear(told["s"], period_id, here, told["gone"])
        self._changed(period_id)
        if told["ask"]:
            await self._tell_servers(period_id, set(self.known.own(period_id)))

    async def beat(self) -> None:
        """Say again who is here, and let those go who were not heard of."""
        for period_id in self.known.expire():
            self._changed(period_id)
        for period_id in self.known.periods():
            await self._tell_servers(period_id, set(self.known.own(period_id)))

    async def ask(self) -> None:
        """Ask who is in the periods open here: notifications may have been missed."""
        for period_id in self.known.periods():
            await self._tell_servers(period_id, set(self.known.own(period_id)), ask=True)

    def view(self, period_id: int) -> dict[str, object]:
        """Return what a page is told."""
        return values(self.known.everybody(period_id))

    def _changed(self, period_id: int, *own: int) -> None:
        self._due.setdefault(period_id, set()).update(own)
        if period_id not in self._telling:
            self._telling[period_id] = asyncio.create_task(self._tell(period_id))

    async def _tell(self, period_id: int) -> None:
        """Tell pages and servers the latest until nothing is new."""
        try:
            while period_id in self._due:
                own = self._due.pop(period_id)
                everybody = self.known.everybody(period_id)
                await self._tell_room(period_id, values(everybody))
                if own:
                    await self._tell_servers(period_id, own)
                await asyncio.sleep(PACE + EACH * len(everybody))
        finally:
            del self._telling[period_id]
            if period_id not in self.known.periods():
                self._told.pop(period_id, None)

    async def _tell_room(self, period_id: int, now: dict[str, object]) -> None:
        told = self._told.get(period_id, {})
        if changed := {name: value for name, value in now.items() if name not in told or told[name] != value}:
            self._told[period_id] = now
            await self._send(hub.room_of(period_id), {STATE: changed})

    async def _tell_servers(self, period_id: int, about: set[int], *, ask: bool = False) -> None:
        """Say of some people here where they are, or that they are gone."""
        own = self.known.own(period_id)
        here = [[one.user_id, one.name, *one.cell] for user_id, one in own.items() if user_id in about]
        gone = sorted(about - own.keys())
        for at in range(0, max(len(here), len(gone), 1), TOGETHER):
            part = {"here": here[at : at + TOGETHER], "gone": gone[at : at + TOGETHER]}
            words = {"s": self._server, "p": period_id, "ask": ask and at == 0, **part}
            try:
                await self._say(json.dumps(words, ensure_ascii=False, separators=(",", ":")))
            except Exception as failed:
                log.warning("the other servers cannot be told who is here (%s)", type(failed).__name__)
                return


_crowd: Final = Crowd(store.say, rooms.broadcast_all, Presence())


async def join_period(who: Visitor, sid: str, period_id: int) -> Refused | None:
    """Let a page whose socket is in a period's room be seen there, and tell it who else is."""
    if (refused := authorise(who, Action.SEE_SCHEDULE)) is not None:
        return refused
    if not rooms.inside(sid, hub.room_of(period_id)):  # it ended meanwhile, and nobody would take it out again
        return None
    await _crowd.join(sid, period_id, who.user_id, who.name)
    await rooms.tell(sid, {STATE: _crowd.view(period_id)})
    return None


async def look_at(who: Visitor, sid: str, cell: Cell | None) -> Refused | None:
    """Show everybody else the cell a page's person is at; only in the period that the page joined."""
    if (refused := authorise(who, Action.SEE_SCHEDULE)) is not None:
        return refused
    _crowd.move(sid, NOWHERE if cell is None else cell)
    return None


def leave_period(sid: str) -> None:
    """Let a page be seen no more: its socket ended, or it shows something else."""
    _crowd.leave(sid)


presence_heard = _crowd.hear
presence_missed = _crowd.ask


@asynccontextmanager
async def heartbeat() -> AsyncGenerator[None, None]:
    """Keep telling the other servers who is here for as long as the block lasts."""

    async def beating() -> None:
        while True:
            await asyncio.sleep(BEAT)
            await _crowd.beat()

    task = asyncio.create_task(beating())
    try:
        yield
    finally:
        task.cancel()
