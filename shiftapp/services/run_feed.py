"""Keeping the open pages informed of runs: from the run's row, by way of the hub, to the period's room."""

import asyncio
from collections import defaultdict
from typing import Final

from shiftapp.domain.patch_wire import Notice
from shiftapp.live import hub
from shiftapp.services.runs import run_state
from shiftapp.store.database import database
from shiftapp.store.runs import authors_of

_reading: Final[defaultdict[tuple[int, int], asyncio.Lock]] = defaultdict(asyncio.Lock)
"""One reader at a time for each open period: what is read later is newer."""


async def open_run(team_id: int, period_id: int) -> None:
    """Read the latest run of a period that was opened here just now, once for everybody who opens it."""
    pages = hub.current()
    replica = None if pages is None else pages.replica(team_id, period_id)
    if replica is not None and not replica.run.known:
        await show_run(team_id, period_id)
    else:
        await name_clashes(team_id, period_id)


async def show_run(team_id: int, period_id: int) -> None:
    """Read the latest run of a period that is open here and tell its room what is different."""
    pages = hub.current()
    if pages is None or pages.replica(team_id, period_id) is None:
        _reading.pop((team_id, period_id), None)
        return
    async with _reading[team_id, period_id]:
        await pages.take_run(team_id, period_id, await run_state(team_id, period_id))
    await name_clashes(team_id, period_id)


async def name_clashes(team_id: int, period_id: int) -> None:
    """Say who made the edits that the run of a period met, where that is not known here yet."""
    pages = hub.current()
    replica = None if pages is None else pages.replica(team_id, period_id)
    if pages is None or replica is None or not (unnamed := replica.run.unnamed()):
        return
    async with database().raw_transaction(team_id) as connection:
        names = await authors_of(connection, period_id, unnamed)
    await pages.take_names(team_id, period_id, names)


async def edit_heard(notice: Notice) -> None:
    """Say whose a change set is that the run of an open period met."""
    await name_clashes(notice.team_id, notice.period_id)


async def run_heard(payload: str) -> None:
    """Take in a notification of the channel `shiftapp.store.runs.CHANNEL`: ``team:period:run``."""
    team_id, period_id, _ = map(int, payload.split(":"))
    await show_run(team_id, period_id)


async def runs_missed() -> None:
    """Read the runs of all open periods: notifications may have been missed."""
    for team_id, period_id in list(_reading):
        await show_run(team_id, period_id)
