"""A WebSocket client with next to no work of its own, so that a load test measures the server and not itself.

Of a message it looks at the header alone: a library's stream, queue and task cost four times that for every delivery.
Servers send whole, uncompressed, unmasked text frames; what they are sent is masked with zeros.
"""

import asyncio
import base64
import os
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
ACCEPTED: Final = b"HTTP/1.1 101"


class Wire(asyncio.Protocol):
    """One connection.

    Parameters
    ----------
    take : callable
        Called with each text message, as bytes.
    """

    def __init__(self, take: Callable[[bytes], None]) -> None:
        self._take = take
        self._buffer = bytearray()
        self._opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._transport: asyncio.Transport | None = None

    async def open(self, address: str, path: str, headers: dict[str, str]) -> None:
        """Connect and shake hands.

        Raises
        ------
        ConnectionError
            The server takes no WebSocket there.
        """
        parts = urlsplit(address)
        secure = parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        await asyncio.get_running_loop().create_connection(lambda: self, parts.hostname, port, ssl=secure or None)
        key = base64.b64encode(os.urandom(16)).decode()
        upgrade = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Key": key}
        asked = {"Host": parts.netloc, **upgrade, "Sec-WebSocket-Version": "13", **headers}
        lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in asked.items()), "", ""]
        assert self._transport is not None
        self._transport.write("\r\n".join(lines).encode())
        await self._opened

    def send(self, text: str) -> None:
        """Send a text message."""
        self._write(TEXT, text.encode())

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        if not self._opened.done():
            self._opened.set_exception(ConnectionError("the server hung up"))

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._opened.done():
            head, end, rest = self._buffer.partition(b"\r\n\r\n")
            if not end:
                return
            if not head.startswith(ACCEPTED):
                self._opened.set_exception(ConnectionError(head.split(b"\r\n")[0].decode()))
                return
            self._buffer = rest
            self._opened.set_result(None)
        self._read_frames()

    def _read_frames(self) -> None:
        buffer, at = self._buffer, 0
        while len(buffer) - at >= 2:
            size, start = buffer[at + 1] & 127, at + 2
            if size > 125:
                width = 2 if size == 126 else 8
                size, start = int.from_bytes(buffer[start : start + width]), start + width
            if len(buffer) < start + size:
                break
            kind, content = buffer[at] & 15, bytes(buffer[start : start + size])
            at = start + size
            if kind == TEXT:
                self._take(content)
            elif kind == PING:
                self._write(PONG, content)
            elif kind == CLOSE:
                self.close()
        del buffer[:at]

    def _write(self, kind: int, content: bytes) -> None:
        size = len(content)
        if size < 126:
            head = bytes((128 | kind, 128 | size))
        else:
            wide = size > 0xFFFF
            head = bytes((128 | kind, 128 | (127 if wide else 126))) + size.to_bytes(8 if wide else 2)
        assert self._transport is not None
        self._transport.write(head + bytes(4) + content)
