"""Edits beside a search: they go on, none waits long, and none is lost when the run is applied."""

import asyncio
import time
from collections.abc import Awaitable

import psycopg
import pytest

from shiftapp.services import runs
from shiftapp.store.database import Database
from shiftapp.store.edits import apply_edit
from tests.factories import kitchen
from tests.jobs.working import (
    LONG,
    over,
    start,
    until,
)


async def lag_while(work: Awaitable[object]) -> float:
    """Return the longest pause of the loop, in seconds, while ``work`` goes on."""
    done = asyncio.ensure_future(work)
    longest = 0.0
    while not done.done():
        began = time.monotonic()
        await asyncio.sleep(0.005)
        longest = max(longest, time.monotonic() - began - 0.005)
    await done
    return longest


@pytest.mark.usefixtures("working")
async def test_edits_go_on_while_it_solves(database: Database, as_owner: psycopg.Connection):
    """100 edits during a run: none waits for the solver, and applying the run overwrites none of them."""
    mine = await kitchen(database, *LONG)

    async def edits() -> list[float]:
        took = []
        for number in range(100):
            began = time.monotonic()
            await apply_edit(database, mine.author, mine.put(number % 40, number % 60, "×"))
            took.append(time.monotonic() - began)
            await asyncio.sleep(0.02)
        return took

    await start(mine, seconds=4)
    took: list[float] = []

    async def both() -> None:
        took.extend(await edits())
        await until(mine, over)

    assert await lag_while(both()) < 1
    assert sorted(took)[94] < 0.3
    run = await until(mine, over)
    await runs.apply_run(mine.owner, run.id)
    kept = """SELECT count(*) FROM cell WHERE shift_type_id = %s AND (staff_id, day) IN (
                SELECT c.staff_id, c.day FROM change c JOIN change_set s USING (period_id, seq)
                 WHERE s.kind = 'edit')"""
    assert as_owner.execute(kept, (mine.shift("×"),)).fetchone() == (100,)
