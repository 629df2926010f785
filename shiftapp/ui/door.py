"""What stands before the event queue: one look at everything a socket sends.

Reflex would run any registered method, log what it cannot read in full, and queue without bound. Here an event passes
only if its handler is declared (`shiftapp.ui.gate`) or is one of the four that Reflex's own page sends, if it has the
form of an event, and as fast as its sender may. Too fast is not refused but read later: the socket is not read on, so
nothing is lost and nobody else waits.

Relies on private names of the pinned Reflex: the namespace's ``on_connect``, ``on_event``, ``on_disconnect``, its
``sid_to_token``, the processor's ``_token_queues`` and the memory manager's ``_purge_token``; ``tests/security``
notices when one changes.
"""

import asyncio
import logging
import time
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

import reflex as rx
from reflex.istate.manager.token import BaseStateToken
from reflex.state import State, StateUpdate
from reflex_base.event import Event
from socketio.exceptions import ConnectionRefusedError

from shiftapp.auth.sessions import cookie_token
from shiftapp.auth.tokens import digest
from shiftapp.domain.refusal import Refused
from shiftapp.domain.visitor import Visitor
from shiftapp.services import visitors
from shiftapp.services.presence import leave_period
from shiftapp.ui.frame import cookies_of, internal, read, token_of
from shiftapp.ui.gate import DATABASE_AWAY, sign_in_again
from shiftapp.ui.state.notice import refuse

FRAME: Final = 512 * 1024
"""Bytes of one message. A paste of 200 × 92 cells is a tenth of it."""

PER_SOCKET: Final = (30.0, 90.0)
"""Events a second of one page, and at once: more than a held key makes."""

PER_SESSION: Final = (500.0, 5_000.0)
"""The same for all pages of one session: a wall display or a load test may share one."""

WAITING: Final = 64
"""Events of one tab that may wait for their turn."""

SILENCE: Final = (12.0, 15.0)
"""Seconds between two pings, and until the answer must be there: a page without a line is gone within their sum."""

COMPLAINTS: Final = 5
"""Lines about one socket's nonsense in the log."""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Bucket:
    """Tokens that refill with time; an empty one says how long to wait."""

    rate: float
    burst: float
    left: float = field(init=False)
    at: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.left = self.burst

    def take(self) -> float:
        """Take one token; return the seconds until it is there."""
        now = time.monotonic()
        self.left = min(self.burst, self.left + (now - self.at) * self.rate) - 1.0
        self.at = now
        return max(0.0, -self.left / self.rate)


@dataclass(slots=True)
class Caller:
    """One open socket."""

    cookies: str
    identity: bytes
    who: Visitor | None = None
    complaints: int = 0
    bucket: Bucket = field(default_factory=lambda: Bucket(*PER_SOCKET))


class Door:
    """The checks of one app, wrapped around its event namespace."""

    def __init__(self, app: rx.App) -> None:
        namespace = app.event_namespace
        if namespace is None or app.sio is None:
            msg = "the app has no states, so it has no sockets to guard"
            raise RuntimeError(msg)
        self._app, self._namespace = app, namespace
        self._callers: dict[str, Caller] = {}
        self._sessions: OrderedDict[bytes, Bucket] = OrderedDict()
        self._owners: OrderedDict[str, bytes] = OrderedDict()
        self._internal = internal()
        self._closing: set[asyncio.Task[None]] = set()
        self._connect, self._event, self._leave = namespace.on_connect, namespace.on_event, namespace.on_disconnect
        namespace.on_connect, namespace.on_event, namespace.on_disconnect = self.connect, self.event, self.leave
        app.sio.eio.max_http_buffer_size = FRAME
        app.sio.eio.ping_interval, app.sio.eio.ping_timeout = SILENCE
        visitors.on_gone(self.gone)

    async def connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        """Let a socket in under its own token; another session's leavings under that token are thrown away first."""
        token = token_of(environ.get("QUERY_STRING", ""))
        if token is None:
            raise ConnectionRefusedError("no token")
        cookies = cookies_of(environ)
        caller = Caller(cookies, digest(cookie_token(cookies) or ""))
        with suppress(*DATABASE_AWAY):
            caller.who = await visitors.whoami(cookies)
        if (
            self._owners.get(token, caller.identity) != caller.identity
            and self._namespace.token_to_sid.get(token) is None
        ):
            self._throw_away(token)
        self._callers[sid] = caller
        try:
            await self._connect(sid, environ, auth if isinstance(auth, dict) else None)
        except BaseException:
            self._callers.pop(sid, None)
            raise
        self._own(self._namespace.sid_to_token.get(sid, token), caller.identity)

    async def event(self, sid: str, data: Any = None, *_: Any) -> None:
        """Pass an event on if it is declared, well formed and in time."""
        caller = self._callers.get(sid)
        if caller is None:
            return
        event = read(data, self._internal)
        if event is None:
            await self._complain(sid, caller)
            return
        await self._hold_back(sid, caller)
        await self._event(sid, event)

    def leave(self, sid: str, *_: Any) -> Any:
        """Forget a socket, and the server's copy of a page that nobody had signed in to."""
        caller = self._callers.pop(sid, None)
        token = self._namespace.sid_to_token.get(sid)
        left = self._leave(sid)
        leave_period(sid)
        if caller is not None and caller.who is None and token is not None:
            self._throw_away(token)
        return left

    def sessions(self) -> set[int]:
        """Return the sessions that have a page open here."""
        return {caller.who.session_id for caller in self._callers.values() if caller.who is not None}

    def gone(self, what: str) -> None:
        """Look again at the sockets of a session that ended or a user whose rights changed."""
        kind, _, number = what.partition(":")
        for sid, caller in list(self._callers.items()):
            who = caller.who
            ids = {"session": str(who.session_id), "user": str(who.user_id)} if who else {}
            if who is not None and (what == "*" or ids.get(kind) == number):
                task = asyncio.get_running_loop().create_task(self._look_again(sid, caller))
                self._closing.add(task)
                task.add_done_callback(self._closing.discard)

    async def _look_again(self, sid: str, caller: Caller) -> None:
        try:
            now = await visitors.whoami(caller.cookies)
        except DATABASE_AWAY:
            return
        if now == caller.who:
            return
        await self._say(sid, sign_in_again("/") if now is None else rx.redirect("/", is_external=True))
        await self._namespace.disconnect(sid)

    async def _complain(self, sid: str, caller: Caller) -> None:
        caller.complaints += 1
        if caller.complaints <= COMPLAINTS:
            who = f"user {caller.who.user_id}" if caller.who else "a visitor"
            _log.warning("%s sent an event that is not declared or not well formed", who)
            await refuse(sid, Refused("refused.unknown"))
        await self._hold_back(sid, caller)

    async def _hold_back(self, sid: str, caller: Caller) -> None:
        """Wait as long as the sender is ahead of its rate, or its tab's queue is full."""
        wait = caller.bucket.take()
        if caller.who is not None:
            wait = max(wait, self._session_bucket(caller.identity).take())
        if wait:
            await asyncio.sleep(wait)
        token = self._namespace.sid_to_token.get(sid, "")
        queues = self._app.event_processor._token_queues
        # Reflex tells nobody when an event is done, so look
        while len(queues.get(token, ())) >= WAITING and sid in self._callers:  # noqa: ASYNC110
            await asyncio.sleep(0.02)

    def _session_bucket(self, identity: bytes) -> Bucket:
        bucket = self._sessions.setdefault(identity, Bucket(*PER_SESSION))
        self._sessions.move_to_end(identity)
        while len(self._sessions) > 20_000:
            self._sessions.popitem(last=False)
        return bucket

    async def _say(self, sid: str, spec: Any) -> None:
        await self._namespace.emit("event", StateUpdate(events=Event.from_event_type(spec)), to=sid)

    def _own(self, token: str, identity: bytes) -> None:
        self._owners[token] = identity
        self._owners.move_to_end(token)
        while len(self._owners) > 50_000:
            self._throw_away(self._owners.popitem(last=False)[0])

    def _throw_away(self, token: str) -> None:
        self._owners.pop(token, None)
        purge = getattr(self._app.state_manager, "_purge_token", None)
        if purge is not None:
            purge(BaseStateToken(ident=token, cls=State))


def guard(app: rx.App) -> Door:
    """Put the door before an app's sockets: called once, when the app is made."""
    return Door(app)
