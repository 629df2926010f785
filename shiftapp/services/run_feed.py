"""Keeping the open pages informed of runs: from the run's row, by way of the hub, to the period's room."""

import asyncio
from collections import defaultdict
from typing import Final

from shiftapp.live import hub
from shiftapp.services.runs import run_state

_reading: Final[defaultdict[tuple[int, int], asyncio.Lock]] = defaultdict(asyncio.Lock)
"""One reader at a time for each open period: what is read later is newer."""


async def open_run(team_id: int, period_id: int) -> None:
    """Read the latest run of a period that was opened here just now, once for everybody who opens it."""
    pages = hub.current()
    replica = None if pages is None else pages.replica(team_id, period_id)
    if replica is not None and not replica.run.known:
        await show_run(team_id, period_id)


async def show_run(team_id: int, period_id: int) -> None:
    """Read the latest run of a period that is open here and tell its room what is different."""
    pages = hub.current()
    if pages is None or pages.replica(team_id, period_id) is None:
        _reading.pop((team_id, period_id), None)
        return
    async with _reading[team_id, period_id]:
        await pages.take_run(team_id, period_id, await run_state(team_id, period_id))


async def run_heard(payload: str) -> None:
    """Take in a notification of the channel `shiftapp.store.runs.CHANNEL`: ``team:period:run``."""
    team_id, period_id, _ = map(int, payload.split(":"))
    await show_run(team_id, period_id)


async def runs_missed() -> None:
    """Read the runs of all open periods: notifications may have been missed."""
    for team_id, period_id in list(_reading):
        await show_run(team_id, period_id)
