"""No body larger than we are ready to hold, whatever its sender announces."""

from typing import Final

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shiftapp.http.errors import plain_error

MOST: Final = 8 * 1024 * 1024
"""Bytes of a request's body: a problem of 200 people and a year is about half of it."""


class BodyLimit:
    """ASGI wrapper that answers 413 before, or while, too large a body comes in."""

    def __init__(self, app: ASGIApp, most: int = MOST) -> None:
        self._app, self._most = app, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, unless the body is too large."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        if not announced.isdigit() or int(announced) > self._most:
            await _hear_out(receive, self._most)
            await plain_error(413, {"connection": "close"})(scope, receive, send)
            return
        came = 0

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > self._most:
                if message.get("more_body", False):
                    await _hear_out(receive, self._most)
                raise HTTPException(413, headers={"connection": "close"})
            return message

        await self._app(scope, counted, send)


async def _hear_out(receive: Receive, patience: int) -> None:
    """Let a client that is a little over send to the end: cut off in the middle it would not read our answer."""
    came = 0
    while came <= 2 * patience:
        message = await receive()
        came += len(message.get("body", b""))
        if not message.get("more_body", False):
            return
