"""What became of a cell, and bringing back what it held."""

from uuid import uuid4

import pytest

from shiftapp.domain.cell import Cell
from shiftapp.domain.edit import CellAsked, EditDone
from shiftapp.domain.permission import Role
from shiftapp.domain.refusal import Refused
from shiftapp.domain.undo import StepAsked
from shiftapp.domain.visitor import Visitor
from shiftapp.services import history, runs, undo
from shiftapp.services.edits import edit_cells
from shiftapp.store.database import Database
from tests.factories import Kitchen, add_account, add_team, kitchen
from tests.services.test_runs import cells, filled, found


async def lines(who: Visitor, k: Kitchen) -> list[tuple[str, str, int | None, int | None]]:
    """Return who, why, from and to of every change of the first cell."""
    told = await history.cell_history(who, k.period.id, (k.staff[0].id, k.day(0)))
    assert not isinstance(told, Refused)
    return [(one.name, one.kind, one.change.before.shift, one.change.after.shift) for one in told]


async def test_every_change_of_a_cell_is_told_newest_first_with_who_and_why(database: Database) -> None:
    k = await kitchen(database, people=2, days=3)
    other = await add_account(database, k.team_id, Role.MANAGER)
    viewer = await add_account(database, k.team_id, Role.VIEWER)
    off, work = k.shift("×"), k.shift("○")
    await edit_cells(k.owner, k.put(0, 0, "×"))
    await edit_cells(k.owner, k.put(1, 0, "×"))
    await edit_cells(other, k.edit(k.cell(0, 0, None), kind="paste"))
    run = await found(database, k, filled(k))
    await runs.apply_run(other, run.id)
    await undo.take_step(other, StepAsked(k.period.id, uuid4(), "undo"))
    assert await lines(viewer, k) == [
        (other.name, "undo", work, None),
        (other.name, "run", None, work),
        (other.name, "paste", off, None),
        (k.owner.name, "edit", None, off),
    ]
    stranger = await add_account(database, await add_team(database))
    assert await lines(stranger, k) == []


async def test_a_value_comes_back_whole_as_an_edit_that_can_be_undone(database: Database) -> None:
    k = await kitchen(database)
    place = (k.staff[0].id, k.day(0))
    held = CellAsked(staff_id=place[0], day=place[1], shift=k.shift("×"), pinned=True, note="doctor")
    await edit_cells(k.owner, k.edit(held))
    await edit_cells(k.owner, k.edit(held.model_copy(update={"shift": None, "pinned": False, "note": ""})))
    edit_id = uuid4()
    for repeated in (False, True):
        answer = await history.restore_cell(k.owner, k.period.id, place, 1, edit_id)
        assert isinstance(answer, EditDone)
        assert (answer.seq, answer.patch.kind, answer.repeated) == (3, "restore", repeated)
    assert (await cells(database, k))[place] == Cell(k.shift("×"), True, "doctor", 3)
    await undo.take_step(k.owner, StepAsked(k.period.id, uuid4(), "undo"))
    assert (await cells(database, k))[place].blank


@pytest.mark.parametrize(("seq", "row"), [(2, 0), (1, 1)])
async def test_what_a_cell_never_held_cannot_be_brought_back(database: Database, seq: int, row: int) -> None:
    k = await kitchen(database)
    await edit_cells(k.owner, k.put(0, 0, "×"))
    place = (k.staff[row].id, k.day(0))
    answer = await history.restore_cell(k.owner, k.period.id, place, seq, uuid4())
    assert answer == Refused("history.unknown")
    viewer = await add_account(database, k.team_id, Role.VIEWER)
    refused = await history.restore_cell(viewer, k.period.id, (k.staff[0].id, k.day(0)), 1, uuid4())
    assert isinstance(refused, Refused)
    assert refused.code == "refused.right"
