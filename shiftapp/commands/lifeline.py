"""Run a program, and end it with everything it started when whoever asked for it is gone, however it went.

Stands between ``serve`` and the server as the leader of their process group. Its standard input is a pipe whose other
end only ``serve`` holds: the kernel closes it when ``serve`` ends, ``kill -9`` included. A byte through it asks the
program to drain (SIGUSR1). Standard library only:
``python -I -S lifeline.py PROGRAM ARGUMENT...``.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading


def end_with_the_pipe(program: subprocess.Popen[bytes]) -> None:
    """Pass on what is asked through standard input; when it closes kill the whole group."""
    with contextlib.suppress(OSError):
        while os.read(0, 1):
            program.send_signal(signal.SIGUSR1)
    os.killpg(0, signal.SIGKILL)


def main(command: list[str]) -> int:
    """Run `command` and return its exit status."""
    program = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # the group is signalled: the program decides
    threading.Thread(target=end_with_the_pipe, args=(program,), daemon=True).start()
    status = program.wait()
    return status if status >= 0 else 128 - status


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
