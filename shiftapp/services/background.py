"""Stepping back: a process that uses whole cores for minutes without those who edit noticing it."""

import contextlib
import ctypes
import os
import platform
import struct
import sys
from pathlib import Path
from typing import Final

SLICE_NANOSECONDS: Final = 100_000
"""How long it may go on when somebody else wakes up: the shortest that Linux allows, a thirtieth of the usual.

One edit wakes a dozen processes one after another, and each would wait out a slice: with two searching threads on two
cores that is what an edit's delay is made of.
"""
_SET_ATTRIBUTES: Final = {"x86_64": 314, "aarch64": 274}
"""Number of the system call ``sched_setattr``, which Python does not offer."""
_NORMAL: Final = 0
_SESSION: Final = Path("/proc/self/autogroup")
"""How nice this process's session is: Linux weighs sessions first, and processes only within their session."""


def step_back(by: int) -> None:
    """Lower this thread's priority, and that of all it starts from now on; slices are shortened on Linux 6.12 or newer.

    Call it before other threads are started, in a process that has a session of its own (`os.setsid`): Linux with
    ``sched_autogroup`` gives every session the same share, however nice its processes are.

    Parameters
    ----------
    by
        Steps of niceness: by ten, and where others want the processor too, a tenth of theirs is its share; by nineteen,
        a seventieth. Source: ``sched_prio_to_weight`` of Linux.
    """
    nice = os.nice(by)
    if by and os.getsid(0) == os.getpid():
        with contextlib.suppress(OSError):  # no Linux, or one that does not group by session
            _SESSION.write_text(str(nice))
    number = _SET_ATTRIBUTES.get(platform.machine())
    if sys.platform != "linux" or number is None:
        return
    # struct sched_attr: size, policy, flags, nice, priority, runtime, deadline, period
    attributes = struct.pack("=IIQiIQQQ", 48, _NORMAL, 0, nice, 0, SLICE_NANOSECONDS, 0, 0)
    ctypes.CDLL(None).syscall(number, 0, attributes, 0)  # an older kernel refuses or ignores it: it stays nice
