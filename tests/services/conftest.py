"""Two servers on one database, and what their pages show."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from shiftapp.domain.patch_wire import decode
from shiftapp.live.hub import Hub
from shiftapp.live.replica import Replica, Values
from shiftapp.services.live_period import live_periods, load, read_log
from shiftapp.services.run_feed import open_run, run_heard
from shiftapp.services.schedule import Opened, open_period
from shiftapp.store import edits, notices, runs
from shiftapp.store.database import Database
from shiftapp.store.listen import listen
from tests.factories import Kitchen, kitchen
from tests.live.books import merged, shown


class Page:
    """A page: a snapshot, and what its room was told since."""

    def __init__(self) -> None:
        self.values: Values = {}
        self.told = asyncio.Event()

    async def take(self, room: str, values: Values) -> None:
        self.values = merged(self.values, values)
        self.told.set()

    async def until(self, reached: Callable[[], Awaitable[bool]]) -> None:
        """Wait until the page is as wanted."""
        async with asyncio.timeout(10):
            self.told.clear()
            while not await reached():
                await self.told.wait()
                self.told.clear()


class Servers:
    """Two servers on one database: this process's own, and another that only listens."""

    def __init__(self, k: Kitchen) -> None:
        self.k = k
        self.here, self.there = Page(), Page()
        self.other = Hub(load, read_log, self.there.take)

    async def fresh(self) -> dict[str, object]:
        reading = await load(self.k.team_id, self.k.period.id)
        assert reading is not None
        return shown(Replica(reading).snapshot())

    async def both_current(self) -> None:
        for page in (self.here, self.there):

            async def reached(page: Page = page) -> bool:
                return shown(page.values) == await self.fresh()

            await page.until(reached)


@pytest.fixture
async def servers(database: Database) -> AsyncIterator[Servers]:
    two = Servers(await kitchen(database, 4, 12, groups=[[0, 1]]))

    async def hear_period(payload: str) -> None:
        notice = decode(payload)
        two.other.carry_over(notice.team_id, notice.period_id, notice.patch)
        await two.other.hear(notice.period_id, notice.seq, notice.patch)

    async def hear_team(payload: str) -> None:
        await two.other.team_changed(notices.decode(payload)[0])

    listening = asyncio.Event()

    async def connected() -> None:
        listening.set()

    heard = {edits.CHANNEL: hear_period, notices.CHANNEL: hear_team}
    task = asyncio.create_task(listen(database, heard, connected))
    async with live_periods(two.here.take, lambda room: True, channels={runs.CHANNEL: run_heard}):
        await listening.wait()
        opened = await open_period(two.k.owner, two.k.period.id)
        assert isinstance(opened, Opened)
        two.here.values = opened.view
        await open_run(two.k.team_id, two.k.period.id)
        replica = await two.other.open(two.k.team_id, two.k.period.id)
        assert replica is not None
        two.there.values = replica.snapshot()
        yield two
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
