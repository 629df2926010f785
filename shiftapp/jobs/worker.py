"""The worker: takes runs from the queue, a bounded number at a time. Inside the server, or a process of its own."""

import asyncio
import contextlib
import logging
import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

from procrastinate import App

from shiftapp.jobs.sweep import HEARTBEAT, SILENT, keep_sweeping
from shiftapp.jobs.tasks import register
from shiftapp.store.queue import RUNS, queue_app

POLL_EVERY: Final = 2.0
"""Seconds between two looks into the queue when no notification came."""
PATIENCE: Final = 1.0
"""Seconds a stopping worker leaves its searches before they go back to the queue."""
AGAIN: Final = 1.0
"""Seconds before a worker that lost the database starts again."""

log = logging.getLogger(__name__)


def places() -> int:
    """Return how many runs this machine works on at once: one core is left to those who edit."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, cores - 1)


@asynccontextmanager
async def worker(dsn: str, concurrency: int | None = None) -> AsyncGenerator[None]:
    """Work on runs while the block lasts.

    Parameters
    ----------
    dsn : str
        ``Database.dsn`` of the database that is bound in this process.
    concurrency : int, optional
        Runs at once, `places` unless given; further ones wait.
    """
    app = queue_app(dsn)
    register(app)
    async with app.open_async():
        working = asyncio.create_task(_keep_working(app, concurrency or places()), name="worker")
        sweeping = asyncio.create_task(keep_sweeping(app), name="sweep")
        try:
            yield
        finally:
            for task in (sweeping, working):
                task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.gather(sweeping, working, return_exceptions=True)


async def _keep_working(app: App, concurrency: int) -> None:
    """Run the queue's worker until cancelled, starting it again when the database was away."""
    while True:
        try:
            await app.run_worker_async(
                queues=[RUNS],
                concurrency=concurrency,
                install_signal_handlers=False,
                shutdown_graceful_timeout=PATIENCE,
                fetch_job_polling_interval=POLL_EVERY,
                update_heartbeat_interval=HEARTBEAT,
                stalled_worker_timeout=SILENT,
                delete_jobs="always",
            )
        except Exception:
            log.warning("the worker starts again", exc_info=True)
        await asyncio.sleep(AGAIN)
