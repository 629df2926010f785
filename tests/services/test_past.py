"""A period's history as a service: who may, what a moment looks like, and taking back a run."""

from dataclasses import replace
from uuid import uuid4

from shiftapp.domain.edit import CellAsked
from shiftapp.domain.past import RestoreAsked, Restored, Wanted
from shiftapp.domain.permission import Role
from shiftapp.domain.refusal import Refused
from shiftapp.live.past import EMPTIED, HISTORY
from shiftapp.live.view import BETWEEN_NOTES, DAYS
from shiftapp.services import past, runs
from shiftapp.services.edits import edit_cells
from shiftapp.store.database import Database
from tests.factories import add_account, kitchen
from tests.services.test_runs import cells, filled, found


async def test_a_run_is_taken_back_save_what_others_changed_since(database: Database) -> None:
    k = await kitchen(database, people=2, days=3)
    await edit_cells(k.owner, k.put(0, 0, "×"))
    run = await found(database, k, filled(k))
    await runs.apply_run(k.owner, run.id)
    other = await add_account(database, k.team_id, Role.MANAGER)
    await edit_cells(other, k.put(1, 2, "△"))
    asked = RestoreAsked(k.period.id, "run", run.id, seen=3, edit_id=uuid4())
    planned = await past.plan_restore(other, asked)
    assert not isinstance(planned, Refused)
    answer = await past.restore(other, asked)
    assert isinstance(answer, Restored)
    assert answer.plan == planned[0]
    assert (len(answer.plan.changes), answer.plan.newer) == (5, 1)
    left = {place: cell.shift for place, cell in (await cells(database, k)).items() if not cell.blank}
    assert left == {(k.staff[0].id, k.day(0)): k.shift("×"), (k.staff[1].id, k.day(2)): k.shift("△")}
    told = await past.period_history(other, k.period.id, Wanted())
    assert not isinstance(told, Refused)
    assert [(one.kind, one.run_id, one.name, one.cells) for one in told] == [
        ("restore", None, other.name, 5),
        ("edit", None, other.name, 1),
        ("run", run.id, k.owner.name, 6),
        ("edit", None, k.owner.name, 1),
    ]


async def test_a_moment_is_drawn_as_the_grid_was_and_what_differs_over_it(database: Database) -> None:
    k = await kitchen(database, people=2, days=3)
    await edit_cells(k.owner, k.put(0, 1, "×"))
    await edit_cells(k.owner, k.edit(k.cell(0, 1, None), k.cell(1, 2, "△")))
    shown = await past.as_it_was(k.owner, k.period.id, 1, 2)
    assert isinstance(shown, past.Past)
    grid, ahead = shown.view["GridState"], shown.view["PreviewState"]
    off, early = (next(one[0] for one in grid["shifts"] if one[2] == symbol) for symbol in "×△")
    assert (grid["r000"], grid["r001"]) == (f".{off}.", "...")
    assert (ahead["p000"], ahead["p001"]) == (f".{EMPTIED}.", f"..{early}")
    assert "seq" not in grid
    assert await past.as_it_was(k.owner, k.period.id, 3) == Refused("past.no_moment")


async def test_notes_and_pins_that_differ_are_told_by_row_and_column_apart_from_shifts(database: Database) -> None:
    k = await kitchen(database, people=3, days=3)

    def asked(row: int, column: int, **given: object) -> CellAsked:
        return CellAsked.model_validate({"staff_id": k.staff[row].id, "day": k.day(column), **given})

    first = (asked(0, 0, note="old"), asked(0, 1, note="gone"), asked(1, 2, shift=k.shift("×"), note="kept"))
    await edit_cells(k.owner, k.edit(*first))
    second = (asked(0, 0, note="new"), asked(0, 1, note=""), asked(1, 2, pinned=True), asked(1, 0, pinned=True))
    await edit_cells(k.owner, k.edit(*second, asked(2, 1, shift=k.shift("△"), note="both")))
    shown = await past.as_it_was(k.owner, k.period.id, 1, 2)
    assert isinstance(shown, past.Past)
    assert shown.view[HISTORY] == {
        "notes": {"0": f"{DAYS[0]}new{BETWEEN_NOTES}{DAYS[1]}", "2": f"{DAYS[1]}both"},
        "pins": {"1": DAYS[0] + DAYS[2]},
    }
    rows = shown.view["PreviewState"]
    assert [rows[f"p00{row}"] == "" for row in range(3)] == [True, True, False]
    same = await past.as_it_was(k.owner, k.period.id, 2)
    assert isinstance(same, past.Past)
    assert same.view[HISTORY] == {"notes": {}, "pins": {}}


async def test_a_viewer_looks_and_restores_nothing_and_a_stranger_finds_nothing(database: Database) -> None:
    k = await kitchen(database)
    await edit_cells(k.owner, k.put(0, 0, "×"))
    asked = RestoreAsked(k.period.id, "moment", 0, seen=1, edit_id=uuid4())
    viewer = await add_account(database, k.team_id, Role.VIEWER)
    assert isinstance(await past.as_it_was(viewer, k.period.id, 0), past.Past)
    for refused in (await past.plan_restore(viewer, asked), await past.restore(viewer, asked)):
        assert isinstance(refused, Refused)
        assert refused.code == "refused.right"
    staff = await add_account(database, k.team_id, Role.STAFF)
    answer = await past.period_history(staff, k.period.id, Wanted())
    assert isinstance(answer, Refused)
    stranger = (await kitchen(database)).owner
    assert await past.as_it_was(stranger, k.period.id, 0) == Refused("period.unknown")
    assert await past.restore(stranger, replace(asked, edit_id=uuid4())) == Refused("period.unknown")
    assert await past.period_history(stranger, k.period.id, Wanted()) == []
