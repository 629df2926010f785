"""A progress bar on a terminal, and nothing where the standard error is a file or a pipe."""

from __future__ import annotations

import shutil
import sys
import threading
import time
from typing import Self

from solver.run import Progress

EVERY = 0.2
"""Seconds between two drawings."""
WIDTH = 24
CLEAR = "\r\x1b[K"


class Bar:
    """Shows, while its block runs, how much of the time is gone and what is known; leaves nothing behind.

    Parameters
    ----------
    seconds : float
        The time limit, > 0.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._words = ""
        self._began = time.monotonic()
        self._ended = threading.Event()
        self._shown = sys.stderr.isatty()
        self._thread = threading.Thread(target=self._run, name="solver-bar", daemon=True)

    def tell(self, progress: Progress) -> None:
        """Show cost and bound from now on."""
        cost, bound = ("-" if value is None else value for value in (progress.cost, progress.bound))
        self._words = f"   cost {cost}   bound {bound}"

    def __enter__(self) -> Self:
        if self._shown:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            self._ended.set()
            self._thread.join()
            _write(CLEAR)

    def _run(self) -> None:
        while True:
            _write(CLEAR + self._line()[: shutil.get_terminal_size().columns - 1])
            if self._ended.wait(EVERY):
                return

    def _line(self) -> str:
        gone = time.monotonic() - self._began
        full = min(WIDTH, int(WIDTH * gone / self._seconds))
        return f"[{'#' * full}{'.' * (WIDTH - full)}] {gone:5.1f} of {self._seconds:g} s{self._words}"


def _write(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()
