"""An embedded PostgreSQL in the data directory: made on first use, shared by all servers of that directory.

It listens on a socket in a directory that only its owner can enter, never on a port, so the socket's permissions are
the password. `warden` stops it when the last process that called `start` is gone.
"""

import contextlib
import errno
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Mapping
from pathlib import Path

import psycopg

from shiftapp.errors import CannotStart
from shiftapp.store import warden
from shiftapp.store.cluster import (
    OWNER,
    PORT,
    Place,
    Runner,
    binary,
    choose_runner,
    initialise,
    own_folder,
    refuse_another_version,
)

START_PATIENCE = 120.0
"""Seconds a database may take to answer: it may have a crash to recover from."""
LOG_LIMIT = 10_000_000
"""Bytes after which the log is put aside at the next start."""
FULL = (errno.ENOSPC, errno.EDQUOT)

_held: dict[Path, int] = {}
"""The servers' lock of each data directory this process uses; the kernel releases it when the process ends."""
_wardens: dict[Path, subprocess.Popen[bytes]] = {}
"""The warden this process launched for each data directory: kept so that it can be reaped."""


def start(root: Path, options: Mapping[str, str] | None = None) -> Place:
    """Make the database in `root` if there is none, run it if it does not run, and keep it for this process.

    Parameters
    ----------
    root : Path
        The data directory; made when missing, readable to its owner only.
    options : Mapping
        PostgreSQL settings beside the program's own, used only if this call starts the database.

    Returns
    -------
    Place
        Of a database that answers; it is stopped when the last process that called `start` is gone.

    Raises
    ------
    CannotStart
        The directory cannot be written, the disk is full, another version made the data, or PostgreSQL refuses.
    """
    place = Place(root)
    with _said_plainly(root):
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        refuse_another_version(place)
        with _exclusive(place.lock("start")):
            _hold(place)
            try:
                _run(place, options or {})
            except BaseException:
                release(root)
                raise
    return place


def release(root: Path) -> None:
    """Let go of the database in `root`; it stops when no other process uses it."""
    handle = _held.pop(root, None)
    if handle is not None:
        os.close(handle)


def await_stop(root: Path, seconds: float = 30.0) -> bool:
    """Wait until the database in `root` is down; False: it is still needed, or takes longer than `seconds`."""
    deadline = time.monotonic() + seconds
    while _guarded(Place(root)):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.005)
    launched = _wardens.pop(root, None)
    if launched is not None:
        launched.wait()  # it let go of its lock: it is at its end
    return True


@contextlib.contextmanager
def _said_plainly(root: Path) -> Generator[None, None, None]:
    """Turn what the disk refuses into one line."""
    try:
        yield
    except OSError as refused:
        if refused.errno in FULL:
            raise _disk_full(root) from None
        reason = os.strerror(refused.errno or errno.EIO)
        raise CannotStart(
            f"Cannot write to the data directory {root} ({reason}): change its permissions or set SHIFTAPP_DATA_DIR."
        ) from None


def _disk_full(root: Path) -> CannotStart:
    return CannotStart(f"The disk that holds {root} is full: free some space and start again.")


def _refusal(place: Place, said: str) -> CannotStart:
    """Word what PostgreSQL said as one line."""
    if "No space left on device" in said or "Disk quota exceeded" in said:
        return _disk_full(place.root)
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    telling = [line for line in lines if "FATAL:" in line or "PANIC:" in line or "error:" in line] or lines or ["?"]
    return CannotStart(f"The embedded PostgreSQL does not start: {telling[-1]} (log: {place.log})")


@contextlib.contextmanager
def _exclusive(path: Path) -> Generator[None, None, None]:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _hold(place: Place) -> None:
    if place.root not in _held:
        handle = os.open(place.lock("servers"), os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(handle, fcntl.LOCK_SH)  # waits while a warden stops the database
        _held[place.root] = handle


def _guarded(place: Place) -> bool:
    """Whether a warden, and so a database, runs for `place`."""
    handle = os.open(place.lock("warden"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def _run(place: Place, options: Mapping[str, str]) -> None:
    """Return when the database of `place` answers; the caller holds the start lock."""
    if _guarded(place) and _answers(place, lambda: _guarded(place)):
        return
    _clear_away(place)
    runner = choose_runner(place)
    if not place.data.exists() and (complaint := initialise(place, runner)) is not None:
        raise _refusal(place, complaint)
    own_folder(place.socket_dir, runner)
    if place.log.exists() and place.log.stat().st_size > LOG_LIMIT:
        place.log.replace(place.log.with_suffix(".log.1"))
    said_before = place.log.stat().st_size if place.log.exists() else 0
    launched = _launch(place, runner, options)
    if not _answers(place, lambda: launched.poll() is None):
        raise _refusal(place, place.log.read_bytes()[said_before:].decode(errors="replace"))


def _clear_away(place: Place) -> None:
    """Stop a database that lost its warden, and forget a pid file whose process is something else."""
    pid_file = place.data / "postmaster.pid"
    try:
        pid = int(pid_file.read_text().split("\n", 1)[0])
        name = Path(f"/proc/{pid}/comm").read_text().strip() if sys.platform == "linux" else "postgres"
        if name != "postgres":
            raise ProcessLookupError
        os.kill(pid, signal.SIGINT)
        deadline = time.monotonic() + warden.PATIENCE
        while time.monotonic() < deadline:
            os.kill(pid, 0)
            time.sleep(0.02)
    except (ProcessLookupError, FileNotFoundError, ValueError):
        pid_file.unlink(missing_ok=True)


def _launch(place: Place, runner: Runner, options: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start the warden, which starts the database."""
    python = [sys.executable, "-I", "-S", warden.__file__]
    chosen = {
        "listen_addresses": "",
        "unix_socket_directories": f'"{place.socket_dir}"',
        "unix_socket_permissions": "0700",
        "port": str(PORT),
        "timezone": "UTC",
        "log_timezone": "UTC",
        **options,
    }
    command = [binary("postgres"), "-D", str(place.data)]
    command += [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]
    order: dict[str, object] = {
        "postgres": [*runner.prefix, *python, "become", *command],
        "user": runner.user,
        "servers_lock": str(place.lock("servers")),
        "warden_lock": str(place.lock("warden")),
    }
    with place.log.open("ab") as log:
        process = subprocess.Popen(
            python, stdin=subprocess.PIPE, stdout=log, stderr=log, cwd=place.root, start_new_session=True
        )
    assert process.stdin is not None
    with contextlib.suppress(BrokenPipeError), process.stdin as stdin:
        stdin.write(json.dumps(order).encode())
    _wardens[place.root] = process
    return process


def _answers(place: Place, guarded: Callable[[], bool]) -> bool:
    """Wait until the database answers; False: it has no warden any more, or takes longer than `START_PATIENCE`."""
    deadline = time.monotonic() + START_PATIENCE
    while time.monotonic() < deadline:
        may_come = guarded()
        try:
            psycopg.connect(place.dsn(OWNER, "postgres"), connect_timeout=5).close()
        except psycopg.OperationalError:
            if not may_come:
                return False
            time.sleep(0.01)
        else:
            return True
    return False
