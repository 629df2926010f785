"""A paste of sixty people and twenty days: one transaction, one message to pages and one undo; or nothing at all."""

import time
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest

from shiftapp.domain.edit import EditAsked, EditDone
from shiftapp.domain.refusal import Refused
from shiftapp.domain.undo import StepAsked
from shiftapp.live import hub as hubs
from shiftapp.live.hub import Hub
from shiftapp.live.replica import Values
from shiftapp.services import edits
from shiftapp.services.live_period import load, read_log
from shiftapp.services.undo import take_step
from shiftapp.store.database import Database
from shiftapp.store.edits import Author, apply_edit
from shiftapp.ui.state.grid import Strip, Typed
from tests.factories import STARTS, Kitchen, kitchen, member

PEOPLE, DAYS = 60, 20
SECONDS = 5
"""At most, on a machine that runs other tests; promised is one."""
WRITTEN = " UNION ".join(f"SELECT xmin::text FROM {table}" for table in ("cell", "change", "change_set"))
"""The transactions that wrote cells or log."""
FILLED = "SELECT FROM cell WHERE shift_type_id IS NOT NULL"


@pytest.fixture
async def told(database: Database) -> AsyncIterator[list[Values]]:
    """What the pages of this process are told."""
    told: list[Values] = []

    async def send(room: str, values: Values) -> None:
        told.append(values)

    hubs.bind(Hub(load, read_log, send))
    yield told
    hubs.bind(None)


async def open_kitchen(database: Database) -> Kitchen:
    """Make and open one in which all stay but the last, who leaves before the last day."""
    leaver = member("Leaver", PEOPLE, employed_to=STARTS + timedelta(days=DAYS - 2))
    k = await kitchen(database, [*(member(f"Person {row}", row) for row in range(PEOPLE)), leaver], DAYS)
    hub = hubs.current()
    assert hub is not None
    await hub.open(k.team_id, k.period.id)
    return k


def paste(k: Kitchen, first: int) -> EditAsked:
    """Ask as a page does for sixty rows, from some row on."""
    types = {letter: k.shift(symbol) for letter, symbol in zip("ABC", "○×△", strict=True)}
    strips = [
        Strip(staff_id=person.id, day=k.day(0), letters="".join("ABC"[(row + day) % 3] for day in range(DAYS)))
        for row, person in enumerate(k.staff[first : first + PEOPLE])
    ]
    asked = Typed(period_id=k.period.id, edit_id=uuid4(), number=1, kind="paste", types=types, strips=strips).asked()
    assert isinstance(asked, EditAsked)
    assert len(asked.cells) == PEOPLE * DAYS
    return asked


async def wrong(k: Kitchen, owner: psycopg.Connection, told: list[Values]) -> set[str]:
    """Paste and undo, then paste where one cell cannot be; return what was not as promised."""
    began = time.monotonic()
    done = await edits.edit_cells(k.owner, paste(k, 0))
    seconds = time.monotonic() - began
    print(f"pasted in {seconds:.2f} s")
    assert isinstance(done, EditDone)
    assert owner.execute(FILLED.encode()).rowcount == PEOPLE * DAYS
    messages, transactions = len(told), owner.execute(WRITTEN.encode()).rowcount
    await take_step(k.owner, StepAsked(k.period.id, uuid4(), "undo"))
    left = owner.execute(FILLED.encode()).rowcount
    sets = owner.execute("SELECT FROM change_set").rowcount
    refused = await edits.edit_cells(k.owner, paste(k, 1))
    assert isinstance(refused, Refused)
    assert refused.code == "cell.outside_employment"
    broken = {
        "slow": seconds > SECONDS,
        "messages": messages != 1,
        "transactions": transactions != 1,
        "undo": left > 0,
        "half": owner.execute("SELECT FROM change_set").rowcount != sets or owner.execute(FILLED.encode()).rowcount > 0,
    }
    return {name for name, found in broken.items() if found}


@pytest.mark.fault(10)
async def test_a_paste_is_one_transaction_and_one_undo_and_is_refused_whole(
    database: Database, as_owner: psycopg.Connection, told: list[Values]
):
    assert await wrong(await open_kitchen(database), as_owner, told) == set()


@pytest.mark.fault(10, control=True)
async def test_a_paste_that_is_written_row_by_row_is_convicted(
    database: Database, as_owner: psycopg.Connection, told: list[Values], monkeypatch: pytest.MonkeyPatch
):
    async def row_by_row(database: Database, author: Author, asked: EditAsked) -> EditDone | Refused:
        answer: EditDone | Refused = Refused("")
        for at in range(0, len(asked.cells), DAYS):
            row = {"edit_id": uuid4(), "cells": asked.cells[at : at + DAYS]}
            answer = await apply_edit(database, author, asked.model_copy(update=row))
            if isinstance(answer, Refused):
                break
        return answer

    monkeypatch.setattr(edits, "apply_edit", row_by_row)
    found = await wrong(await open_kitchen(database), as_owner, told)
    assert found >= {"transactions", "undo", "half"}
