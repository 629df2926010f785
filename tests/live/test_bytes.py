"""What one edit costs every client that has the demo open, as it goes over the wire."""

import random
from collections.abc import Iterator
from dataclasses import replace
from statistics import quantiles
from types import SimpleNamespace
from typing import Any

import pytest
from reflex.state import StateUpdate
from reflex.utils import format
from socketio.packet import EVENT, Packet

from shiftapp.domain.book import Reading
from shiftapp.domain.cell import Cell
from shiftapp.domain.compile import compile_problem
from shiftapp.domain.edit import Patch, PatchCell
from shiftapp.live import rooms
from shiftapp.live.replica import Replica, Values
from shiftapp.store.books import read_period
from shiftapp.store.database import Database
from shiftapp.ui.state.grid import GridState
from shiftapp.ui.state.preview import PreviewState
from shiftapp.ui.state.run import RunState
from shiftapp.ui.state.violations import ViolationState
from solver.search import Limits, solve
from tests.factories import demo_kitchen

EDITS = 200


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Send to nobody, and note the bytes of each message."""
    sent: list[int] = []

    class Sockets:
        async def emit(self, event: str, data: StateUpdate, room: str) -> None:
            packet = Packet(EVENT, namespace="/_event", data=[event, data])
            sent.append(len(str(packet.encode()).encode()))

    monkeypatch.setattr(Packet, "json", SimpleNamespace(dumps=format.json_dumps))
    monkeypatch.setattr(rooms, "_stage", {})
    monkeypatch.setattr(rooms, "_names", {})
    named = {state.__name__: state.get_full_name() for state in (GridState, PreviewState, RunState, ViolationState)}
    rooms.attach(Sockets(), named)  # type: ignore[arg-type]
    return iter([sent])


async def demo(database: Database) -> Reading:
    """Read the demo as it is imported: every cell empty."""
    mine = await demo_kitchen(database)
    reading = await read_period(database, mine.team_id, mine.period.id)
    assert reading is not None
    return reading


def generated(reading: Reading) -> Reading:
    """Return the demo with a roster as a run leaves it."""
    book = reading.book
    outcome = solve(compile_problem(book, {}, "unpinned"), Limits(seconds=60, workers=2, seed=1))
    assert outcome.roster is not None
    assert outcome.status == "optimal", "what an edit breaks depends on the roster: a search cut short has another"
    cells = {
        (int(person), book.day(column)): Cell(int(shift), version=1)
        for person, row in outcome.roster.rows().items()
        for column, shift in enumerate(row)
        if shift is not None
    }
    return replace(reading, cells=cells)


async def cost(replica: Replica, wire: list[int], seed: int) -> tuple[float, float]:
    """Return the median and the 95th percentile of the bytes of random edits."""
    chance = random.Random(seed)
    shifts = [shift.id for shift in replica.book.shift_types if shift.automatic]
    places = [
        (member.id, day)
        for member in replica.book.staff
        for day in replica.book.period.dates()
        if member.employed_on(day)
    ]
    for seq in range(replica.seq + 1, replica.seq + 1 + EDITS):
        staff_id, day = chance.choice(places)
        patch = Patch(seq, "edit", (PatchCell(staff_id, day, chance.choice(shifts), False, ""),))
        await rooms.broadcast_all("period:1", replica.apply(patch))
    assert len(wire) == EDITS
    percentiles = quantiles(wire, n=100)
    return percentiles[49], percentiles[94]


@pytest.mark.parametrize("filled", [False, True], ids=["empty", "generated"])
async def test_an_edit_of_the_demo_costs_each_client_few_bytes(database: Database, wire: Any, filled: bool) -> None:
    reading = await demo(database)
    replica = Replica(generated(reading) if filled else reading)
    median, most = await cost(replica, next(wire), 7)
    assert (median <= 350, most <= 500) == (True, True), f"median {median}, 95th percentile {most}"


async def test_the_count_sees_what_a_list_of_all_lines_would_cost(database: Database, wire: Any) -> None:
    """The control: a replica that sends its lines with every edit is convicted."""

    class Chatty(Replica):
        def apply(self, patch: Patch) -> Values:
            changed = super().apply(patch)
            changed.setdefault("ViolationState", {})["lines"] = [str(slot) for slot in range(120)]
            return changed

    median, most = await cost(Chatty(await demo(database)), next(wire), 7)
    assert median > 350
    assert most > 500
