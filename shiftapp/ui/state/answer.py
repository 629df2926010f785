"""What a run answered: why no roster keeps the hard rules, who covers an absence; and which option is taken."""

from datetime import date
from typing import Any

import reflex as rx
from pydantic import BaseModel, ConfigDict, Field

from shiftapp.domain.permission import Action
from shiftapp.domain.refusal import Refused
from shiftapp.domain.visitor import Visitor
from shiftapp.services import options
from shiftapp.ui.gate import handler
from shiftapp.ui.state.grid import Id
from shiftapp.ui.state.live import Live, live


class OptionChosen(BaseModel):
    """One of a run's ways out, or of its repairs, by position."""

    model_config = ConfigDict(extra="forbid")

    run_id: Id
    choice: int = Field(ge=0, lt=100)


class Absence(BaseModel):
    """Somebody is away from one date to another, both inclusive."""

    model_config = ConfigDict(extra="forbid")

    period_id: Id
    staff_id: Id
    first: date
    last: date


class OthersAsked(BaseModel):
    """Rosters that cost at most ``within`` percent more than a run's."""

    model_config = ConfigDict(extra="forbid")

    run_id: Id
    within: float = Field(ge=0, le=100)


@live
class AnswerState(Live, rx.State):
    """The answer of the period's latest run, in the encoding of ``shiftapp.live.answers``; ``verdict`` empty: none."""

    verdict: str = ""
    clashes: rx.Field[list[list[str]]] = rx.field(default_factory=list)
    ways: rx.Field[list[list[str]]] = rx.field(default_factory=list)
    away: str = ""
    options: rx.Field[list[list[str]]] = rx.field(default_factory=list)
    others: rx.Field[list[list[str]]] = rx.field(default_factory=list)
    exhausted: bool = False
    choice: int = -1

    @handler(Action.GENERATE, OthersAsked)
    async def alternatives(self, who: Visitor, asked: OthersAsked) -> Any:
        """Have a run look for rosters that would do nearly as well."""
        answer = await options.start_alternatives(who, asked.run_id, asked.within)
        return answer if isinstance(answer, Refused) else None

    @handler(Action.GENERATE, Absence)
    async def repair(self, who: Visitor, asked: Absence) -> Any:
        """Have a run find who covers while somebody is away."""
        answer = await options.start_repair(who, asked.period_id, asked.staff_id, asked.first, asked.last)
        return answer if isinstance(answer, Refused) else None

    @handler(Action.GENERATE, OptionChosen)
    async def choose(self, who: Visitor, asked: OptionChosen) -> Any:
        """Take an option: its roster is shown to everybody as the run's proposal."""
        answer = await options.choose_option(who, asked.run_id, asked.choice)
        return answer if isinstance(answer, Refused) else None
