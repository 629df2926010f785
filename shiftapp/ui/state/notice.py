"""Short notices: what was refused and why. The page words them, in the language it is in."""

import time
from typing import Any

import reflex as rx

from shiftapp.domain.refusal import Refused
from shiftapp.live import rooms
from shiftapp.ui.state.live import Live, live


@live
class NoticeState(Live, rx.State):
    """The latest notice: ``number`` (0: none yet), ``code`` (key of a text) and ``given`` (what the text names)."""

    told: rx.Field[dict[str, Any]] = rx.field(default_factory=dict)


async def refuse(sid: str, why: Refused) -> None:
    """Tell one page why; the number is new each time, so that the same notice shows twice."""
    given = {name: str(value) for name, value in why.args.items()}
    told = {"number": time.time_ns() // 1_000_000, "code": why.code, "given": given}
    await rooms.tell(sid, {NoticeState.__name__: {"told": told}})
