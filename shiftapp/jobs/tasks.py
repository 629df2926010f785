"""The queue's tasks: working on a run, from the moment a worker takes it to its end."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, Final, TypeVar

import psycopg
from procrastinate import App, BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job
from psycopg_pool import PoolTimeout

from shiftapp.domain.run import Rows, thinned
from shiftapp.services.questions import Alternatives, Explain, Repair
from shiftapp.services.solving import SolverDied, ask_child, solve_in_child
from shiftapp.store import attempts, runs
from shiftapp.store.attempts import Ending, Found, Taken
from shiftapp.store.database import Connection, database
from shiftapp.store.queue import RUNS, SOLVE
from solver.check import Checker
from solver.problem import Problem
from solver.roster import Outcome, Roster
from solver.run import Limits, Progress, Stop

WRITE_EVERY: Final = 0.5
"""Seconds between two writes when there is something new."""
BEAT_EVERY: Final = 1.0
"""Seconds between two writes when there is not: the clock goes on for those who watch."""
LOOK_EVERY: Final = 0.25
"""Seconds between two looks at what people want of the run."""
EXPLAIN_SECONDS: Final = 13.0
"""Seconds for telling why nothing keeps the hard rules; with the start of its process it stays below fifteen."""
DATABASE_AWAY: Final = 60.0
"""Seconds for which the end of a run is offered to a database that does not answer."""

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")
LOST: Final = (psycopg.OperationalError, PoolTimeout)


class _Again(BaseRetryStrategy):
    """A job goes back to the queue, as often as that happens, when its worker stops or loses the database.

    Otherwise its run would wait, or seem to work, for ever.
    """

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Retry at once what was cancelled, after a moment what could not be written; nothing else."""
        if isinstance(exception, asyncio.CancelledError):
            return RetryDecision(retry_in={"seconds": 0})
        return RetryDecision(retry_in={"seconds": 1}) if isinstance(exception, LOST) else None


def register(app: App) -> None:
    """Teach the queue its tasks."""
    app.task(name=SOLVE, queue=RUNS, retry=_Again())(solve_run)


async def solve_run(run_id: int, team_id: int) -> None:
    """Work on one run until it ends; a run that is over already, cancelled while it waited, is left alone."""
    async with database().raw_transaction(team_id) as connection:
        taken = await attempts.take_run(connection, run_id)
        if taken is None:
            return
        await runs.notify(connection, team_id, taken.period_id, run_id)
    work = _Work(run_id, team_id, taken)
    try:
        ending = await work.search()
    except asyncio.CancelledError:
        # The worker stops: whoever takes the run next goes on from its best roster.
        await asyncio.shield(work.hand_back())
        raise
    except Exception:
        log.exception("run %s: the worker failed", run_id)
        ending = work.failed("run.crashed")
    if ending is not None:
        await work.end(ending)


def _as_before(outcome: Outcome, problem: Problem, roster: Roster) -> Outcome:
    """Return what an earlier attempt had found: this one had no time to find anything."""
    checker = Checker(problem, roster)
    violations = tuple(checker.violations())
    return replace(outcome, status="feasible", roster=roster, cost=checker.cost, violations=violations)


class _Work:
    """One attempt at one run."""

    def __init__(self, run_id: int, team_id: int, taken: Taken) -> None:
        self._run_id = run_id
        self._team_id = team_id
        self._taken = taken
        self._points = list(taken.progress)
        self._best = Found(taken.spent, taken.cost, taken.bound, self._points)
        self._news = False
        self._first_roster = asyncio.Event()
        self._unwritten: Rows | None = None
        self._lost = False
        self._stop = Stop()
        self._began = time.monotonic()

    async def search(self) -> Ending | None:
        """Search until the end; None where the run is no longer ours."""
        taken = self._taken
        problem = Problem.model_validate(taken.problem)
        hint = None if taken.roster is None else Roster(problem, taken.roster)
        limits = Limits(max(1.0, taken.seconds - taken.spent), taken.workers, taken.seed)
        watch = asyncio.create_task(self._watch())
        try:
            if taken.kind == "repair":
                return await self._repair(problem)
            if taken.kind == "alternatives":
                return await self._alternatives(problem)
            outcome = await solve_in_child(problem, limits, hint, self._note, self._stop)
            if outcome.status == "unknown" and hint is not None:
                outcome = await asyncio.to_thread(_as_before, outcome, problem, hint)
            if outcome.status == "infeasible" and not self._stop.asked:
                return await self._explain(problem, outcome)
        except SolverDied as died:
            return None if self._lost else self.failed(f"run.{died.reason}")
        finally:
            watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watch
        return None if self._lost else self._ending(outcome)

    async def _explain(self, problem: Problem, outcome: Outcome) -> Ending | None:
        """Go on from a search that found that nothing keeps the hard rules: say which clash and what would mend it."""
        ending = self._ending(outcome)
        with contextlib.suppress(*LOST):
            await self._write(self._note_infeasible)
        try:
            answer = await ask_child(problem, Explain(seconds=EXPLAIN_SECONDS, seed=self._taken.seed), self._stop)
        except SolverDied:
            answer = None
        return None if self._lost else replace(ending, answer=answer)

    async def _note_infeasible(self, connection: Connection) -> bool:
        return await attempts.note_infeasible(connection, self._run_id, self._taken.attempt)

    async def _repair(self, problem: Problem) -> Ending | None:
        """Find out who covers an absence: no option is the run's roster until somebody chooses it."""
        answer = await ask_child(problem, Repair.model_validate(self._taken.question["asked"]), self._stop)
        if self._lost:
            return None
        if answer is None:
            return Ending("cancelled", "unknown", self._found())
        if answer["status"] == "clash":
            return Ending("failed", "infeasible", self._found(), error_code="run.nobody_covers", answer=answer)
        if answer["status"] == "unknown":
            return self.failed("run.no_cover")
        return Ending("finished", "feasible", self._found(), answer=answer)

    async def _alternatives(self, problem: Problem) -> Ending | None:
        """Look for what would do nearly as well: the roster itself stays the proposal and is the first option."""
        question = Alternatives.model_validate(self._taken.question["asked"])
        answer = await ask_child(problem, question, self._stop)
        if self._lost:
            return None
        if answer is None:
            return Ending("cancelled", "unknown", self._found())
        now = Checker(problem, question.best)
        itself: dict[str, Any] = {
            "roster": question.best,
            "cost": now.cost,
            "difference": 0,
            "moved": [],
            "rules": [],
            "fairness": [],
        }
        found = Found(self._elapsed(), now.cost, None, self._points, 0, None, question.best)
        offered: dict[str, Any] = {
            "status": "alternatives",
            "options": [itself, *answer["found"]],
            "exhausted": answer["exhausted"],
        }
        return Ending("finished", "feasible", found, tuple(now.violations()), answer=offered)

    async def hand_back(self) -> None:
        """Put the run back to waiting, with what was found."""

        async def write(connection: Connection) -> None:
            await attempts.report(connection, self._run_id, self._taken.attempt, self._found())
            await attempts.requeue_run(connection, self._run_id, self._taken.attempt)

        with contextlib.suppress(*LOST):  # the sweep does it when this worker has been silent for a while
            await self._write(write)

    async def end(self, ending: Ending) -> None:
        """Write the end, however long the database is away, within `DATABASE_AWAY`."""

        async def write(connection: Connection) -> bool:
            return await attempts.end_run(connection, self._run_id, self._taken.attempt, ending)

        give_up = time.monotonic() + DATABASE_AWAY
        while True:
            try:
                await self._write(write)
            except LOST:
                if time.monotonic() > give_up:
                    raise
                await asyncio.sleep(1)
            else:
                return

    def failed(self, code: str, args: dict[str, str | int] | None = None) -> Ending:
        """Return the end of an attempt that went wrong: what was found stays, and can be applied."""
        found = self._found()
        kept = found.roster is not None or self._taken.roster is not None
        return Ending(
            "finished" if kept else "failed", "feasible" if kept else "unknown", found, error_code=code, error_args=args
        )

    def _ending(self, outcome: Outcome) -> Ending:
        if outcome.status == "infeasible":
            clashes: dict[str, str | int] = {"rules": ", ".join(outcome.clashes)}
            return Ending("failed", "infeasible", self._found(), (), "run.infeasible", clashes)
        if outcome.roster is None and self._stop.asked and self._taken.roster is None:
            return Ending("cancelled", "unknown", self._found())
        if outcome.roster is None:
            return self.failed("run.no_roster", {"seconds": self._taken.seconds})
        first = None if outcome.first_seconds is None else self._taken.spent + outcome.first_seconds
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

    def _elapsed(self) -> float:
        return round(self._taken.spent + time.monotonic() - self._began, 2)

    def _found(self) -> Found:
        best = self._best
        return Found(self._elapsed(), best.cost, best.bound, self._points, best.hard, best.first_seconds, best.roster)

    def _note(self, progress: Progress) -> None:
        """Take a report of the search."""
        best, seconds = self._best, round(self._taken.spent + progress.seconds, 2)
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
                ours, finishing = await self._write(self._in_hand, notify=False)
            except LOST:
                continue
            if not ours:
                self._lost = True
                self._stop.cancel()
            elif finishing:
                self._stop.finish()

    async def _write_news(self) -> None:
        """Write how far the search has come; a roster goes once."""
        found, self._news = replace(self._found(), roster=self._unwritten), False

        async def write(connection: Connection) -> bool:
            return await attempts.report(connection, self._run_id, self._taken.attempt, found)

        await self._write(write)
        if self._unwritten is found.roster:
            self._unwritten = None

    async def _in_hand(self, connection: Connection) -> tuple[bool, bool]:
        return await attempts.in_hand(connection, self._run_id, self._taken.attempt)

    async def _write(self, write: Callable[[Connection], Awaitable[Answer]], *, notify: bool = True) -> Answer:
        async with database().raw_transaction(self._team_id) as connection:
            answer = await write(connection)
            if notify:
                await runs.notify(connection, self._team_id, self._taken.period_id, self._run_id)
            return answer
