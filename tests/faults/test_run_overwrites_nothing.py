"""A hundred edits while a run works; it is applied, and every one of them stands."""

import asyncio
import random

import psycopg
import pytest

from shiftapp.domain.cell import Cells
from shiftapp.domain.run import Rebased, Run
from shiftapp.services import runs
from shiftapp.store.database import Database
from shiftapp.store.prepare import Dsns
from tests.factories import kitchen
from tests.faults.stand import servers, type_on, typists
from tests.faults.workers import settled
from tests.history import Anomaly, Sent, anomalies
from tests.typed import history, read_log
from tests.typist import all_at

pytestmark = [pytest.mark.soak, pytest.mark.timeout(120)]

WRITERS, EDITS = 4, 100


async def applied(database: Database, dsns: Dsns) -> tuple[list[Anomaly], int, int]:
    """Return the anomalies, how many cells were edited while it worked, and how many of these the run changed."""
    mine, chance = await kitchen(database, 20, 30), random.Random(1)
    async with servers(dsns) as (served,), typists(mine, dsns, [[served.address]] * WRITERS) as team:
        started = await runs.start_run(mine.owner, mine.period.id, "unpinned", 8)
        assert isinstance(started, Run)
        assert await settled(mine, lambda now: now.status == "running")
        await asyncio.gather(*(type_on(one, EDITS // WRITERS, 8, chance) for one in team))
        run = await settled(mine, lambda now: not now.active)
        assert run is not None
        done = await runs.apply_run(mine.owner, run.id)
        assert isinstance(done, runs.Applied)
        with psycopg.connect(dsns.owner, autocommit=True) as connection:
            log = read_log(connection, mine.period.id)
            await all_at(team, len(log), 5)
            found = anomalies(history(connection, team, [Sent(run.edit_id, "the run", None, "acknowledged")]))
    edited = {
        (change.staff_id, change.day) for entry in log if entry.edit_id != run.edit_id for change in entry.changes
    }
    (proposed,) = [entry for entry in log if entry.edit_id == run.edit_id]
    return found, len(edited), len({(change.staff_id, change.day) for change in proposed.changes} & edited)


@pytest.mark.fault(24)
async def test_a_run_overwrites_no_edit_made_while_it_worked(database: Database, fresh_database: Dsns):
    found, edited, overwritten = await applied(database, fresh_database)
    assert found == []
    assert edited > EDITS // 2
    assert overwritten == 0


@pytest.mark.fault(24, control=True)
async def test_a_run_applied_as_it_was_found_is_convicted(
    database: Database, fresh_database: Dsns, monkeypatch: pytest.MonkeyPatch
):
    def not_rebased(run: Run, cells: Cells) -> Rebased:
        return Rebased(dict(run.cells()), (), frozenset())

    monkeypatch.setattr(runs, "rebase", not_rebased)
    _, _, overwritten = await applied(database, fresh_database)
    assert overwritten > 0
