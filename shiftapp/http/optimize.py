"""The solver over HTTP: a problem in; a roster, what it breaks, its cost and the bound out."""

import os
from typing import Final

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from shiftapp.http.places import REFUSALS, may_optimize, place
from shiftapp.services.solving import solve_in_child
from solver.problem import Problem
from solver.roster import Outcome, Status, Violation
from solver.run import Limits, Progress

WORKERS: Final = max(1, min(8, os.cpu_count() or 1))

router = APIRouter(tags=["solver"])


class LimitsAsked(BaseModel):
    """Bounds of the search."""

    model_config = ConfigDict(extra="forbid")

    seconds: float = Field(default=30.0, gt=0, le=600, description="wall time, model building included")
    workers: int = Field(default=min(2, WORKERS), ge=1, le=WORKERS, description="threads")
    seed: int = Field(default=0, ge=0, lt=2**31, description="same seed and one worker: same roster")


class OptimizeAsked(BaseModel):
    """What to solve, and for how long."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "problem": {
                    "start": "2026-12-21",
                    "days": 2,
                    "shifts": [
                        {"id": "work", "minutes": 480},
                        {"id": "off", "kind": "off", "absence": 2, "rest": True},
                    ],
                    "people": [{"id": "ann"}, {"id": "ben"}],
                },
                "limits": {"seconds": 5},
            }
        },
    )

    problem: Problem
    limits: LimitsAsked = LimitsAsked()


class ViolationTold(BaseModel):
    """One rule broken at one place."""

    rule: str = Field(description="the rule's id")
    kind: str
    people: list[str] = Field(description="empty: the day as a whole")
    days: list[int] = Field(description="one day, or the first and the last of a span; 0 is the first of the problem")
    amount: int = Field(description="by how much, in the rule's unit")
    cost: int = Field(description="weight × amount; 0 where hard")
    hard: bool
    detail: dict[str, int | str]


class OptimizeTold(BaseModel):
    """What the search ended with."""

    status: Status
    roster: dict[str, list[str | None]] | None = Field(description="for each person one shift id a day")
    cost: int | None = Field(description="price of the roster; null without one")
    bound: int | None = Field(description="no roster costs less; null where there is none")
    violations: list[ViolationTold]
    clashes: list[str] = Field(description="where infeasible: ids of rules that clash, when cheaply known")
    seconds: float
    first_seconds: float | None = Field(description="until the first roster")


@router.post(
    "/optimize",
    dependencies=[Depends(may_optimize)],
    summary="Solve a rostering problem",
    responses=REFUSALS,
)
async def optimize(request: Request, asked: OptimizeAsked) -> OptimizeTold:
    """Solve in a process of its own. Hanging up cancels the search.

    `status` is `optimal` (nothing costs less), `feasible` (keeps the hard rules), `infeasible` (no roster does),
    `cancelled`, or `unknown` (out of time without a roster).
    """
    limits = Limits(asked.limits.seconds, asked.limits.workers, asked.limits.seed)
    async with place(request, limits.seconds) as stop:
        outcome = await solve_in_child(asked.problem, limits, None, _ignore, stop)
    return told(outcome)


def told(outcome: Outcome) -> OptimizeTold:
    """Return an outcome as it goes over the wire."""
    return OptimizeTold(
        status=outcome.status,
        roster=None if outcome.roster is None else outcome.roster.rows(),
        cost=outcome.cost,
        bound=outcome.bound,
        violations=[violation(each) for each in outcome.violations],
        clashes=list(outcome.clashes),
        seconds=round(outcome.seconds, 3),
        first_seconds=None if outcome.first_seconds is None else round(outcome.first_seconds, 3),
    )


def violation(each: Violation) -> ViolationTold:
    """Return a violation as it goes over the wire."""
    return ViolationTold(
        rule=each.rule,
        kind=each.kind,
        people=list(each.people),
        days=list(each.days),
        amount=each.amount,
        cost=each.cost,
        hard=each.hard,
        detail=each.detail,
    )


def _ignore(_: Progress) -> None:
    """Progress is for pages."""
