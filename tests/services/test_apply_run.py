"""Applying a run: one change set that overwrites no edit, no pin and nothing that is gone."""

import asyncio
import random

import psycopg
import pytest

from shiftapp.domain.cell import Cell, Place
from shiftapp.domain.edit import CellAsked, EditDone
from shiftapp.domain.refusal import Refused
from shiftapp.services import runs
from shiftapp.services.runs import Applied
from shiftapp.store.database import Database
from shiftapp.store.edits import apply_edit, edit_inside
from tests.factories import Kitchen, kitchen
from tests.services.test_runs import cells, filled, found


async def test_applying_is_one_change_set_of_what_differs(database: Database, as_owner: psycopg.Connection):
    mine = await kitchen(database, people=2, days=3)
    await apply_edit(database, mine.author, mine.put(0, 0, "○"))
    run = await found(database, mine, [["○", "×", "○"], ["△", "○", "○"]])
    applied = await runs.apply_run(mine.owner, run.id)
    assert isinstance(applied, Applied)
    assert (applied.seq, applied.clashes, applied.gone, applied.repeated) == (2, (), 0, False)
    assert applied.done is not None
    assert len(applied.done.patch.cells) == 5
    sets = as_owner.execute("SELECT seq, kind, run_id, user_id FROM change_set ORDER BY seq").fetchall()
    assert sets[1:] == [(2, "run", run.id, mine.owner.user_id)]
    now = await cells(database, mine)
    assert now[mine.staff[0].id, mine.day(1)].shift == mine.shift("×")


async def test_applying_twice_is_applying_once_also_at_once(database: Database, as_owner: psycopg.Connection):
    mine = await kitchen(database)
    run = await found(database, mine, filled(mine))
    answers = await asyncio.gather(*(runs.apply_run(mine.owner, run.id) for _ in range(6)))
    assert [answer.seq for answer in answers if isinstance(answer, Applied)] == [1] * 6
    assert sorted(answer.repeated for answer in answers if isinstance(answer, Applied)) == [False] + [True] * 5
    assert as_owner.execute("SELECT count(*) FROM change_set").fetchone() == (1,)
    await apply_edit(database, mine.author, mine.put(0, 0, "×"))
    await runs.apply_run(mine.owner, run.id)
    assert (await cells(database, mine))[mine.staff[0].id, mine.day(0)].shift == mine.shift("×")


def silent_overwrites(edited: dict[Place, int | None], now: dict[Place, Cell]) -> list[Place]:
    """The verdict: cells that were edited while the run worked and do not hold that edit any more."""
    return [place for place, shift in edited.items() if now[place].shift != shift]


async def edited_meanwhile(database: Database, mine: Kitchen, chance: random.Random) -> dict[Place, int | None]:
    """Make 100 edits of random cells; return what each cell that they changed must still hold."""
    last: dict[Place, int | None] = {}
    for _ in range(100):
        asked = mine.put(chance.randrange(4), chance.randrange(20), chance.choice(["○", "×", "△", None]))
        done = await apply_edit(database, mine.author, asked)
        assert isinstance(done, EditDone)
        last |= {(cell.staff_id, cell.day): cell.shift for cell in done.patch.cells}
    return last


async def test_no_edit_made_during_a_run_is_overwritten_by_it(database: Database):
    mine = await kitchen(database, people=4, days=20)
    chance = random.Random(7)
    run = await found(database, mine, filled(mine))
    edited = await edited_meanwhile(database, mine, chance)
    applied = await runs.apply_run(mine.owner, run.id)
    now = await cells(database, mine)
    assert isinstance(applied, Applied)
    assert silent_overwrites(edited, now) == []
    assert {clash.place for clash in applied.clashes} == {p for p, s in edited.items() if s != mine.shift("○")}
    assert all(clash.standing == now[clash.place].shift for clash in applied.clashes)
    assert {clash.who for clash in applied.clashes} == {mine.owner.name}
    again = await runs.apply_run(mine.owner, run.id)
    assert isinstance(again, Applied)
    assert again.clashes == applied.clashes
    untouched = [cell.shift for place, cell in now.items() if place not in edited]
    assert set(untouched) == {mine.shift("○")}
    assert len(untouched) == 80 - len(edited)


async def test_control_a_run_written_over_the_cells_as_it_found_them_is_convicted(database: Database):
    """The same roster applied without a look at the versions."""
    mine = await kitchen(database, people=4, days=20)
    run = await found(database, mine, filled(mine))
    edited = await edited_meanwhile(database, mine, random.Random(7))
    asked = tuple(CellAsked(staff_id=place[0], day=place[1], shift=shift) for place, shift in run.cells())
    await apply_edit(database, mine.author, mine.edit(*asked, kind="run"))
    assert silent_overwrites(edited, await cells(database, mine))


async def test_edits_and_the_application_at_the_same_moment_lose_nothing(database: Database):
    """Whatever comes first: an edit before is kept as a clash, an edit after stands on top."""
    mine = await kitchen(database, people=4, days=20)
    run = await found(database, mine, filled(mine))
    edits = [mine.put(row, column, "×") for row in range(4) for column in range(0, 20, 4)]

    async def late() -> Applied | Refused:
        await asyncio.sleep(0.02)
        return await runs.apply_run(mine.owner, run.id)

    await asyncio.gather(late(), *(apply_edit(database, mine.author, edit) for edit in edits))
    now = await cells(database, mine)
    assert silent_overwrites({edit.cells[0].place: mine.shift("×") for edit in edits}, now) == []
    assert sum(cell.shift == mine.shift("○") for cell in now.values()) == 80 - len(edits)


async def test_pinned_cells_stay_whatever_the_run_says(database: Database):
    mine = await kitchen(database, people=1, days=3)
    pinned = CellAsked(staff_id=mine.staff[0].id, day=mine.day(1), shift=mine.shift("×"), pinned=True)
    await apply_edit(database, mine.author, mine.edit(pinned))
    run = await found(database, mine, filled(mine))
    applied = await runs.apply_run(mine.owner, run.id)
    assert isinstance(applied, Applied)
    assert applied.clashes == ()
    held = (await cells(database, mine))[pinned.place]
    assert (held.shift, held.pinned) == (mine.shift("×"), True)


async def test_cells_that_no_longer_exist_are_left_out_and_counted(database: Database, as_owner: psycopg.Connection):
    mine = await kitchen(database, people=2, days=4)
    run = await found(database, mine, filled(mine))
    as_owner.execute("UPDATE staff SET employed_to = %s WHERE id = %s", (mine.day(1), mine.staff[0].id))
    applied = await runs.apply_run(mine.owner, run.id)
    assert isinstance(applied, Applied)
    assert applied.gone == 2
    assert len(await cells(database, mine)) == 6


@pytest.mark.parametrize(("made_inactive", "gone"), [("staff WHERE id = {staff}", 4), ("shift_type WHERE id = {×}", 2)])
async def test_what_was_made_inactive_during_a_run_is_left_out_and_counted(
    database: Database, as_owner: psycopg.Connection, made_inactive: str, gone: int
):
    mine = await kitchen(database, people=2, days=4)
    run = await found(database, mine, [["○", "×", "○", "○"], ["×", "○", "○", "○"]])
    rows, _, which = made_inactive.format(**{"staff": mine.staff[0].id, "×": mine.shift("×")}).partition(" ")
    as_owner.execute(f"UPDATE {rows} SET active = false {which}".encode())
    applied = await runs.apply_run(mine.owner, run.id)
    assert isinstance(applied, Applied)
    assert applied.gone == gone
    assert len(await cells(database, mine)) == 8 - gone


async def test_a_run_that_would_change_nothing_is_applied_without_a_change_set(database: Database):
    mine = await kitchen(database, people=1, days=1)
    await apply_edit(database, mine.author, mine.put(0, 0, "○"))
    applied = await runs.apply_run(mine.owner, (await found(database, mine, [["○"]])).id)
    assert isinstance(applied, Applied)
    assert (applied.run.status, applied.seq) == ("applied", None)


async def test_an_application_that_fails_leaves_the_run_and_the_cells(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    """All or nothing: the change set is written, then the connection is lost."""
    mine = await kitchen(database)
    run = await found(database, mine, filled(mine))

    async def fails(*given: object) -> None:
        await edit_inside(*given)  # type: ignore[arg-type]
        raise ConnectionError

    with monkeypatch.context() as patched:
        patched.setattr(runs, "edit_inside", fails)
        with pytest.raises(ConnectionError):
            await runs.apply_run(mine.owner, run.id)
    assert await cells(database, mine) == {}
    assert isinstance(await runs.apply_run(mine.owner, run.id), Applied)
    assert len(await cells(database, mine)) == 30
