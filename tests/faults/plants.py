"""Faults to plant into a served program, so that the verdict on the real one means something."""

import asyncio
import itertools
import os
import random
from collections.abc import Mapping
from typing import Any

from shiftapp.domain.edit import EditDone, Patch
from shiftapp.live import rooms
from shiftapp.live.open_period import OpenPeriod
from shiftapp.services import edits, live_period
from shiftapp.store.edits import CHANNEL
from shiftapp.store.listen import Hear
from shiftapp.ui import fan_out

_tasks: set[asyncio.Task[Any]] = set()


def acknowledge_before_commit() -> None:
    """Answer an edit at once and commit it a moment later."""
    commit = edits.apply_edit

    async def later(*given: Any) -> None:
        await asyncio.sleep(0.3)
        await commit(*given)

    async def early(*given: Any) -> EditDone:
        task = asyncio.create_task(later(*given))
        _tasks.add(task)
        task.add_done_callback(_tasks.discard)
        return EditDone(0, Patch(0, "edit", ()))

    edits.apply_edit = early  # type: ignore[assignment]


def hear_no_other_server() -> None:
    """Never listen to the database: what other servers commit is not shown here."""

    async def deaf(*_given: Any) -> None:
        await asyncio.Event().wait()

    live_period.listen = deaf  # type: ignore[assignment]
    live_period.look = deaf  # type: ignore[assignment]


def hear_badly() -> None:
    """Lose a tenth of the notifications of change sets, hear a tenth late and a twentieth twice."""
    listen, chance = live_period.listen, random.Random(13)

    async def shaky(database: Any, channels: Mapping[str, Hear], connected: Any) -> None:
        whole = channels[CHANNEL]

        async def hear(payload: str) -> None:
            fate = chance.random()
            if fate < 0.1:
                return
            if fate < 0.2:
                await asyncio.sleep(chance.uniform(0.01, 0.5))
            elif fate < 0.25:
                await whole(payload)
            await whole(payload)

        await listen(database, {**channels, CHANNEL: hear}, connected)

    live_period.listen = shaky


def hear_badly_and_skip_gaps() -> None:
    """The same, and take each change set as the next one, whatever its number."""
    hear_badly()

    async def apply(self: OpenPeriod, patch: Patch, *, own: bool = False) -> None:
        if patch.seq > self.replica.seq:
            self.replica.seq = patch.seq - 1
            await self._wires.send(self.replica.apply(patch))

    OpenPeriod.apply = apply  # type: ignore[method-assign]


def tell_late_and_not_all() -> None:
    """Send what changed after a moment, and every tenth change not at all."""
    tell, turn = rooms.broadcast_all, itertools.count()

    async def late(room: str, values: Any) -> None:
        await asyncio.sleep(0.5)
        if next(turn) % 10 != 9:
            await tell(room, values)

    rooms.broadcast_all = late


def wait_for_everybody() -> None:
    """Keep every message for a page that does not read."""
    fan_out.BEHIND = 10**9  # type: ignore[misc]


def keep_something_of_every_edit() -> None:
    """Leak memory and a file with each edit."""
    commit, kept = edits.apply_edit, []

    async def leaky(*given: Any) -> Any:
        kept.append((b"\x01" * 300_000, os.open(os.devnull, os.O_RDONLY)))
        return await commit(*given)

    edits.apply_edit = leaky
