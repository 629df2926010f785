"""What a run answered where no roster keeps the hard rules, and which way out is taken."""

from typing import Any

import reflex as rx
from pydantic import BaseModel, ConfigDict, Field

from shiftapp.domain.permission import Action
from shiftapp.domain.refusal import Refused
from shiftapp.domain.visitor import Visitor
from shiftapp.services import runs
from shiftapp.ui.gate import handler
from shiftapp.ui.state.grid import Id
from shiftapp.ui.state.live import Live, live


class WayChosen(BaseModel):
    """One of a run's ways out, by position."""

    model_config = ConfigDict(extra="forbid")

    run_id: Id
    choice: int = Field(ge=0, lt=100)


@live
class AnswerState(Live, rx.State):
    """The answer of the period's latest run, in the encoding of ``shiftapp.live.answers``; ``verdict`` empty: none."""

    verdict: str = ""
    clashes: rx.Field[list[list[str]]] = rx.field(default_factory=list)
    ways: rx.Field[list[list[str]]] = rx.field(default_factory=list)
    choice: int = -1

    @handler(Action.GENERATE, WayChosen)
    async def choose(self, who: Visitor, asked: WayChosen) -> Any:
        """Take a way out: its roster is shown to everybody as the run's proposal."""
        answer = await runs.choose_relaxation(who, asked.run_id, asked.choice)
        return answer if isinstance(answer, Refused) else None
