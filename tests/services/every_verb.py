"""Every service that changes something, each as somebody would call it once."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

from shiftapp.domain.calendar import CalendarDay
from shiftapp.domain.past import RestoreAsked
from shiftapp.domain.refusal import Refused
from shiftapp.domain.request import Request
from shiftapp.domain.run import Run
from shiftapp.domain.staff import StaffGroup
from shiftapp.domain.undo import StepAsked
from shiftapp.importing.demo import demo_files
from shiftapp.services import (
    calendar,
    conflicts,
    edits,
    groups,
    history,
    imports,
    options,
    past,
    periods,
    requests,
    resolve,
    rule_list,
    rules,
    runs,
    shift_types,
    staff,
    undo,
)
from shiftapp.store import rules as rule_rows
from shiftapp.store import staff as staff_rows
from shiftapp.store.conflicts import read_unsettled
from shiftapp.store.database import database
from tests.factories import Kitchen, add_account, member
from tests.services.test_runs import filled, found

Act = Callable[[Kitchen], Awaitable[object]]


async def some_rule(k: Kitchen, kind: str = "daily_limits") -> Any:
    every = await rules.list_rules(k.owner)
    assert not isinstance(every, Refused)
    return next(rule for rule in every if rule.kind == kind)


async def changed_rule(k: Kitchen) -> tuple[Any, Any]:
    """Change a rule; return it as it was and as it is."""
    before = await some_rule(k)
    return before, await rules.change_rule(k.owner, before.id, params={"every_day": {"minimum": 0, "maximum": 1}})


async def undo_preset(k: Kitchen) -> object:
    every = await rules.list_rules(k.owner)
    assert not isinstance(every, Refused)
    await rule_list.apply_preset(k.owner, "strict")
    return await rule_list.undo_preset(k.owner, "strict", {rule.id: rule.weight for rule in every})


async def undo_reset(k: Kitchen) -> object:
    _, now = await changed_rule(k)
    await rules.reset_rule(k.owner, now.id)
    return await rules.undo_reset(k.owner, now.id, now)


async def restored_rule(k: Kitchen) -> object:
    removed = await rule_list.remove_rule(k.owner, (await some_rule(k)).id)
    assert not isinstance(removed, Refused)
    return await rule_list.restore_rule(k.owner, removed)


async def new_request(k: Kitchen) -> object:
    return await requests.save_request(k.owner, Request(0, k.staff[1].id, k.day(3), k.shift("○"), True, 30))


async def some_request(k: Kitchen) -> Request:
    assert await new_request(k) is None
    async with database().transaction(k.team_id) as session:
        (found,) = await rule_rows.requests_between(session, k.day(3), k.day(3))
    return found


async def declined(k: Kitchen) -> object:
    return await requests.decide_request(k.owner, (await some_request(k)).id, "declined")


async def no_request(k: Kitchen) -> object:
    return await requests.remove_request(k.owner, (await some_request(k)).id)


async def cleared_day(k: Kitchen) -> object:
    await calendar.set_day(k.owner, CalendarDay(k.day(3), "must_off"))
    return await calendar.clear_days(k.owner, [k.day(3)])


async def no_group(k: Kitchen) -> object:
    async with database().transaction(k.team_id) as session:
        (group,) = await staff_rows.all_groups(session)
    return await groups.delete_group(k.owner, group.id)


async def leaver(k: Kitchen) -> object:
    last = replace(k.staff[1], employed_to=k.day(2))
    would = await staff.change_staff(k.owner, last)
    assert isinstance(would, staff.WouldDrop)
    return await staff.change_staff(k.owner, last, drops=would.cells)


async def settled(k: Kitchen) -> object:
    colleague = await add_account(database(), k.team_id)
    await edits.edit_cells(k.owner, k.edit(k.cell(2, 2, "○", seen=0)))
    await edits.edit_cells(colleague, k.edit(k.cell(2, 2, "×", seen=0)))
    async with database().raw_transaction(k.team_id) as connection:
        (told,) = await read_unsettled(connection, k.period.id)
    asked = conflicts.SettleAsked(k.period.id, uuid4(), (told.id,), "lost")
    return await conflicts.settle_conflicts(k.owner, asked)


async def restored_cell(k: Kitchen) -> object:
    done = await edits.edit_cells(k.owner, k.put(2, 2, "○"))
    assert not isinstance(done, Refused)
    await edits.edit_cells(k.owner, k.put(2, 2, "×"))
    place = k.staff[2].id, k.day(2)
    return await history.restore_cell(k.owner, k.period.id, place, done.seq, uuid4())


async def restored_period(k: Kitchen) -> object:
    done = await edits.edit_cells(k.owner, k.put(2, 2, "○"))
    assert not isinstance(done, Refused)
    asked = RestoreAsked(k.period.id, "moment", done.seq - 1, seen=done.seq, edit_id=uuid4())
    return await past.restore(k.owner, asked)


async def asked_run(k: Kitchen) -> Run:
    run = await runs.start_run(k.owner, k.period.id, "unpinned", 5)
    assert isinstance(run, Run)
    return run


async def with_roster(k: Kitchen) -> Run:
    return await found(database(), k, filled(k))


VERBS: dict[str, Act] = {
    "calendar.set_day": lambda k: calendar.set_day(k.owner, CalendarDay(k.day(3), "must_off", "repair")),
    "calendar.clear_days": cleared_day,
    "conflicts.choose_strategy": lambda k: conflicts.choose_strategy(k.owner, "first"),
    "conflicts.settle_conflicts": settled,
    "edits.edit_cells": lambda k: edits.edit_cells(k.owner, k.put(1, 1, "△")),
    "groups.save_group": lambda k: groups.save_group(
        k.owner, StaffGroup(0, 0, "New", (k.staff[2].id, k.staff[3].id))
    ),
    "groups.delete_group": no_group,
    "history.restore_cell": restored_cell,
    "imports.import_folder": lambda k: imports.import_folder(k.owner, demo_files()),
    "options.start_repair": lambda k: options.start_repair(
        k.owner, k.period.id, k.staff[0].id, k.day(1), k.day(2)
    ),
    "past.restore": restored_period,
    "periods.create_period": lambda k: periods.create_period(k.owner),
    "periods.rename_period": lambda k: periods.rename_period(k.owner, k.period.id, "New Year"),
    "requests.save_request": new_request,
    "requests.decide_request": declined,
    "requests.remove_request": no_request,
    "rule_list.add_rule": lambda k: rule_list.add_rule(k.owner, "daily_limits"),
    "rule_list.apply_preset": lambda k: rule_list.apply_preset(k.owner, "strict"),
    "rule_list.restore_rule": restored_rule,
    "rule_list.undo_preset": undo_preset,
    "rules.undo_reset": undo_reset,
    "runs.start_run": asked_run,
    "shift_types.save_shift_type": lambda k: shift_types.save_shift_type(k.owner, replace(k.shifts["×"], symbol="休")),
    "shift_types.move_shift_type": lambda k: shift_types.move_shift_type(k.owner, k.shift("×"), -1),
    "staff.add_staff": lambda k: staff.add_staff(k.owner, member("Newcomer", employed_from=k.day(2))),
    "staff.change_staff": leaver,
    "staff.move_staff": lambda k: staff.move_staff(k.owner, k.staff[3].id, -1),
    "undo.take_step": lambda k: undo.take_step(k.owner, StepAsked(k.period.id, uuid4(), "undo")),
}  # fmt: skip
"""Module and service → a call of it that is not refused."""


async def _finish(k: Kitchen) -> object:
    return await runs.finish_run(k.owner, (await asked_run(k)).id)


async def _cancel(k: Kitchen) -> object:
    return await runs.cancel_run(k.owner, (await asked_run(k)).id)


async def _apply(k: Kitchen) -> object:
    return await runs.apply_run(k.owner, (await with_roster(k)).id)


async def _discard(k: Kitchen) -> object:
    return await runs.discard_run(k.owner, (await with_roster(k)).id)


async def _resolve(k: Kitchen) -> object:
    run = await with_roster(k)
    await edits.edit_cells(k.owner, k.put(1, 1, "△"))
    return await resolve.resolve_clashes(k.owner, run.id)


async def _alternatives(k: Kitchen) -> object:
    return await options.start_alternatives(k.owner, (await with_roster(k)).id, 10)


async def _copy(k: Kitchen) -> object:
    return await rule_list.copy_rule(k.owner, (await some_rule(k)).id)


async def _remove(k: Kitchen) -> object:
    return await rule_list.remove_rule(k.owner, (await some_rule(k)).id)


async def _change(k: Kitchen) -> object:
    return (await changed_rule(k))[1]


async def _reset(k: Kitchen) -> object:
    return await rules.reset_rule(k.owner, (await changed_rule(k))[1].id)


VERBS |= {
    "runs.finish_run": _finish,
    "runs.cancel_run": _cancel,
    "runs.apply_run": _apply,
    "runs.discard_run": _discard,
    "resolve.resolve_clashes": _resolve,
    "options.start_alternatives": _alternatives,
    "rule_list.copy_rule": _copy,
    "rule_list.remove_rule": _remove,
    "rules.change_rule": _change,
    "rules.reset_rule": _reset,
}
