"""What a running search knows, shared by its threads: best roster, bound, time, and whether to go on."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from typing import Self

from solver.grid import Code, Grid
from solver.roster import Roster
from solver.run import Limits, Progress, Stop

TICK = 0.1
"""Seconds between two looks at whether to stop; a request that comes while a model loads is lost, so it is repeated."""

Report = Callable[[Progress], None]


class Watch:
    """The state of one search; every method may be called from any thread.

    Used as a context, it calls what is registered with ``ticking`` every ``TICK`` seconds, and at once when the
    search is proved.

    Attributes
    ----------
    codes : list of Code or None
        The best feasible roster's shift of each cell.
    cost : int or None
    bound : int
        Proved: no roster costs less. It begins at 0, for no rule pays for being broken.
    leaning : sequence of sequence of float, or None
        How likely each shift is in each cell of a best roster, 0 to 1, by what the bound was proved with.
    first_seconds : float or None
        When the first feasible roster came.
    infeasible : bool
        Proved.
    failure : Exception or None
        What ``report`` raised; it ends the search, which raises it again.
    """

    def __init__(self, limits: Limits, report: Report | None, stop: Stop | None) -> None:
        self.limits = limits
        self.stop = stop or Stop()
        self.codes: list[Code] | None = None
        self.cost: int | None = None
        self.bound = 0
        self.leaning: Sequence[Sequence[float]] | None = None
        self.first_seconds: float | None = None
        self.infeasible = False
        self.failure: Exception | None = None
        self._found = 0.0
        self._raised = 0.0
        self._report = report
        self._lock = threading.RLock()
        self._ticks: list[Callable[[], None]] = []
        self._wake = threading.Event()
        self._done = False
        self._thread = threading.Thread(target=self._run, name="solver-watch", daemon=True)
        self._began = time.monotonic()

    @property
    def seconds(self) -> float:
        """Wall time since the search began."""
        return time.monotonic() - self._began

    @property
    def left(self) -> float:
        """Seconds left, ≥ 0."""
        return max(0.0, self.limits.seconds - self.seconds)

    @property
    def still(self) -> float:
        """Seconds since the best roster was found."""
        return self.seconds - self._found

    @property
    def bound_still(self) -> float:
        """Seconds since the bound rose."""
        return self.seconds - self._raised

    @property
    def gap(self) -> float:
        """By which part of the cost the bound is below it; 1 without a roster."""
        if self.cost is None:
            return 1.0
        return (self.cost - self.bound) / max(1, self.cost)

    @property
    def proved(self) -> bool:
        """Whether nothing costs less than the best roster, or there is none."""
        return self.infeasible or (self.cost is not None and self.bound >= self.cost)

    @property
    def over(self) -> bool:
        """Whether the search should end: asked to, out of time, proved, or failed."""
        return self.stop.asked or self.left <= 0 or self.proved or self.failure is not None

    def offer(self, grid: Grid, codes: Sequence[Code], cost: int) -> bool:
        """Keep a feasible roster if it is the best so far; return whether it is."""
        with self._lock:
            if self.cost is not None and cost >= self.cost:
                return False
            self.codes, self.cost, self._found = list(codes), cost, self.seconds
            if self.first_seconds is None:
                self.first_seconds = self.seconds
            self._tell(roster_of(grid, codes) if self._report else None)
            return True

    def raise_bound(self, bound: int) -> None:
        """Keep a proved bound if it is the highest so far."""
        with self._lock:
            if bound > self.bound:
                self.bound, self._raised = bound, self.seconds
                self._tell(None)

    def end_infeasible(self) -> None:
        """Keep the proof that no roster keeps the hard rules."""
        with self._lock:
            self.infeasible = self.cost is None
            self._wake.set()

    @contextmanager
    def ticking(self, tick: Callable[[], None]) -> Generator[None]:
        """Call ``tick`` now and then, from the watch's thread, while the block runs."""
        self._ticks.append(tick)
        try:
            yield
        finally:
            self._ticks.remove(tick)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done = True
        self._wake.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._done:
            if self._wake.wait(TICK):
                time.sleep(TICK / 10)
            for tick in tuple(self._ticks):
                tick()

    def _tell(self, roster: Roster | None) -> None:
        if self.proved:
            self._wake.set()
        if self._report is not None:
            status = "unknown" if self.cost is None else "optimal" if self.proved else "feasible"
            try:
                self._report(Progress(self.seconds, status, self.cost, self.bound, roster))
            except Exception as failure:
                self.failure = failure
                self._wake.set()


def roster_of(grid: Grid, codes: Sequence[Code]) -> Roster:
    """Return the roster whose cells hold ``codes``."""
    roster = Roster(grid.problem)
    for (person, day), code in zip(grid.places, codes, strict=True):
        roster.cells[person][day] = grid.shifts[code]
    return roster
