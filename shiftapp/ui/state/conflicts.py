"""Conflicts: what is not settled in the period on the page, and the team's strategy."""

from typing import Any, Literal
from uuid import UUID

import reflex as rx
from pydantic import BaseModel, ConfigDict, Field

from shiftapp.domain.conflict import Strategy
from shiftapp.domain.permission import Action
from shiftapp.domain.refusal import Refused
from shiftapp.domain.visitor import Visitor
from shiftapp.services.conflicts import SettleAsked, choose_strategy, settle_conflicts
from shiftapp.ui.gate import handler
from shiftapp.ui.state.board import Board
from shiftapp.ui.state.grid import Id
from shiftapp.ui.state.live import Live, live

AT_ONCE = 1_000
"""Conflicts that are settled together at most."""


class Settled(BaseModel):
    """Conflicts that end the same way; ``seen`` is the page's seq."""

    model_config = ConfigDict(extra="forbid")

    period_id: Id
    edit_id: UUID
    ids: list[Id] = Field(min_length=1, max_length=AT_ONCE)
    choice: Literal["lost", "stands"]
    seen: int = Field(ge=0)


class Chosen(BaseModel):
    """The strategy that the team wants."""

    model_config = ConfigDict(extra="forbid")

    strategy: Strategy


@live
class ConflictState(Live, rx.State):
    """What is not settled, as `shiftapp.services.conflict_feed` writes it, of everybody in the period."""

    unsettled: rx.Field[list[dict[str, Any]]] = rx.field(default_factory=list)

    @handler(Action.EDIT_CELLS, Settled)
    async def settle(self, who: Visitor, asked: Settled) -> Any:
        """Put values back, or choose, or let be; the rows come through the room."""
        wanted = SettleAsked(asked.period_id, asked.edit_id, tuple(asked.ids), asked.choice, asked.seen)
        answer = await settle_conflicts(who, wanted)
        return answer if isinstance(answer, Refused) else None


@live
class StrategyState(Board, rx.State):
    """The team's conflict strategy."""

    strategy: str = "last"

    @handler(Action.SEE_SCHEDULE)
    async def open(self, who: Visitor) -> Any:
        """Show what is chosen and follow what becomes of it: on every load and every reconnect."""
        return await self._join(who, "conflicts")

    @handler(Action.EDIT_TEAM, Chosen)
    async def choose(self, who: Visitor, asked: Chosen) -> Any:
        """Choose another one, for every edit from now on."""
        return await choose_strategy(who, asked.strategy)
