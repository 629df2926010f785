"""Runs as people see them: who may do what with one, and when."""

import asyncio
from dataclasses import replace

import psycopg
import pytest

from shiftapp.domain.cell import Cell, Place
from shiftapp.domain.permission import Role
from shiftapp.domain.refusal import Refused
from shiftapp.domain.run import Run
from shiftapp.services import runs
from shiftapp.store import attempts
from shiftapp.store import runs as rows
from shiftapp.store.attempts import Ending, Found
from shiftapp.store.database import Database
from shiftapp.store.edits import apply_edit
from tests.factories import Kitchen, add_account, kitchen

Names = list[list[str | None]]


async def started(kitchen: Kitchen, scope="unpinned", seconds: int = 5) -> Run:
    run = await runs.start_run(kitchen.owner, kitchen.period.id, scope, seconds)
    assert isinstance(run, Run), run
    return run


async def worked(database: Database, kitchen: Kitchen, run: Run, names: Names | None) -> Run:
    """Do what a worker does: take the run and end it with a roster of symbols."""
    roster = None
    if names is not None:
        roster = {
            str(member.id): [None if name is None else str(kitchen.shift(name)) for name in row]
            for member, row in zip(kitchen.staff, names, strict=True)
        }
    async with database.raw_transaction(kitchen.team_id) as connection:
        taken = await attempts.take_run(connection, run.id)
        assert taken is not None
        best = Found(1.0, 7, 3, [(1.0, 7, 3)], 0, 0.5, roster)
        ending = Ending("failed" if names is None else "finished", "feasible", best)
        assert await attempts.end_run(connection, run.id, taken.attempt, ending)
    found = await runs.run_state(kitchen.team_id, kitchen.period.id)
    assert found is not None
    return found


async def found(database: Database, kitchen: Kitchen, names: Names, scope="unpinned") -> Run:
    return await worked(database, kitchen, await started(kitchen, scope), names)


async def cells(database: Database, kitchen: Kitchen) -> dict[Place, Cell]:
    async with database.raw_transaction(kitchen.team_id) as connection:
        return await rows.hold_cells(connection, kitchen.period.id)


def filled(kitchen: Kitchen, name: str = "○") -> Names:
    return [[name] * kitchen.period.days for _ in kitchen.staff]


async def test_a_run_is_queued_with_its_problem_and_its_job(database: Database, as_owner: psycopg.Connection):
    mine = await kitchen(database)
    await apply_edit(database, mine.author, mine.put(0, 0, "×"))
    run = await started(mine)
    assert (run.status, run.user_name, run.base_seq) == ("queued", mine.owner.name, 1)
    snapshot, job = as_owner.execute("SELECT problem, job_id FROM run").fetchall()[0]
    assert len(snapshot["people"]) == 3
    jobs = as_owner.execute("SELECT id, args, status FROM queue.procrastinate_jobs").fetchall()
    assert jobs == [(job, {"run_id": run.id, "team_id": mine.team_id}, "todo")]


async def test_neither_run_nor_job_exists_without_the_other(
    database: Database, as_owner: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
):
    """The transaction fails after the job was queued."""
    mine = await kitchen(database)

    async def fails(*_: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(rows, "set_job", fails)
    with pytest.raises(ConnectionError):
        await started(mine)
    assert as_owner.execute("SELECT count(*) FROM run").fetchone() == (0,)
    assert as_owner.execute("SELECT count(*) FROM queue.procrastinate_jobs").fetchone() == (0,)


async def test_of_many_who_press_generate_at_once_one_starts_and_the_others_learn_who(
    database: Database, as_owner: psycopg.Connection
):
    mine = await kitchen(database)
    people = [mine.owner] + [await add_account(database, mine.team_id, Role.MANAGER) for _ in range(5)]
    answers = await asyncio.gather(*(runs.start_run(who, mine.period.id, "blanks", 5) for who in people))
    (won,) = [answer for answer in answers if isinstance(answer, Run)]
    told = [answer for answer in answers if isinstance(answer, Refused)]
    assert {(answer.code, answer.args["who"]) for answer in told} == {("run.active", won.user_name)}
    assert as_owner.execute("SELECT count(*) FROM queue.procrastinate_jobs").fetchone() == (1,)


async def test_who_has_no_right_or_is_of_another_team_reaches_no_run(database: Database, as_owner: psycopg.Connection):
    mine, theirs = await kitchen(database), await kitchen(database)
    run = await found(database, mine, filled(mine))
    verbs = (runs.finish_run, runs.cancel_run, runs.apply_run, runs.discard_run)
    for role in (Role.VIEWER, Role.STAFF):
        who = replace(mine.owner, role=role)
        answers = [await runs.start_run(who, mine.period.id, "blanks"), *[await verb(who, run.id) for verb in verbs]]
        assert [answer.code for answer in answers if isinstance(answer, Refused)] == ["refused.right"] * 5
    assert await runs.start_run(theirs.owner, mine.period.id, "blanks") == Refused("period.unknown")
    assert [await verb(theirs.owner, run.id) for verb in verbs] == [Refused("run.unknown")] * 4
    assert as_owner.execute("SELECT status FROM run").fetchall() == [("finished",)]
    assert await cells(database, mine) == {}


@pytest.mark.parametrize("seconds", [0, 601, -5])
async def test_a_limit_outside_its_bounds_is_refused(database: Database, seconds: int):
    mine = await kitchen(database)
    answer = await runs.start_run(mine.owner, mine.period.id, "blanks", seconds)
    assert answer == Refused("run.limit", {"shortest": 1, "longest": 600})


async def test_a_period_without_staff_has_nothing_to_decide(database: Database):
    mine = await kitchen(database, people=0)
    assert await runs.start_run(mine.owner, mine.period.id, "blanks") == Refused("run.nothing_to_decide")


STATES = ("queued", "running", "finished", "failed", "cancelled", "applied", "discarded")
AFTER = {
    ("queued", "finish_run"): "cancelled",
    ("running", "finish_run"): "running",
    ("queued", "cancel_run"): "cancelled",
    ("running", "cancel_run"): "cancelled",
    ("finished", "apply_run"): "applied",
    ("applied", "apply_run"): "applied",
    ("finished", "discard_run"): "discarded",
    ("failed", "discard_run"): "discarded",
    ("cancelled", "discard_run"): "discarded",
    ("discarded", "discard_run"): "discarded",
}
"""What may be done with a run in each state, and the state after it; everything else is refused and changes nothing."""


@pytest.mark.parametrize("verb", ["finish_run", "cancel_run", "apply_run", "discard_run"])
async def test_a_run_goes_only_the_ways_there_are(database: Database, as_owner: psycopg.Connection, verb: str):
    mine = await kitchen(database, people=1, days=2)
    for state in STATES:
        run = await started(mine)
        if state == "running":
            async with database.raw_transaction(mine.team_id) as connection:
                assert await attempts.take_run(connection, run.id)
        elif state != "queued":
            await worked(database, mine, run, None if state == "failed" else filled(mine))
            as_owner.execute("UPDATE run SET status = %s WHERE id = %s", (state, run.id))
        answer = await getattr(runs, verb)(mine.owner, run.id)
        expected = AFTER.get((state, verb))
        assert isinstance(answer, Refused) == (expected is None), (state, verb, answer)
        assert as_owner.execute("SELECT status FROM run WHERE id = %s", (run.id,)).fetchone() == (expected or state,)
        as_owner.execute("UPDATE run SET status = 'discarded' WHERE id = %s", (run.id,))


async def test_a_cancelled_run_that_waited_leaves_no_job_and_its_worker_no_say(
    database: Database, as_owner: psycopg.Connection
):
    mine = await kitchen(database)
    run = await started(mine)
    answer = await runs.cancel_run(mine.owner, run.id)
    assert isinstance(answer, Run)
    assert answer.status == "cancelled"
    assert as_owner.execute("SELECT count(*) FROM queue.procrastinate_jobs").fetchone() == (0,)
    async with database.raw_transaction(mine.team_id) as connection:
        assert await attempts.take_run(connection, run.id) is None
    assert isinstance(await runs.start_run(mine.owner, mine.period.id, "blanks"), Run)


async def test_a_worker_whose_attempt_is_over_writes_nothing(database: Database):
    """The fence: an older attempt reports, ends and hands back; the row stays as the newer one has it."""
    mine = await kitchen(database)
    run = await started(mine)
    stale = Found(9.0, 1, 1, [(9, 1, 1)], 0, 1.0, {str(mine.staff[0].id): [None] * 10})
    async with database.raw_transaction(mine.team_id) as connection:
        first = await attempts.take_run(connection, run.id)
        assert first is not None
        assert await attempts.requeue_run(connection, run.id, first.attempt)
        second = await attempts.take_run(connection, run.id)
        assert second is not None
        before = await rows.read_run(connection, run.id)
        assert not await attempts.report(connection, run.id, first.attempt, stale)
        assert not await attempts.end_run(connection, run.id, first.attempt, Ending("finished", "optimal", stale))
        assert not await attempts.requeue_run(connection, run.id, first.attempt)
        assert await attempts.in_hand(connection, run.id, first.attempt) == (False, False)
        assert await rows.read_run(connection, run.id) == before
        assert await attempts.report(connection, run.id, second.attempt, stale)


async def test_a_period_with_no_run_has_none(database: Database):
    mine = await kitchen(database)
    assert await runs.run_state(mine.team_id, mine.period.id) is None
