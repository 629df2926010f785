"""Previews that go out a few rows at a time, so that no edit waits until a page has drawn all of them.

A page draws a row of 62 cells in about 5 ms, and while it draws it shows nothing else: 18 rows at once kept an edit
waiting for 50–170 ms, three rows keep it for 15.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from shiftapp.live.replica import Values
from shiftapp.live.runs import PREVIEW, is_row

ROWS: Final = 3
"""Rows of a preview in one message, or a twentieth of those that are different, so that large ones take no longer."""
PAUSE: Final = 0.03
"""Seconds between two messages: time for a page to draw one, and for edits in between."""


class Pace:
    """What of a period's preview is still to be sent, and the task that sends it.

    Parameters
    ----------
    shown : callable
        Returns the value that a var of the preview has now, or None. What waits is a name: a row that has changed again
        meanwhile is sent as it is when its turn comes.
    send : callable
        As `shiftapp.live.open_period.Wires.send`.
    """

    def __init__(self, shown: Callable[[str], str | None], send: Callable[[Values], Awaitable[None]]) -> None:
        self._shown = shown
        self._send = send
        self._waiting: dict[str, None] = {}
        self._task: asyncio.Task[None] | None = None

    def hold(self, changed: Values) -> Values:
        """Keep back the rows of a preview where they are many; return what is to be sent now."""
        preview = changed.get(PREVIEW, {})
        rows = sorted(name for name in preview if is_row(name))
        if len(rows) <= ROWS:
            return changed
        self._waiting |= dict.fromkeys(rows)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._send_waiting())
        rest = {name: value for name, value in preview.items() if name not in self._waiting}
        return {state: values for state, values in (changed | {PREVIEW: rest}).items() if values}

    def close(self) -> None:
        """Send nothing any more."""
        if self._task is not None:
            self._task.cancel()

    async def _send_waiting(self) -> None:
        many = max(ROWS, len(self._waiting) // 20)
        while self._waiting:
            names = list(self._waiting)[:many]
            for name in names:
                del self._waiting[name]
            values = {name: value for name in names if (value := self._shown(name)) is not None}
            await self._send({PREVIEW: values})
            await asyncio.sleep(PAUSE)
