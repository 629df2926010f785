"""What ends a parent: a signal, the end of its program, its terminal or whoever started it."""

import os
import queue
import signal
import threading
from typing import Literal

from shiftapp.commands.group import Group

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
Event = Literal["signal", "terminated", "ended", "orphaned", "hung up"]
"""``terminated`` is the signal of whoever manages services; ``signal`` any other that ends a program."""


class Watch:
    """From its making on, signals are events instead of ends.

    Parameters
    ----------
    parent : int or None
        Process id of whoever started this one, read first of all, if that one's end is an event too.
    """

    def __init__(self, parent: int | None = None) -> None:
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._parent = parent
        self._terminal = foreground_terminal()
        for number in SIGNALS:
            # What nohup started stays. An ignored SIGINT only says that a script started this in the background.
            if number != signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._hear)

    def _hear(self, number: int, _frame: object) -> None:
        self._events.put("terminated" if number == signal.SIGTERM else "signal")

    def next(self, seconds: float) -> Event | None:
        """Return what happens within `seconds`; None: nothing."""
        try:
            return self._events.get(timeout=seconds)
        except queue.Empty:
            if self._parent not in (None, os.getppid()):
                return "orphaned"
            return "hung up" if self._terminal is not None and hung_up(self._terminal) else None

    def until_end(self, group: Group) -> Event:
        """Wait until `group` ends by itself or this process is asked to end it."""

        def report() -> None:
            group.wait()
            self._events.put("ended")

        threading.Thread(target=report, daemon=True).start()
        while (event := self.next(0.5)) is None:
            pass
        return event


def foreground_terminal() -> int | None:
    """Return a descriptor of the terminal in whose foreground this process runs; None: it need not end with one.

    A closing terminal signals the leader of its session only. A shell passes that on; a program such as make, started
    as the leader by a terminal window or over ssh, does not.
    """
    if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        return None
    try:
        terminal = os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY)
    except OSError:
        return None
    if os.tcgetpgrp(terminal) == os.getpgrp():
        return terminal
    os.close(terminal)
    return None


def hung_up(terminal: int) -> bool:
    """Whether the terminal is gone."""
    try:
        os.tcgetpgrp(terminal)
    except OSError:
        return True
    return False
