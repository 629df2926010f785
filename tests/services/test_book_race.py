"""Two managers change the book at the same moment: both changes stand, or one of them is told."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from types import ModuleType
from typing import Any

import psycopg
import pytest

from shiftapp.domain.edit import EditDone
from shiftapp.domain.refusal import Refused
from shiftapp.services import rules, shift_types, staff
from shiftapp.services.edits import edit_cells
from shiftapp.store import rules as rule_rows
from shiftapp.store import shift_types as shift_rows
from shiftapp.store import staff as staff_rows
from shiftapp.store.database import Database
from tests.factories import Kitchen, kitchen


async def interleaved(
    monkeypatch: pytest.MonkeyPatch, module: ModuleType, read: str, first: Awaitable[object], second: Awaitable[object]
) -> tuple[object, object]:
    """Do ``second`` as far as it comes while ``first`` has read, by the store's function ``read``, and not written."""
    whole, has_read, go_on = getattr(module, read), asyncio.Event(), asyncio.Event()

    async def slow(*given: Any) -> Any:
        found = await whole(*given)
        if not has_read.is_set():
            has_read.set()
            await go_on.wait()
        return found

    monkeypatch.setattr(module, read, slow)
    one = asyncio.ensure_future(first)
    await has_read.wait()
    two = asyncio.ensure_future(second)
    await asyncio.wait({two}, timeout=0.5)
    go_on.set()
    return await one, await two


async def _move_and_rename(k: Kitchen) -> tuple[ModuleType, str, Awaitable[object], Awaitable[object], str, object]:
    renamed = replace(k.staff[1], name="Renamed")
    first, second = staff.move_staff(k.owner, k.staff[0].id, 1), staff.change_staff(k.owner, renamed)
    query = f"SELECT name, rank FROM staff WHERE id = {renamed.id}"
    return staff_rows, "all_staff", first, second, query, ("Renamed", 0)


async def _move_and_recolour(k: Kitchen) -> tuple[ModuleType, str, Awaitable[object], Awaitable[object], str, object]:
    one, two = sorted(k.shifts.values(), key=lambda shift: shift.rank)[:2]
    first = shift_types.move_shift_type(k.owner, one.id, 1)
    second = shift_types.save_shift_type(k.owner, replace(two, colour="#123456"))
    query = f"SELECT colour, rank FROM shift_type WHERE id = {two.id}"
    return shift_rows, "all_shift_types", first, second, query, ("#123456", 0)


async def _switch_and_weigh(k: Kitchen) -> tuple[ModuleType, str, Awaitable[object], Awaitable[object], str, object]:
    every = await rules.list_rules(k.owner)
    assert not isinstance(every, Refused)
    rule = next(rule.id for rule in every if rule.kind == "group_cover")
    first = rules.change_rule(k.owner, rule, enabled=False)
    second = rules.change_rule(k.owner, rule, weight=7)
    query = f"SELECT enabled, weight FROM rule WHERE id = {rule}"
    return rule_rows, "all_rules", first, second, query, (False, 7)


@pytest.mark.parametrize("pair", [_move_and_rename, _move_and_recolour, _switch_and_weigh])
async def test_no_change_of_the_book_is_written_over_by_another_of_the_same_moment(
    database: Database, as_owner: psycopg.Connection, monkeypatch: pytest.MonkeyPatch, pair: Callable[[Kitchen], Any]
) -> None:
    module, read, first, second, query, both = await pair(await kitchen(database))
    answers = await interleaved(monkeypatch, module, read, first, second)
    assert not any(isinstance(answer, Refused) for answer in answers)
    assert as_owner.execute(query).fetchone() == both


async def test_no_cell_is_emptied_that_was_filled_after_the_cells_were_agreed_to(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An employment is cut, one cell being agreed to, while somebody fills a second one."""
    k = await kitchen(database)
    await edit_cells(k.owner, k.put(0, 8, "○"))
    cut = staff.change_staff(k.owner, replace(k.staff[0], employed_to=k.day(7)), drops=1)
    edit = edit_cells(k.owner, k.put(0, 9, "×"))
    done, edited = await interleaved(monkeypatch, staff, "filled_outside", cut, edit)
    assert not isinstance(done, Refused | staff.WouldDrop)
    assert not isinstance(edited, EditDone), "filled before the cut, and cut off with the one that was agreed to"
    assert isinstance(edited, Refused)
    assert edited.code == "cell.outside_employment"
