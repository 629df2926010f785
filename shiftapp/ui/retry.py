"""When a page that lost its line tries again: at once, each second, then after longer and longer pauses.

Reflex waits 200 ms longer after each failure and never more than 2 s, all pages alike, and has no setting for it: a
server that comes back would be met by everybody in step. Its script is given another pause when the page is compiled.
"""

import re
from pathlib import Path
from typing import Any, Final

import reflex as rx

from shiftapp.ui.client import refs
from shiftapp.ui.js import MATH, Js, do, let, name, put

FIRST: Final = 1_000
LONGEST: Final = 10_000
"""Milliseconds of the pauses at most; what is waited is between half of it and all."""
STEADY: Final = 8
"""Failures after each of which the pause is the first; then it doubles. A server is restarted in about four seconds."""
NEXT_TRY: Final = "linetry"
"""Slot of the moment of the next try, for the words on the page."""

_SCRIPT: Final = str(Path("utils") / "state.js")
_WAITS: Final = re.compile(r"^( *\}, ).*(\); // Incremental backoff)$", re.MULTILINE)


def pause(failures: Js) -> Js:
    """Return the milliseconds to wait after so many failures, 1 or more, and note until when."""
    whole = MATH.min(LONGEST, MATH.pow(2, MATH.max(0, failures - STEADY)) * FIRST)
    chosen = whole * (MATH.random() / 2 + 0.5)
    return let(chosen, lambda wait: do(put(refs(NEXT_TRY), name("Date").now() + wait), wait))


def with_pause(script: str) -> str:
    """Give Reflex's script our pause.

    Raises
    ------
    RuntimeError
        It does not wait as the pinned Reflex does.
    """
    ours = pause(Js("failed_attempts"))._text
    changed, places = _WAITS.subn(lambda found: found[1] + ours + found[2], script)
    if places != 1:
        raise RuntimeError("Reflex's script waits otherwise before it connects again")
    return changed


class Retry(rx.plugins.Plugin):
    """Compile the page with our pause."""

    def pre_compile(self, **context: Any) -> None:
        """Ask for the script to be changed."""
        context["add_modify_task"](_SCRIPT, with_pause)
