"""The periods that are open in this process, and the order in which they hear of changes.

A change comes from the service that committed it here, or by notification from another server; either may come late,
twice or never. The hub puts them in order by ``seq``: what is old is dropped, what is early waits, what is missing is
read from the change log. Whatever came how, the rooms see every change set once and in order.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final

from shiftapp.domain.book import Reading
from shiftapp.domain.edit import Patch
from shiftapp.domain.run import Run
from shiftapp.live.replica import Replica, Stale, Values, different

GAP_SECONDS: Final = 0.05
"""How long a change that came too early waits for the one before it, before the log is read."""
IDLE_SECONDS: Final = 60.0
"""How long a period stays open at least."""

Load = Callable[[int, int], Awaitable[Reading | None]]
"""Team id, period id → the period at one moment; None where the team has no such period."""
ReadLog = Callable[[int, int, int], Awaitable[list[Patch]]]
"""Team id, period id, seq → the change sets after it, in order."""
Send = Callable[[str, Values], Awaitable[None]]
"""Send values to a room. What it is given before its first await goes out in the order of the calls."""

log = logging.getLogger(__name__)


def room_of(period_id: int) -> str:
    """Return the name of a period's room."""
    return f"period:{period_id}"


@dataclass
class _Open:
    """One open period: its replica, patches that came too early, and what is being read for it.

    While it is ``reloading``, or ``stale``, patches wait in ``early``: they must not go into a replica that is about to
    be replaced.
    """

    replica: Replica
    early: dict[int, Patch] = field(default_factory=dict[int, Patch])
    reading: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: asyncio.Task[None] | None = None
    reloading: bool = False
    stale: bool = False
    opened: float = 0.0


class Hub:
    """Replicas of the open periods.

    Parameters
    ----------
    load, read_log : callable
        How the database is asked.
    send : callable
        How a room is told.
    """

    def __init__(self, load: Load, read_log: ReadLog, send: Send) -> None:
        self._load = load
        self._read_log = read_log
        self._send = send
        self._open: dict[int, _Open] = {}
        # one for every period that was ever opened here: small, and never taken away under somebody who waits
        self._opening: dict[int, asyncio.Lock] = {}

    async def open(self, team_id: int, period_id: int) -> Replica | None:
        """Return the replica of a period, reading it when it is not open; None where the team has no such period."""
        if (found := self._held(team_id, period_id)) is not None:
            if found.stale:
                await self.reload(period_id)
            found.opened = time.monotonic()
            return found.replica
        async with self._opening.setdefault(period_id, asyncio.Lock()):
            if (found := self._held(team_id, period_id)) is not None:
                return found.replica
            if period_id in self._open:
                return None
            reading = await self._load(team_id, period_id)
            if reading is None:
                return None
            held = self._open[period_id] = _Open(Replica(reading), opened=time.monotonic())
            # what was committed while it was read has been announced to nobody here
            await self.catch_up(period_id)
            return held.replica

    def replica(self, team_id: int, period_id: int) -> Replica | None:
        """Return the replica of a period if it is open here."""
        found = self._held(team_id, period_id)
        return None if found is None else found.replica

    def periods(self) -> list[int]:
        """Return the ids of the open periods."""
        return list(self._open)

    async def apply(self, period_id: int, patch: Patch, *, own: bool = False) -> None:
        """Take in one change set and tell the room; return when what it changed is on its way.

        Parameters
        ----------
        own : bool
            Whether it was committed here: then its author waits for it, and a gap is read from the log at once.
        """
        held = self._open.get(period_id)
        if held is None or patch.seq <= held.replica.seq:
            return
        held.early[patch.seq] = patch
        await self._drain(period_id, held)
        if own:
            while patch.seq > held.replica.seq and self._open.get(period_id) is held:
                await (self.reload(period_id) if held.stale else self.catch_up(period_id))
        elif held.early and (held.waiting is None or held.waiting.done()):
            held.waiting = asyncio.create_task(self._catch_up_later(period_id))

    async def hear(self, period_id: int, seq: int, patch: Patch | None) -> None:
        """Take in a notification; without its patch, which was too large for one, the log is read."""
        held = self._open.get(period_id)
        if held is None or seq <= held.replica.seq:
            return
        if patch is None:
            await self.catch_up(period_id)
        else:
            await self.apply(period_id, patch)

    async def take_run(self, team_id: int, period_id: int, run: Run | None) -> None:
        """Take in the latest state of a period's run, as read from the database, and tell the room."""
        held = self._held(team_id, period_id)
        if held is not None and (changed := held.replica.take_run(run)):
            await self._send(room_of(period_id), changed)

    async def catch_up(self, period_id: int) -> None:
        """Read from the change log what this process has not heard of."""
        held = self._open.get(period_id)
        if held is None:
            return
        async with held.reading:
            replica = held.replica
            for patch in await self._read_log(replica.team_id, period_id, replica.seq):
                held.early.setdefault(patch.seq, patch)
            await self._drain(period_id, held)

    async def reload(self, period_id: int) -> None:
        """Read a period anew, because its staff, rules or calendar changed; tell the room what looks different."""
        held = self._open.get(period_id)
        if held is None:
            return
        async with held.reading:
            old, held.reloading = held.replica, True
            try:
                reading = await self._load(old.team_id, period_id)
            finally:
                held.reloading = False
            if reading is None:
                self.close(period_id)
                return
            held.replica, held.stale = Replica(reading, old), False
            await self._send(room_of(period_id), different(old.snapshot(), held.replica.snapshot()))
            await self._drain(period_id, held)

    async def team_changed(self, team_id: int) -> None:
        """Read the open periods of a team anew."""
        for period_id in [one for one, held in self._open.items() if held.replica.team_id == team_id]:
            await self.reload(period_id)

    async def recover(self) -> None:
        """Read every open period anew: notifications may have been missed."""
        for period_id in self.periods():
            await self.reload(period_id)

    def close(self, period_id: int) -> None:
        """Forget a period; it is read again when somebody opens it."""
        held = self._open.pop(period_id, None)
        if held is not None and held.waiting is not None:
            held.waiting.cancel()

    def evict(self, occupied: Callable[[str], bool], idle_seconds: float = IDLE_SECONDS) -> None:
        """Close the periods whose rooms are empty, but for those just opened: their visitors are on the way in."""
        now = time.monotonic()
        for period_id, held in list(self._open.items()):
            if now - held.opened >= idle_seconds and not occupied(room_of(period_id)):
                self.close(period_id)

    def _held(self, team_id: int, period_id: int) -> _Open | None:
        held = self._open.get(period_id)
        return held if held is not None and held.replica.team_id == team_id else None

    async def _drain(self, period_id: int, held: _Open) -> None:
        """Apply what is next in order, and tell the room once.

        Nothing is awaited between applying and handing over to ``send``: two drains cannot send in the wrong order.
        """
        changed: Values = {}
        while held.early and not held.reloading and not held.stale:
            for old in [seq for seq in held.early if seq <= held.replica.seq]:
                del held.early[old]
            patch = held.early.get(held.replica.seq + 1)
            if patch is None:
                break
            try:
                for state, values in held.replica.apply(patch).items():
                    changed.setdefault(state, {}).update(values)
            except Stale:
                held.stale = True
        if changed:
            await self._send(room_of(period_id), changed)

    async def _catch_up_later(self, period_id: int) -> None:
        await asyncio.sleep(GAP_SECONDS)
        held = self._open.get(period_id)
        try:
            if held is not None and held.stale:
                await self.reload(period_id)
            elif held is not None and held.early:
                await self.catch_up(period_id)
        except Exception as failed:
            log.warning("period %s cannot be read (%s): the next notification tries again", period_id, failed)


_bound: Hub | None = None


def bind(hub: Hub | None) -> None:
    """Make ``hub`` the one of this process; None takes it away. A process that serves no pages has none."""
    global _bound
    _bound = hub


def current() -> Hub | None:
    """Return the hub of this process, if it serves pages."""
    return _bound
