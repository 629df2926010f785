"""Rooms: one change, encoded once, to every browser that has the same thing open.

Reflex sends a state's delta to one browser at a time, after an event of that browser. Here the same delta goes through
Reflex's own Socket.IO namespace to everyone in a room, and the stock page applies it. This relies on three names that
Reflex may change (``StateUpdate``, ``FIELD_MARKER``, ``EventNamespace.emit``): all are in this file, and
``tests/live/test_rooms.py`` is the contract test.
"""

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Protocol
from weakref import WeakValueDictionary

from reflex.state import StateUpdate
from reflex_base.constants.state import FIELD_MARKER

Values = Mapping[str, Any]
"""Var name → value, as a State of the page names them."""


class Namespace(Protocol):
    """What we use of Reflex's Socket.IO namespace."""

    @property
    def server(self) -> Any:
        """The Socket.IO server, whose ``manager`` knows who is in which room."""
        ...

    @property
    def namespace(self) -> str:
        """Its path."""
        ...

    async def emit(self, event: str, data: Any = None, to: str | None = None, room: str | None = None) -> None:
        """Send to one socket or to a room."""
        ...

    async def enter_room(self, sid: str, room: str) -> None:
        """Put a socket into a room."""
        ...

    async def leave_room(self, sid: str, room: str) -> None:
        """Take a socket out of a room."""
        ...

    def rooms(self, sid: str) -> list[str]:
        """List the rooms a socket is in."""
        ...


_stage: dict[str, Namespace] = {}
_names: dict[str, str] = {}
_waiting: defaultdict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
_sending: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
"""A lock a room, for as long as somebody sends to it or waits to."""


def attach(namespace: Namespace, names: Mapping[str, str]) -> None:
    """Say where to send and what the page calls its states.

    Parameters
    ----------
    namespace
        Reflex's event namespace, of the app that serves the page.
    names
        Class name of a State → its full name in the page.
    """
    _stage["page"] = namespace
    _names.update(names)


async def move(sid: str, room: str) -> None:
    """Put a socket into ``room``, out of any other of its kind (``period:7`` and ``period:8`` are of one kind).

    Nothing else runs meanwhile, so a snapshot read right afterwards and sent with `tell` misses no broadcast. One that
    ended while its page was being answered enters none.
    """
    page = _stage["page"]
    if sid not in page.rooms(sid):
        return
    await leave(sid, _kind(room), but=room)
    await page.enter_room(sid, room)


async def leave(sid: str, kind: str, but: str = "") -> None:
    """Take a socket out of its rooms of ``kind``, such as ``period``: it left the page, or a right was withdrawn."""
    page = _stage["page"]
    for room in list(page.rooms(sid)):
        if _kind(room) == kind and room != but:
            await page.leave_room(sid, room)


def occupied(room: str) -> bool:
    """Whether any socket of this process is in ``room``."""
    page = _stage.get("page")
    return page is not None and any(page.server.manager.get_participants(page.namespace, room))


def inside(sid: str, room: str) -> bool:
    """Whether a socket is in ``room``: one that ended is in none."""
    page = _stage.get("page")
    return page is not None and room in page.rooms(sid)


def _kind(room: str) -> str:
    return room.partition(":")[0]


async def broadcast(room: str, state: str, values: Values) -> None:
    """Send new values of one state's vars to everyone in a room; return when they are on their way.

    One broadcast a room is in flight at a time. What is asked meanwhile is merged, the newest value of a var winning,
    and goes with the next: a burst of edits costs a few sends, and a lone edit waits for nothing.

    Parameters
    ----------
    room
        Such as ``period:7``.
    state
        Class name of the State, as given to `attach`.
    values
        Var name → new value.
    """
    await broadcast_all(room, {state: values})


async def broadcast_all(room: str, values: Mapping[str, Values]) -> None:
    """Do as `broadcast` for several states (class name → var name → value), in one message."""
    for state, given in values.items():
        _waiting[room].setdefault(state, {}).update(given)
    lock = _sending.setdefault(room, asyncio.Lock())
    async with lock:
        due = _waiting.pop(room, None)
        if due and _stage:
            await _stage["page"].emit("event", StateUpdate(delta=_delta(due)), room=room)


async def tell(sid: str, values: Mapping[str, Values]) -> None:
    """Send values (state class name → var name → value) to one socket: a snapshot, after `move`."""
    if _stage:
        await _stage["page"].emit("event", StateUpdate(delta=_delta(values)), to=sid)


def _delta(values: Mapping[str, Values]) -> dict[str, dict[str, Any]]:
    """Name states and vars as the page does."""
    return {
        _names[state]: {name + FIELD_MARKER: value for name, value in given.items()} for state, given in values.items()
    }
