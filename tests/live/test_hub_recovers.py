"""What fails while a period is read does not leave it behind for good; neighbours follow where they depend."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from shiftapp.domain.book import CARRY_IN, Reading
from shiftapp.domain.edit import Patch
from shiftapp.live.replica import Replica, Values
from tests.live.books import OFF, patch
from tests.live.test_hub import PERIOD, TEAM, World


async def until(reached: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not reached():  # noqa: ASYNC110  nobody tells
            await asyncio.sleep(0.01)


class Shaky(World):
    """A database that fails the next reads of periods, or of the log."""

    def __init__(self) -> None:
        super().__init__()
        self.failing_loads = self.failing_reads = 0

    async def load(self, team_id: int, period_id: int) -> Reading | None:
        if self.failing_loads:
            self.failing_loads -= 1
            raise ConnectionError("away")
        return await super().load(team_id, period_id)

    async def read_log(self, team_id: int, period_id: int, seen: int) -> list[Patch]:
        if self.failing_reads:
            self.failing_reads -= 1
            raise ConnectionError("away")
        return await super().read_log(team_id, period_id, seen)


async def test_a_book_that_could_not_be_read_is_read_again_without_being_told() -> None:
    world = Shaky()
    await world.join()
    await world.hub.apply(PERIOD, world.commit((0, 0, OFF), (1, 0, OFF)), own=True)
    for act in (world.hub.recover, lambda: world.hub.team_changed(TEAM)):
        world.book = replace(world.book, rules=tuple(replace(one, enabled=not one.enabled) for one in world.book.rules))
        world.failing_loads = 2
        await act()
        assert not world.is_current()
        await until(world.is_current)


async def test_a_log_that_could_not_be_read_is_read_again_without_being_told() -> None:
    world = Shaky()
    await world.join()
    world.failing_reads = 2
    world.commit((0, 0, OFF))
    await world.hub.hear(PERIOD, 2, world.commit((0, 1, OFF)))
    await until(world.is_current)


async def test_a_period_that_cannot_be_read_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    world = Shaky()
    await world.join()
    monkeypatch.setattr(world.hub, "_open", dict.fromkeys((6, PERIOD), world.hub._open[PERIOD]))
    world.failing_loads = 1
    world.book = replace(world.book, calendar=())
    await world.hub.recover()
    assert world.is_current()


async def test_a_period_whose_log_could_not_be_read_when_it_was_opened_is_not_open() -> None:
    world = Shaky()
    world.failing_reads = 1
    with pytest.raises(ConnectionError):
        await world.hub.open(TEAM, PERIOD)
    assert world.hub.periods() == []
    world.commit((0, 0, OFF))
    await world.join()
    assert world.is_current()


async def test_a_replica_that_fails_is_built_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of ours in following one change must not stop every later one."""
    world = World()
    await world.join()
    whole, left = Replica.apply, [1]

    def apply(self: Replica, patch: Patch) -> Values:
        if left[0]:
            left[0] -= 1
            raise KeyError("a fault of ours")
        return whole(self, patch)

    monkeypatch.setattr(Replica, "apply", apply)
    await world.hub.hear(PERIOD, 1, world.commit((0, 0, OFF)))
    await world.hub.hear(PERIOD, 2, world.commit((0, 1, OFF)))
    await until(world.is_current)


async def test_a_large_change_that_speaks_of_somebody_new_reads_the_period_anew() -> None:
    """It comes without its patch, from another server, and nothing follows it."""
    world = World()
    await world.join()
    world.book = replace(world.book, staff=(*world.book.staff, replace(world.book.staff[0], id=14, name="New")))
    await world.hub.hear(PERIOD, world.commit((4, 0, OFF)).seq, None)
    await until(world.is_current)


@pytest.mark.parametrize(("days", "reads"), [(-1, 1), (-CARRY_IN, 1), (-CARRY_IN - 1, 0), (0, 0)])
async def test_a_period_is_read_anew_where_the_days_before_it_change(days: int, reads: int) -> None:
    """What happened on the last days of one period is the carry-in of the next."""
    world = World()
    await world.join()
    loads = world.loads
    (cell,) = patch(1, (0, 0, OFF)).cells
    moved = replace(cell, day=world.book.period.starts + timedelta(days=days))
    for _ in range(5):
        world.hub.carry_over(TEAM, 6, Patch(1, "edit", (moved,)))
    await until(lambda: world.loads == loads + reads)
    await asyncio.sleep(1)
    assert world.loads == loads + reads, "and no more"


async def test_a_change_too_large_to_tell_its_days_reads_the_teams_other_periods_anew() -> None:
    world = World()
    await world.join()
    loads = world.loads
    world.hub.carry_over(TEAM, PERIOD, None)
    world.hub.carry_over(2, 6, None)
    await asyncio.sleep(1)
    assert world.loads == loads
    world.hub.carry_over(TEAM, 6, None)
    await until(lambda: world.loads == loads + 1)
