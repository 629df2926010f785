"""How a search is bounded, watched and stopped. Loads no solver, so that a server can speak of searches."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from solver.roster import Roster, Status

BENCH_SECONDS = {"kitchen": 30.0, "curtois-qu": 60.0, "ward": 60.0}
"""The benchmark sets, and how long each of their problems is searched unless asked otherwise."""
BENCH_LARGE = 50, 60.0
"""Of a kitchen of more people than this, the seconds."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one search.

    Attributes
    ----------
    seconds : float
        Wall time, > 0, model building included.
    workers : int
        Threads, ≥ 1. One worker and a seed give the same roster every time, unless time runs out.
    seed : int
    """

    seconds: float = 30.0
    workers: int = 2
    seed: int = 0

    def __post_init__(self) -> None:
        if self.seconds <= 0 or self.workers < 1:
            raise ValueError("expected seconds > 0 and workers >= 1")


@dataclass(frozen=True, slots=True)
class Progress:
    """What a search knows after ``seconds``; ``roster`` is None when only the bound has moved."""

    seconds: float
    status: Status
    cost: int | None
    bound: int | None
    roster: Roster | None = None


class Stop:
    """Asks a search to end; usable from any thread, before, during and after the search."""

    def __init__(self) -> None:
        self._asked = threading.Event()
        self._cancelled = threading.Event()

    def finish(self) -> None:
        """End with the best roster so far."""
        self._asked.set()

    def cancel(self) -> None:
        """End; the outcome says ``cancelled``."""
        self._cancelled.set()
        self._asked.set()

    @property
    def asked(self) -> bool:
        """Whether the search should end."""
        return self._asked.is_set()

    @property
    def cancelled(self) -> bool:
        """Whether it was cancelled rather than finished."""
        return self._cancelled.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait until asked, at most ``seconds``; return whether it was."""
        return self._asked.wait(seconds)
