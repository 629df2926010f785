"""Four searches at once keep every core busy: edits stay quick, and the fifth search waits for a place."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable

import pytest

from shiftapp.domain.edit import EditDone
from shiftapp.domain.run import Run
from shiftapp.jobs.worker import worker
from shiftapp.live.hub import Hub
from shiftapp.live.hub import bind as bind_hub
from shiftapp.live.replica import Values
from shiftapp.services import runs
from shiftapp.services.edits import edit_cells
from shiftapp.services.live_period import load, read_log
from shiftapp.store.database import Database
from tests.factories import Kitchen, kitchen

PLACES = 4
SYMBOLS = ("○", "×", "△", "◇")
Edit = Callable[[Kitchen, int], Awaitable[object]]

pytestmark = [pytest.mark.soak, pytest.mark.timeout(300)]


async def states(teams: list[Kitchen]) -> list[str]:
    found = [await runs.run_state(team.team_id, team.period.id) for team in teams]
    return ["" if run is None else run.status for run in found]


async def all_running(teams: list[Kitchen], places: int) -> None:
    async with asyncio.timeout(30):
        while True:
            if (await states(teams)).count("running") == places:
                return
            await asyncio.sleep(0.1)


async def edit(mine: Kitchen, turn: int) -> object:
    return await edit_cells(mine.owner, mine.put(turn % 20, turn // 20 % 60, SYMBOLS[turn % 4]))


async def edits_beside(database: Database, places: int, act: Edit = edit) -> tuple[float, list[list[str]]]:
    """Return the 95th percentile of edits, in seconds, beside five runs, and the runs' states now and then."""
    teams = [await kitchen(database, 40, 60) for _ in range(PLACES + 1)]
    mine = await kitchen(database, 20, 60, groups=[range(3)])

    async def nowhere(room: str, values: Values) -> None:
        """Take what a room would be sent."""

    hub = Hub(load, read_log, nowhere)
    bind_hub(hub)
    await hub.open(mine.team_id, mine.period.id)
    took: list[float] = []
    seen: list[list[str]] = []
    try:
        async with worker(database.dsn, places):
            for team in teams:
                assert isinstance(await runs.start_run(team.owner, team.period.id, "unpinned", 120), Run)
            await all_running(teams, places)
            for turn in range(300):
                began = time.monotonic()
                assert isinstance(await act(mine, turn), EditDone)
                took.append(time.monotonic() - began)
                await asyncio.sleep(0.05)
                if turn % 30 == 0:
                    seen.append(await states(teams))
            for team in teams:
                run = await runs.run_state(team.team_id, team.period.id)
                assert run is not None
                await runs.cancel_run(team.owner, run.id)
    finally:
        bind_hub(None)
    return statistics.quantiles(took, n=20)[-1], seen


def fifth_waits(seen: list[list[str]]) -> bool:
    return all(now.count("running") == PLACES and now.count("queued") == 1 for now in seen)


@pytest.mark.fault(25)
async def test_edits_stay_quick_beside_four_searches_and_the_fifth_waits(database: Database):
    p95, seen = await edits_beside(database, PLACES)
    print(f"edits beside four searches: p95 {1000 * p95:.0f} ms")
    assert p95 <= 0.3
    assert fifth_waits(seen)


@pytest.mark.fault(25, control=True)
async def test_edits_that_wait_their_turn_and_a_fifth_search_that_does_not_are_convicted(database: Database):
    async def slow(mine: Kitchen, turn: int) -> object:
        await asyncio.sleep(0.4 * (turn % 10 == 0))
        return await edit(mine, turn)

    p95, seen = await edits_beside(database, PLACES + 1, slow)
    assert p95 > 0.3
    assert not fifth_waits(seen)
