"""A program in a process group of its own that never outlives this process."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from shiftapp.commands import lifeline


class Group:
    """A running program with all its descendants.

    Parameters
    ----------
    command : Sequence of str
        Program and arguments.
    environment : Mapping
        Its whole environment.
    folder : Path
        Its working directory.
    output : file or None
        Where it writes; None: to this process's own output.
    """

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], folder: Path, output: IO[bytes] | None = None
    ) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", lifeline.__file__, *command],
            stdin=subprocess.PIPE,  # the lifeline: closed by the kernel when this process ends
            stdout=output,
            stderr=output,
            cwd=folder,
            env=dict(environment),
            start_new_session=True,
        )

    @property
    def id(self) -> int:
        """The process group's id."""
        return self._process.pid

    @property
    def status(self) -> int | None:
        """Exit status of the program; None while it runs."""
        return self._process.poll()

    def wait(self, seconds: float | None = None) -> int | None:
        """Wait at most `seconds` for the program to end; returns `status`."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self._process.wait(seconds)
        return None

    def signal(self, number: int) -> None:
        """Send a signal to every process of the group."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.id, number)

    def drain(self) -> None:
        """Ask the program to let go of its clients; it goes on until it is stopped."""
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.write(b"d")
                self._process.stdin.flush()

    def stop(self, seconds: float) -> None:
        """Ask the program to end, and kill what is left of the group after `seconds`."""
        self.signal(signal.SIGTERM)
        deadline = time.monotonic() + seconds
        while self.status is None and time.monotonic() < deadline:
            self.wait(0.05)
        self.kill()

    def kill(self) -> None:
        """Kill what is left of the group."""
        self.signal(signal.SIGKILL)
        self._process.wait()
        if self._process.stdin is not None:
            self._process.stdin.close()
