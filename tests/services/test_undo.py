"""Undo and redo as people meet them: whole runs, rights, and what one's own pages are told."""

from uuid import uuid4

import pytest

from shiftapp.domain.edit import EditDone
from shiftapp.domain.patch_wire import decode, encode
from shiftapp.domain.permission import Role
from shiftapp.domain.refusal import Refused
from shiftapp.domain.undo import StepAsked, StepDone, Way
from shiftapp.domain.visitor import Visitor
from shiftapp.live import rooms
from shiftapp.services import runs, undo
from shiftapp.services.edits import edit_cells
from shiftapp.services.runs import Applied
from shiftapp.store.database import Database
from tests.factories import Kitchen, add_account, kitchen
from tests.services.conftest import Servers
from tests.services.test_boards import Sockets
from tests.services.test_runs import cells, filled, found


async def take(who: Visitor, k: Kitchen, way: Way = "undo") -> StepDone | Refused:
    return await undo.take_step(who, StepAsked(k.period.id, uuid4(), way))


async def test_a_run_that_was_applied_is_one_step(database: Database) -> None:
    k = await kitchen(database, people=2, days=4)
    await edit_cells(k.owner, k.put(0, 0, "×"))
    before = await cells(database, k)
    applied = await runs.apply_run(k.owner, (await found(database, k, filled(k))).id)
    assert isinstance(applied, Applied)
    after = await cells(database, k)
    answer = await take(k.owner, k)
    assert isinstance(answer, StepDone)
    assert (len(answer.done.patch.cells), answer.left, answer.gone) == (8, 0, 0)
    assert {p: c.shift for p, c in (await cells(database, k)).items() if c.shift} == {
        p: c.shift for p, c in before.items()
    }
    await take(k.owner, k, "redo")
    assert {p: c.shift for p, c in (await cells(database, k)).items()} == {p: c.shift for p, c in after.items()}


async def test_a_step_needs_the_right_to_edit(database: Database) -> None:
    k = await kitchen(database)
    viewer = await add_account(database, k.team_id, Role.VIEWER)
    refused = await take(viewer, k)
    assert isinstance(refused, Refused)
    assert refused.code == "refused.right"


async def test_a_step_is_on_every_servers_pages(servers: Servers) -> None:
    k, blank = servers.k, servers.there.values["GridState"]["r000"]
    await edit_cells(k.owner, k.edit(*(k.cell(0, day, "×") for day in range(8)), kind="fill"))
    assert isinstance(await take(k.owner, k), StepDone)
    await servers.both_current()
    assert servers.there.values["GridState"]["r000"] == blank


@pytest.fixture
def sockets(monkeypatch: pytest.MonkeyPatch) -> Sockets:
    monkeypatch.setattr(rooms, "_stage", {})
    monkeypatch.setattr(rooms, "_names", {})
    monkeypatch.setattr(undo, "_shown", {})
    made = Sockets()
    rooms.attach(made, {undo.STEPS: undo.STEPS})  # type: ignore[arg-type]
    return made


async def test_ones_own_pages_are_told_what_can_be_undone_when_it_changes_and_nobody_elses(
    database: Database, sockets: Sockets
) -> None:
    k = await kitchen(database)
    colleague = await add_account(database, k.team_id)
    await undo.join_steps(k.owner, "mine", k.period.id)
    await undo.join_steps(colleague, "theirs", k.period.id)
    sockets.told.clear()

    async def heard(answer: object, who: Visitor = k.owner) -> None:
        done = answer.done if isinstance(answer, StepDone) else answer
        assert isinstance(done, EditDone)
        await undo.steps_heard(decode(encode(k.team_id, k.period.id, done.patch, who.user_id)))

    for day in range(3):
        await heard(await edit_cells(k.owner, k.put(0, day, "×")))
    await heard(await edit_cells(colleague, k.put(1, 0, "×")), colleague)
    await heard(await take(k.owner, k))
    await heard(await edit_cells(k.owner, k.put(0, 0, "○")))
    told = [(room.rpartition(":")[2], values["may_undo"], values["may_redo"]) for room, _, values in sockets.told]
    mine, theirs = str(k.owner.user_id), str(colleague.user_id)
    assert told == [(mine, True, False), (theirs, True, False), (mine, True, True), (mine, True, False)]
    await sockets.leave_room("mine", sockets.rooms("mine")[1])
    await heard(await take(k.owner, k))
    assert len(sockets.told) == 4


async def test_what_was_missed_is_told_afterwards(database: Database, sockets: Sockets) -> None:
    k = await kitchen(database)
    await undo.join_steps(k.owner, "mine", k.period.id)
    await edit_cells(k.owner, k.put(0, 0, "×"))
    await undo.steps_missed()
    await undo.steps_missed()
    assert [values["may_undo"] for _, _, values in sockets.told] == [False, True]
