"""A browser tab without the browser: Reflex's protocol over a real socket."""

import asyncio
import json
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

import reflex as rx
import socketio
from reflex_base.constants.state import FIELD_MARKER

NAMESPACE = "/_event"
HYDRATE = "reflex___state____state.hydrate_and_load"


class Tab:
    """One open page.

    Parameters
    ----------
    address
        Of the server.
    cookie
        The ``Cookie`` header, empty for a visitor who is not signed in.
    path
        The page's path with its query.
    origin
        The ``Origin`` header; none is sent where it is empty.

    Attributes
    ----------
    values
        State name → var name → value, as the deltas have made them.
    events
        What the server had the page do, oldest first.
    heard
        Everything the server sent, as text, oldest first.
    """

    def __init__(self, address: str, cookie: str = "", path: str = "/", origin: str = "", token: str = "") -> None:
        self.address, self.path, self.token = address, path, token or str(uuid4())
        self._headers = {name: value for name, value in (("Cookie", cookie), ("Origin", origin)) if value}
        self.values: dict[str, dict[str, Any]] = {}
        self.events: list[dict[str, Any]] = []
        self.heard: list[str] = []
        self.closed = asyncio.Event()
        self._news = asyncio.Condition()
        self._client = socketio.AsyncClient(reconnection=False, ssl_verify=not address.startswith("https"))
        self._client.on("event", self._take, namespace=NAMESPACE)
        self._client.on("disconnect", self._gone, namespace=NAMESPACE)

    async def __aenter__(self) -> Self:
        """Connect and load the page."""
        boot = {"name": HYDRATE, "payload": {}, "router_data": self._route()}
        await self._client.connect(
            f"{self.address}?token={self.token}",
            headers=self._headers,
            auth={"event": boot},
            transports=["websocket"],
            socketio_path="/_event",
            namespaces=[NAMESPACE],
            wait_timeout=10,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        """Close the page."""
        await self._client.disconnect()

    def _route(self) -> dict[str, Any]:
        pathname, _, query = self.path.partition("?")
        asked = dict(part.split("=", 1) for part in query.split("&") if "=" in part)
        return {"pathname": pathname, "query": asked, "asPath": self.path}

    async def _gone(self, *_: Any) -> None:
        self.closed.set()
        async with self._news:
            self._news.notify_all()

    async def _take(self, update: dict[str, Any]) -> None:
        async with self._news:
            self.hear(update)
            self._news.notify_all()

    def hear(self, update: dict[str, Any]) -> None:
        """Take in one message."""
        self.heard.append(json.dumps(update, ensure_ascii=False))
        self.merge(update)

    def merge(self, update: dict[str, Any]) -> None:
        """Do with a message what the page does."""
        for state, delta in (update.get("delta") or {}).items():
            known = self.values.setdefault(state, {})
            known.update({name.removesuffix(FIELD_MARKER): value for name, value in delta.items()})
        self.events += update.get("events") or []

    async def send(self, handler: Any, asked: Any = None, **payload: Any) -> None:
        """Send an event: a declared handler with its dict, or any name with any payload."""
        if isinstance(handler, str):
            await self.raw({"name": handler, "payload": payload, "router_data": self._route()})
            return
        name = f"{handler.state.get_full_name()}.{handler.fn.__name__}"
        await self.raw(
            {"name": name, "payload": {} if asked is None else {"asked": asked}, "router_data": self._route()}
        )

    async def raw(self, data: Any) -> None:
        """Send anything under the name of an event."""
        await self._client.emit("event", data, namespace=NAMESPACE)

    def state(self, state: type[rx.State]) -> dict[str, Any]:
        """Return what the page holds of a state."""
        return self.values.get(state.get_full_name(), {})

    async def until(self, found: Callable[["Tab"], Any], seconds: float = 10) -> None:
        """Wait until the page is as expected; fail with what it holds."""
        try:
            async with asyncio.timeout(seconds), self._news:
                await self._news.wait_for(lambda: found(self))
        except TimeoutError:
            raise AssertionError(f"not so within {seconds} s: {self.heard[-5:]}") from None
