"""The program as its users start it: a process, an address, output, and an end."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

import psutil
from psycopg import conninfo

from shiftapp.store.prepare import Dsns

PROJECT = Path(__file__).resolve().parent.parent
START_SECONDS = 180
"""The page may have to be built first."""


STEPS_BACK = "SHIFTAPP_NICE"
"""The one setting that a server takes over: among tests that keep every core busy, its searches would starve."""


def _is_setting(name: str) -> bool:
    return name == "DATABASE_URL" or name.startswith("SHIFTAPP_")


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def command_of(process: psutil.Process) -> str:
    """Return a process's command line; empty where it has just ended."""
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:  # a zombie is one, too
        return ""


def _runs(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def left_of(processes: list[psutil.Process], seconds: float) -> list[psutil.Process]:
    """Return those that still run after so many seconds, and kill them; one that nobody has reaped has ended."""
    _, alive = psutil.wait_procs(processes, timeout=seconds)
    left = [process for process in alive if _runs(process)]
    for process in left:
        process.kill()
    return left


def as_url(dsn: str) -> str:
    """Return a connection string in the form of DATABASE_URL."""
    parts = conninfo.conninfo_to_dict(dsn)
    host = quote(str(parts["host"]), safe="")
    return f"postgresql://{parts['user']}@/{parts['dbname']}?host={host}&port={parts['port']}"


class Served:
    """A running ``python -m shiftapp serve``.

    Parameters
    ----------
    environment
        What to add to this process's environment; a free port is added where none is named.
    command
        What to run, where it is not ``serve`` itself.
    dsns
        The database it works on, for tests that look into it.
    folder
        The project's, where it is not this one.
    """

    def __init__(
        self,
        environment: Mapping[str, str],
        command: Sequence[str] = (sys.executable, "-m", "shiftapp", "serve", "--attached"),
        dsns: Dsns | None = None,
        folder: Path = PROJECT,
    ) -> None:
        self.dsns = dsns
        self.port = int(environment.get("SHIFTAPP_PORT", free_port()))
        self._printed = environment.get("SHIFTAPP_PUBLIC_URL", self.address)
        inherited = {name: value for name, value in os.environ.items() if name == STEPS_BACK or not _is_setting(name)}
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            env={**inherited, "SHIFTAPP_PORT": str(self.port), **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.lines: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def output(self) -> str:
        """All it wrote so far."""
        return "\n".join(self.lines)

    @property
    def setup_link(self) -> str | None:
        """The one-time link it printed, if it did."""
        return next((line for line in self.lines if re.fullmatch(r"http://\S+setup\S*", line)), None)

    def wait_until_ready(self, seconds: float = START_SECONDS) -> "Served":
        """Return when the address is printed; fail with the output when it never is."""
        deadline = time.monotonic() + seconds
        while self._printed not in self.lines:
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.end()
                raise AssertionError(f"the server did not start:\n{self.output}")
            time.sleep(0.02)
        return self

    def descendants(self) -> list[psutil.Process]:
        """Return every process it started, the database and its warden included."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def wait(self, seconds: float = 30) -> int:
        """Wait for its end; returns the exit status."""
        status = self.process.wait(seconds)
        self._reader.join(5)
        return status

    def end(self) -> int:
        """End it as a closing terminal would, and by force where that takes too long."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.wait()
