"""Somebody who types on a page of their own, over real sockets, whatever becomes of the servers.

Does what a browser does: holds the period's page, connects again when the line is lost, sends an edit that was not
answered again under its id; and remembers what it sent, was told and saw, for ``tests.typed``.
"""

import asyncio
import random
import time
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from socketio.exceptions import SocketIOError

from shiftapp.domain.cell import Place
from shiftapp.ui.state.grid import GridState
from tests.factories import Kitchen
from tests.history import Outcome, Sent, Sight
from tests.tab import Tab

GRID = GridState.get_full_name()
UNDECIDED = "refused.broken"
"""The refusal after which the edit may or may not be there: it is sent again."""
WAIT = 1.0
"""Seconds before it connects again, between half of it and all, as a page does at first."""


class Page(Tab):
    """A schedule's page that remembers its rows as it saw them, instead of all it heard."""

    def __init__(self, name: str, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.name = name
        self._rows: list[tuple[int, dict[int, str], dict[str, Any]]] = []
        self.seqs: list[int] = []
        self.moments: list[float] = []

    def hear(self, update: dict[str, Any]) -> None:
        """Take in one message and look at the rows it brings."""
        self.merge(update)
        if self.seq > (self.seqs[-1] if self.seqs else -1):
            self.seqs.append(self.seq)
            self.moments.append(time.monotonic())
        delta = (update.get("delta") or {}).get(GRID, {})
        rows = {int(name[1:4]): row for name, row in delta.items() if name[0] == "r" and name[1:4].isdecimal()}
        if rows and self.grid.get("order"):
            frame = {name: self.grid[name] for name in ("people", "days", "shifts")}
            self._rows.append((self.seq, rows, frame))

    def had(self, seq: int) -> float | None:
        """Return when it was at ``seq`` or beyond; None: not yet, or it was when it came."""
        at = bisect_left(self.seqs, seq)
        return self.moments[at] if 0 < at < len(self.seqs) else None

    @property
    def grid(self) -> dict[str, Any]:
        """What it holds of the grid."""
        return self.values.get(GRID, {})

    @property
    def seq(self) -> int:
        """How far it is; -1 before it has its rows."""
        return self.grid.get("seq", -1) if self.grid.get("order") else -1

    def sights(self) -> list[Sight]:
        """Return every row it saw, as it was when it came."""
        return [Sight(self.name, seq, _cells(rows, frame)) for seq, rows, frame in self._rows]

    def screen(self) -> Sight:
        """Return all it shows now."""
        rows = {int(slot): self.grid[f"r{int(slot):03}"] for slot in self.grid["order"]}
        return Sight(self.name, self.seq, _cells(rows, self.grid))


def _cells(rows: Mapping[int, str], frame: Mapping[str, Any]) -> dict[Place, int | None]:
    """Read rows, slot → letters, with the people, days and shift types of the page."""
    letters = {shift[0]: int(shift[1]) for shift in frame["shifts"]}
    days = [date.fromisoformat(day[0]) for day in frame["days"]]
    return {
        (int(frame["people"][slot][0]), day): letters.get(letter)
        for slot, row in rows.items()
        if slot < len(frame["people"]) and frame["people"][slot]
        for day, letter in zip(days, row, strict=True)
        if letter != " "
    }


class Typist:
    """One who types.

    Parameters
    ----------
    name
        Of the client, for verdicts.
    addresses
        Of servers: when the line is lost the next one is tried.
    cookie
        The ``Cookie`` header.
    kitchen
        Whose period is on the page.

    Attributes
    ----------
    sent
        Every edit with its outcome.
    replies
        Seconds until each answer; where the line was lost, until then.
    began
        Edit id → when it was typed, by the monotonic clock.
    away
        Seconds it was without a page, each time.
    """

    def __init__(self, name: str, addresses: Sequence[str], cookie: str, kitchen: Kitchen) -> None:
        self.name, self.cookie, self.kitchen = name, cookie, kitchen
        self.sent: list[Sent] = []
        self.replies: list[float] = []
        self.began: dict[UUID, float] = {}
        self.away: list[float] = []
        self._addresses = list(addresses)
        self._pages: list[Page] = []
        self._number = 0

    @property
    def page(self) -> Page:
        """The page it has now, or had last."""
        return self._pages[-1]

    @property
    def sights(self) -> list[Sight]:
        """Every row it saw."""
        return [sight for page in self._pages for sight in page.sights()]

    async def sit(self, seconds: float = 60) -> Page:
        """Return a page that holds the period, opening one where there is none; fail after some seconds."""
        if self._pages and not self.page.closed.is_set() and self.page.seq >= 0:
            return self.page
        began = time.monotonic()
        async with asyncio.timeout(seconds):
            while True:
                address = self._addresses[0]
                page = Page(self.name, address, self.cookie, f"/schedule/{self.kitchen.period.id}", address)
                try:
                    await page.__aenter__()
                    await page.until(lambda page: page.seq >= 0 or page.closed.is_set(), 5)
                except (SocketIOError, OSError, AssertionError, TimeoutError):
                    await self._hang_up(page)
                if page.seq >= 0:
                    break
                await asyncio.sleep(WAIT * random.uniform(0.5, 1))
                self._addresses.append(self._addresses.pop(0))
        if self._pages:
            self.away.append(time.monotonic() - began)
        self._pages.append(page)
        return page

    async def leave(self) -> None:
        """Close the page; it is kept as it was."""
        await self._hang_up(self.page)

    async def type(self, place: Place, shift: int | None) -> Outcome:
        """Type a shift and return when it is decided, whatever it takes."""
        edit_id = uuid4()
        self.sent.append(Sent(edit_id, self.name, {place: shift}, "unknown"))
        at, self.began[edit_id] = len(self.sent) - 1, time.monotonic()
        outcome: Outcome = "unknown"
        while outcome == "unknown":
            outcome = await self._ask(edit_id, place, shift)
        self.sent[at] = Sent(edit_id, self.name, {place: shift}, outcome)
        return outcome

    async def _ask(self, edit_id: UUID, place: Place, shift: int | None) -> Outcome:
        """Send an edit once; unknown: the line was lost, or the server could not say."""
        page = await self.sit()
        self._number += 1
        began = time.monotonic()
        mine, failures = self._number, page.grid.get("failures", 0)
        strip = {"staff_id": place[0], "day": place[1].isoformat(), "letters": "." if shift is None else "A"}
        asked: dict[str, Any] = {
            "period_id": self.kitchen.period.id,
            "edit_id": str(edit_id),
            "number": mine,
            "kind": "edit",
        }
        asked |= {"types": {} if shift is None else {"A": shift}, "strips": [strip]}
        try:
            await page.send(GridState.edit, asked)
        except SocketIOError:
            return "unknown"
        await page.until(
            lambda page: (
                page.grid.get("ack") == mine or page.grid.get("failures", 0) > failures or page.closed.is_set()
            ),
            60,
        )
        self.replies.append(time.monotonic() - began)
        if page.closed.is_set() and page.grid.get("ack") != mine:
            return "unknown"
        refused = {one["edit_id"]: one["code"] for one in page.grid.get("refused", [])}.get(str(edit_id))
        if page.grid.get("ack") == mine and refused != UNDECIDED:
            return "acknowledged" if refused is None else "refused"
        await asyncio.sleep(0.2)
        return "unknown"

    @staticmethod
    async def _hang_up(page: Page) -> None:
        try:
            await page.__aexit__(None, None, None)
        except (SocketIOError, OSError):
            page.closed.set()


async def all_at(typists: Sequence[Typist], seq: int, seconds: float) -> float:
    """Wait until every page is at ``seq``, at most some seconds; return the seconds it took."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        for typist in typists:
            await typist.sit()
        if all(typist.page.seq == seq for typist in typists):
            break
        await asyncio.sleep(0.02)
    return time.monotonic() - began
