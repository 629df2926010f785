"""What open pages are told of runs: everyone, in order, and the same as somebody who joins later."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from copy import deepcopy

import pytest

from shiftapp.domain import patch_wire
from shiftapp.domain.run import Run
from shiftapp.jobs.worker import worker
from shiftapp.live.hub import Hub, room_of
from shiftapp.live.replica import Replica, Values
from shiftapp.services import runs
from shiftapp.services.edits import edit_cells
from shiftapp.services.live_period import live_periods
from shiftapp.services.resolve import resolve_clashes
from shiftapp.services.run_feed import run_heard, runs_missed
from shiftapp.services.schedule import Opened, open_period
from shiftapp.store.books import read_period
from shiftapp.store.database import Database
from shiftapp.store.edits import Author, apply_edit
from shiftapp.store.runs import CHANNEL, authors_of
from tests.factories import Kitchen, kitchen


class Page:
    """A page that holds what it was shown first and everything its room was told since."""

    def __init__(self, room: str) -> None:
        self.room = room
        self.values: Values = {}
        self.told: list[Values] = []

    async def hear(self, room: str, values: Values) -> None:
        if room == self.room:
            self.told.append(deepcopy(values))
            for state, given in values.items():
                self.values.setdefault(state, {}).update(deepcopy(given))

    @property
    def run(self) -> dict[str, object]:
        return self.values["RunState"]

    def previewed(self) -> set[tuple[int, int]]:
        """Slot and column of every cell that the preview changes."""
        rows = {int(name[1:]): row for name, row in self.values["PreviewState"].items() if name[1:].isdecimal()}
        return {(slot, column) for slot, row in rows.items() for column, letter in enumerate(row) if letter != "."}

    async def until(self, wanted: Callable[[dict[str, object]], bool], seconds: float = 30) -> None:
        async with asyncio.timeout(seconds):
            while not wanted(self.run):  # noqa: ASYNC110  the page only hears what it is told
                await asyncio.sleep(0.02)

    async def until_previewed(self, changed: object) -> None:
        """Wait for the rows of a preview, which follow the run's state a few at a time."""
        async with asyncio.timeout(5):
            while len(self.previewed()) != changed:  # noqa: ASYNC110
                await asyncio.sleep(0.02)


@asynccontextmanager
async def opened(mine: Kitchen) -> AsyncIterator[tuple[Page, Hub]]:
    page, listening = Page(room_of(mine.period.id)), asyncio.Event()

    async def listens() -> None:
        listening.set()

    feed = live_periods(page.hear, lambda _: True, channels={CHANNEL: run_heard}, reconnected=(runs_missed, listens))
    async with feed as hub:
        shown = await open_period(mine.owner, mine.period.id)
        assert isinstance(shown, Opened)
        page.values = deepcopy(shown.view)
        async with asyncio.timeout(10):
            await listening.wait()
        yield page, hub


def rows_of(clashes: object) -> list[list[str]]:
    assert isinstance(clashes, list)
    return clashes


def in_order(run: dict[str, object]) -> dict[str, object]:
    """The vars of a run; its clashes stand in the order in which the rows were drawn, which says nothing."""
    return run | {"clashes": sorted(rows_of(run["clashes"]))}


async def fresh(database: Database, mine: Kitchen) -> Values:
    """What somebody is shown who opens the period on a server that has never seen it."""
    reading = await read_period(database, mine.team_id, mine.period.id)
    assert reading is not None
    replica = Replica(reading)
    replica.take_run(await runs.run_state(mine.team_id, mine.period.id))
    async with database.raw_transaction(mine.team_id) as connection:
        replica.take_names(await authors_of(connection, mine.period.id, replica.run.unnamed()))
    return replica.snapshot()


async def start(mine: Kitchen, seconds: int = 30) -> Run:
    run = await runs.start_run(mine.owner, mine.period.id, "unpinned", seconds)
    assert isinstance(run, Run)
    return run


def states(page: Page) -> list[str]:
    """The states of the run that the page was told, in order."""
    told = [values["RunState"]["status"] for values in page.told if "status" in values.get("RunState", {})]
    return [state for place, state in enumerate(told) if told[place - 1 : place] != [state]]


async def test_a_page_sees_a_run_from_the_press_to_the_applied_roster(database: Database):
    mine = await kitchen(database, 6, 14)
    async with worker(database.dsn, 1), opened(mine) as (page, _):
        assert page.run["run_id"] == 0
        run = await start(mine)
        await page.until(lambda now: now["status"] == "finished")
        seen = states(page)  # a state that was over before it was read is not shown
        assert seen == sorted(seen, key=["queued", "running", "finished"].index)
        assert seen[-1] == "finished"
        assert (page.run["who"], page.run["gap"], page.run["hard"]) == (mine.owner.name, 0, 0)
        assert page.run["changed"] == 6 * 14
        await page.until_previewed(6 * 14)
        await runs.apply_run(mine.owner, run.id)
        await page.until(lambda now: now["status"] == "applied")
        await page.until_previewed(0)
        rows = [page.values["GridState"][f"r{slot:03}"] for slot in range(6)]
        assert not any("." in row for row in rows)
        assert {state: page.values[state] for state in ("RunState", "PreviewState", "AnswerState", "GridState")} == {
            state: values for state, values in (await fresh(database, mine)).items() if state != "ViolationState"
        }


async def test_a_long_run_shows_its_best_so_far_before_it_ends(database: Database):
    mine = await kitchen(database, 40, 60)
    async with worker(database.dsn, 1), opened(mine) as (page, _):
        run = await start(mine)
        await page.until(lambda now: now["changed"] == 40 * 60)
        assert page.run["status"] == "running"
        assert page.run["points"]
        spent = page.run["spent"]
        await page.until(lambda now: now["spent"] != spent, 5)
        await runs.cancel_run(mine.owner, run.id)
        await page.until(lambda now: now["status"] == "cancelled", 5)
        await page.until_previewed(0)


async def test_an_edit_takes_its_cell_out_of_the_preview_and_is_listed_with_its_author(database: Database):
    mine = await kitchen(database, 6, 14)
    async with worker(database.dsn, 1), opened(mine) as (page, _):
        await start(mine)
        await page.until(lambda now: now["status"] == "finished")
        chance = random.Random(5)
        for _ in range(40):
            await edit_cells(mine.owner, mine.put(chance.randrange(6), chance.randrange(14), chance.choice("○×△")))
        expected = await fresh(database, mine)
        assert {clash[4] for clash in rows_of(expected["RunState"]["clashes"])} == {mine.owner.name}
        await page.until(lambda now: in_order(now) == in_order(expected["RunState"]), 5)
        await page.until_previewed(page.run["changed"])
        assert page.values["PreviewState"] == expected["PreviewState"]


@pytest.mark.parametrize("told", ["here", "by notification", "from the log"])
async def test_the_first_message_that_lists_an_edit_says_who_made_it(
    database: Database, monkeypatch: pytest.MonkeyPatch, told: str
):
    """Whether it was made here, or on another server, whose notification may be too small for its cells."""
    mine = await kitchen(database, 6, 14)
    if told == "from the log":
        monkeypatch.setattr(patch_wire, "MOST_BYTES", 0)
    async with worker(database.dsn, 1), opened(mine) as (page, _):
        await start(mine)
        await page.until(lambda now: now["status"] == "finished")
        page.told.clear()
        if told == "here":
            await edit_cells(mine.owner, mine.put(1, 3, "◇"))
        else:
            await apply_edit(database, Author(mine.team_id, mine.owner.user_id, mine.owner.name), mine.put(1, 3, "◇"))
        await page.until(lambda now: len(rows_of(now["clashes"])) == 1, 5)
        await asyncio.sleep(0.2)  # for whatever follows
        listed = [values["RunState"]["clashes"] for values in page.told if "clashes" in values.get("RunState", {})]
        assert [[clash[4] for clash in clashes] for clashes in listed] == [[mine.owner.name]]


async def test_searching_again_holds_the_edits_that_a_run_met_and_leaves_nothing_to_list(database: Database):
    """One run, two edits that it would not have made, and one press: everybody follows the second run."""
    mine = await kitchen(database, 6, 14)
    async with worker(database.dsn, 1), opened(mine) as (page, _):
        run = await start(mine)
        await page.until(lambda now: now["status"] == "finished")
        edited = {(1, 3): "◇", (4, 3): "◇"}
        for (row, column), name in edited.items():
            await edit_cells(mine.owner, mine.put(row, column, name))
        await page.until(lambda now: len(rows_of(now["clashes"])) == 2, 5)
        again = await resolve_clashes(mine.owner, run.id)
        assert isinstance(again, Run)
        await page.until(lambda now: now["run_id"] == again.id and now["status"] == "finished")
        assert (page.run["clashes"], page.run["hard"]) == ([], 0)
        assert isinstance(await runs.apply_run(mine.owner, again.id), runs.Applied)
    now = await read_period(database, mine.team_id, mine.period.id)
    assert now is not None
    assert len(now.cells) == 6 * 14
    for (row, column), name in edited.items():
        assert now.cells[mine.staff[row].id, mine.day(column)].shift == mine.shift(name)


@pytest.mark.parametrize("missed", [True, False])
async def test_missed_notifications_are_made_up_for_when_listening_begins_again(database: Database, missed: bool):
    """Control: without the catch-up the page keeps an old state."""
    mine = await kitchen(database, 6, 14)
    page = Page(room_of(mine.period.id))
    async with live_periods(page.hear, lambda _: True):
        shown = await open_period(mine.owner, mine.period.id)
        assert isinstance(shown, Opened)
        page.values = deepcopy(shown.view)
        await start(mine)
        if missed:
            await runs_missed()
        assert page.run["status"] == ("queued" if missed else "")


async def test_a_late_answer_does_not_take_a_run_back(database: Database):
    """Two reads overtake one another: the older one changes nothing."""
    mine = await kitchen(database, 6, 14)
    async with opened(mine) as (page, hub):
        run = await start(mine)
        queued = await runs.run_state(mine.team_id, mine.period.id)
        await runs.cancel_run(mine.owner, run.id)
        await page.until(lambda now: now["status"] == "cancelled", 5)
        await hub.take_run(mine.team_id, mine.period.id, queued)
        assert page.run["status"] == "cancelled"
