"""A search in a process of its own that is being watched, and problems for it."""

import asyncio
import time

from shiftapp.services import solving
from solver.problem import Problem
from solver.roster import Outcome
from solver.run import Limits, Progress, Stop
from tests.problems import endless, problem

PROMPT = 5.0
"""Promised are two seconds for a wish and three beyond a limit; a machine that does much else is given more."""
HUGE = problem(150, 90)
"""Building its model takes seconds."""
LONG = endless()
"""Has a roster soon, and is never proved."""
LARGE = problem(40, 90)
"""Keeps an interpreter busy with building and pricing."""


class Watched:
    """A search at work, with what it reports."""

    def __init__(self, what: Problem = LONG, seconds: float = 60, memory_mb: int = solving.MEMORY_MB) -> None:
        self.stop = Stop()
        self.reports: list[Progress] = []
        self.first = asyncio.Event()
        search = solving.solve_in_child(what, Limits(seconds, 2, 1), None, self._note, self.stop, memory_mb)
        self.task = asyncio.create_task(search)

    def _note(self, progress: Progress) -> None:
        self.reports.append(progress)
        if progress.roster is not None:
            self.first.set()

    async def ended(self) -> tuple[float, Outcome]:
        """The outcome, and the seconds until it."""
        began = time.monotonic()
        outcome = await self.task
        return time.monotonic() - began, outcome
