"""Binding the open periods of this process to the database and to the rooms: called once, at the server's start."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from typing import Final

from shiftapp.domain.book import Reading
from shiftapp.domain.edit import Patch
from shiftapp.domain.patch_wire import decode
from shiftapp.live import hub as hubs
from shiftapp.live.hub import Hub
from shiftapp.live.replica import Values
from shiftapp.services.past import history_heard
from shiftapp.services.run_feed import edit_heard
from shiftapp.services.schedule import TOOLBAR, toolbar
from shiftapp.services.undo import steps_heard
from shiftapp.store import edits, notices, periods
from shiftapp.store.books import read_period
from shiftapp.store.database import database
from shiftapp.store.listen import Hear, listen
from shiftapp.store.log import read_seqs, read_since
from shiftapp.store.notices import Part, Removed

TOGETHER: Final = 0.02
"""Seconds in which several changes of a team are read together."""
SWEEP_SECONDS: Final = 60.0
LOOK_SECONDS: Final = 2.0
"""Seconds between two looks at how far the open periods are: the very last notification may be the one that is lost."""
LOOK_AGAIN: Final = (0.1, 0.5, 2.0, 5.0, 10.0, 20.0)
"""Seconds between the tries to read what was missed while nobody listened."""

log = logging.getLogger(__name__)

TeamChanged = Callable[[int, Part, Sequence[Removed]], Awaitable[None]]
Send = Callable[[str, Values], Awaitable[None]]


@contextlib.asynccontextmanager
async def live_periods(
    send: Send,
    occupied: Callable[[str], bool],
    *,
    channels: Mapping[str, Hear] | None = None,
    team_changed: TeamChanged | None = None,
    reconnected: Sequence[Callable[[], Awaitable[None]]] = (),
) -> AsyncGenerator[Hub, None]:
    """Keep this process's periods current for as long as the block lasts.

    Parameters
    ----------
    send : callable
        Sends values to a room: ``live.rooms.broadcast_all``.
    occupied : callable
        Says whether anybody is in a room.
    channels : mapping, optional
        Further NOTIFY channels and who hears them, on the same connection.
    team_changed : callable, optional
        Told the team, the part of it that changed and what was removed of it, after its periods were read anew.
    reconnected : sequence of callable
        Called whenever listening begins, for notifications may have been missed; one that fails is called again.
    """
    hub = Hub(load, read_log, send)
    hubs.bind(hub)
    ears = _Ears(hub, send, team_changed, reconnected)
    heard = {edits.CHANNEL: ears.hear_period, notices.CHANNEL: ears.hear_team, **(channels or {})}
    tasks = (
        asyncio.create_task(listen(database(), heard, ears.connected)),
        asyncio.create_task(_sweep(hub, occupied)),
        asyncio.create_task(_keep_looking(hub)),
    )
    try:
        yield hub
    finally:
        hubs.bind(None)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class _Ears:
    """What this process does about what it hears of the database."""

    def __init__(
        self,
        hub: Hub,
        send: Send,
        team_changed: TeamChanged | None,
        reconnected: Sequence[Callable[[], Awaitable[None]]],
    ) -> None:
        self._hub = hub
        self._send = send
        self._team_changed = team_changed
        self._reconnected = reconnected
        self._due: dict[int, dict[Part, list[Removed]]] = {}

    async def hear_period(self, payload: str) -> None:
        """Take in a change set that was committed."""
        notice = decode(payload)
        self._hub.carry_over(notice.team_id, notice.period_id, notice.patch)
        await self._hub.hear(notice.period_id, notice.seq, notice.patch)
        await steps_heard(notice)
        await history_heard(notice)
        await edit_heard(notice)

    async def hear_team(self, payload: str) -> None:
        """Take in a change of a team's book, together with others of the same moment."""
        team_id, part, removed = notices.decode(payload)
        first = team_id not in self._due
        self._due.setdefault(team_id, {}).setdefault(part, []).extend([] if removed is None else [removed])
        if not first:
            return
        await asyncio.sleep(TOGETHER)
        parts = self._due.pop(team_id)
        await self._hub.team_changed(team_id)
        if "periods" in parts:
            await self._show_neighbours(team_id)
        if self._team_changed is not None:
            for one, gone in sorted(parts.items()):
                await self._team_changed(team_id, one, gone)

    async def connected(self) -> None:
        """Look at everything anew: notifications may have been missed."""
        looks = (self._hub.recover, self._show_neighbours, *self._reconnected)
        await asyncio.gather(*map(_look_again, looks))

    async def _show_neighbours(self, *teams: int) -> None:
        """Tell the open periods, of all teams or some, what they are called now and which periods lie beside them."""
        for team_id in teams or self._hub.teams():
            async with database().transaction(team_id) as session:
                every = await periods.all_periods(session)
            for period in every:
                if self._hub.replica(team_id, period.id) is not None:
                    await self._send(hubs.room_of(period.id), {TOOLBAR: toolbar(every, period)})


async def _look_again(look: Callable[[], Awaitable[None]]) -> None:
    """Call ``look`` until it does not fail, for a while: one can often listen before one can read again."""
    for wait in LOOK_AGAIN:
        try:
            await look()
        except Exception as failed:
            log.warning("what was missed cannot be read (%s): trying again", failed)
            await asyncio.sleep(wait)
        else:
            return


async def _sweep(hub: Hub, occupied: Callable[[str], bool]) -> None:
    while True:
        await asyncio.sleep(SWEEP_SECONDS)
        hub.evict(occupied)


async def _keep_looking(hub: Hub) -> None:
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        try:
            await look(hub)
        except Exception as failed:
            log.warning("how far the periods are cannot be read (%s): trying again", failed)


async def look(hub: Hub) -> None:
    """Ask the database how far the open periods are; read those from the log that are behind."""
    for team_id, held in hub.seqs().items():
        async with database().raw_transaction(team_id) as connection:
            now = await read_seqs(connection, list(held))
        for period_id, seq in now.items():
            await hub.hear(period_id, seq, None)


async def load(team_id: int, period_id: int) -> Reading | None:
    """Read a period at one moment."""
    return await read_period(database(), team_id, period_id)


async def read_log(team_id: int, period_id: int, seen: int) -> list[Patch]:
    """Read the change sets of a period after ``seen``."""
    async with database().raw_transaction(team_id) as connection:
        return await read_since(connection, period_id, seen)
