"""A client of the load test: Reflex's page protocol over Socket.IO on one WebSocket, and almost no work of its own.

A thousand of them share one event loop, so a message is read by a pattern for its ``seq`` alone; only a line that waits
for its own edit reads a message whole.
"""

import asyncio
import json
import re
import time
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import uuid4

from reflex_base.constants.state import FIELD_MARKER

from shiftapp.ui.state.grid import GridState
from tests.load.wire import Wire
from tests.tab import HYDRATE, NAMESPACE

SEQ: Final = re.compile(rf'"seq{FIELD_MARKER}":\s*(\d+)'.encode())
ROWS: Final = f'"order{FIELD_MARKER}"'.encode()
GRID: Final = GridState.get_full_name()
EVENT: Final = f"42{NAMESPACE},"
HEAD: Final = EVENT.encode()
PING, PONG = b"2", "3"


@dataclass(slots=True)
class Edit:
    """One edit, from the key to the last screen; moments in seconds of the monotonic clock."""

    slot: str
    column: int
    letter: str
    sent: float
    seq: int = 0
    acknowledged: bool = False


@dataclass(eq=False)
class Line:
    """One open page.

    Attributes
    ----------
    address, cookie, path
        Of the server, of its visitor, of the page.
    seqs, moments
        What it has heard: seq and the moment, both ascending.
    asked, joined
        When it began to connect and when its snapshot was there; None before.
    snapshot
        Var name → value of the grid when it joined; only where it was asked to ``keep`` it.
    """

    address: str
    cookie: str
    path: str
    keep: bool = False
    seqs: list[int] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)
    asked: float | None = None
    joined: float | None = None
    snapshot: dict[str, Any] = field(default_factory=dict)
    pending: dict[int, Edit] = field(default_factory=dict)
    _number: int = 0
    _wire: Wire | None = None
    _ready: asyncio.Event = field(default_factory=asyncio.Event)

    async def open(self, seconds: float = 60) -> None:
        """Connect, load the page, and return when its snapshot is there."""
        self.asked = time.perf_counter()
        self._wire = Wire(self._hear)
        headers = {"Cookie": self.cookie, "Origin": self.address}
        await self._wire.open(self.address, f"{NAMESPACE}/?EIO=4&transport=websocket&token={uuid4()}", headers)
        boot = {"name": HYDRATE, "payload": {}, "router_data": self._route()}
        self._wire.send(f"40{NAMESPACE},{json.dumps({'event': boot})}")
        async with asyncio.timeout(seconds):
            await self._ready.wait()

    def close(self) -> None:
        """Hang up."""
        if self._wire is not None:
            self._wire.close()

    def type(self, asked: dict[str, Any], edit: Edit) -> None:
        """Send an edit; its number on this page is added to what is ``asked``."""
        assert self._wire is not None
        self._number += 1
        self.pending[self._number] = edit
        payload = {"asked": {**asked, "number": self._number}}
        event = {"name": f"{GRID}.edit", "payload": payload, "router_data": self._route()}
        edit.sent = time.perf_counter()
        self._wire.send(f"{EVENT}{json.dumps(['event', event])}")

    def heard(self, seq: int) -> float | None:
        """Return when it had heard of a change set; None: never. It is not asked for those before its snapshot."""
        at = bisect_left(self.seqs, seq)
        return self.moments[at] if at < len(self.seqs) else None

    def _route(self) -> dict[str, Any]:
        return {"pathname": self.path, "query": {}, "asPath": self.path}

    def _hear(self, message: bytes) -> None:
        if message.startswith(HEAD):
            self._take(message, time.perf_counter())
        elif message == PING:
            assert self._wire is not None
            self._wire.send(PONG)

    def _take(self, text: bytes, now: float) -> None:
        found = SEQ.search(text)
        if found is not None and (not self.seqs or int(found[1]) > self.seqs[-1]):
            self.seqs.append(int(found[1]))
            self.moments.append(now)
        if self.joined is None:
            self._join(text, now)
        elif self.pending:
            self._settle(_grid(text))

    def _join(self, text: bytes, now: float) -> None:
        """Take the first message with the rows as the snapshot."""
        if ROWS in text and self.seqs and (grid := _grid(text)).get("order"):
            self.joined = now
            if self.keep:
                self.snapshot = grid
            self._ready.set()

    def _settle(self, grid: dict[str, Any]) -> None:
        """See which of its own edits a message brings, and which it says are decided."""
        for number, edit in list(self.pending.items()):
            if not edit.seq and grid.get(f"r{edit.slot}", "")[edit.column : edit.column + 1] == edit.letter:
                edit.seq = self.seqs[-1]
            edit.acknowledged |= grid.get("ack", 0) >= number
            if edit.seq and edit.acknowledged:
                del self.pending[number]


def _grid(text: bytes) -> dict[str, Any]:
    """Return the grid's part of a message: var name → value."""
    _, update = json.loads(text[len(HEAD) :])
    delta = (update.get("delta") or {}).get(GRID, {})
    return {name.removesuffix(FIELD_MARKER): value for name, value in delta.items()}
