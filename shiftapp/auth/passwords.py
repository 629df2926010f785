"""Passwords: what is accepted, and argon2id in threads of its own.

Cost: OWASP's password storage cheat sheet asks for 19 MiB and two passes at least; we take 32 MiB and two.
The library leaves the interpreter's lock while it works, so the event loop goes on; two threads at low priority keep
a flood of sign-ins from taking the processors from the edits.
"""

import asyncio
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import lru_cache
from typing import Final, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type

T = TypeVar("T")

SHORTEST: Final = 10
LONGEST: Final = 128
"""Characters. Long enough for any sentence, short enough not to be a burden to hash."""

_LEAKED: Final = (
    "1234567890 0123456789 0987654321 1q2w3e4r5t qwertyuiop qwerty1234 asdfghjkl1 password12 password123 password1234 "
    "passw0rd123 letmein1234 iloveyou12 welcome123 welcome1234 administrator changeme123 abcdefghij abcdefghijk "
    "abc1234567 1234567891 12345678910 123456789a a123456789 q1w2e3r4t5 zaq12wsx34 1qaz2wsx3edc "
    "shiftapp12 shiftapp123"
)
COMMON: Final = frozenset(_LEAKED.split())
"""Of the passwords that leaked most often, those of ten characters and more."""

_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=32 * 1024, parallelism=1, type=Type.ID)
_WAITING: Final = 32


class Busy(Exception):
    """More passwords are waiting to be hashed than will be served soon."""


def weakness(password: str, *about: str) -> str | None:
    """Say what is wrong with a new password.

    Parameters
    ----------
    password
        As typed.
    about
        What an attacker would try first: the person's name and e-mail address.

    Returns
    -------
    str or None
        A text key, or ``None`` where the password will do.
    """
    if len(password) < SHORTEST:
        return "password.short"
    if len(password) > LONGEST:
        return "password.long"
    plain = password.casefold()
    if plain in COMMON or len(set(plain)) < 4 or _repeats(plain):
        return "password.common"
    for word in about:
        part = word.casefold().partition("@")[0]
        if len(part) >= 4 and part in plain and len(plain) - len(part) < 6:
            return "password.personal"
    return None


def _repeats(text: str) -> bool:
    """Say whether a text is a part of itself, again and again: it is found in itself before its end."""
    return text in (text + text)[1:-1]


def _step_back() -> None:
    with suppress(OSError, AttributeError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)


@lru_cache(maxsize=1)
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=2, thread_name_prefix="password", initializer=_step_back)


@lru_cache(maxsize=1)
def _nobody() -> str:
    """Hash that no password has: verified where there is no account, so that both take the same time."""
    return _HASHER.hash(os.urandom(16).hex())


def _matches(stored: str | None, password: str) -> bool:
    nobody = _nobody()
    try:
        _HASHER.verify(stored or nobody, password.encode("utf-8", "surrogatepass"))
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


class _Queue:
    """Counts who waits, on the event loop's thread only."""

    def __init__(self) -> None:
        self.length = 0

    async def run(self, work: Callable[[], T]) -> T:
        """Run ``work`` in a password thread.

        Raises
        ------
        Busy
            The queue is full.
        """
        if self.length >= _WAITING:
            raise Busy
        self.length += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(_threads(), work)
        finally:
            self.length -= 1


_queue: Final = _Queue()


async def hashed(password: str) -> str:
    """Return the PHC string to store for ``password``.

    Raises
    ------
    Busy
        Too many are waiting.
    """
    return await _queue.run(lambda: _HASHER.hash(password.encode("utf-8", "surrogatepass")))


async def matches(stored: str | None, password: str) -> bool:
    """Say whether ``password`` is the one ``stored`` was made of.

    Parameters
    ----------
    stored
        PHC string, or ``None`` where there is no such account: then as much work is done and the answer is no.
    password
        As typed.

    Raises
    ------
    Busy
        Too many are waiting.
    """
    return await _queue.run(lambda: _matches(stored, password))


def outdated(stored: str) -> bool:
    """Say whether ``stored`` was made at another cost than today's, and should be made again at sign-in."""
    return _HASHER.check_needs_rehash(stored)
