"""One attempt at a run: what it has found so far, what people want of it, and what its row is told."""

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from typing import Final, TypeVar

import psycopg
from psycopg_pool import PoolTimeout

from shiftapp.domain.run import Rows, thinned
from shiftapp.store import attempts, runs
from shiftapp.store.attempts import Ending, Found, Taken
from shiftapp.store.database import Connection, database
from solver.roster import Outcome
from solver.run import Progress, Stop

WRITE_EVERY: Final = 0.5
"""Seconds between two writes when there is something new."""
BEAT_EVERY: Final = 1.0
"""Seconds between two writes when there is not: the clock goes on for those who watch."""
LOOK_EVERY: Final = 0.25
"""Seconds between two looks at what people want of the run."""
DATABASE_AWAY: Final = 60.0
"""Seconds for which the end of a run is offered to a database that does not answer."""

Answer = TypeVar("Answer")
LOST: Final = (psycopg.OperationalError, PoolTimeout)


class Attempt:
    """One attempt at one run.

    Attributes
    ----------
    taken : Taken
        What to do, and how far earlier attempts came.
    stop : Stop
        Pulled when the run is no longer wanted, or its best so far is.
    lost : bool
        Whether the run is no longer this attempt's: it was ended, or somebody else has it.
    """

    def __init__(self, run_id: int, team_id: int, taken: Taken) -> None:
        self.taken = taken
        self.stop = Stop()
        self.lost = False
        self._run_id = run_id
        self._team_id = team_id
        self._points = list(taken.progress)
        self._best = Found(taken.spent, taken.cost, taken.bound, self._points)
        self._news = False
        self._first_roster = asyncio.Event()
        self._unwritten: Rows | None = None
        self._began = time.monotonic()

    @asynccontextmanager
    async def watched(self) -> AsyncGenerator[None]:
        """Write progress and obey what people want while the block runs."""
        watch = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watch

    def note(self, progress: Progress) -> None:
        """Take a report of the search."""
        best, seconds = self._best, round(self.taken.spent + progress.seconds, 2)
        self._add_point(seconds, progress.cost, progress.bound)
        roster = progress.roster
        self._best = Found(
            seconds,
            best.cost if progress.cost is None else progress.cost,
            best.bound if progress.bound is None else progress.bound,
            self._points,
            0 if progress.status in ("feasible", "optimal") else best.hard,
            seconds if best.first_seconds is None and roster is not None else best.first_seconds,
            best.roster if roster is None else roster.rows(),
        )
        if roster is not None:
            self._unwritten = self._best.roster
            if best.roster is None:
                self._first_roster.set()
        self._news = True

    def found(self) -> Found:
        """Return the best so far, as of now."""
        best = self._best
        return Found(self._elapsed(), best.cost, best.bound, self._points, best.hard, best.first_seconds, best.roster)

    def ending(self, outcome: Outcome) -> Ending:
        """Return the end that the outcome of the search makes of the run."""
        if outcome.status == "infeasible":
            clashes: dict[str, str | int] = {"rules": ", ".join(outcome.clashes)}
            return Ending("failed", "infeasible", self.found(), (), "run.infeasible", clashes)
        if outcome.roster is None and self.stop.asked and self.taken.roster is None:
            return Ending("cancelled", "unknown", self.found())
        if outcome.roster is None:
            return self.failed("run.no_roster", {"seconds": self.taken.seconds})
        first = None if outcome.first_seconds is None else self.taken.spent + outcome.first_seconds
        self._add_point(self._elapsed(), outcome.cost, outcome.bound)
        found = Found(
            self._elapsed(),
            outcome.cost,
            outcome.bound,
            self._points,
            sum(violation.hard for violation in outcome.violations),
            first,
            outcome.roster.rows(),
        )
        return Ending("finished", outcome.status, found, outcome.violations)

    def failed(self, code: str, args: dict[str, str | int] | None = None) -> Ending:
        """Return the end of an attempt that went wrong: what was found stays, and can be applied."""
        found = self.found()
        kept = found.roster is not None or self.taken.roster is not None
        return Ending(
            "finished" if kept else "failed", "feasible" if kept else "unknown", found, error_code=code, error_args=args
        )

    async def hand_back(self) -> None:
        """Put the run back to waiting, with what was found."""

        async def back(connection: Connection, run_id: int, attempt: int) -> None:
            await attempts.report(connection, run_id, attempt, self.found())
            await attempts.requeue_run(connection, run_id, attempt)

        with contextlib.suppress(*LOST):  # the sweep does it when this worker has been silent for a while
            await self.write(back)

    async def end(self, ending: Ending) -> bool:
        """Write the end, however long the database is away, within `DATABASE_AWAY`; False where the run is lost."""
        give_up = time.monotonic() + DATABASE_AWAY
        while True:
            try:
                return await self.write(partial(attempts.end_run, ending=ending))
            except LOST:
                if time.monotonic() > give_up:
                    raise
                await asyncio.sleep(1)

    async def write(self, write: Callable[[Connection, int, int], Awaitable[Answer]], *, notify: bool = True) -> Answer:
        """Call a function of `shiftapp.store.attempts` for this attempt, and tell every server of it."""
        async with database().raw_transaction(self._team_id) as connection:
            answer = await write(connection, self._run_id, self.taken.attempt)
            if notify:
                await runs.notify(connection, self._team_id, self.taken.period_id, self._run_id)
            return answer

    def _elapsed(self) -> float:
        return round(self.taken.spent + time.monotonic() - self._began, 2)

    def _add_point(self, seconds: float, cost: int | None, bound: int | None) -> None:
        if not self._points or tuple(self._points[-1][1:]) != (cost, bound):
            self._points = thinned([*self._points, (seconds, cost, bound)])

    async def _watch(self) -> None:
        """Write progress and obey wishes until cancelled; a database that is away is asked again later."""
        last = 0.0
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._first_roster.wait(), LOOK_EVERY)
            pause = 0.0 if self._first_roster.is_set() else WRITE_EVERY if self._news else BEAT_EVERY
            try:
                if time.monotonic() - last >= pause:
                    self._first_roster.clear()
                    last = time.monotonic()
                    await self._write_news()
                ours, finishing = await self.write(attempts.in_hand, notify=False)
            except LOST:
                continue
            if not ours:
                self.lost = True
                self.stop.cancel()
            elif finishing:
                self.stop.finish()

    async def _write_news(self) -> None:
        """Write how far the search has come; a roster goes once."""
        found, self._news = replace(self.found(), roster=self._unwritten), False
        await self.write(partial(attempts.report, found=found))
        if self._unwritten is found.roster:
            self._unwritten = None
