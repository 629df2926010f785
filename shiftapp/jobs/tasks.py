"""The queue's tasks: working on a run, from the moment a worker takes it to its end."""

import asyncio
import logging

from procrastinate import App, BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job

from shiftapp.jobs.attempt import LOST, Attempt
from shiftapp.jobs.proving import prove_wishes
from shiftapp.jobs.work import work_on
from shiftapp.store import attempts, runs
from shiftapp.store.database import database
from shiftapp.store.queue import RUNS, SOLVE

log = logging.getLogger(__name__)


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
    attempt = Attempt(run_id, team_id, taken)
    try:
        ending = await work_on(attempt)
    except asyncio.CancelledError:
        # The worker stops: whoever takes the run next goes on from its best roster.
        await asyncio.shield(attempt.hand_back())
        raise
    except Exception:
        log.exception("run %s: the worker failed", run_id)
        ending = attempt.failed("run.crashed")
    if ending is not None and await attempt.end(ending) and taken.kind == "generate" and not ending.error_code:
        await prove_wishes(attempt)
