"""Who stands behind a cookie: looked up, kept for seconds, forgotten at once when told."""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from typing import Final, cast

from shiftapp.auth import sessions, tokens
from shiftapp.domain.permission import Role
from shiftapp.domain.visitor import Language, Visitor
from shiftapp.store import accounts as rows
from shiftapp.store.database import database

KEPT: Final = 5.0
"""Seconds a visitor is believed without asking the database again."""

MOST: Final = 20_000
"""Sessions kept at most; the longest unused leaves first."""

SWEEP_SECONDS: Final = 60.0
"""Seconds between two looks for open pages whose session has ended by itself."""

Gone = Callable[[str], None]
"""Told of ``session:<id>`` or ``user:<id>``: it ended, or what it may do has changed."""

_log = logging.getLogger(__name__)
_kept: OrderedDict[bytes, tuple[float, Visitor]] = OrderedDict()
_listeners: list[Gone] = []
_times_told: Final = [0]


async def whoami(cookies: str) -> Visitor | None:
    """Find the visitor a ``Cookie`` header belongs to.

    Parameters
    ----------
    cookies
        The header as sent.

    Returns
    -------
    Visitor or None
        ``None`` for no cookie, an unknown, ended or idle session, a disabled account, a former member.
    """
    token = sessions.cookie_token(cookies)
    if not token or len(token) > 200:
        return None
    key = tokens.digest(token)
    kept = _kept.get(key)
    if kept is not None and time.monotonic() - kept[0] < KEPT:
        _kept.move_to_end(key)
        return kept[1]
    started, told = time.monotonic(), _times_told[0]
    visitor = await _look_up(key)
    if visitor is None:
        _kept.pop(key, None)
    elif told == _times_told[0]:  # else what was read may be what has just ended
        _kept[key] = (started, visitor)
        _kept.move_to_end(key)
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return visitor


async def _look_up(key: bytes) -> Visitor | None:
    now = datetime.now(UTC)
    async with database().raw_transaction() as connection:  # for nearly every edit: a quarter of what the ORM takes
        found = await rows.find_session(connection, key)
    if found is None or found.role is None or not sessions.alive(found.seen_at, found.expires_at, now):
        return None
    if sessions.stale(found.seen_at, now):
        async with database().transaction() as session:
            await rows.touch_session(session, found.id, now)
    return Visitor(
        user_id=found.user_id,
        team_id=found.team_id,
        role=Role(found.role),
        name=found.name,
        language=cast("Language", found.language),
        session_id=found.id,
    )


def on_gone(tell: Gone) -> None:
    """Have ``tell`` called whenever sessions end or rights change, on this server or another."""
    if tell not in _listeners:
        _listeners.append(tell)


def forget(what: str) -> None:
    """Stop believing in a session or an account, and tell those who asked.

    Parameters
    ----------
    what
        ``session:<id>``, ``user:<id>``, or ``*`` for everybody (after the notifications were interrupted).
    """
    _times_told[0] += 1
    kind, _, number = what.partition(":")
    for key, (_, visitor) in list(_kept.items()):
        if what == "*" or (number.isdecimal() and int(number) == _id_of(visitor, kind)):
            del _kept[key]
    for tell in _listeners:
        tell(what)


async def forget_ended(ids: Collection[int]) -> None:
    """Forget those of the sessions ``ids`` that have run out: nobody ended them, and an idle page asks for nothing."""
    async with database().transaction() as session:
        times = await rows.session_times(session, ids)
    now = datetime.now(UTC)
    for number in ids:
        if number not in times or not sessions.alive(*times[number], now):
            forget(f"session:{number}")


async def sweep(open_sessions: Callable[[], Collection[int]]) -> None:
    """Forget, again and again, what has run out of the sessions that have a page open here."""
    while True:
        await asyncio.sleep(SWEEP_SECONDS)
        try:
            await forget_ended(open_sessions())
        except Exception as failed:
            _log.warning("the open sessions cannot be looked at (%s): trying again in a minute", failed)


def _id_of(visitor: Visitor, kind: str) -> int:
    return visitor.session_id if kind == "session" else visitor.user_id if kind == "user" else -1


async def account_heard(payload: str) -> None:
    """Take in a notification of `shiftapp.store.accounts.ACCOUNT_CHANNEL`."""
    forget(payload)


async def accounts_missed() -> None:
    """Believe nobody any more: notifications may have been missed."""
    forget("*")
