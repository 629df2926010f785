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
from shiftapp.ui import fan_out
from shiftapp.ui.door import SILENCE

PERIOD, ROOM = 1, "period:1"
JOIN, SILENT = (12, 10, 8), (4, 3, 8)
"""How many people join on each server, and how many of them vanish: the last server is killed with all of its own."""
PLAIN = engineio.async_socket.AsyncSocket
SECONDS, PATIENCE = 35, 70
"""Until everybody must know, and until the test waits no longer."""


class Skipping(selectors.DefaultSelector):
    """Waits for nothing: time goes on to the next moment instead."""

    now = 1.0
    """Engine.IO takes the moment 0 for none."""

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if not ready and timeout is None:
            raise RuntimeError("nothing will ever happen")
        self.now += 0 if ready else max(0.0, timeout or 0)
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
        self.ended = asyncio.Event()
        self.receive_from: asyncio.Queue[dict[str, str]] = asyncio.Queue()
        for event in ({"type": "websocket.connect"}, {"type": "websocket.receive", "text": "40"}):
            self.receive_from.put_nowait(event)

    async def send(self, event: dict[str, Any]) -> None:
        if self.silent and self.user_id % 2:  # its line is full
            await self.ended.wait()
            raise ConnectionError
        text = event.get("text") or ""
        if text == "2" and not self.silent:
            self.receive_from.put_nowait({"type": "websocket.receive", "text": "3"})
        if text.startswith("42") and not self.silent:
            self.told |= json.loads(text[2:])[1]["PresenceState"]


class Server:
    """A server: its sockets, who it knows of, and the others it speaks to."""

    def __init__(self, number: int, every: "list[Server]", silence: tuple[float, float], expires: float) -> None:
        self.number, self.every, self.alive = number, every, True
        self.sio = socketio.AsyncServer(async_mode="asgi")
        fan_out.install(self.sio)
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
        for page in self.pages:
            page.ended.set()

    def knows(self, here: set[int]) -> bool:
        """Whether it, and every page of its that still listens, has exactly these people; without any it need not."""
        known = {person.user_id for person in self.crowd.known.everybody(PERIOD)}
        told = [page.told for page in self.pages if not page.silent]
        return not told or (known == here and all(self._names(view, here) for view in told))

    @staticmethod
    def _names(view: dict[str, Any], here: set[int]) -> bool:
        """Whether a page is told the number of these people, and of nobody else."""
        shown = {int(one[0]) for one in view.get("here", ())}
        return view.get("count") == len(here) and len(shown) == min(len(here), SHOWN) and shown <= here


async def until_known(servers: list[Server], here: set[int]) -> float:
    """Return the seconds until every living server and page knows exactly who is here; infinite: not in time."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    while loop.time() - began < PATIENCE:
        if all(server.knows(here) for server in servers if server.alive):
            return loop.time() - began
        await asyncio.sleep(0.05)
    return math.inf


async def vanish(at: float, silence: tuple[float, float], expires: float, killed: bool) -> float:
    """Let all join, half of them vanish after some seconds; return the seconds until that is known."""
    servers: list[Server] = []
    servers += [Server(number, servers, silence, expires) for number in range(len(JOIN))]
    here: set[int] = set()
    for server, joins in zip(servers, JOIN, strict=True):
        for number in range(joins):
            server.seat(Page(100 * server.number + number))
            await asyncio.sleep(0.4)
        here |= {page.user_id for page in server.pages}
    assert len(here) == 30
    assert await until_known(servers, here) < 5
    await asyncio.sleep(at)
    for server, silent in zip(servers, SILENT, strict=True):
        for page in server.pages[:silent]:
            page.silent = True
            here.remove(page.user_id)
    assert len(here) == 15
    if killed:
        servers[-1].kill()
    seconds = await until_known(servers, here)
    for server in servers:
        server.kill()
    await asyncio.gather(*(task for server in servers for task in server.tasks), return_exceptions=True)
    await asyncio.sleep(5)
    return seconds


def slowest(
    patch: pytest.MonkeyPatch,
    silence: tuple[float, float] = SILENCE,
    expires: float = EXPIRES,
    killed: bool = True,
    moments: int = 8,
) -> float:
    """Return the longest it takes, whenever between two beats and two pings it happens."""
    seconds = []
    for moment in range(moments):
        at = BEAT + moment * max(BEAT, SILENCE[0]) / moments
        with asyncio.Runner(loop_factory=Loop) as runner, patch.context() as patched:
            for module in (engineio.async_socket, engineio.base_socket, fan_out):
                patched.setattr(module, "time", runner.get_loop())
            patched.setattr(engineio.async_socket, "AsyncSocket", engineio.async_socket.AsyncSocket)
            seconds.append(runner.run(vanish(at, silence, expires, killed)))
    print(f"known {max(seconds):.1f} s after they vanished, at most")
    return max(seconds)


@pytest.mark.fault(16)
def test_of_thirty_people_the_fifteen_who_vanish_are_gone_in_time(monkeypatch: pytest.MonkeyPatch):
    assert slowest(monkeypatch) <= SECONDS


@pytest.mark.fault(16)
def test_a_page_that_falls_silent_is_gone_when_the_time_for_its_answer_is_up(monkeypatch: pytest.MonkeyPatch):
    assert slowest(monkeypatch, killed=False) <= sum(SILENCE) + 1


@pytest.mark.fault(16, control=True)
def test_a_server_that_waits_for_ever_for_a_silent_page_is_convicted(monkeypatch: pytest.MonkeyPatch):
    assert slowest(monkeypatch, silence=(SILENCE[0], 1e9), moments=1) > SECONDS


@pytest.mark.fault(16, control=True)
def test_a_server_that_believes_for_ever_what_it_heard_is_convicted(monkeypatch: pytest.MonkeyPatch):
    assert slowest(monkeypatch, expires=1e9, moments=1) > SECONDS


@pytest.mark.fault(16, control=True)
def test_engineios_own_look_at_silent_pages_is_convicted(monkeypatch: pytest.MonkeyPatch):
    """It goes round all pages in the time that one may take to answer, and the reader waits for a writer that hangs."""
    monkeypatch.setattr(fan_out.Socket, "schedule_ping", PLAIN.schedule_ping)
    assert slowest(monkeypatch, killed=False) > sum(SILENCE) + 1
