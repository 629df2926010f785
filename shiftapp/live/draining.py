"""Whether this server is about to end: then it takes no new sockets, and those it has go to other servers."""

from collections.abc import Callable

_left: list[Callable[[], int]] = []


def begin(sockets: Callable[[], int]) -> None:
    """Say from now on that this server is about to end; ``sockets`` counts those it still has."""
    _left[:] = [sockets]


def left() -> int | None:
    """Return how many sockets a server that is about to end still has; None: it is not."""
    return _left[0]() if _left else None
