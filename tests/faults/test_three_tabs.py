"""Three tabs on two servers do whatever they like, and notifications go astray: replay(log) = cells = every tab."""

import asyncio
from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from shiftapp.domain.edit import EditDone, Patch
from shiftapp.domain.undo import StepAsked, StepDone
from shiftapp.live import hub as hubs
from shiftapp.live.hub import Hub
from shiftapp.live.open_period import OpenPeriod
from shiftapp.live.replica import GRID, Values
from shiftapp.services.edits import edit_cells
from shiftapp.services.live_period import load, read_log
from shiftapp.services.undo import take_step
from shiftapp.store.database import Database, bind
from shiftapp.store.prepare import Dsns
from tests.factories import kitchen
from tests.faults.stand import SYMBOLS
from tests.history import Sent, anomalies
from tests.typed import history
from tests.typist import GRID as FULL
from tests.typist import Page

PEOPLE, DAYS = 4, 6
SERVER_OF = (0, 0, 1)
"""Which server each tab is on."""

tabs, places = (
    some.sampled_from(range(len(SERVER_OF))),
    some.tuples(some.integers(0, PEOPLE - 1), some.integers(0, DAYS - 1)),
)


class Tab(Page):
    """A page that is told in this process."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "")

    def take(self, values: Values) -> None:
        self.hear({"delta": {FULL: values.get(GRID, {})}})


class World:
    """A database and a loop of its own, for machines that know neither."""

    def __init__(self, dsns: Dsns, owner: psycopg.Connection) -> None:
        self.runner, self.owner = asyncio.Runner(), owner
        self.run = self.runner.run
        self.database = self.run(Database.open(dsns.app))
        bind(self.database)

    def close(self) -> None:
        bind(None)
        self.run(self.database.close())
        self.runner.close()


class ThreeTabs(RuleBasedStateMachine):
    """What they do, one after another; what is said to the other server is late, lost or heard twice."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world, self.run = world, world.run
        self.k = self.run(kitchen(world.database, PEOPLE, DAYS))
        self.tabs = [Tab(f"tab {number}") for number in range(len(SERVER_OF))]
        self.hubs = [Hub(load, read_log, partial(self.send, server)) for server in (0, 1)]
        self.said: tuple[list[Patch], list[Patch]] = ([], [])
        self.sent: list[Sent] = []
        for tab in range(len(SERVER_OF)):
            self.join(tab)

    async def send(self, server: int, room: str, values: Values) -> None:
        for tab, place in zip(self.tabs, SERVER_OF, strict=True):
            if place == server and tab.values:
                tab.take(values)

    @rule(tab=tabs)
    def join(self, tab: int) -> None:
        """Load the page, for the first time or again."""

        async def snapshot() -> Values:
            replica = await self.hubs[SERVER_OF[tab]].open(self.k.team_id, self.k.period.id)
            assert replica is not None
            return replica.snapshot()

        self.tabs[tab].values.clear()
        self.tabs[tab].take(self.run(snapshot()))

    @rule(
        tab=tabs,
        where=some.lists(places, min_size=1, max_size=4, unique=True),
        symbol=some.sampled_from([None, *SYMBOLS]),
    )
    def edit(self, tab: int, where: list[tuple[int, int]], symbol: str | None) -> None:
        asked = self.k.edit(*(self.k.cell(row, column, symbol) for row, column in where))
        done = self.at(tab, edit_cells(self.k.owner, asked))
        assert isinstance(done, EditDone)
        cells = {cell.place: cell.shift for cell in asked.cells}
        self.sent.append(Sent(asked.edit_id, f"tab {tab}", cells, "acknowledged"))
        self.said[1 - SERVER_OF[tab]].append(done.patch)

    @rule(tab=tabs, way=some.sampled_from(["undo", "redo"]))
    def step(self, tab: int, way: Any) -> None:
        asked = StepAsked(self.k.period.id, uuid4(), way)
        answer = self.at(tab, take_step(self.k.owner, asked))
        if isinstance(answer, StepDone):
            self.sent.append(Sent(asked.edit_id, f"tab {tab}", None, "acknowledged"))
            self.said[1 - SERVER_OF[tab]].append(answer.done.patch)

    @rule(server=some.sampled_from([0, 1]), at=some.integers(0, 3), fate=some.sampled_from(["once", "twice", "lost"]))
    def hear(self, server: int, at: int, fate: str) -> None:
        """Let a server hear something that was said, not always the first."""
        if at < len(self.said[server]):
            patch = self.said[server].pop(at)
            for _ in range({"once": 1, "twice": 2, "lost": 0}[fate]):
                self.run(self.hubs[server].hear(self.k.period.id, patch.seq, patch))

    @rule(server=some.sampled_from([0, 1]))
    def forget(self, server: int) -> None:
        """Close the period on a server, as after a restart: its tabs load it again."""
        self.hubs[server].close(self.k.period.id)
        for tab, place in enumerate(SERVER_OF):
            if place == server:
                self.join(tab)

    def at(self, tab: int, work: Any) -> Any:
        """Do something on a tab's server."""
        hubs.bind(self.hubs[SERVER_OF[tab]])
        return self.run(work)

    def teardown(self) -> None:
        """Look how far everything is, as servers do now and then; then nothing may be wrong."""
        last = len(self.sent)
        for hub in self.hubs:
            self.run(hub.hear(self.k.period.id, last, None))
            hub.close(self.k.period.id)
        hubs.bind(None)
        told = [_Told(tab, self) for tab in self.tabs]
        assert anomalies(history(self.world.owner, told, self.sent)) == []  # type: ignore[arg-type]


class _Told:
    """A tab as ``tests.typist.history`` asks it."""

    def __init__(self, tab: Tab, machine: ThreeTabs) -> None:
        self.page, self.kitchen, self.sent, self.sights = tab, machine.k, [], tab.sights()


@pytest.fixture
def world(fresh_database: Dsns, as_owner: psycopg.Connection) -> Iterator[World]:
    made = World(fresh_database, as_owner)
    yield made
    made.close()


def tried(world: World, examples: int, steps: int, *phases: Phase) -> None:
    chosen = settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, derandomize=True, database=None,
        phases=phases or tuple(Phase), suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    run_state_machine_as_test(partial(ThreeTabs, world), settings=chosen)


@pytest.mark.fault(6)
@pytest.mark.timeout(1800)
def test_whatever_three_tabs_do_log_cells_and_tabs_agree(world: World, request: pytest.FixtureRequest, share: float):
    soak = request.config.getoption("--soak")
    tried(world, *((max(50, round(300 * share)), 60) if soak else (50, 30)))


@pytest.mark.fault(6, control=True)
def test_servers_that_take_what_comes_as_the_next_change_are_convicted(world: World, monkeypatch: pytest.MonkeyPatch):
    async def apply(self: OpenPeriod, patch: Patch, *, own: bool = False) -> None:
        if patch.seq > self.replica.seq:
            self.replica.seq = patch.seq - 1
            await self._wires.send(self.replica.apply(patch))

    monkeypatch.setattr(OpenPeriod, "apply", apply)
    with pytest.raises(AssertionError, match="Anomaly"):
        tried(world, 50, 30, Phase.generate)
