"""The line breaks after the commit and before the reply: the edit is sent again under its id, and is applied once."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial

import psycopg
import pytest
from psycopg import conninfo

from shiftapp.domain.edit import EditAsked, EditDone
from shiftapp.services.edits import edit_cells
from shiftapp.store import edits
from shiftapp.store.database import Database, bind
from shiftapp.store.edits import apply_edit
from shiftapp.store.prepare import Dsns
from shiftapp.ui.gate import DATABASE_AWAY
from tests.delay import READ
from tests.factories import Kitchen, kitchen
from tests.faults.stand import SYMBOLS
from tests.history import Anomaly, Sent, anomalies, kinds
from tests.typed import read_history

WRITERS, EDITS = 8, 25
"""One in each row; how many edits each of them makes."""
WROTE, COMMITTED = b"pg_notify\x00", b"COMMIT\x00"
"""What PostgreSQL answers to a statement that tells the servers of what it wrote, and to a commit."""


class Line:
    """A line to PostgreSQL that breaks so many times where a commit that wrote something is about to be answered."""

    def __init__(self, dsn: str, losses: int) -> None:
        parts = conninfo.conninfo_to_dict(dsn)
        self._socket = f"{parts['host']}/.s.PGSQL.{parts['port']}"
        self.left = losses

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection."""
        answers, questions = await asyncio.open_unix_connection(self._socket)
        with suppress(ConnectionError):
            await asyncio.gather(self._ask(reader, questions), self._answer(answers, writer))
        for end in (writer, questions):
            end.close()

    async def _ask(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(READ):
            writer.write(data)
        writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        wrote = False
        while data := await reader.read(READ):
            wrote = wrote or WROTE in data
            if wrote and COMMITTED in data:
                if self.left:
                    self.left -= 1
                    break
                wrote = False
            writer.write(data)
        writer.close()


@asynccontextmanager
async def losing(dsns: Dsns, losses: int) -> AsyncIterator[Line]:
    """Have the program work on a database at the end of such a line."""
    line = Line(dsns.app, losses)
    async with await asyncio.start_server(line.meet, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        dsn = conninfo.make_conninfo(dsns.app, host="127.0.0.1", port=port, sslmode="disable", gssencmode="disable")
        opened = await Database.open(dsn)
        bind(opened)
        try:
            yield line
        finally:
            bind(None)
            await opened.close()


async def insist(k: Kitchen, asked: EditAsked, meanwhile: Callable[[], Awaitable[object]]) -> EditDone:
    """Send an edit until it is answered, as a page does; a colleague works while the page connects again."""
    while True:
        try:
            answer = await edit_cells(k.owner, asked)
        except DATABASE_AWAY:
            await meanwhile()
            continue
        assert isinstance(answer, EditDone), answer
        return answer


async def dropped(dsns: Dsns, owner: psycopg.Connection, losses: int) -> tuple[list[Anomaly], int, int]:
    """Return the anomalies, how many replies were lost, and how many edits were answered as applied before."""
    sent: list[Sent] = []
    plain = await Database.open(dsns.app)
    k = await kitchen(plain, WRITERS, 4)

    def asked(row: int, turn: int, by: str) -> EditAsked:
        one = k.put(row, turn % 4, SYMBOLS[(turn + (by == "colleague")) % len(SYMBOLS)])
        sent.append(Sent(one.edit_id, by, {cell.place: cell.shift for cell in one.cells}, "acknowledged"))
        return one

    async def overwrite(row: int, turn: int) -> None:
        await apply_edit(plain, k.author, asked(row, turn, "colleague"))

    async def write(row: int) -> int:
        return sum(
            [
                (await insist(k, asked(row, turn, f"writer {row}"), partial(overwrite, row, turn))).repeated
                for turn in range(EDITS)
            ]
        )

    async with losing(dsns, losses) as line:
        repeated = sum(await asyncio.gather(*map(write, range(WRITERS))))
    await plain.close()
    return anomalies(read_history(owner, k.period.id, sent)), losses - line.left, repeated


@pytest.mark.fault(3)
async def test_an_edit_whose_reply_was_lost_is_applied_once(fresh_database: Dsns, as_owner: psycopg.Connection):
    found, lost, repeated = await dropped(fresh_database, as_owner, WRITERS * EDITS)
    assert found == []
    assert lost == repeated == 200


@pytest.mark.fault(3, control=True)
async def test_an_edit_id_that_is_not_looked_up_is_convicted(
    fresh_database: Dsns, as_owner: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
):
    """Where the database does not refuse it either: its own law is the second wall."""
    as_owner.execute("ALTER TABLE change_set DROP CONSTRAINT change_set_edit")
    monkeypatch.setattr(edits, "_MEETS", edits._MEETS.replace("b.edit_id = %s", "b.edit_id = %s AND false"))
    found, lost, repeated = await dropped(fresh_database, as_owner, 10)
    assert lost == 10
    assert repeated == 0
    assert kinds(found) == {"twice"}
