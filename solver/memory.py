"""The most memory this process has held, where the system tells."""

from __future__ import annotations

import gc
import re
from pathlib import Path

PROCESS = Path("/proc/self")
"""Where Linux tells and forgets it; elsewhere there is no such folder."""


def forget_peak() -> None:
    """Let the peak begin again at what is held now, where the system can."""
    gc.collect()
    try:
        (PROCESS / "clear_refs").write_text("5", encoding="ascii")
    except OSError:
        return


def peak() -> float | None:
    """Return the most megabytes of real memory held since the peak was forgotten; None where nobody tells."""
    try:
        found = re.search(r"VmHWM:\s*(\d+) kB", (PROCESS / "status").read_text(encoding="ascii"))
    except OSError:
        return None
    return int(found[1]) / 1024 if found else None
