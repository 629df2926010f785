"""Laws of undo and redo: each person's own steps, exact, once, and never over somebody else's newer value."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import psycopg
import pytest

from shiftapp.domain.past import Wanted
from shiftapp.domain.refusal import Refused
from shiftapp.domain.undo import MOST_STEPS, Meeting, StepDone, step_done
from shiftapp.store import undo
from shiftapp.store.database import Database
from shiftapp.store.edits import Author, apply_edit
from shiftapp.store.past import read_sets
from tests.factories import add_account, add_team, kitchen
from tests.store.stepping import colleague, contents, edit, step, taken
from tests.store.test_edits import cells_of, log_of, replayed


async def others_value_stands(database: Database) -> None:
    """Undo and redo four cells, one of which a colleague has changed since."""
    k = await kitchen(database)
    other = await add_account(database, k.team_id)
    await edit(database, k, k.author, *(k.cell(0, day, "×") for day in range(4)))
    await edit(database, k, Author(k.team_id, other.user_id), k.cell(0, 2, "○"))
    answer = await taken(database, k, k.author)
    assert await contents(database, k) == {(k.staff[0].id, k.day(2)): (k.shift("○"), False, "")}
    assert (len(answer.done.patch.cells), answer.left, answer.people, answer.gone) == (3, 1, 1, 0)
    assert answer.later is not None
    assert answer.later.name == other.name
    assert abs(answer.later.at - datetime.now(UTC)) < timedelta(minutes=1)
    assert len((await taken(database, k, k.author, "redo")).done.patch.cells) == 3
    assert (await contents(database, k))[k.staff[0].id, k.day(2)] == (k.shift("○"), False, "")


@pytest.mark.fault(9)
async def test_what_somebody_changed_since_stays_and_is_told_with_name_and_time(database: Database) -> None:
    await others_value_stands(database)


@pytest.mark.fault(9, control=True)
async def test_an_undo_that_does_not_ask_who_changed_a_cell_since_is_convicted(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Meeting, "free", property(lambda self: self.possible))
    with pytest.raises(AssertionError, match=r"assert \{\} == \{"):
        await others_value_stands(database)


@pytest.mark.fault(9, control=True)
async def test_an_undo_that_does_not_say_what_it_left_alone_is_convicted(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undo, "step_done", lambda done, way, what, left: step_done(done, way, what, []))
    with pytest.raises(AssertionError, match=r"\(3, 0, 0, 0\)"):
        await others_value_stands(database)


async def test_a_step_of_which_nothing_is_left_is_taken_all_the_same(database: Database) -> None:
    """So that the one before it can be undone."""
    k = await kitchen(database)
    await edit(database, k, k.author, k.cell(0, 0, "×"))
    await edit(database, k, k.author, k.cell(1, 0, "×"))
    await edit(database, k, await colleague(database, k), k.cell(1, 0, "○"))
    nothing = await taken(database, k, k.author)
    assert (nothing.done.patch.cells, nothing.left) == ((), 1)
    assert len((await taken(database, k, k.author)).done.patch.cells) == 1
    assert await contents(database, k) == {(k.staff[1].id, k.day(0)): (k.shift("○"), False, "")}


async def test_a_new_edit_clears_what_could_be_redone_and_one_that_changes_nothing_does_not(database: Database) -> None:
    k = await kitchen(database)
    await edit(database, k, k.author, k.cell(0, 0, "×"))
    await taken(database, k, k.author)
    await edit(database, k, k.author, k.cell(0, 0, None))
    await taken(database, k, k.author, "redo")
    await taken(database, k, k.author)
    await edit(database, k, k.author, k.cell(1, 1, "○"))
    assert await step(database, k, k.author, "redo") == Refused("redo.nothing")


async def test_the_same_step_sent_again_is_taken_once_and_answered_as_before(database: Database) -> None:
    k = await kitchen(database)
    other = await colleague(database, k)
    for row in range(2):
        await edit(database, k, k.author, *(k.cell(row, day, "×") for day in range(3)))
    await edit(database, k, other, k.cell(1, 1, "○"))
    edit_id = uuid4()
    first = await step(database, k, k.author, edit_id=edit_id)
    assert isinstance(first, StepDone)
    await edit(database, k, other, k.cell(1, 1, "△"), k.cell(1, 2, "○"))
    again = await step(database, k, k.author, edit_id=edit_id)
    assert again == replace(first, done=replace(first.done, repeated=True))
    assert len(await contents(database, k)) == 5


async def test_steps_at_the_same_moment_are_each_another_one(database: Database) -> None:
    k = await kitchen(database)
    for day in range(5):
        await edit(database, k, k.author, k.cell(0, day, "×"))
    answers = await asyncio.gather(*(step(database, k, k.author) for _ in range(8)))
    assert sum(isinstance(answer, StepDone) for answer in answers) == 5
    assert answers.count(Refused("undo.nothing")) == 3
    assert await contents(database, k) == {}
    assert replayed(await log_of(database, k)) == await cells_of(database, k)


async def test_one_can_go_back_so_many_steps(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two hundred; here twenty, for time."""
    assert MOST_STEPS == 200
    monkeypatch.setattr(undo, "MOST_STEPS", 20)
    k = await kitchen(database, 1, 7)
    for turn in range(21):
        await edit(database, k, k.author, k.cell(0, turn % 7, "○×△"[turn // 7 % 3]))
    for _ in range(20):
        await taken(database, k, k.author)
    assert await contents(database, k) == {(k.staff[0].id, k.day(0)): (k.shift("○"), False, "")}
    assert await step(database, k, k.author) == Refused("undo.nothing")
    await taken(database, k, k.author, "redo")
    assert len(await contents(database, k)) == 2


async def test_cells_that_can_be_no_more_are_left_and_counted(database: Database, as_owner: psycopg.Connection) -> None:
    k = await kitchen(database)
    await edit(database, k, k.author, k.cell(0, 1, "×"), k.cell(0, 5, "×"))
    as_owner.execute("DELETE FROM cell WHERE day = %s", (k.day(5),))
    as_owner.execute("UPDATE staff SET employed_to = %s WHERE id = %s", (k.day(3), k.staff[0].id))
    answer = await taken(database, k, k.author)
    assert (len(answer.done.patch.cells), answer.left, answer.gone) == (1, 0, 1)
    assert await contents(database, k) == {}


async def test_an_archived_or_foreign_period_refuses(database: Database, as_owner: psycopg.Connection) -> None:
    k = await kitchen(database)
    await edit(database, k, k.author, k.cell(0, 0, "×"))
    stranger = Author(await add_team(database), k.author.user_id)
    assert await step(database, k, stranger) == Refused("period.unknown")
    as_owner.execute("UPDATE period SET state = 'archived'")
    assert await step(database, k, k.author) == Refused("edit.archived")
    assert len(await contents(database, k)) == 1


async def test_the_database_itself_takes_nothing_back_twice(database: Database, as_owner: psycopg.Connection) -> None:
    k = await kitchen(database)
    await edit(database, k, k.author, k.cell(0, 0, "×"))
    await taken(database, k, k.author)
    again = (
        "INSERT INTO change_set (period_id, seq, team_id, edit_id, kind, undoes, at)"
        " SELECT period_id, 3, team_id, gen_random_uuid(), 'undo', undoes, at FROM change_set WHERE seq = 2"
    )
    with pytest.raises(psycopg.errors.UniqueViolation):
        as_owner.execute(again)


async def test_every_step_says_what_it_goes_back_to_however_often_it_was_taken(database: Database) -> None:
    k = await kitchen(database, 2, 3)
    await apply_edit(database, k.author, k.edit(k.cell(0, 0, "×"), kind="paste"))
    for way in ("undo", "redo", "undo", "redo"):
        answer = await taken(database, k, k.author, way)
        assert (answer.way, answer.kind, answer.run_id) == (way, "paste", None)
    async with database.raw_transaction(k.team_id) as connection:
        told = await read_sets(connection, k.period.id, Wanted())
    assert [(one.kind, one.undoes) for one in told] == [
        ("redo", None),
        ("undo", "redo"),
        ("redo", None),
        ("undo", "paste"),
        ("paste", None),
    ]
    one = told[0]
    assert (one.people, one.staff_id, one.first, one.last) == (1, k.staff[0].id, k.day(0), k.day(0))
