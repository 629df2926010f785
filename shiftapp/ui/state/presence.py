"""Who else has the period on the page open, and where they are."""

from datetime import date
from typing import Any

import reflex as rx
from pydantic import BaseModel, ConfigDict

from shiftapp.domain.permission import Action
from shiftapp.domain.visitor import Visitor
from shiftapp.services.presence import leave_period, look_at
from shiftapp.ui.gate import handler
from shiftapp.ui.state.grid import Id
from shiftapp.ui.state.live import Live, live


class LookedAt(BaseModel):
    """The cell that the page's cursor is at."""

    model_config = ConfigDict(extra="forbid")

    staff_id: Id
    day: date


@live
class PresenceState(Live, rx.State):
    """People as `shiftapp.live.presence.values` writes them; ``count`` is of all of them."""

    here: rx.Field[list[list[str]]] = rx.field(default_factory=list)
    at: str = ""
    count: int = 0

    @handler(Action.SEE_SCHEDULE, LookedAt)
    async def look(self, who: Visitor, asked: LookedAt) -> Any:
        """Say which cell one is at."""
        return await look_at(who, self.router.session.session_id, (asked.staff_id, asked.day.isoformat()))

    @handler(Action.SEE_SCHEDULE)
    async def away(self, who: Visitor) -> Any:
        """Say that the page shows something else now."""
        del who
        leave_period(self.router.session.session_id)
