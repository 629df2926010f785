"""Sixteen people write one cell at the same version: one after another, and each is told whose value they replaced."""

import asyncio

import psycopg
import pytest

from shiftapp.domain.cell import EMPTY
from shiftapp.domain.edit import CellAsked, EditDone
from shiftapp.store import edits
from shiftapp.store.database import Database
from shiftapp.store.edits import Author, apply_edit
from shiftapp.store.prepare import Dsns
from tests.factories import Kitchen, add_account, kitchen
from tests.history import Sent, anomalies
from tests.typist import read_history

WRITERS, ROUNDS = 16, 100


async def race(database: Database, k: Kitchen, writers: list[Author], version: int, sent: list[Sent]) -> list[EditDone]:
    """Have all write a note into one cell as it was at a version; return their answers."""

    async def write(author: Author) -> EditDone:
        note = f"{author.user_id} at {version}"
        asked = k.edit(CellAsked(staff_id=k.staff[0].id, day=k.day(0), seen=version, note=note))
        answer = await apply_edit(database, author, asked)
        assert isinstance(answer, EditDone), answer
        sent.append(Sent(asked.edit_id, f"user {author.user_id}", {asked.cells[0].place: None}, "acknowledged"))
        return answer

    return await asyncio.gather(*map(write, writers))


async def wrong(dsns: Dsns, owner: psycopg.Connection, rounds: int) -> set[str]:
    """Let them race so many times; return which promises were broken."""
    database = await Database.open(dsns.app, WRITERS)
    k = await kitchen(database, 1, 1)
    writers = [Author(k.team_id, (await add_account(database, k.team_id)).user_id) for _ in range(WRITERS)]
    found: set[str] = set()
    sent: list[Sent] = []
    stands = EMPTY
    for turn in range(rounds):
        answers = sorted(await race(database, k, writers, stands.version, sent), key=lambda answer: answer.seq)
        if [answer.seq for answer in answers] != list(range(turn * WRITERS + 1, (turn + 1) * WRITERS + 1)):
            found.add("order")
        for place, answer in enumerate(answers):
            replaced = [change.before for change in answer.overwritten]
            found |= {"told"} if replaced != ([stands] if place else []) else set()
            stands = answer.patch.cells[0].cell(answer.seq)
    await database.close()
    return found | {anomaly.kind for anomaly in anomalies(read_history(owner, k.period.id, sent))}


@pytest.mark.fault(5)
async def test_who_writes_what_others_wrote_meanwhile_is_told_and_the_log_is_unbroken(
    fresh_database: Dsns, as_owner: psycopg.Connection
):
    assert await wrong(fresh_database, as_owner, ROUNDS) == set()


@pytest.mark.fault(5, control=True)
async def test_edits_that_do_not_wait_for_one_another_are_convicted(
    fresh_database: Dsns, as_owner: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
):
    """Where the keys of the log do not refuse them either: they are the second wall."""
    as_owner.execute("ALTER TABLE change_set DROP CONSTRAINT change_set_pkey CASCADE")
    as_owner.execute("ALTER TABLE change DROP CONSTRAINT change_pkey CASCADE")
    monkeypatch.setattr(edits, "_LOCK", edits._LOCK.replace("FOR NO KEY UPDATE", ""))
    assert await wrong(fresh_database, as_owner, 1) >= {"order", "told", "gap"}
