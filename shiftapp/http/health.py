"""``/health``: whether this server can do its work, for load balancers and people."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from shiftapp import __version__
from shiftapp.live import draining
from shiftapp.store.database import database

PATIENCE = 1.5
"""Seconds the database has to answer; the reply goes out within two."""
WORKER_SILENCE = 30
"""Seconds without a heartbeat after which a worker counts as gone."""

_QUEUE = """
SELECT count(*) FILTER (WHERE status = 'todo'), count(*) FILTER (WHERE status = 'doing'),
       (SELECT count(*) FROM queue.procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s))
FROM queue.procrastinate_jobs
"""


@dataclass(frozen=True)
class Health:
    """What a look at the database and the queue found."""

    database: str
    queue: dict[str, int] | None = None
    problems: tuple[str, ...] = field(default=())

    def body(self) -> dict[str, Any]:
        """Return the reply's content."""
        found: dict[str, Any] = {
            "status": "unavailable" if self.problems else "ok",
            "version": __version__,
            "database": self.database,
            "queue": self.queue or "unknown",
        }
        return {**found, "problems": list(self.problems)} if self.problems else found


_looks: set[asyncio.Task[Health]] = set()
"""Looks under way: one that hangs is left to itself, its reply no longer waited for."""


async def look() -> Health:
    """Ask the database once, without waiting for it."""
    try:
        async with database().pool.connection(timeout=PATIENCE) as connection:
            row = await (await connection.execute(_QUEUE, (WORKER_SILENCE,))).fetchone()
    except Exception as failed:
        reason = " ".join(str(failed).split()) or type(failed).__name__
        return Health(database="unreachable", problems=(f"database: {reason}",))
    assert row is not None
    queue: dict[str, int] = dict(zip(("waiting", "running", "workers"), row, strict=True))
    starved = queue["waiting"] and not queue["workers"]
    return Health("ok", queue, ("queue: jobs wait and no worker runs",) if starved else ())


def ending(sockets: int) -> dict[str, Any]:
    """Return the reply of a server that is about to end and still has so many sockets."""
    problems = ["draining: this server is about to end"]
    return {"status": "draining", "version": __version__, "sockets": sockets, "problems": problems}


async def health(_request: Request) -> JSONResponse:
    """Answer 200, or 503 with what is wrong, within two seconds."""
    if (sockets := draining.left()) is not None:
        return JSONResponse(ending(sockets), 503, headers={"Cache-Control": "no-store"})
    if len(_looks) >= 4:  # a database that hangs must not gather connections
        found = Health(database="silent", problems=(f"database: no answer within {PATIENCE} s",))
        return JSONResponse(found.body(), 503)
    task = asyncio.create_task(look())
    _looks.add(task)
    task.add_done_callback(_looks.discard)
    await asyncio.wait({task}, timeout=PATIENCE + 0.2)
    if task.done():
        found = task.result()
    else:
        task.cancel()
        found = Health(database="silent", problems=(f"database: no answer within {PATIENCE} s",))
    return JSONResponse(found.body(), 503 if found.problems else 200, headers={"Cache-Control": "no-store"})


routes = [Route("/health", health)]
