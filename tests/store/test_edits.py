"""Laws of the hot path: an edit is whole, logged, applied once, and in order."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from shiftapp.domain.cell import EMPTY, Cell, Cells, Place
from shiftapp.domain.edit import CellAsked, Change, EditAsked, EditDone
from shiftapp.domain.refusal import Refused
from shiftapp.store.books import read_period
from shiftapp.store.database import Database
from shiftapp.store.edits import Author, apply_edit
from shiftapp.store.log import read_changes, read_since
from tests.factories import STARTS, Kitchen, add_account, add_team, kitchen, member

SYMBOLS = ("○", "×", "△", None)


def replayed(changes: list[Change]) -> dict[Place, Cell]:
    """Apply a change log to an empty period; every change must begin where the one before ended."""
    cells: dict[Place, Cell] = {}
    for change in changes:
        assert cells.get((change.staff_id, change.day), EMPTY) == change.before
        cells[change.staff_id, change.day] = change.after
    return cells


async def cells_of(database: Database, k: Kitchen) -> Cells:
    reading = await read_period(database, k.team_id, k.period.id)
    assert reading is not None
    return reading.cells


async def log_of(database: Database, k: Kitchen) -> list[Change]:
    async with database.raw_transaction(k.team_id) as connection:
        return await read_changes(connection, k.period.id)


async def done(database: Database, k: Kitchen, asked: EditAsked) -> EditDone:
    answer = await apply_edit(database, k.author, asked)
    assert isinstance(answer, EditDone), answer
    return answer


async def test_an_acknowledged_edit_is_in_the_cells_and_in_the_log(database: Database) -> None:
    k = await kitchen(database)
    answer = await done(database, k, k.put(1, 2, "×"))
    place = (k.staff[1].id, k.day(2))
    assert answer.seq == 1
    assert (await cells_of(database, k))[place] == Cell(k.shift("×"), False, "", 1)
    assert [(c.before, c.after.shift) for c in await log_of(database, k)] == [(EMPTY, k.shift("×"))]


async def test_only_the_given_fields_change(database: Database) -> None:
    k = await kitchen(database)
    await done(database, k, k.put(0, 0, "△"))
    await done(database, k, k.edit(CellAsked(staff_id=k.staff[0].id, day=k.day(0), pinned=True)))
    await done(database, k, k.edit(CellAsked(staff_id=k.staff[0].id, day=k.day(0), note="doctor")))
    assert (await cells_of(database, k))[k.staff[0].id, k.day(0)] == Cell(k.shift("△"), True, "doctor", 3)


async def test_the_same_edit_id_is_applied_once_and_answered_as_before(database: Database) -> None:
    k = await kitchen(database)
    asked = k.put(0, 0, "×")
    first = await done(database, k, asked)
    await done(database, k, k.put(0, 0, "○"))
    again = await done(database, k, asked)
    assert again == replace(first, repeated=True)
    assert (await cells_of(database, k))[k.staff[0].id, k.day(0)].shift == k.shift("○")


async def test_an_edit_that_changes_nothing_is_remembered_all_the_same(database: Database) -> None:
    """Otherwise its retry, after somebody else's edit, would be applied."""
    k = await kitchen(database)
    await done(database, k, k.put(0, 0, "×"))
    nothing = k.put(0, 0, "×")
    assert (await done(database, k, nothing)).patch.cells == ()
    await done(database, k, k.put(0, 0, "○"))
    assert (await done(database, k, nothing)).repeated
    assert (await cells_of(database, k))[k.staff[0].id, k.day(0)].shift == k.shift("○")


async def test_the_id_of_somebody_elses_edit_or_of_another_kind_is_refused(database: Database) -> None:
    k = await kitchen(database)
    colleague = Author(k.team_id, (await add_account(database, k.team_id)).user_id)
    asked = k.put(0, 0, "×")
    await done(database, k, asked)
    pasted = asked.model_copy(update={"kind": "paste"})
    for author, edit in ((colleague, asked), (k.author, pasted)):
        assert await apply_edit(database, author, edit) == Refused("refused.payload")


async def test_one_forbidden_cell_refuses_the_whole_edit_with_its_reason(database: Database) -> None:
    leaver = member("Leaver", 1, employed_to=STARTS + timedelta(days=3))
    k = await kitchen(database, [member("Stayer"), leaver])
    stranger = CellAsked(staff_id=k.staff[0].id + 999, day=k.day(0), shift=None)
    no_shift = CellAsked(staff_id=k.staff[0].id, day=k.day(0), shift=999_999)
    cases = {
        "cell.outside_employment": k.edit(k.cell(0, 4, "×"), k.cell(1, 4, "×")),
        "cell.outside_period": k.edit(k.cell(0, 4, "×"), k.cell(0, 10, "×")),
        "edit.same_cell_twice": k.edit(k.cell(0, 4, "×"), k.cell(0, 4, "○")),
        "staff.unknown": k.edit(k.cell(0, 4, "×"), stranger),
        "shift.unknown": k.edit(k.cell(0, 4, "×"), no_shift),
        "period.unknown": k.put(0, 4, "×").model_copy(update={"period_id": k.period.id + 999}),
    }
    for code, asked in cases.items():
        answer = await apply_edit(database, k.author, asked)
        assert isinstance(answer, Refused)
        assert answer.code == code
    assert await cells_of(database, k) == {}
    assert await log_of(database, k) == []


async def test_an_archived_period_refuses(database: Database, as_owner: psycopg.Connection) -> None:
    k = await kitchen(database)
    as_owner.execute("UPDATE period SET state = 'archived'")
    answer = await apply_edit(database, k.author, k.put(0, 0, "×"))
    assert answer == Refused("edit.archived")


async def test_another_teams_period_answers_like_an_unknown_one(database: Database) -> None:
    k = await kitchen(database)
    other = Author(await add_team(database), None)
    assert await apply_edit(database, other, k.put(0, 0, "×")) == Refused("period.unknown")


@pytest.mark.parametrize("table", ["period", "change_set", "cell", "change"])
async def test_a_failure_at_any_statement_leaves_nothing(
    database: Database, as_owner: psycopg.Connection, table: str
) -> None:
    """The control is the same edit after the fault is taken away: it stands, with the next seq."""
    k = await kitchen(database)
    kept = await done(database, k, k.put(0, 0, "×"))
    as_owner.execute(
        "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'planted'; END$$"
    )
    as_owner.execute(f"CREATE TRIGGER fail AFTER INSERT OR UPDATE ON {table} EXECUTE FUNCTION fail()".encode())
    asked = k.put(0, 0, "○")
    with pytest.raises(psycopg.errors.RaiseException):
        await apply_edit(database, k.author, asked)
    assert (await cells_of(database, k))[k.staff[0].id, k.day(0)].shift == k.shift("×")
    assert len(await log_of(database, k)) == 1
    as_owner.execute(f"DROP TRIGGER fail ON {table}".encode())
    assert (await done(database, k, asked)).seq == kept.seq + 1


async def test_what_is_missed_can_be_read_from_the_log(database: Database) -> None:
    k = await kitchen(database)
    sent = [(await done(database, k, k.put(0, day, "×"))).patch for day in range(5)]
    nothing = (await done(database, k, k.put(0, 4, "×"))).patch
    async with database.raw_transaction(k.team_id) as connection:
        assert await read_since(connection, k.period.id, 0) == [*sent, nothing]
        assert await read_since(connection, k.period.id, 3) == [*sent[3:], nothing]
        assert await read_since(connection, k.period.id, 6) == []


STEP = some.lists(
    some.tuples(
        some.integers(0, 2), some.integers(0, 4), some.sampled_from(SYMBOLS), some.booleans(), some.sampled_from("ab ")
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda step: step[:2],
)


@given(steps=some.lists(STEP, min_size=1, max_size=8))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_replaying_the_log_gives_the_cells(
    steps: list[list[tuple[int, int, str | None, bool, str]]],
    loop_database: tuple[Database, asyncio.AbstractEventLoop],
) -> None:
    database, loop = loop_database

    async def run() -> None:
        k = await kitchen(database, 3, 5)
        for step in steps:
            cells = tuple(
                CellAsked(
                    staff_id=k.staff[row].id,
                    day=k.day(day),
                    shift=None if symbol is None else k.shift(symbol),
                    pinned=pinned,
                    note=note.strip(),
                )
                for row, day, symbol, pinned, note in step
            )
            await done(database, k, EditAsked(period_id=k.period.id, edit_id=uuid4(), kind="paste", cells=cells))
        assert replayed(await log_of(database, k)) == await cells_of(database, k)

    loop.run_until_complete(run())
