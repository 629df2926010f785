"""Rooms send what Reflex's page understands, once and in order, and merge what comes while they send."""

import asyncio
import inspect
import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from reflex.app import EventNamespace
from reflex.state import State, StateUpdate
from reflex.utils import format
from socketio import AsyncManager, AsyncNamespace, AsyncServer

from shiftapp.live import rooms


class Sockets:
    """A stand-in for Reflex's namespace that can be made slow."""

    namespace = "/_event"

    def __init__(self) -> None:
        self.sent: list[tuple[str | None, dict[str, dict[str, Any]]]] = []
        self.joined: dict[str, set[str]] = {}
        self.server = SimpleNamespace(manager=self)
        self.slow = asyncio.Event()
        self.slow.set()

    async def emit(self, event: str, data: Any = None, to: str | None = None, room: str | None = None) -> None:
        assert event == "event"
        await self.slow.wait()
        self.sent.append((room or to, data.delta))

    async def enter_room(self, sid: str, room: str) -> None:
        self.joined.setdefault(sid, set()).add(room)

    async def leave_room(self, sid: str, room: str) -> None:
        self.joined[sid].discard(room)

    def get_participants(self, namespace: str, room: str) -> Iterator[tuple[str, str]]:
        assert namespace == self.namespace
        return ((sid, sid) for sid, joined in self.joined.items() if room in joined)

    def rooms(self, sid: str) -> list[str]:
        return [sid, *self.joined.get(sid, ())]


@pytest.fixture
def sockets(monkeypatch: pytest.MonkeyPatch) -> Sockets:
    monkeypatch.setattr(rooms, "_stage", {})
    monkeypatch.setattr(rooms, "_names", {})
    made = Sockets()
    rooms.attach(made, {"GridState": "root.grid", "RunState": "root.run"})
    return made


async def test_a_socket_that_ended_meanwhile_enters_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    server = AsyncServer(namespaces=["/_event"])
    page = AsyncNamespace("/_event")
    page._set_server(server)
    monkeypatch.setattr(rooms, "_stage", {})
    rooms.attach(page, {})
    here = await server.manager.connect("line 1", "/_event")
    gone = await server.manager.connect("line 2", "/_event")
    await server.manager.disconnect(gone, "/_event")
    for sid in (here, gone):
        await rooms.move(sid, "period:1")
    assert [rooms.inside(sid, "period:1") for sid in (here, gone)] == [True, False]


async def test_values_travel_under_the_names_the_page_knows(sockets: Sockets) -> None:
    await rooms.broadcast("period:1", "GridState", {"r000": "A0.", "seq": 7})
    assert sockets.sent == [("period:1", {"root.grid": {"r000_rx_state_": "A0.", "seq_rx_state_": 7}})]


async def test_what_is_asked_while_one_is_sent_goes_in_one_message_with_the_newest_values(sockets: Sockets) -> None:
    sockets.slow.clear()
    first = asyncio.create_task(rooms.broadcast("period:1", "GridState", {"seq": 1}))
    await asyncio.sleep(0)
    later = [
        asyncio.create_task(rooms.broadcast("period:1", "GridState", {"seq": n, f"r{n:03}": ""})) for n in (2, 3, 4)
    ]
    later.append(asyncio.create_task(rooms.broadcast("period:1", "RunState", {"status": "queued"})))
    await asyncio.sleep(0)
    sockets.slow.set()
    await asyncio.gather(first, *later)
    assert [delta for _, delta in sockets.sent] == [
        {"root.grid": {"seq_rx_state_": 1}},
        {
            "root.grid": {"seq_rx_state_": 4, "r002_rx_state_": "", "r003_rx_state_": "", "r004_rx_state_": ""},
            "root.run": {"status_rx_state_": "queued"},
        },
    ]


async def test_a_broadcast_returns_after_its_values_were_sent(sockets: Sockets) -> None:
    """An author's acknowledgement, sent after it, reaches the author later than the row."""
    sockets.slow.clear()
    first = asyncio.create_task(rooms.broadcast("period:1", "GridState", {"seq": 1}))
    second = asyncio.create_task(rooms.broadcast("period:1", "GridState", {"seq": 2}))
    await asyncio.sleep(0.01)
    assert not first.done()
    assert not second.done()
    sockets.slow.set()
    await second
    assert sockets.sent[-1][1]["root.grid"]["seq_rx_state_"] == 2


async def test_rooms_do_not_wait_for_each_other(sockets: Sockets) -> None:
    sockets.slow.clear()
    stuck = asyncio.create_task(rooms.broadcast("period:1", "GridState", {"seq": 1}))
    await asyncio.sleep(0)
    sockets.slow.set()
    await rooms.broadcast("period:2", "GridState", {"seq": 5})
    await stuck
    assert {room for room, _ in sockets.sent} == {"period:1", "period:2"}


async def test_a_socket_is_in_one_room_of_a_kind(sockets: Sockets) -> None:
    for room in ("period:1", "rules:9", "period:2"):
        await rooms.move("sid", room)
    assert sockets.joined["sid"] == {"rules:9", "period:2"}
    await rooms.leave("sid", "period")
    assert sockets.joined["sid"] == {"rules:9"}


async def test_moving_and_reading_leave_no_gap_for_a_broadcast(sockets: Sockets) -> None:
    """Nothing else runs between entering a room and the snapshot read after it."""
    ran: list[str] = []
    other = asyncio.create_task(asyncio.sleep(0))
    other.add_done_callback(lambda _: ran.append("other"))
    await rooms.move("sid", "period:1")
    assert ran == []
    await other


async def test_a_room_is_occupied_while_somebody_is_in_it(sockets: Sockets) -> None:
    await rooms.move("sid", "period:1")
    assert rooms.occupied("period:1")
    assert not rooms.occupied("period:2")
    await rooms.leave("sid", "period")
    assert not rooms.occupied("period:1")


async def test_a_snapshot_goes_to_one_socket(sockets: Sockets) -> None:
    await rooms.tell("sid", {"GridState": {"seq": 3}, "RunState": {"status": ""}})
    assert sockets.sent == [("sid", {"root.grid": {"seq_rx_state_": 3}, "root.run": {"status_rx_state_": ""}})]


def test_reflex_still_has_the_names_we_use() -> None:
    """The contract: a delta is a field of ``StateUpdate`` and vars carry the suffix that the page's reducers expect."""
    update = StateUpdate(delta={"root.grid": {"seq_rx_state_": 1}})
    assert json.loads(format.json_dumps(update))["delta"] == {"root.grid": {"seq_rx_state_": 1}}
    assert {"to", "room"} <= inspect.signature(EventNamespace.emit).parameters.keys()
    assert callable(AsyncManager.get_participants)
    for method in ("enter_room", "leave_room", "rooms"):
        assert callable(getattr(EventNamespace, method))
    assert all(
        key.endswith(rooms.FIELD_MARKER) for key in State(_reflex_internal_init=True).dict()[State.get_full_name()]
    )
