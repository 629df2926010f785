"""Sixteen people write one cell at the same version, where the first wins: one does, and all others are told."""

import asyncio

import psycopg
import pytest

from shiftapp.domain.edit import CellAsked, EditDone
from shiftapp.store import edits
from shiftapp.store.database import Database
from shiftapp.store.edits import Author, apply_edit
from shiftapp.store.prepare import Dsns
from tests.factories import Kitchen, add_account, kitchen
from tests.history import Sent, anomalies
from tests.typed import read_history

WRITERS, ROUNDS = 16, 100
Answer = tuple[Author, EditDone]


async def race(database: Database, k: Kitchen, writers: list[Author], version: int, sent: list[Sent]) -> list[Answer]:
    """Have all write a note into one cell as it was at a version; return their answers in order."""

    async def write(author: Author) -> Answer:
        note = f"{author.user_id} at {version}"
        asked = k.edit(CellAsked(staff_id=k.staff[0].id, day=k.day(0), seen=version, note=note))
        answer = await apply_edit(database, author, asked)
        assert isinstance(answer, EditDone), answer
        sent.append(Sent(asked.edit_id, f"user {author.user_id}", {asked.cells[0].place: None}, "acknowledged"))
        return author, answer

    return sorted(await asyncio.gather(*map(write, writers)), key=lambda one: one[1].seq)


async def wrong(dsns: Dsns, owner: psycopg.Connection, rounds: int) -> set[str]:
    """Let them race so many times; return which promises were broken."""
    database = await Database.open(dsns.app, WRITERS)
    k = await kitchen(database, 1, 1)
    writers = [Author(k.team_id, (await add_account(database, k.team_id)).user_id) for _ in range(WRITERS)]
    async with database.raw_transaction(k.team_id) as connection:
        await connection.execute("UPDATE team SET conflicts = 'first' WHERE id = %s", (k.team_id,))
    found: set[str] = set()
    sent: list[Sent] = []
    for turn in range(rounds):
        before = turn * WRITERS
        answers = await race(database, k, writers, before, sent)
        if [answer.seq for _, answer in answers] != list(range(before + 1, before + WRITERS + 1)):
            found.add("order")
        if [len(answer.patch.cells) for _, answer in answers] != [1] + [0] * (WRITERS - 1):
            found.add("winners")
        (winner, first), *others = answers
        stands = first.patch.cells[0].note
        for author, answer in others:
            told = [(one.lost.user_id, one.stands.user_id, one.stands.cell.note) for one in answer.conflicts]
            found |= {"told"} if told != [(author.user_id, winner.user_id, stands)] else set()
    await database.close()
    return found | {anomaly.kind for anomaly in anomalies(read_history(owner, k.period.id, sent))}


@pytest.mark.fault(5)
async def test_one_wins_all_others_are_told_and_the_log_is_unbroken(fresh_database: Dsns, as_owner: psycopg.Connection):
    assert await wrong(fresh_database, as_owner, ROUNDS) == set()


@pytest.mark.fault(5, control=True)
async def test_edits_that_do_not_wait_for_one_another_are_convicted(
    fresh_database: Dsns, as_owner: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
):
    """Where the keys of the log do not refuse them either: they are the second wall."""
    as_owner.execute("ALTER TABLE change_set DROP CONSTRAINT change_set_pkey CASCADE")
    as_owner.execute("ALTER TABLE change DROP CONSTRAINT change_pkey CASCADE")
    monkeypatch.setattr(edits, "_LOCK", edits._LOCK.replace("FOR NO KEY UPDATE OF p", ""))
    assert await wrong(fresh_database, as_owner, 1) >= {"order", "winners", "told"}
