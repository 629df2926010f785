"""``python -m shiftapp serve``: database, page, server, and an end that leaves nothing behind.

This process is the small parent. It holds the embedded database, starts the server in a process group of its own,
prints the address, and on the first signal gives the group five seconds; where the signal is SIGTERM, the server first
sends its clients to other servers.
"""

import argparse
import errno
import http.client
import os
import socket
import sys
import time

from shiftapp.commands.group import Group
from shiftapp.commands.page import build_page
from shiftapp.commands.watch import Watch
from shiftapp.errors import CannotStart
from shiftapp.settings import PROJECT, Settings
from shiftapp.store.prepare import prepare

STOP_SECONDS = 5.0
"""What a stop may take; running requests and clients are cut off after it."""
DRAIN_SECONDS = 10.0
"""What sending the clients to other servers may take before the stop."""
START_SECONDS = 60.0


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--attached", action="store_true", help="stop when the program that started this one ends")


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """Serve until a signal; returns the exit status."""
    parent = os.getppid() if arguments.attached else None
    refuse_taken_port(settings)
    dsns = prepare(settings)
    build_page()
    watch = Watch(parent)
    group = Group([sys.executable, "-m", "shiftapp.commands.server"], child_environment(settings), PROJECT)
    try:
        from shiftapp.commands.setup_link import first_run  # the tables, loaded while the server loads them, too

        if not _answers(settings, group, watch):
            return _gave_up(group)
        if (link := first_run(settings, dsns.app)) is not None:
            print(link)
        print(settings.address, flush=True)
        event = watch.until_end(group)
        if event == "ended":
            return _gave_up(group)
        if event == "terminated":
            drain(settings, group, watch)
        group.stop(STOP_SECONDS)
        return 0
    finally:
        group.kill()


def child_environment(settings: Settings) -> dict[str, str]:
    """Return the environment of a child that works for `settings` from the project's folder."""
    given = {"SHIFTAPP_DATA_DIR": str(settings.data_dir), "SHIFTAPP_PORT": str(settings.port)}
    path = os.pathsep.join(part for part in (str(PROJECT), os.environ.get("PYTHONPATH", "")) if part)
    return {**os.environ, **given, "PYTHONPATH": path}


def refuse_taken_port(settings: Settings) -> None:
    """Refuse a port that somebody listens on, or that may not be used.

    Raises
    ------
    CannotStart
        Naming the port and the variable that changes it.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((settings.host, settings.port))
        except OSError as refused:
            if refused.errno == errno.EADDRINUSE:
                reason = "is taken by another program: stop it, or set SHIFTAPP_PORT to another port"
            else:
                reason = f"of {settings.host} cannot be used ({os.strerror(refused.errno or 0)}): set SHIFTAPP_PORT"
            raise CannotStart(f"Port {settings.port} {reason}.") from None


def drain(settings: Settings, group: Group, watch: Watch) -> None:
    """Have the server send its clients elsewhere; return when none is left, it takes too long, or a signal comes."""
    group.drain()
    deadline = time.monotonic() + DRAIN_SECONDS
    while group.status is None and time.monotonic() < deadline:
        _, body = _ask(settings, "/health")
        if b'"sockets":0' in body or watch.next(0.05) is not None:
            return


def _answers(settings: Settings, group: Group, watch: Watch) -> bool:
    """Wait until the server answers; False: it ended, a signal came, or it takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while group.status is None and time.monotonic() < deadline:
        if _ask(settings, "/ping")[0] == http.client.OK:
            return True
        if watch.next(0.05) is not None:
            return False
    return False


def _ask(settings: Settings, path: str) -> tuple[int, bytes]:
    """Return the status and body of the server's answer; 0 where there is none."""
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host
    connection = http.client.HTTPConnection(host, settings.port, timeout=2)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (OSError, http.client.HTTPException):
        return 0, b""
    finally:
        connection.close()


def _gave_up(group: Group) -> int:
    """Report a server that ended by itself; returns the exit status."""
    status = group.status
    if status is None:
        return 0
    print(f"shiftapp: the server ended by itself (status {status}).", file=sys.stderr)
    return status or 1
