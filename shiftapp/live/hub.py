"""The periods that are open in this process; how each keeps its order is in `shiftapp.live.open_period`."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from functools import partial
from typing import Final

from shiftapp.domain.book import Reading
from shiftapp.domain.edit import Patch
from shiftapp.domain.run import Run
from shiftapp.live.open_period import OpenPeriod, Wires
from shiftapp.live.replica import Replica, Values

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
        self._open: dict[int, OpenPeriod] = {}
        # one for every period that was ever opened here: small, and never taken away under somebody who waits
        self._opening: dict[int, asyncio.Lock] = {}

    async def open(self, team_id: int, period_id: int) -> Replica | None:
        """Return the replica of a period, reading it when it is not open; None where the team has no such period."""
        if (found := self._held(team_id, period_id)) is not None:
            found.opened = time.monotonic()
            return await found.current()
        async with self._opening.setdefault(period_id, asyncio.Lock()):
            if (found := self._held(team_id, period_id)) is not None:
                return found.replica
            if period_id in self._open:
                return None
            reading = await self._load(team_id, period_id)
            if reading is None:
                return None
            replica = await asyncio.to_thread(Replica, reading)
            held = self._open[period_id] = OpenPeriod(replica, self._wires(team_id, period_id))
            try:
                # what was committed while it was read has been announced to nobody here
                await held.catch_up()
            except BaseException:
                self.close(period_id)
                raise
            return held.replica

    def replica(self, team_id: int, period_id: int) -> Replica | None:
        """Return the replica of a period if it is open here."""
        found = self._held(team_id, period_id)
        return None if found is None else found.replica

    def periods(self) -> list[int]:
        """Return the ids of the open periods."""
        return list(self._open)

    def teams(self) -> frozenset[int]:
        """Return the ids of the teams that have a period open."""
        return frozenset(held.replica.team_id for held in self._open.values())

    def seqs(self) -> dict[int, dict[int, int]]:
        """Return how far each open period is: team id → period id → seq."""
        found: dict[int, dict[int, int]] = {}
        for period_id, held in self._open.items():
            found.setdefault(held.replica.team_id, {})[period_id] = held.replica.seq
        return found

    async def apply(self, period_id: int, patch: Patch, *, own: bool = False) -> None:
        """Take in one change set and tell the room; return when what it changed is on its way.

        Parameters
        ----------
        own : bool
            Whether it was committed here: then its author waits for it, and a gap is read from the log at once.
        """
        if (held := self._open.get(period_id)) is not None:
            await held.apply(patch, own=own)

    async def hear(self, period_id: int, seq: int, patch: Patch | None) -> None:
        """Take in a notification; without its patch, which was too large for one, the log is read."""
        held = self._open.get(period_id)
        if held is None or seq <= held.replica.seq:
            return
        await (held.catch_up() if patch is None else held.apply(patch))

    def carry_over(self, team_id: int, period_id: int, patch: Patch | None) -> None:
        """Have the team's other periods read anew whose carry-in a change set of this one concerns.

        Without the patch, which was too large for a notification, all of them.
        """
        for other, held in self._open.items():
            if other != period_id and held.replica.team_id == team_id:
                held.carry_over(patch)

    async def take_run(self, team_id: int, period_id: int, run: Run | None) -> None:
        """Take in the latest state of a period's run, as read from the database, and tell the room."""
        if (held := self._held(team_id, period_id)) is not None:
            await held.take_run(run)

    async def take_names(self, team_id: int, period_id: int, names: Mapping[int, str]) -> None:
        """Take in who made the edits that a period's run met, and tell the room."""
        if (held := self._held(team_id, period_id)) is not None:
            await held.take_names(names)

    async def team_changed(self, team_id: int) -> None:
        """Read the open periods of a team anew; one that cannot be read is tried again by itself."""
        await self._reload([held for held in self._open.values() if held.replica.team_id == team_id])

    async def recover(self) -> None:
        """Read every open period anew, as `team_changed` does: notifications may have been missed."""
        await self._reload(list(self._open.values()))

    def close(self, period_id: int) -> None:
        """Forget a period; it is read again when somebody opens it."""
        if (held := self._open.pop(period_id, None)) is not None:
            held.close()

    def evict(self, occupied: Callable[[str], bool], idle_seconds: float = IDLE_SECONDS) -> None:
        """Close the periods whose rooms are empty, but for those just opened: their visitors are on the way in."""
        now = time.monotonic()
        for period_id, held in list(self._open.items()):
            if now - held.opened >= idle_seconds and not occupied(room_of(period_id)):
                self.close(period_id)

    def _held(self, team_id: int, period_id: int) -> OpenPeriod | None:
        held = self._open.get(period_id)
        return held if held is not None and held.replica.team_id == team_id else None

    def _wires(self, team_id: int, period_id: int) -> Wires:
        return Wires(
            load=partial(self._load, team_id, period_id),
            read_log=partial(self._read_log, team_id, period_id),
            send=partial(self._send, room_of(period_id)),
            gone=partial(self.close, period_id),
        )

    @staticmethod
    async def _reload(periods: Iterable[OpenPeriod]) -> None:
        for held in periods:
            try:
                await held.reload()
            except Exception as failed:
                log.warning("period %s cannot be read (%s): trying again", held.replica.book.period.id, failed)


_bound: Hub | None = None


def bind(hub: Hub | None) -> None:
    """Make ``hub`` the one of this process; None takes it away. A process that serves no pages has none."""
    global _bound
    _bound = hub


def current() -> Hub | None:
    """Return the hub of this process, if it serves pages."""
    return _bound
