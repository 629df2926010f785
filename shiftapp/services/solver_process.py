"""A process that solves: started, told its task, listened to, ended in time, never outliving us.

Solving in a thread of the server would stall it (building a model holds the interpreter's lock), so every task has a
fresh interpreter at low priority. It says when it is ready, for on a busy machine its start takes seconds. Whatever
does not obey a wish in time, for example because it is still building its model, is killed.
"""

import asyncio
import contextlib
import os
import signal
import sys
import time
from pathlib import Path
from typing import Final, Literal, Protocol

import solver
from shiftapp.services.solving_child import Report, Said, Task
from shiftapp.settings import settings
from solver.run import Stop

STARTED: Final = 60.0
"""Seconds within which a process must be ready."""
OVERRUN: Final = 1.5
"""Seconds a process may use beyond its limit: it prices its result."""
OWED: Final = 10.0
"""Seconds beyond that in which a search that has reported nothing may still bring its first roster."""
PATIENCE: Final = {"finish": 1.0, "cancel": 0.5}
"""Seconds between a wish and the kill."""
LOOK_EVERY: Final = 0.05
ROOT: Final = str(Path(solver.__file__).resolve().parent.parent)
"""Where the packages lie, for a server that was started from elsewhere."""
LONGEST_LINE: Final = 64 * 2**20


class Listener(Protocol):
    """Who is told what a search reports."""

    def note(self, report: Report) -> None:
        """Take a report."""
        ...

    @property
    def answered(self) -> bool:
        """Whether there has been a roster."""
        ...


async def converse(task: Task, stop: Stop, memory_mb: int, listener: Listener | None = None) -> Said | None:
    """Have a process of its own work on a task.

    Parameters
    ----------
    task : Task
        Its seconds count from when the process is ready.
    stop : Stop
        Ends the work early; obeyed in every phase within two seconds.
    memory_mb : int
        Most data the process may hold, in MiB.
    listener : Listener, optional
        Told in this loop, at most about five times a second.

    Returns
    -------
    Said or None
        The process's last word; None where it did not come in time.
    """
    child = await _start(memory_mb, settings().nice // 2 if task.awaited else settings().nice)
    ready = asyncio.Event()
    hearing = asyncio.create_task(_hear(child, ready, listener))
    try:
        if not await _ready(ready, hearing, stop):
            return hearing.result() if hearing.done() else None
        _tell(child, task.model_dump_json())
        return await _follow(child, hearing, stop, time.monotonic() + task.seconds + OVERRUN, listener)
    finally:
        hearing.cancel()
        await _end(child)


async def _start(memory_mb: int, nice: int) -> asyncio.subprocess.Process:
    """Start the process with pipes to it and from it; what it logs goes to our standard error."""
    paths = [ROOT, *filter(None, [os.environ.get("PYTHONPATH")])]
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "shiftapp.services.solving_child",
        str(nice),
        str(memory_mb),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=LONGEST_LINE,
        # Its own session: Ctrl+C at the terminal is ours to handle, and one kill reaches all it may have started.
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "MALLOC_ARENA_MAX": "2"},
    )


def _tell(child: asyncio.subprocess.Process, line: str) -> None:
    """Send one line; that a process is already gone is noticed at the end of the other pipe."""
    assert child.stdin is not None
    with contextlib.suppress(OSError):
        child.stdin.write(line.encode() + b"\n")


async def _hear(child: asyncio.subprocess.Process, ready: asyncio.Event, listener: Listener | None) -> Said:
    """Listen until the outcome, a failure, or the end of the pipe."""
    assert child.stdout is not None
    while line := await child.stdout.readline():
        said = Said.model_validate_json(line)
        if said.ready:
            ready.set()
        elif said.report is None:
            return said
        elif listener is not None:
            listener.note(said.report)
    return Said(failure="killed")


async def _ready(ready: asyncio.Event, hearing: asyncio.Task[Said], stop: Stop) -> bool:
    """Wait until the process is ready; False: it ended, takes too long, or nobody wants anything of it any more."""
    waiting = asyncio.create_task(ready.wait())
    deadline, patience = time.monotonic() + STARTED, PATIENCE["finish"]
    try:
        while not ready.is_set():
            done, _ = await asyncio.wait({waiting, hearing}, timeout=LOOK_EVERY, return_when=asyncio.FIRST_COMPLETED)
            now = time.monotonic()
            if stop.asked:
                deadline = min(deadline, now + patience)
            if hearing in done or stop.cancelled or now > deadline:
                return False
        return True
    finally:
        waiting.cancel()


async def _follow(
    child: asyncio.subprocess.Process,
    hearing: asyncio.Task[Said],
    stop: Stop,
    overrun: float,
    listener: Listener | None,
) -> Said | None:
    """Wait for the last word, passing on what is wished; None when patience ends first."""
    told: Literal["finish", "cancel"] | None = None
    patience, owed = overrun, overrun + OWED
    while not (await asyncio.wait({hearing}, timeout=LOOK_EVERY))[0]:
        now = time.monotonic()
        late = now > (overrun if listener is None or listener.answered else owed)
        wish = "cancel" if stop.cancelled else "finish" if stop.asked or late else None
        if wish is not None and wish != told:
            _tell(child, wish)
            told, patience = wish, now + PATIENCE[wish]
        elif told is not None and now > patience:
            return None
    return hearing.result()


async def _end(child: asyncio.subprocess.Process) -> None:
    """Kill the process, and what it may have started, and wait until it is gone."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    await asyncio.shield(child.wait())
