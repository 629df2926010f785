"""The solver over HTTP: a problem in; a roster, what it breaks, its cost and the bound out."""

import asyncio
import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from shiftapp.domain.permission import Action
from shiftapp.http.callers import refuse_other_sites, refuse_without_right, visitor_of
from shiftapp.http.errors import ApiError, Detail, ErrorBody
from shiftapp.services.solving import SolverDied, solve_in_child
from shiftapp.settings import LOOPBACK, settings
from solver.problem import Problem
from solver.roster import Outcome, Status, Violation
from solver.run import Limits, Progress, Stop

SLOTS: Final = 2
"""Searches at once over HTTP, each in a process of its own; the queue of runs has its own limit."""

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
    bound: int | None = Field(description="no roster costs less; null where nothing is proved")
    violations: list[ViolationTold]
    clashes: list[str] = Field(description="where infeasible: ids of rules that clash, when cheaply known")
    seconds: float
    first_seconds: float | None = Field(description="until the first roster")


_taken: Final[list[float]] = []
"""When each search that is going on will have ended, by the loop's clock."""


async def may_optimize(request: Request) -> None:
    """Let in who is signed in with the right to it, and on a loopback address everybody.

    Raises
    ------
    ApiError
        401 or 403.
    """
    refuse_other_sites(request)
    if is_open():
        return
    who = await visitor_of(request)
    if who is None:
        raise ApiError(401, "not_signed_in", "Sign in first, or start the server with SHIFTAPP_OPEN_API=true.")
    await refuse_without_right(request, who, Action.OPTIMIZE, "Your role has no right to use the solver.")


def is_open() -> bool:
    """Say whether the solver answers without a session: as set, else where only this machine can reach it."""
    chosen = settings().open_api
    return settings().host in (*LOOPBACK, "::1") and settings().public_url is None if chosen is None else chosen


@router.post(
    "/optimize",
    dependencies=[Depends(may_optimize)],
    summary="Solve a rostering problem",
    responses={
        status: {"model": ErrorBody, "description": why}
        for status, why in (
            (400, "not JSON"),
            (401, "not signed in"),
            (413, "larger than 8 MB"),
            (422, "not a problem: each detail names a field"),
            (503, "all searches are taken; `Retry-After` says when to ask again"),
        )
    },
)
async def optimize(request: Request, asked: OptimizeAsked) -> OptimizeTold:
    """Solve in a process of its own. Hanging up cancels the search.

    `status` is `optimal` (nothing costs less), `feasible` (keeps the hard rules), `infeasible` (no roster does),
    `cancelled`, or `unknown` (out of time without a roster).
    """
    limits = Limits(asked.limits.seconds, asked.limits.workers, asked.limits.seed)
    async with _slot(limits.seconds), _hung_up(request) as stop:
        try:
            outcome = await solve_in_child(asked.problem, limits, None, _ignore, stop)
        except SolverDied as died:
            raise ApiError(500, "solver_died", _WHY_DIED.get(died.reason, _WHY_DIED["crashed"])) from died
    return told(outcome)


_WHY_DIED: Final = {
    "memory": "The problem needs more memory than one search may use. Solve fewer people or days at a time.",
    "killed": "The search was ended from outside. Ask again.",
    "crashed": "The search failed. The fault is ours and is in the server's log.",
}


def told(outcome: Outcome) -> OptimizeTold:
    """Return an outcome as it goes over the wire."""
    return OptimizeTold(
        status=outcome.status,
        roster=None if outcome.roster is None else outcome.roster.rows(),
        cost=outcome.cost,
        bound=outcome.bound,
        violations=[_violation(each) for each in outcome.violations],
        clashes=list(outcome.clashes),
        seconds=round(outcome.seconds, 3),
        first_seconds=None if outcome.first_seconds is None else round(outcome.first_seconds, 3),
    )


def _violation(each: Violation) -> ViolationTold:
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


@asynccontextmanager
async def _slot(seconds: float) -> AsyncGenerator[None]:
    """Take one of the places, or say when one will be free."""
    now = asyncio.get_running_loop().time()
    if len(_taken) >= SLOTS:
        wait = max(1, round(min(_taken) - now))
        raise ApiError(
            503,
            "busy",
            f"{SLOTS} searches are going on already. Ask again in {wait} s.",
            [Detail(where="server", what=f"free in about {wait} s")],
            {"retry-after": str(wait)},
        )
    ends = now + seconds
    _taken.append(ends)
    try:
        yield
    finally:
        _taken.remove(ends)


@asynccontextmanager
async def _hung_up(request: Request) -> AsyncGenerator[Stop]:
    """Give a stop that is pulled when the client goes away."""
    stop = Stop()

    async def listen() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass
        stop.cancel()

    listening = asyncio.create_task(listen())
    try:
        yield stop
    finally:
        listening.cancel()
