"""Laws of the history: a moment is the log replayed up to it, and going back is exact, once, and nobody's loss."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from shiftapp.domain.past import PAGE, Goal, Plan, RestoreAsked, Restored, Wanted, earlier
from shiftapp.domain.refusal import Refused
from shiftapp.store.database import Database
from shiftapp.store.past import apply_restore, read_between, read_plan, read_sets, seq_at
from tests.factories import Kitchen, kitchen
from tests.store.stepping import EDIT, Edit, asked, colleague, content, contents, edit, taken
from tests.store.test_edits import cells_of, log_of, replayed


def back(k: Kitchen, goal: Goal, number: int, **given: object) -> RestoreAsked:
    """Ask to go back, having seen everything."""
    return replace(RestoreAsked(k.period.id, goal, number, seen=10**6, edit_id=uuid4()), **given)  # type: ignore[arg-type]


async def restored(database: Database, k: Kitchen, wanted: RestoreAsked) -> Restored:
    answer = await apply_restore(database, k.author, wanted)
    assert isinstance(answer, Restored), answer
    return answer


async def planned(database: Database, k: Kitchen, wanted: RestoreAsked) -> Plan | Refused:
    async with database.raw_transaction(k.team_id) as connection:
        return await read_plan(connection, wanted)


@given(edits=some.lists(EDIT, min_size=1, max_size=7), moment=some.integers(0, 7), other=some.integers(0, 7))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_moment_is_the_log_replayed_up_to_it_and_going_back_and_undo_are_exact(
    edits: list[Edit], moment: int, other: int, loop_database: tuple[Database, asyncio.AbstractEventLoop]
) -> None:
    database, loop = loop_database

    async def run() -> None:
        k = await kitchen(database, 2, 3)
        for cells in edits:
            await edit(database, k, k.author, *asked(k, cells))
        last = len(edits)
        first, until = sorted((min(moment, last), min(other, last)))
        log, now = await log_of(database, k), await contents(database, k)
        then = replayed([change for change in log if change.after.version <= first])
        there = replayed([change for change in log if change.after.version <= until])
        async with database.raw_transaction(k.team_id) as connection:
            later = await read_between(connection, k.period.id, first)
            between = await read_between(connection, k.period.id, first, until)
        was = earlier(await cells_of(database, k), later)
        held = {place: content(cell) for place, cell in was.items() if not cell.blank}
        assert held == {place: content(cell) for place, cell in then.items() if not cell.blank}
        places = then.keys() | there.keys()
        differing = {place for place in places if content(was[place]) != content(there[place])}
        assert {(change.staff_id, change.day) for change in between} == differing
        if held == now:
            assert await apply_restore(database, k.author, back(k, "moment", first)) == Refused("past.same")
            return
        await restored(database, k, back(k, "moment", first))
        assert await contents(database, k) == held
        await taken(database, k, k.author)
        assert await contents(database, k) == now
        assert replayed(await log_of(database, k)) == await cells_of(database, k)

    loop.run_until_complete(run())


async def test_taking_back_a_change_set_leaves_newer_values_of_others_alone(database: Database) -> None:
    k = await kitchen(database)
    other = await colleague(database, k)
    await edit(database, k, k.author, *(k.cell(0, day, "×") for day in range(4)))
    await edit(database, k, other, k.cell(0, 1, "△"), k.cell(0, 2, None))
    wanted = back(k, "set", 1)
    plan = await planned(database, k, wanted)
    assert isinstance(plan, Plan)
    assert (len(plan.changes), plan.newer) == (2, 1)
    done = (await restored(database, k, wanted)).done
    assert {place: one[0] for place, one in (await contents(database, k)).items()} == {
        (k.staff[0].id, k.day(1)): k.shift("△")
    }
    again = await restored(database, k, wanted)
    assert (again.done.seq, again.done.repeated, again.done.patch) == (done.seq, True, done.patch)


async def test_a_row_a_day_and_a_cell_come_back_alone(database: Database) -> None:
    k = await kitchen(database)
    await edit(database, k, k.author, *(k.cell(row, day, "×") for row in range(2) for day in range(2)))
    row, day = {"staff_id": k.staff[0].id}, {"day": k.day(1)}
    for scope, cells in ((row, 2), (day, 2), (row | day, 1), ({}, 4)):
        plan = await planned(database, k, back(k, "moment", 0, **scope))
        assert isinstance(plan, Plan)
        assert len(plan.changes) == cells


async def test_what_can_be_no_more_is_counted_and_never_written(
    database: Database, as_owner: psycopg.Connection
) -> None:
    k = await kitchen(database)
    await edit(database, k, k.author, k.cell(0, 0, "×"), k.cell(1, 0, "△"), k.cell(2, 0, "○"))
    await edit(database, k, k.author, k.cell(0, 0, None), k.cell(1, 0, None), k.cell(2, 0, None))
    as_owner.execute("UPDATE shift_type SET active = false WHERE id = %s", (k.shift("△"),))
    as_owner.execute("DELETE FROM cell WHERE staff_id = %s", (k.staff[0].id,))
    as_owner.execute("UPDATE staff SET employed_from = %s WHERE id = %s", (k.day(3), k.staff[0].id))
    plan = (await restored(database, k, back(k, "moment", 1))).plan
    assert (len(plan.changes), plan.outside, plan.unused) == (1, 1, 1)
    assert {place[0] for place in await contents(database, k)} == {k.staff[2].id}


async def test_what_was_edited_after_the_plan_is_not_written_over(database: Database) -> None:
    k = await kitchen(database)
    await edit(database, k, k.author, k.cell(0, 0, "×"))
    await edit(database, k, k.author, k.cell(0, 0, "△"))
    assert await apply_restore(database, k.author, back(k, "moment", 0, seen=1)) == Refused("past.moved")
    await restored(database, k, back(k, "moment", 0, seen=2))


@pytest.mark.parametrize(
    ("goal", "number", "code"),
    [("moment", 9, "past.no_moment"), ("set", 9, "history.unknown"), ("run", 9, "past.no_run")],
)
async def test_what_never_was_cannot_be_gone_back_to(database: Database, goal: Goal, number: int, code: str) -> None:
    k = await kitchen(database)
    answer = await apply_restore(database, k.author, back(k, goal, number))
    assert isinstance(answer, Refused)
    assert answer.code == code
    stranger = await kitchen(database)
    assert await planned(database, stranger, back(k, "moment", 0)) == Refused("period.unknown")


async def test_a_time_finds_its_moment_and_none_before_the_period(database: Database) -> None:
    k = await kitchen(database)
    await edit(database, k, k.author, k.cell(0, 0, "×"))
    now = datetime.now(UTC)
    async with database.raw_transaction(k.team_id) as connection:
        assert await seq_at(connection, k.period.id, now) == 1
        assert await seq_at(connection, k.period.id, now - timedelta(days=1)) == Refused("past.before")


async def test_change_sets_are_told_newest_first_by_pages_and_by_person_row_day_and_kind(database: Database) -> None:
    k = await kitchen(database)
    other = await colleague(database, k)
    for turn in range(PAGE + 3):
        author = other if turn == 1 else k.author
        await edit(database, k, author, k.cell(turn % 3, turn % 10, "×" if turn % 2 else "△"))
    await edit(database, k, k.author, k.cell(0, 0, None), k.cell(0, 0, None).model_copy(update={"day": k.day(9)}))

    async def seqs(wanted: Wanted, **given: int) -> list[int]:
        async with database.raw_transaction(k.team_id) as connection:
            return [one.seq for one in await read_sets(connection, k.period.id, wanted, **given)]

    log = await log_of(database, k)
    every = sorted({change.after.version for change in log}, reverse=True)
    page = await seqs(Wanted())
    assert page == every[:PAGE]
    assert page + await seqs(Wanted(), before=page[-1]) == every
    assert await seqs(Wanted(user_id=other.user_id)) == [2]
    of = {change.after.version for change in log if change.staff_id == k.staff[1].id and change.day == k.day(1)}
    assert await seqs(Wanted(staff_id=k.staff[1].id, day=k.day(1))) == sorted(of, reverse=True)
    assert await seqs(Wanted(kinds=("run",))) == []
