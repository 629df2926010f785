"""A process that solves: started, told its task, listened to, ended in time, never outliving us.

Solving in a thread of the server would stall it (building a model holds the interpreter's lock), so every task has a
fresh interpreter at low priority. It says when it is ready, for on a busy machine its start takes seconds; where
somebody may soon wait for an answer, one is started before (`Spare`). Whatever does not obey a wish in time, for
example because it is still building its model, is killed.
"""

import asyncio
import contextlib
import os
import signal
import sys
import time
from dataclasses import dataclass, field
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
ENDED: Final = "killed"
"""The failure of a process that ended without a last word."""


class Listener(Protocol):
    """Who is told what a search reports."""

    def note(self, report: Report) -> None:
        """Take a report."""
        ...

    @property
    def answered(self) -> bool:
        """Whether there has been a roster."""
        ...


@dataclass(slots=True)
class Child:
    """A process of ours: what it says is heard from its start, and told to whoever listens by then."""

    process: asyncio.subprocess.Process
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    listener: Listener | None = None
    hearing: asyncio.Task[Said] = field(init=False)

    def __post_init__(self) -> None:
        self.hearing = asyncio.create_task(_hear(self))

    @property
    def alive(self) -> bool:
        """Whether it may still say something."""
        return not self.hearing.done() and self.hearing.get_loop() is asyncio.get_running_loop()

    def kill(self) -> None:
        """End it, and what it may have started."""
        self.hearing.cancel()
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)


async def converse(
    task: Task, stop: Stop, memory_mb: int, listener: Listener | None = None, spare: "Spare | None" = None
) -> Said | None:
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
    spare : Spare, optional
        Whose process is used, where it has one.

    Returns
    -------
    Said or None
        The process's last word; None where it did not come in time.
    """
    if spare is not None and (child := spare.take()) is not None:
        said = await _work(child, task, stop, listener)
        if said is None or said.failure != ENDED or stop.asked:
            return said  # otherwise it may have died while it waited, and nobody had noticed
    child = await _start(memory_mb, settings().nice // 2 if task.awaited else settings().nice)
    return await _work(child, task, stop, listener)


async def _work(child: Child, task: Task, stop: Stop, listener: Listener | None) -> Said | None:
    """Have a process work on a task and end it, whatever comes of it."""
    child.listener = listener
    try:
        if not await _ready(child, stop):
            return child.hearing.result() if child.hearing.done() else None
        _tell(child, task.model_dump_json())
        return await _follow(child, stop, time.monotonic() + task.seconds + OVERRUN)
    finally:
        await _end(child)


class Spare:
    """At most one process, started before it is needed and ended where nobody needs it for long.

    Parameters
    ----------
    memory_mb : int
        Most data it may hold, in MiB.
    seconds : float
        How long it is kept.
    """

    def __init__(self, memory_mb: int, seconds: float) -> None:
        self._memory_mb = memory_mb
        self._seconds = seconds
        self._child: Child | None = None
        self._starting = False
        self._timer: asyncio.TimerHandle | None = None

    async def prepare(self) -> None:
        """Start the process unless there is one; in either case it is kept from now on.

        It steps back as far as for a task that somebody looks at the page for.
        """
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(self._seconds, self.discard)
        if self._starting or (self._child is not None and self._child.alive):
            return
        self._starting = True
        try:
            self._child = await _start(self._memory_mb, settings().nice // 2)
        finally:
            self._starting = False

    def take(self) -> Child | None:
        """Hand over the process, which may not be ready yet; None where there is none, or it ended by itself."""
        child, self._child = self._child, None
        return child if child is not None and child.alive else None

    def discard(self) -> None:
        """End the process, where there is one."""
        if (child := self.take()) is not None:
            child.kill()


async def _start(memory_mb: int, nice: int) -> Child:
    """Start the process with pipes to it and from it; what it logs goes to our standard error."""
    paths = [ROOT, *filter(None, [os.environ.get("PYTHONPATH")])]
    process = await asyncio.create_subprocess_exec(
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
    return Child(process)


def _tell(child: Child, line: str) -> None:
    """Send one line; that a process is already gone is noticed at the end of the other pipe."""
    assert child.process.stdin is not None
    with contextlib.suppress(OSError):
        child.process.stdin.write(line.encode() + b"\n")


async def _hear(child: Child) -> Said:
    """Listen until the outcome, a failure, or the end of the pipe."""
    assert child.process.stdout is not None
    while line := await child.process.stdout.readline():
        said = Said.model_validate_json(line)
        if said.ready:
            child.ready.set()
        elif said.report is None:
            return said
        elif child.listener is not None:
            child.listener.note(said.report)
    return Said(failure=ENDED)


async def _ready(child: Child, stop: Stop) -> bool:
    """Wait until the process is ready; False: it ended, takes too long, or nobody wants anything of it any more."""
    waiting = asyncio.create_task(child.ready.wait())
    deadline, patience = time.monotonic() + STARTED, PATIENCE["finish"]
    try:
        while not child.ready.is_set():
            done, _ = await asyncio.wait(
                {waiting, child.hearing}, timeout=LOOK_EVERY, return_when=asyncio.FIRST_COMPLETED
            )
            now = time.monotonic()
            if stop.asked:
                deadline = min(deadline, now + patience)
            if child.hearing in done or stop.cancelled or now > deadline:
                return False
        return True
    finally:
        waiting.cancel()


async def _follow(child: Child, stop: Stop, overrun: float) -> Said | None:
    """Wait for the last word, passing on what is wished; None when patience ends first."""
    told: Literal["finish", "cancel"] | None = None
    patience, owed = overrun, overrun + OWED
    while not (await asyncio.wait({child.hearing}, timeout=LOOK_EVERY))[0]:
        now = time.monotonic()
        late = now > (overrun if child.listener is None or child.listener.answered else owed)
        wish = "cancel" if stop.cancelled else "finish" if stop.asked or late else None
        if wish is not None and wish != told:
            _tell(child, wish)
            told, patience = wish, now + PATIENCE[wish]
        elif told is not None and now > patience:
            return None
    return child.hearing.result()


async def _end(child: Child) -> None:
    """Kill the process and wait until it is gone."""
    child.kill()
    await asyncio.shield(child.process.wait())
