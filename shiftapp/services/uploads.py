"""Files between their check and their import: kept for minutes in the server that took them, for one session."""

import time
from collections import OrderedDict
from collections.abc import Mapping
from typing import Final

from shiftapp.domain.visitor import Visitor

KEPT: Final = 900.0
"""Seconds."""

MOST: Final = 32
"""Uploads at once; the oldest leaves first. One is at most 8 MB."""

Files = Mapping[str, bytes]

_waiting: OrderedDict[tuple[int, int], tuple[float, Files]] = OrderedDict()


def keep(who: Visitor, files: Files) -> None:
    """Keep the files of a visitor in place of those they sent before."""
    drop(who)
    _waiting[_key(who)] = (time.monotonic(), files)
    while len(_waiting) > MOST:
        _waiting.popitem(last=False)


def kept(who: Visitor) -> Files | None:
    """Return what a visitor sent; ``None`` where there is nothing, or it waited too long."""
    found = _waiting.get(_key(who))
    if found is None or time.monotonic() - found[0] > KEPT:
        drop(who)
        return None
    return found[1]


def drop(who: Visitor) -> None:
    """Forget what a visitor sent."""
    _waiting.pop(_key(who), None)


def _key(who: Visitor) -> tuple[int, int]:
    return who.session_id, who.team_id
