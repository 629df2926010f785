"""What is proved of a run's wishes once the run has ended: nobody waits for it, and it gives way to whoever waits."""

import asyncio
import contextlib
from functools import partial
from typing import Final

from shiftapp.jobs.attempt import LOOK_EVERY, LOST, Attempt
from shiftapp.services.questions import Wishes
from shiftapp.services.solving import SolverDied, ask_child
from shiftapp.store import attempts
from solver.problem import Problem
from solver.proof import wished
from solver.run import Stop

PROVE_SECONDS: Final = 5.0
"""Seconds for the proof."""


async def prove_wishes(attempt: Attempt) -> None:
    """Add to an ended run how many wishes can be met together at most; nothing where there are none.

    A roster that is put away, and a run that waits for this worker, end it. So does whatever fails: it may be missing.
    """
    problem = Problem.model_validate(attempt.taken.problem)
    if not wished(problem):
        return
    stop = Stop()
    watch = asyncio.create_task(_watch(attempt, stop))
    try:
        answer = await ask_child(problem, Wishes(seconds=PROVE_SECONDS, seed=attempt.taken.seed), stop)
        proved = (answer or {}).get("proof")
        if proved is not None:
            await attempt.write(partial(attempts.note_wishes, wishes=proved["args"]))
    except (SolverDied, *LOST):
        return
    finally:
        watch.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watch


async def _watch(attempt: Attempt, stop: Stop) -> None:
    """Pull the stop as soon as the proof is not worth its worker."""
    while not stop.asked:
        with contextlib.suppress(*LOST):
            if not await attempt.write(attempts.worth_proving, notify=False):
                stop.cancel()
        await asyncio.sleep(LOOK_EVERY)
