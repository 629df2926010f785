"""One message to everybody in a room at the price of writing it to each of their sockets, and no more.

Socket.IO starts a task a recipient to put a message into a queue, Engine.IO's writer starts another to wait for it with
a time limit, and the server frames it for each. Here it is framed once and written at once to every line that waits for
nothing (`shiftapp.ui.line`); to the others' queues it is added, and their writers wait without a limit. What goes out,
its order, and what happens to a closed socket stay theirs.

A page that does not read is let go once so many messages wait for it, and one that gives no sign of life when its time
is up: it comes back to a snapshot, and nobody's memory fills with what it missed.

Relies on names of the pinned libraries: ``AsyncManager.emit`` and ``get_participants``, ``AsyncSocket.poll``,
``schedule_ping``, ``_upgrade_websocket``, ``queue``, ``last_ping``, ``closing`` and ``closed``;
``tests/ui/test_fan_out.py`` notices when one changes.
"""

import asyncio
import time
from collections.abc import Mapping
from typing import Any, Final
from weakref import WeakSet

import engineio.async_socket
from engineio.exceptions import QueueEmpty
from engineio.packet import MESSAGE, PING, Packet
from socketio import AsyncManager, AsyncServer
from socketio.packet import EVENT

from shiftapp.ui.line import EXTENSION, Line, framed

BEHIND: Final = 128
"""Messages that may wait for one page."""


_abandoned: WeakSet[engineio.async_socket.AsyncSocket] = WeakSet()
"""Sockets that are about to be closed."""
_ending: set[asyncio.Task[None]] = set()


class FanOut(AsyncManager):
    """Who is in which room, and how a room is told."""

    async def emit(
        self,
        event: str,
        data: Any,
        namespace: str,
        room: str | None = None,
        skip_sid: Any = None,
        callback: Any = None,
        to: str | None = None,
        **more: Any,
    ) -> None:
        """Send to a socket, a room or everybody; return when it is written, or each of their writers has it."""
        if callback is not None or skip_sid is not None or isinstance(data, tuple):
            await super().emit(event, data, namespace, room, skip_sid, callback, to, **more)
            return
        if namespace not in self.rooms:
            return
        content = [event] if data is None else [event, data]
        encoded = self.server.packet_class(EVENT, namespace=namespace, data=content).encode()
        packets = [Packet(MESSAGE, part) for part in (encoded if isinstance(encoded, list) else [encoded])]
        frame = framed(packets[0].encode()) if isinstance(encoded, str) else None
        sockets = self.server.eio.sockets
        for _, engine_sid in self.get_participants(namespace, to or room):
            socket = sockets.get(engine_sid)
            if socket is None or socket.closed or socket in _abandoned:
                continue
            if frame is not None and socket.put(frame):
                continue
            if socket.queue.qsize() >= BEHIND:
                abandon(socket)
                continue
            for packet in packets:
                socket.queue.put_nowait(packet)


class Socket(engineio.async_socket.AsyncSocket):
    """An Engine.IO socket that waits without tasks of its own: to write, to ask for a sign of life, and for that."""

    _line: Line | None = None
    """Where the server has lines that take frames."""
    _idle = False
    """Whether its writer waits for something to write: then nothing is under way that could be overtaken."""

    async def _upgrade_websocket(self, environ: Mapping[str, Any]) -> Any:
        """Serve the page over a WebSocket."""
        self._line = environ["asgi.scope"].get("extensions", {}).get(EXTENSION, {}).get("line")
        return await super()._upgrade_websocket(environ)

    def put(self, frame: bytes) -> bool:
        """Write a frame if nothing else is under way and it needs no waiting; return whether it did."""
        return self._idle and self._line is not None and self.queue.empty() and self._line.put(frame)

    def schedule_ping(self) -> None:
        """Ask after a while whether the page is still there; called when it connects, and whenever it says so."""
        if self.last_ping:
            self.last_ping = None
            asyncio.get_running_loop().call_later(self.server.ping_interval, self._ask)

    def _ask(self) -> None:
        if not self.closing and not self.closed:
            self.last_ping = time.time()
            self.queue.put_nowait(Packet(PING))
            asyncio.get_running_loop().call_later(self.server.ping_timeout, self._look, self.last_ping)

    def _look(self, asked: float) -> None:
        """Let the page go if it has not answered.

        Its reader would wait for its writer, which waits where the line is full; Engine.IO's own look comes late.
        """
        if self.last_ping == asked and not self.closing and not self.closed:
            abandon(self)

    async def poll(self) -> list[Packet]:
        """Wait for packets to send; none: the socket is closed.

        Without a time limit: a client that is silent too long ends its reader, which then ends its writer.
        """
        queue: asyncio.Queue[Packet | None] = self.queue
        self._idle = True
        try:
            first = await queue.get()
        except asyncio.CancelledError:
            raise QueueEmpty from None
        finally:
            self._idle = False
        queue.task_done()
        packets = [] if first is None else [first]
        while packets and not queue.empty():
            packet = queue.get_nowait()
            queue.task_done()
            if packet is None:
                queue.put_nowait(None)
                break
            packets.append(packet)
        return packets


def abandon(socket: engineio.async_socket.AsyncSocket) -> None:
    """End a socket whose page does not read, and forget what waits for it."""
    _abandoned.add(socket)
    while not socket.queue.empty():
        socket.queue.get_nowait()
        socket.queue.task_done()
    hang_up(socket)
    task = asyncio.create_task(socket.close(wait=False, abort=True, reason=socket.server.reason.TRANSPORT_ERROR))
    _ending.add(task)
    task.add_done_callback(_ending.discard)


def hang_up(socket: engineio.async_socket.AsyncSocket) -> None:
    """End a socket after what it is still to be sent; its page connects again."""
    socket.queue.put_nowait(None)


def install(server: AsyncServer | None) -> None:
    """Have a server that nobody is connected to yet fan out so."""
    assert server is not None, "an app with states has sockets"
    server.manager.__class__ = FanOut
    engineio.async_socket.AsyncSocket = Socket
