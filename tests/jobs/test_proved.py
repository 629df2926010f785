"""Once a run has ended, its worker proves how many wishes can be met: nobody waits for it, and it gives way."""

from dataclasses import replace

import psycopg
import pytest

from shiftapp.domain.request import Request
from shiftapp.domain.run import Run
from shiftapp.jobs import proving
from shiftapp.services import runs
from shiftapp.services.solving import SolverDied
from shiftapp.store import attempts
from shiftapp.store.database import Connection, Database
from shiftapp.store.rules import add_requests
from solver.check import Checker
from solver.problem import Problem
from solver.wishes import wishes_at_most
from tests.factories import Kitchen, kitchen
from tests.jobs.working import PROMPT, a_search, no_search, over, start, until

ENDLESS = 300.0
"""Seconds of a proof that no test waits for."""


async def wishing(database: Database, people: int = 4, days: int = 6) -> Kitchen:
    """Return a kitchen in which everybody wants the first days off, which not everybody can have."""
    mine = await kitchen(database, people, days, groups=[range(people)])
    async with database.transaction(mine.team_id) as session:
        asked = Request(0, 0, mine.day(0), mine.shift("×"), wanted=True, weight=3)
        for member in mine.staff:
            wishes = [replace(asked, staff_id=member.id, day=mine.day(column)) for column in range(3)]
            await add_requests(session, mine.team_id, wishes)
    return mine


def proved(run: Run) -> bool:
    return run.wishes is not None


@pytest.mark.usefixtures("working")
async def test_an_ended_run_learns_how_many_wishes_can_be_met(database: Database, as_owner: psycopg.Connection) -> None:
    mine = await wishing(database)
    await start(mine)
    ended = await until(mine, over)
    run = await until(mine, proved)
    assert (ended.status, run.status, run.attempt) == ("finished", "finished", ended.attempt)
    snapshot = as_owner.execute("SELECT problem FROM run WHERE id = %s", (run.id,)).fetchall()[0][0]
    problem = Problem.model_validate(snapshot)
    expected = wishes_at_most(problem, seconds=10)
    assert expected is not None
    assert run.wishes is not None
    assert run.wishes == expected.args
    missed = sum(violation.kind == "requests" for violation in Checker(problem, run.roster).violations())
    assert run.wishes["wishes"] - missed <= run.wishes["granted"] <= run.wishes["wishes"] == 12
    await no_search(PROMPT)


@pytest.mark.usefixtures("working")
async def test_without_wishes_nothing_is_searched_after_the_end(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(proving, "ask_child", lambda *given: asked.append(given))
    mine = await kitchen(database, 4, 6)
    await start(mine)
    assert (await until(mine, over)).status == "finished"
    other = await kitchen(database, 4, 6)  # its turn comes when the worker is done with the first
    await start(other)
    await until(other, over)
    assert asked == []


@pytest.mark.usefixtures("working")
async def test_a_roster_that_is_put_away_ends_the_proof(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proving, "PROVE_SECONDS", ENDLESS)
    mine = await wishing(database)
    await start(mine)
    run = await until(mine, over)
    search = await a_search()
    search.suspend()
    await runs.discard_run(mine.owner, run.id)
    await no_search(PROMPT)
    assert (await until(mine, over)).wishes is None


@pytest.mark.usefixtures("working")
@pytest.mark.parametrize("waits_its_turn", [False, True])
async def test_a_proof_gives_way_to_a_run_that_waits(
    database: Database, monkeypatch: pytest.MonkeyPatch, waits_its_turn: bool
) -> None:
    """Control: where the proof does not look who waits, the run waits on."""
    if waits_its_turn:

        async def always(connection: Connection, run_id: int, attempt: int) -> bool:
            return True

        monkeypatch.setattr(attempts, "worth_proving", always)
    monkeypatch.setattr(proving, "PROVE_SECONDS", ENDLESS)
    mine, other = await wishing(database), await kitchen(database, 4, 6)
    await start(mine)
    await until(mine, over)
    search = await a_search()
    search.suspend()
    await start(other)
    if waits_its_turn:
        with pytest.raises(TimeoutError):
            await until(other, lambda run: run.status != "queued", PROMPT)
        search.kill()
    assert (await until(other, over)).status == "finished"
    assert (await until(mine, over)).wishes is None


@pytest.mark.usefixtures("working")
async def test_a_proof_that_fails_leaves_the_run_as_it_ended(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def dies(*_: object) -> None:
        raise SolverDied("killed")

    monkeypatch.setattr(proving, "ask_child", dies)
    mine, other = await wishing(database), await kitchen(database, 4, 6)
    await start(mine)
    await start(other)
    await until(other, over)
    run = await until(mine, over)
    assert (run.status, run.error_code, run.wishes) == ("finished", "", None)
