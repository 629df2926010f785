"""The run of a period: what everyone sees of it, and what may be asked of it."""

from typing import Any, Literal

import reflex as rx
from pydantic import BaseModel, ConfigDict, Field

from shiftapp.domain.permission import Action
from shiftapp.domain.refusal import Refused
from shiftapp.domain.visitor import Visitor
from shiftapp.services import runs
from shiftapp.services.resolve import resolve_clashes
from shiftapp.ui.gate import handler
from shiftapp.ui.state.live import Live, live


class RunAsked(BaseModel):
    """What to generate: which cells may change, and for how long to search."""

    model_config = ConfigDict(extra="forbid")

    period_id: int
    scope: Literal["blanks", "unpinned"]
    seconds: int = Field(ge=1, le=600)


class RunNamed(BaseModel):
    """One run of the page's period."""

    model_config = ConfigDict(extra="forbid")

    run_id: int


@live
class RunState(Live, rx.State):
    """The latest run of the period, as ``shiftapp.live.runs`` writes it; ``run_id`` is 0 where there is none.

    ``clock`` is the server's time when it told the page of the period, in milliseconds since 1970.
    """

    clock: int = 0
    run_id: int = 0
    status: str = ""
    finishing: bool = False
    who: str = ""
    kind: str = ""
    scope: str = ""
    seconds: int = 0
    started_at: int = 0
    finished_at: int = 0
    outcome: str = ""
    cost: int = -1
    bound: int = -1
    gap: float = -1.0
    hard: int = -1
    changed: int = 0
    points: rx.Field[list[list[float]]] = rx.field(default_factory=list)
    proof: str = ""
    proof_args: rx.Field[dict[str, int]] = rx.field(default_factory=dict)
    wishes: rx.Field[dict[str, int]] = rx.field(default_factory=dict)
    error: str = ""
    error_args: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    applied: bool = False
    clashes: rx.Field[list[list[str]]] = rx.field(default_factory=list)

    @handler(Action.GENERATE, RunAsked)
    async def start(self, who: Visitor, asked: RunAsked) -> Any:
        """Start a run; its progress comes through the room."""
        return _refusal(await runs.start_run(who, asked.period_id, asked.scope, asked.seconds))

    @handler(Action.GENERATE, RunNamed)
    async def finish(self, who: Visitor, asked: RunNamed) -> Any:
        """Take the best roster so far."""
        return _refusal(await runs.finish_run(who, asked.run_id))

    @handler(Action.GENERATE, RunNamed)
    async def cancel(self, who: Visitor, asked: RunNamed) -> Any:
        """Stop a run and forget what it found."""
        return _refusal(await runs.cancel_run(who, asked.run_id))

    @handler(Action.APPLY_RUN, RunNamed)
    async def apply(self, who: Visitor, asked: RunNamed) -> Any:
        """Make a run's roster the period's, as one change set."""
        return _refusal(await runs.apply_run(who, asked.run_id))

    @handler(Action.APPLY_RUN, RunNamed)
    async def discard(self, who: Visitor, asked: RunNamed) -> Any:
        """Put a run's roster away."""
        return _refusal(await runs.discard_run(who, asked.run_id))

    @handler(Action.GENERATE, RunNamed)
    async def resolve(self, who: Visitor, asked: RunNamed) -> Any:
        """Search again around the edits that a run met."""
        return _refusal(await resolve_clashes(who, asked.run_id))


def _refusal(answer: Any) -> Refused | None:
    """Return what the page must be told: only a refusal, the rest comes through the room."""
    return answer if isinstance(answer, Refused) else None
