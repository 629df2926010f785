"""A room is told by handing one message to each of its writers: in order, whole, and without a task a recipient."""

import asyncio
import inspect
from collections.abc import Iterator

import engineio.async_socket
import pytest
import socketio

from shiftapp.ui.fan_out import BEHIND, FanOut, Socket, install

NAMESPACE, ROOM = "/_event", "period:1"
PLAIN = engineio.async_socket.AsyncSocket


@pytest.fixture
def restored() -> Iterator[None]:
    yield
    engineio.async_socket.AsyncSocket = PLAIN


async def crowd(
    server: socketio.AsyncServer, kind: type = Socket, size: int = 30
) -> list[engineio.async_socket.AsyncSocket]:
    """Seat so many sockets in the room; nothing writes for them."""
    sockets = []
    for number in range(size):
        socket = kind(server.eio, f"engine{number}")
        server.eio.sockets[socket.sid] = socket
        sid = await server.manager.connect(socket.sid, NAMESPACE)
        await server.enter_room(sid, ROOM, namespace=NAMESPACE)
        sockets.append(socket)
    return sockets


async def started(server: socketio.AsyncServer) -> int:
    """Tell the room once; return how many tasks that took."""
    loop, begun = asyncio.get_running_loop(), []

    def count(loop: asyncio.AbstractEventLoop, work: object, **more: object) -> asyncio.Task:
        begun.append(work)
        return asyncio.Task(work, loop=loop, **more)  # type: ignore[arg-type, call-overload]

    loop.set_task_factory(count)
    try:
        await server.emit("event", {"seq": 7}, room=ROOM, namespace=NAMESPACE)
    finally:
        loop.set_task_factory(None)
    return len(begun)


@pytest.mark.usefixtures("restored")
async def test_a_room_is_told_in_order_and_those_outside_or_closed_are_not() -> None:
    server = socketio.AsyncServer(async_mode="asgi")
    install(server)
    one, other, closed = await crowd(server, size=3)
    outside = Socket(server.eio, "outside")
    server.eio.sockets["outside"] = outside
    await server.manager.connect("outside", NAMESPACE)
    closed.closed = True
    for seq in range(3):
        await server.emit("event", {"seq": seq}, room=ROOM, namespace=NAMESPACE)
    told = [f'42{NAMESPACE},["event",{{"seq":{seq}}}]' for seq in range(3)]
    for socket in (one, other):
        assert [packet.encode() for packet in await socket.poll()] == told
    assert closed.queue.empty()
    assert outside.queue.empty()


@pytest.mark.usefixtures("restored")
async def test_a_page_that_does_not_read_is_let_go_and_the_others_are_told_on() -> None:
    server = socketio.AsyncServer(async_mode="asgi")
    install(server)
    deaf, reader = await crowd(server, size=2)
    for seq in range(BEHIND + 3):
        await server.emit("event", {"seq": seq}, room=ROOM, namespace=NAMESPACE)
        assert len(await reader.poll()) == 1
    await asyncio.sleep(0)
    assert deaf.closed
    assert await deaf.poll() == [], "nothing but the end"
    assert not reader.closed


@pytest.mark.usefixtures("restored")
async def test_no_task_is_started_for_a_recipient_and_the_librarys_way_would() -> None:
    theirs, ours = socketio.AsyncServer(async_mode="asgi"), socketio.AsyncServer(async_mode="asgi")
    await crowd(theirs, PLAIN)
    assert await started(theirs) >= 30
    install(ours)
    await crowd(ours)
    assert await started(ours) == 0


async def test_a_writer_gets_what_came_before_the_end_and_then_the_end() -> None:
    server = socketio.AsyncServer(async_mode="asgi")
    (socket,) = await crowd(server, size=1)
    await server.emit("event", {"seq": 1}, room=ROOM, namespace=NAMESPACE)
    await asyncio.sleep(0)
    await socket.queue.put(None)
    assert len(await socket.poll()) == 1
    assert await socket.poll() == []


def test_what_is_replaced_has_the_form_that_is_relied_on() -> None:
    theirs = list(inspect.signature(socketio.AsyncManager.emit).parameters)
    assert list(inspect.signature(FanOut.emit).parameters)[: len(theirs) - 1] == theirs[:-1]
    assert list(inspect.signature(PLAIN.poll).parameters) == ["self"]
    assert "task_done" in inspect.getsource(PLAIN.poll)
    assert "self.schedule_ping()" in inspect.getsource(PLAIN.receive)
    assert "self.last_ping = None" in inspect.getsource(PLAIN.schedule_ping)
    assert list(inspect.signature(PLAIN._upgrade_websocket).parameters) == ["self", "environ"]
