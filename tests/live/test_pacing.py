"""Previews go out a few rows at a time: whole, never stale, and out of the way of edits."""

import asyncio

import pytest

from shiftapp.live import pacing
from shiftapp.live.pacing import ROWS, Pace
from shiftapp.live.replica import Values
from shiftapp.live.runs import PREVIEW, RUN


class Room:
    """What a replica shows of a preview, and what its room was sent."""

    def __init__(self) -> None:
        self.rows: dict[str, str] = {}
        self.sent: list[Values] = []
        self.pace = Pace(self.rows.get, self.send)

    async def send(self, values: Values) -> None:
        self.sent.append(values)

    def draw(self, rows: int, text: str) -> Values:
        """Show a preview of so many rows; return what is sent of it at once."""
        self.rows.update({f"p{row:03}": text for row in range(rows)})
        return self.pace.hold({PREVIEW: dict(self.rows) | {"after_count": "7"}, RUN: {"status": "finished"}})

    def page(self) -> dict[str, str]:
        """Return the rows as somebody sees them who was sent all that."""
        return {name: value for values in self.sent for name, value in values[PREVIEW].items()}

    async def quiet(self) -> None:
        """Wait until nothing was sent for a while."""
        known = -1
        while known != len(self.sent):
            known = len(self.sent)
            await asyncio.sleep(5 * pacing.PAUSE)


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pause shortly."""
    monkeypatch.setattr(pacing, "PAUSE", 0.005)


async def test_many_rows_come_a_few_at_a_time_and_all_else_at_once():
    room = Room()
    assert room.draw(18, "×○") == {PREVIEW: {"after_count": "7"}, RUN: {"status": "finished"}}
    await room.quiet()
    assert [len(values[PREVIEW]) for values in room.sent] == [ROWS] * 6
    assert room.page() == room.rows


async def test_few_rows_are_not_kept_back():
    room = Room()
    assert room.draw(ROWS, "×○")[PREVIEW] == {**room.rows, "after_count": "7"}
    await room.quiet()
    assert room.sent == []


async def test_a_row_that_changes_while_it_waits_is_sent_as_it_is_then():
    room = Room()
    room.draw(18, "×○")
    room.rows["p017"] = "△△"
    await room.quiet()
    assert room.page() == room.rows


async def test_a_preview_that_follows_while_another_waits_leaves_nothing_of_it():
    """Two hundred rows, and again other ones before the first are out."""
    room = Room()
    room.draw(200, "×○")
    await asyncio.sleep(3 * pacing.PAUSE)
    room.draw(200, "○×")
    await room.quiet()
    assert room.page() == room.rows
    assert set(room.rows.values()) == {"○×"}
    assert max(len(values[PREVIEW]) for values in room.sent) <= 10


async def test_a_closed_period_sends_nothing_any_more():
    room = Room()
    room.draw(18, "×○")
    room.pace.close()
    await asyncio.sleep(5 * pacing.PAUSE)
    assert len(room.sent) <= 1
