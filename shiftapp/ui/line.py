"""The server's end of a page's line, to which a frame that is finished can be handed.

A message to many pages is the same bytes for each of them: a server does not mask what it sends. So a room's message
is framed once (`framed`), and each line only writes it. Relies on uvicorn's protocol for its state (``transport``,
``writable``, ``handshake_complete``, ``close_sent``, ``disconnected``, ``scope``); ``tests/ui/test_line.py`` is the
contract test.
"""

from typing import Final

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame, Opcode

EXTENSION: Final = "shiftapp.line"
"""Where an application finds the line, among the extensions of its scope."""


class Line(WebSocketsSansIOProtocol):
    """uvicorn's WebSocket, known to the application."""

    async def run_asgi(self) -> None:
        """Serve the socket."""
        self.scope["extensions"][EXTENSION] = {"line": self}
        await super().run_asgi()

    def put(self, frame: bytes) -> bool:
        """Write a whole frame if that needs no waiting; return whether it did."""
        ready = self.handshake_complete and self.writable.is_set() and not (self.close_sent or self.disconnected)
        if not ready or self.transport.is_closing():
            return False
        self.transport.write(frame)
        return True


def framed(text: str) -> bytes:
    """Return a text message as a server puts it on the wire."""
    return bytes(Frame(Opcode.TEXT, text.encode()).serialize(mask=False))
