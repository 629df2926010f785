"""The process that stops the embedded PostgreSQL when the last server is gone, however it went.

Every server holds a shared lock on one file. The warden asks for the exclusive lock, which the kernel grants when no
holder is left: after Ctrl+C, a closed terminal or ``kill -9`` alike. Nothing that must be stopped depends on a
program's own end. Runs alone, on the standard library: ``python -I -S warden.py < order.json``.

The order: ``{"postgres": [...], "user": uid or null, "servers_lock": path, "warden_lock": path}``.
"""

import ctypes
import fcntl
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from typing import Any

FAST, IMMEDIATE = signal.SIGINT, signal.SIGQUIT
PATIENCE = 60.0
"""Seconds a fast shutdown may take: it writes a checkpoint."""
LIVED = 5.0
"""Seconds after which a database counts as having run; one that ends earlier cannot start at all."""
PR_SET_PDEATHSIG = 1
GONE = "gone"


def become(argv: list[str]) -> None:
    """Turn into `argv`, a program that the kernel stops when the warden itself is killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, FAST)
        if os.getppid() == 1:
            return
    os.execv(argv[0], argv)


def stop(database: subprocess.Popen[bytes]) -> None:
    """Stop `database` in good order, or at once when that takes longer than `PATIENCE`."""
    for kind, seconds in ((FAST, PATIENCE), (IMMEDIATE, 10.0), (signal.SIGKILL, 10.0)):
        database.send_signal(kind)
        try:
            database.wait(seconds)
            return
        except subprocess.TimeoutExpired:
            continue


def watch(order: dict[str, Any], events: queue.SimpleQueue[Any]) -> None:
    """Report `GONE` once no server holds its lock; the lock stays held, so that a new server waits for the stop."""
    handle = os.open(str(order["servers_lock"]), os.O_RDWR)
    fcntl.flock(handle, fcntl.LOCK_EX)
    events.put(GONE)


def launch(order: dict[str, Any], events: queue.SimpleQueue[Any]) -> subprocess.Popen[bytes]:
    """Start the database; its exit status arrives among `events`."""
    user: int | None = order["user"]
    command: list[str] = order["postgres"]
    database = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        user=user,
        group=user,
        extra_groups=None if user is None else [],
    )
    threading.Thread(target=lambda: events.put(database.wait()), daemon=True).start()
    return database


def guard(order: dict[str, Any]) -> int:
    """Run the database until no server needs it; start it again after a crash."""
    held = os.open(str(order["warden_lock"]), os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(held, fcntl.LOCK_EX)
    events: queue.SimpleQueue[Any] = queue.SimpleQueue()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: events.put(GONE))
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    threading.Thread(target=watch, args=(order, events), daemon=True).start()
    while True:
        born = time.monotonic()
        database = launch(order, events)
        event = events.get()
        if event == GONE:
            stop(database)
            return 0
        # Stopped on purpose (0), or never came up: a server that still runs says so on its health page.
        if event == 0 or time.monotonic() - born < LIVED:
            return int(str(event))


if __name__ == "__main__":
    if sys.argv[1:2] == ["become"]:
        become(sys.argv[2:])
        raise SystemExit(1)
    raise SystemExit(guard(json.load(sys.stdin)) & 0xFF)
