"""One period that is open in this process: whatever comes late, twice or never, its room hears every change in order.

A change comes from the service that committed it here, or by notification from another server. What is old is dropped,
what is early waits, what is missing is read from the change log, and what cannot be read is tried again.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from shiftapp.domain.book import CARRY_IN, Reading
from shiftapp.domain.edit import Patch
from shiftapp.domain.run import Run
from shiftapp.live.pacing import Pace
from shiftapp.live.replica import Replica, Stale, Values, different

GAP_SECONDS: Final = 0.05
"""How long a change that came too early waits for the one before it, before the log is read."""
LONGEST_WAIT: Final = 5.0
"""Seconds at most between two tries to read what could not be read."""
CARRY_SECONDS: Final = 0.5
"""How long changes of the days before the period are gathered before it is read anew."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wires:
    """What joins a period to the database and to its room.

    Attributes
    ----------
    load : callable
        Return the period at one moment; None where there is no such period any more.
    read_log : callable
        Seq → the change sets after it, in order.
    send : callable
        Send values to the room. What it is given before its first await goes out in the order of the calls.
    gone : callable
        Told when there is no such period any more.
    """

    load: Callable[[], Awaitable[Reading | None]]
    read_log: Callable[[int], Awaitable[list[Patch]]]
    send: Callable[[Values], Awaitable[None]]
    gone: Callable[[], None]


class OpenPeriod:
    """A replica, and the order in which it hears of changes.

    Attributes
    ----------
    replica : Replica
        The period as everybody here sees it; another one after every reading.
    opened : float
        When somebody last opened it, by the monotonic clock.
    """

    def __init__(self, replica: Replica, wires: Wires) -> None:
        self.replica = replica
        self.opened = time.monotonic()
        self._wires = wires
        self._closed = False
        self._early: dict[int, Patch] = {}
        self._reading = asyncio.Lock()
        # while either is set, patches wait: they must not go into a replica that is about to be replaced
        self._reloading = self._stale = False
        self._waiting: asyncio.Task[None] | None = None
        self._carrying: asyncio.Task[None] | None = None
        self._pace = Pace(lambda name: self.replica.previewed(name), wires.send)

    async def current(self) -> Replica:
        """Return the replica, read anew where it is known to be of no use."""
        if self._stale:
            await self.reload()
        return self.replica

    async def apply(self, patch: Patch, *, own: bool = False) -> None:
        """Take in one change set and tell the room; where it is one's ``own``, a gap is read from the log at once."""
        if patch.seq <= self.replica.seq:
            return
        self._early[patch.seq] = patch
        await self._drain()
        while own and patch.seq > self.replica.seq and not self._closed:
            await self._read()

    async def take_run(self, run: Run | None) -> None:
        """Take in the latest state of the period's run and tell the room."""
        async with self._reading:  # a replica that is being built draws the same run
            if changed := self.replica.take_run(run):
                await self._wires.send(self._pace.hold(changed))

    async def take_names(self, names: Mapping[int, str]) -> None:
        """Take in who made the edits that the run met, and tell the room."""
        async with self._reading:
            if changed := self.replica.take_names(names):
                await self._wires.send(changed)

    def carry_over(self, patch: Patch | None) -> None:
        """Read the period anew soon if a change set of another one concerns its carry-in; None: it may."""
        book, pending = self.replica.book, self._carrying is not None and not self._carrying.done()
        first = book.period.starts - timedelta(days=CARRY_IN)
        if not pending and (
            patch is None
            or any(first <= cell.day < book.period.starts and cell.staff_id in book.member for cell in patch.cells)
        ):
            self._carrying = asyncio.create_task(self._carry())

    async def catch_up(self) -> None:
        """Read from the change log what this process has not heard of."""
        async with self._reading:
            for patch in await self._wires.read_log(self.replica.seq):
                self._early.setdefault(patch.seq, patch)
            await self._drain()

    async def reload(self) -> None:
        """Read the period anew, because its staff, rules or calendar changed; tell the room what looks different.

        Where that fails it is tried again until it does not, or until the period is closed.
        """
        async with self._reading:
            old, self._reloading = self.replica, True
            try:
                reading = await self._wires.load()
                if reading is None:
                    self._wires.gone()
                    return
                # in a thread: pricing 200 × 92 cells takes a fifth of a second
                self.replica, self._stale = await asyncio.to_thread(Replica, reading, old), False
            except Exception:
                self._stale = True
                self._later()
                raise
            finally:
                self._reloading = False
            await self._wires.send(different(old.snapshot(), self.replica.snapshot()))
            await self._drain()

    def close(self) -> None:
        """Read nothing any more."""
        self._closed = True
        self._pace.close()
        for task in (self._waiting, self._carrying):
            if task is not None:
                task.cancel()

    async def _drain(self) -> None:
        """Apply what is next in order, and tell the room once.

        Nothing is awaited between applying and handing over to ``send``: two drains cannot send in the wrong order.
        """
        changed: Values = {}
        while self._early and not self._reloading and not self._stale:
            for old in [seq for seq in self._early if seq <= self.replica.seq]:
                del self._early[old]
            patch = self._early.get(self.replica.seq + 1)
            if patch is None:
                break
            try:
                for state, values in self.replica.apply(patch).items():
                    changed.setdefault(state, {}).update(values)
            except Stale:
                self._stale = True
            except Exception:
                log.exception("period %s: change set %s cannot be followed: reading anew", self._id, patch.seq)
                self._stale = True
        if self._early or self._stale:
            self._later()
        if changed:
            await self._wires.send(changed)

    async def _read(self) -> None:
        await (self.reload() if self._stale else self.catch_up())

    def _later(self) -> None:
        """Have what is missing read after a moment, unless it is on its way."""
        if not self._closed and (self._waiting is None or self._waiting.done()):
            self._waiting = asyncio.create_task(self._read_missing())

    async def _read_missing(self) -> None:
        wait = GAP_SECONDS
        await asyncio.sleep(wait)
        while self._stale or self._early:
            try:
                await self._read()
            except Exception as failed:
                log.warning("period %s cannot be read (%s): trying again", self._id, failed)
            wait = min(2 * wait, LONGEST_WAIT)
            await asyncio.sleep(wait)

    async def _carry(self) -> None:
        await asyncio.sleep(CARRY_SECONDS)
        try:
            await self.reload()
        except Exception as failed:
            log.warning("period %s cannot be read (%s): trying again", self._id, failed)

    @property
    def _id(self) -> int:
        return self.replica.book.period.id
