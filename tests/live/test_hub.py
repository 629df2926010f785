"""Whatever comes late, twice or never: rooms hear every change set once and in order."""

import asyncio
import random
from dataclasses import replace

import pytest

from shiftapp.domain.book import Book, Reading
from shiftapp.domain.cell import Cell, Place
from shiftapp.domain.edit import Patch
from shiftapp.live.hub import Hub, room_of
from shiftapp.live.open_period import OpenPeriod
from shiftapp.live.replica import Replica, Values
from tests.live.books import OFF, WORK, book, merged, patch, shown

TEAM, PERIOD = 1, 7


class World:
    """A database and a page in memory: what is committed, and what the page was told."""

    def __init__(self) -> None:
        self.book: Book = book()
        self.log: list[Patch] = []
        self.loads = self.reads = 0
        self.hub = Hub(self.load, self.read_log, self.send)
        self.page: Values | None = None
        self.slow = asyncio.Event()
        self.slow.set()
        self.told = asyncio.Event()

    def commit(self, *cells: tuple[int, int, int | None]) -> Patch:
        self.log.append(patch(len(self.log) + 1, *cells))
        return self.log[-1]

    def reading(self) -> Reading:
        cells: dict[Place, Cell] = {}
        for one in self.log:
            cells |= {(cell.staff_id, cell.day): cell.cell(one.seq) for cell in one.cells}
        return Reading(replace(self.book, period=replace(self.book.period, seq=len(self.log))), cells)

    async def load(self, team_id: int, period_id: int) -> Reading | None:
        self.loads += 1
        found = self.reading()
        await self.slow.wait()
        await asyncio.sleep(0)
        return found if (team_id, period_id) == (TEAM, PERIOD) else None

    async def read_log(self, team_id: int, period_id: int, seen: int) -> list[Patch]:
        self.reads += 1
        await asyncio.sleep(0)
        return self.log[seen:]

    async def send(self, room: str, values: Values) -> None:
        assert room == room_of(PERIOD)
        if self.page is not None:
            self.page = merged(self.page, values)
        self.told.set()
        await asyncio.sleep(0)

    async def join(self) -> Replica:
        replica = await self.hub.open(TEAM, PERIOD)
        assert replica is not None
        self.page = replica.snapshot()
        return replica

    def is_current(self) -> bool:
        """Whether the page shows what a fresh page would."""
        assert self.page is not None
        return shown(self.page) == shown(Replica(self.reading()).snapshot())


async def test_a_period_is_read_once_for_all_who_open_it() -> None:
    world = World()
    await asyncio.gather(*(world.hub.open(TEAM, PERIOD) for _ in range(10)))
    assert world.loads == 1


async def test_another_teams_period_answers_like_an_unknown_one() -> None:
    world = World()
    await world.join()
    assert await world.hub.open(2, PERIOD) is None
    assert await world.hub.open(TEAM, 8) is None
    assert world.hub.replica(2, PERIOD) is None


async def test_notifications_dropped_doubled_and_reordered_end_in_the_same_page() -> None:
    """The control is below: without reading the log the page stays behind."""
    for seed in range(20):
        chance, world = random.Random(seed), World()
        await world.join()
        said = [
            world.commit((chance.randrange(3), chance.randrange(12), chance.choice([WORK, OFF]))) for _ in range(30)
        ]
        heard = [one for one in said if chance.random() > 0.1]
        heard += chance.sample(heard, 3)
        chance.shuffle(heard)
        for one in heard:
            await world.hub.hear(PERIOD, one.seq, one)
        last = world.commit((0, 0, WORK))
        await world.hub.apply(PERIOD, last, own=True)
        assert world.is_current(), seed


async def test_a_hub_that_never_reads_the_log_is_convicted(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()
    await world.join()

    async def nothing(self: OpenPeriod) -> None:
        return None

    monkeypatch.setattr(OpenPeriod, "catch_up", nothing)
    world.commit((0, 0, OFF))
    await world.hub.hear(PERIOD, 2, world.commit((0, 1, OFF)))
    await asyncio.sleep(0.2)
    assert not world.is_current()


async def test_a_gap_is_read_from_the_log_after_a_moment() -> None:
    world = World()
    await world.join()
    world.commit((0, 0, OFF))
    await world.hub.hear(PERIOD, 2, world.commit((0, 1, OFF)))
    assert not world.is_current()
    async with asyncio.timeout(5):
        while not world.is_current():
            world.told.clear()
            await world.told.wait()


async def test_a_change_that_is_only_late_needs_no_log() -> None:
    world = World()
    await world.join()
    reads = world.reads
    first, second = world.commit((0, 0, OFF)), world.commit((0, 1, OFF))
    await world.hub.hear(PERIOD, 2, second)
    await world.hub.hear(PERIOD, 1, first)
    assert world.is_current()
    assert world.reads == reads


async def test_a_notification_without_its_patch_is_read_from_the_log() -> None:
    world = World()
    await world.join()
    await world.hub.hear(PERIOD, world.commit((0, 0, OFF)).seq, None)
    assert world.is_current()


async def test_ones_own_change_is_shown_before_the_author_is_answered() -> None:
    world = World()
    await world.join()
    world.commit((0, 0, OFF))
    await world.hub.apply(PERIOD, world.commit((0, 1, OFF)), own=True)
    assert world.is_current()


async def test_changed_rules_price_the_open_page_anew_and_lose_no_edit() -> None:
    world = World()
    await world.join()
    await world.hub.hear(PERIOD, 1, world.commit((0, 0, OFF), (1, 0, OFF)))
    world.book = replace(world.book, rules=tuple(replace(rule, enabled=False) for rule in world.book.rules))
    world.slow.clear()
    reload = asyncio.create_task(world.hub.team_changed(TEAM))
    await asyncio.sleep(0)
    edit = asyncio.create_task(world.hub.apply(PERIOD, world.commit((2, 0, OFF)), own=True))
    await asyncio.sleep(0)
    world.slow.set()
    await asyncio.gather(reload, edit)
    assert world.is_current()
    assert world.page is not None
    assert world.page["ViolationState"]["sums"].startswith("0,")


async def test_a_change_that_speaks_of_somebody_new_reads_the_period_anew() -> None:
    world = World()
    await world.join()
    newcomer = replace(world.book.staff[0], id=14, name="New", rank=9)
    world.book = replace(world.book, staff=(*world.book.staff, newcomer))
    await world.hub.apply(PERIOD, world.commit((4, 0, OFF)), own=True)
    assert world.is_current()


async def test_a_period_nobody_looks_at_is_closed_and_read_again_when_opened() -> None:
    world = World()
    await world.join()
    world.hub.evict(lambda room: False)
    assert world.hub.periods() == [PERIOD], "somebody may be on the way in"
    world.hub.evict(lambda room: True, idle_seconds=0)
    assert world.hub.periods() == [PERIOD]
    world.hub.evict(lambda room: False, idle_seconds=0)
    assert world.hub.periods() == []
    await world.hub.hear(PERIOD, 1, world.commit((0, 0, OFF)))
    await world.join()
    assert world.is_current()


async def test_recovery_reads_everything_anew() -> None:
    world = World()
    await world.join()
    world.commit((0, 0, OFF))
    world.book = replace(world.book, calendar=())
    await world.hub.recover()
    assert world.is_current()
