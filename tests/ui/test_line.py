"""A finished frame goes straight to a line that waits for nothing, and overtakes nothing that is under way."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import engineio.async_socket
import pytest
import socketio
import uvicorn
from engineio.packet import PING, Packet
from websockets.asyncio.client import ClientConnection, connect

from shiftapp.ui.fan_out import Socket, install
from shiftapp.ui.line import Line, framed

NAMESPACE, ROOM = "/_event", "period:1"
PLAIN = engineio.async_socket.AsyncSocket
PAGE = 16 * 1024


class Counted(Line):
    """A line that counts what went straight to it."""

    straight = 0

    def put(self, frame: bytes) -> bool:
        put = super().put(frame)
        Counted.straight += put
        return put


@asynccontextmanager
async def served() -> AsyncIterator[tuple[socketio.AsyncServer, str]]:
    """Serve Socket.IO as the program does; every page that connects enters the room."""
    sockets = socketio.AsyncServer(async_mode="asgi")
    install(sockets)

    @sockets.on("connect", namespace=NAMESPACE)
    async def _enter(sid: str, *_: object) -> None:
        await sockets.enter_room(sid, ROOM, namespace=NAMESPACE)

    application = socketio.ASGIApp(sockets)
    server = uvicorn.Server(
        uvicorn.Config(application, port=0, ws=Counted, ws_per_message_deflate=False, lifespan="off", log_level="error")
    )
    Counted.straight = 0
    serving = asyncio.create_task(server._serve())
    while not server.started:  # noqa: ASYNC110  uvicorn tells nobody
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield sockets, f"ws://127.0.0.1:{port}/socket.io/?transport=websocket&EIO=4"
    finally:
        server.should_exit = True
        await serving
        engineio.async_socket.AsyncSocket = PLAIN


async def enter(client: ClientConnection) -> None:
    """Say what a page says first."""
    assert str(await client.recv()).startswith("0")
    await client.send(f"40{NAMESPACE},")
    assert str(await client.recv()).startswith(f"40{NAMESPACE}")


def said(seq: int, padding: str = "") -> str:
    return f'42{NAMESPACE},["event",{{"seq":{seq},"padding":"{padding}"}}]'


async def tell(sockets: socketio.AsyncServer, seq: int, padding: str = "") -> None:
    await sockets.emit("event", {"seq": seq, "padding": padding}, room=ROOM, namespace=NAMESPACE)


async def test_what_a_room_is_told_goes_straight_to_its_lines() -> None:
    async with served() as (sockets, address), connect(address) as one, connect(address) as other:
        await enter(one)
        await enter(other)
        for seq in range(5):
            await tell(sockets, seq, "abc")
        for client in (one, other):
            assert [await client.recv() for _ in range(5)] == [said(seq, "abc") for seq in range(5)]
        assert Counted.straight == 10


async def test_nothing_overtakes_what_waits_for_a_page_that_reads_slowly() -> None:
    """While the line is full messages queue; when it has room again the later ones come after them."""
    async with served() as (sockets, address), connect(address, max_queue=1) as slow:
        await enter(slow)
        sent = 0
        while sent < 2000 and all(socket.queue.qsize() < 20 for socket in sockets.eio.sockets.values()):
            await tell(sockets, sent, "x" * PAGE)
            sent += 1
            await asyncio.sleep(0)
        assert Counted.straight < sent < 2000, "the line was full"
        reading = asyncio.create_task(_read(slow, sent + 40))
        for _ in range(40):
            await tell(sockets, sent, "x" * PAGE)
            sent += 1
            await asyncio.sleep(0.002)
        assert await reading == [said(seq, "x" * PAGE) for seq in range(sent)]


async def _read(client: ClientConnection, messages: int) -> list[object]:
    return [await client.recv() for _ in range(messages)]


async def test_a_line_that_ends_takes_nothing_more() -> None:
    async with served() as (sockets, address):
        async with connect(address) as gone:
            await enter(gone)
            (socket,) = sockets.eio.sockets.values()
            line = socket._line
            assert socket.put(framed("6"))
        while not socket.closed:  # noqa: ASYNC110  nor does Engine.IO
            await asyncio.sleep(0.01)
        assert not line.put(framed("6"))
        await tell(sockets, 1)


class Ready:
    """A line that takes whatever it is given."""

    def put(self, frame: bytes) -> bool:
        return True


async def test_a_frame_goes_straight_only_while_the_writer_waits_for_something_to_write() -> None:
    sockets = socketio.AsyncServer(async_mode="asgi")
    socket = Socket(sockets.eio, "page")
    socket._line = Ready()  # type: ignore[assignment]
    frame = framed("6")
    assert not socket.put(frame), "the writer has not begun"
    writing = asyncio.create_task(socket.poll())
    await asyncio.sleep(0)
    assert socket.put(frame)
    socket.queue.put_nowait(Packet(PING))
    assert not socket.put(frame), "the writer has something to take"
    assert len(await writing) == 1
    assert not socket.put(frame), "it may still be writing that"


async def test_a_server_without_such_lines_tells_by_queue() -> None:
    socket = Socket(socketio.AsyncServer(async_mode="asgi").eio, "page")
    writing = asyncio.create_task(socket.poll())
    await asyncio.sleep(0)
    assert not socket.put(framed("6"))
    writing.cancel()


@pytest.mark.parametrize("text", ["", "4" * 125, "4" * 126, "4" * 70_000, "○"])
def test_a_frame_is_whole_unmasked_text(text: str) -> None:
    frame, body = framed(text), text.encode()
    assert frame.endswith(body)
    head = frame[: len(frame) - len(body)]
    assert head[0] == 0x81
    lengths = {2: head[1:2], 4: head[2:4], 10: head[2:10]}
    assert int.from_bytes(lengths[len(head)]) == len(body)
