"""Thirty people join on three servers and fifteen vanish without a word: soon everybody left knows exactly who is here.

Some pages fall silent, as a phone without a line does, and one server is killed with all of its pages. Real Socket.IO
servers with the program's own limits, on a clock that skips the time in which nothing happens.
"""

import asyncio
import json
import math
import selectors
from typing import Any

import engineio.async_socket
import engineio.base_socket
import pytest
import socketio

from shiftapp.live.presence import BEAT, EXPIRES, SHOWN, Presence
from shiftapp.services.presence import Crowd
from shiftapp.ui.door import SILENCE
from shiftapp.ui.fan_out import install

PERIOD, ROOM = 1, "period:1"
JOIN, SILENT = (12, 10, 8), (4, 3, 8)
"""How many people join on each server, and how many of them vanish: the last server is killed with all of its own."""
SECONDS, PATIENCE = 35, 70
"""Until everybody must know, and until the test waits no longer."""


class Skipping(selectors.DefaultSelector):
    """Waits for nothing: time goes on to the next moment instead."""

    now = 1.0
    """Engine.IO takes the moment 0 for none."""

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        self.now += 0 if ready or timeout is None else max(0.0, timeout)
        return ready


class Loop(asyncio.SelectorEventLoop):
    """A loop whose clock skips."""

    def __init__(self) -> None:
        self.waits = Skipping()
        super().__init__(self.waits)

    def time(self) -> float:
        """Return the seconds since it began."""
        return self.waits.now


class Page:
    """A page's end of a socket: it answers pings until it falls silent, and keeps what it was told last."""

    def __init__(self, user_id: int) -> None:
        self.user_id, self.silent, self.told = user_id, False, dict[str, Any]()
        self.receive_from: asyncio.Queue[dict[str, str]] = asyncio.Queue()
        for event in ({"type": "websocket.connect"}, {"type": "websocket.receive", "text": "40"}):
            self.receive_from.put_nowait(event)

    async def send(self, event: dict[str, Any]) -> None:
        text = event.get("text") or ""
        if text == "2" and not self.silent:
            self.receive_from.put_nowait({"type": "websocket.receive", "text": "3"})
        if text.startswith("42") and not self.silent:
            self.told = json.loads(text[2:])[1]["PresenceState"]


class Server:
    """A server: its sockets, who it knows of, and the others it speaks to."""

    def __init__(self, number: int, every: "list[Server]", silence: tuple[float, float], expires: float) -> None:
        self.number, self.every, self.alive = number, every, True
        self.sio = socketio.AsyncServer(async_mode="asgi")
        install(self.sio)
        self.sio.eio.ping_interval, self.sio.eio.ping_timeout = silence
        self.app = socketio.ASGIApp(self.sio)
        self.crowd = Crowd(self.say, self.tell, Presence(asyncio.get_running_loop().time, expires))
        self.sio.on("connect", self.join)
        self.sio.on("disconnect", self.leave)
        self.pages: list[Page] = []
        self.tasks = [asyncio.create_task(self.beat())]

    async def say(self, payload: str) -> None:
        if self.alive:
            for other in self.every:
                if other.alive:
                    await other.crowd.hear(payload)

    async def tell(self, room: str, values: Any) -> None:
        await self.sio.emit("event", values, room=room)

    async def join(self, sid: str, environ: dict[str, Any], auth: object = None) -> None:
        user_id = int(environ["QUERY_STRING"].rpartition("=")[2])
        await self.sio.enter_room(sid, ROOM)
        await self.crowd.join(sid, PERIOD, user_id, f"Person {user_id}")

    async def leave(self, sid: str, reason: str) -> None:
        self.crowd.leave(sid)

    async def beat(self) -> None:
        await asyncio.sleep(BEAT * self.number / 3)
        while True:
            await asyncio.sleep(BEAT)
            await self.crowd.beat()

    def seat(self, page: Page) -> None:
        """Connect a page."""
        query = f"EIO=4&transport=websocket&user={page.user_id}".encode()
        scope = {"type": "websocket", "path": "/socket.io/", "query_string": query}
        scope["headers"] = [(b"upgrade", b"websocket"), (b"connection", b"upgrade")]
        self.tasks.append(asyncio.create_task(self.app(scope, page.receive_from.get, page.send)))
        self.pages.append(page)

    def kill(self) -> None:
        """End it as the kernel does: nothing is said any more."""
        self.alive = False
        for task in self.tasks:
            task.cancel()

    def knows(self, here: set[int]) -> bool:
        """Whether it, and every page of its that still listens, has exactly these people."""
        known = {person.user_id for person in self.crowd.known.everybody(PERIOD)}
        told = [page.told for page in self.pages if not page.silent]
        return known == here and all(
            view.get("count") == len(here)
            and len(view["here"]) == min(len(here), SHOWN)
            and {int(one[0]) for one in view["here"]} <= here
            for view in told
        )


async def until_known(servers: list[Server], here: set[int]) -> float:
    """Return the seconds until every living server and page knows exactly who is here; infinite: not in time."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    while loop.time() - began < PATIENCE:
        if all(server.knows(here) for server in servers if server.alive):
            return loop.time() - began
        await asyncio.sleep(0.05)
    return math.inf


async def vanish(at: float, silence: tuple[float, float], expires: float) -> float:
    """Let all join, half of them vanish after some seconds; return the seconds until that is known."""
    servers: list[Server] = []
    servers += [Server(number, servers, silence, expires) for number in range(len(JOIN))]
    here: set[int] = set()
    for server, joins in zip(servers, JOIN, strict=True):
        for number in range(joins):
            server.seat(Page(100 * server.number + number))
        here |= {page.user_id for page in server.pages}
    assert len(here) == 30
    assert await until_known(servers, here) < 5
    await asyncio.sleep(at)
    for server, silent in zip(servers, SILENT, strict=True):
        for page in server.pages[:silent]:
            page.silent = True
            here.remove(page.user_id)
    servers[-1].kill()
    assert len(here) == 15
    seconds = await until_known(servers, here)
    for server in servers:
        server.kill()
    await asyncio.gather(*(task for server in servers for task in server.tasks), return_exceptions=True)
    await asyncio.sleep(5)
    return seconds


def slowest(
    patch: pytest.MonkeyPatch, silence: tuple[float, float] = SILENCE, expires: float = EXPIRES, moments: int = 12
) -> float:
    """Return the longest it takes, whenever between two beats and two pings it happens."""
    seconds = []
    for moment in range(moments):
        with asyncio.Runner(loop_factory=Loop) as runner, patch.context() as patched:
            clock = runner.get_loop()
            for module in (engineio.async_socket, engineio.base_socket):
                patched.setattr(module, "time", clock)
            patched.setattr(engineio.async_socket, "AsyncSocket", engineio.async_socket.AsyncSocket)
            seconds.append(runner.run(vanish(BEAT + moment * max(BEAT, SILENCE[0]) / moments, silence, expires)))
    return max(seconds)


@pytest.mark.fault(16)
def test_of_thirty_people_the_fifteen_who_vanish_are_gone_in_time(monkeypatch: pytest.MonkeyPatch):
    seconds = slowest(monkeypatch)
    print(f"gone {seconds:.1f} s after they vanished, at most")
    assert seconds <= SECONDS


@pytest.mark.fault(16, control=True)
def test_a_server_that_waits_for_ever_for_a_silent_page_is_convicted(monkeypatch: pytest.MonkeyPatch):
    assert slowest(monkeypatch, silence=(SILENCE[0], 1e9), moments=1) > SECONDS


@pytest.mark.fault(16, control=True)
def test_a_server_that_believes_for_ever_what_it_heard_is_convicted(monkeypatch: pytest.MonkeyPatch):
    assert slowest(monkeypatch, expires=1e9, moments=1) > SECONDS
