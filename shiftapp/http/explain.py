"""Why a problem has no roster, over HTTP: a problem in; what clashes, and ways out that were tried, out."""

from datetime import date, timedelta
from typing import Any, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from shiftapp.http.places import REFUSALS, may_optimize, place
from shiftapp.services.questions import Explain
from shiftapp.services.solving import ask_child
from solver.problem import Problem

router = APIRouter(tags=["solver"])


class ExplainLimits(BaseModel):
    """Bounds of the search for reasons."""

    model_config = ConfigDict(extra="forbid")

    seconds: float = Field(default=15.0, gt=0, le=600, description="wall time")
    seed: int = Field(default=0, ge=0, lt=2**31, description="same seed: same answer, unless time runs out")


class ExplainAsked(BaseModel):
    """What to explain, and for how long to search."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "problem": {
                    "start": "2026-12-21",
                    "days": 1,
                    "shifts": [{"id": "off", "kind": "off", "absence": 2, "rest": True}],
                    "people": [{"id": "ann"}],
                    "rules": [
                        {"kind": "one_shift", "id": "one", "hard": True, "weight": 0},
                        {"kind": "group_cover", "id": "cover", "hard": True, "weight": 0, "members": ["ann"],
                         "limit": 0},
                    ],
                },
                "limits": {"seconds": 5},
            }
        },
    )  # fmt: skip

    problem: Problem
    limits: ExplainLimits = ExplainLimits()


class PartTold(BaseModel):
    """One rule at one place of a clash."""

    rule: str = Field(description="the rule's id")
    kind: str
    people: list[str] = Field(description="empty: everybody")
    days: list[int] = Field(description="one day, or the first and the last of a span; 0 is the first of the problem")
    dates: list[date] = Field(description="the same days by date")


class ClashTold(BaseModel):
    """Rules at places that no roster keeps together."""

    parts: list[PartTold]
    minimal: bool = Field(description="without any one of the parts the others can be kept together")


class StepTold(BaseModel):
    """One thing to give up."""

    act: str = Field(description="`unpin`, `withdraw`, `open`, `loosen`, `exempt`, `soften`, `drop` …")
    rule: str
    kind: str
    position: int = Field(description="of the rule among the problem's rules")
    people: list[str]
    days: list[int]
    dates: list[date] = Field(description="the same days by date")
    shifts: list[str]
    item: int | None = Field(description="of the pin, wish, preference or limit in the rule's data")
    limit: str | None
    before: int | None
    after: int | None


class RelaxationTold(BaseModel):
    """Steps after which the hard rules can be kept, shown by a roster."""

    steps: list[StepTold]
    broken: int = Field(description="by how much the roster breaks the hard rules as they were")
    cost: int = Field(description="price of the roster under the soft rules as they were")
    roster: dict[str, list[str | None]]


class ExplainTold(BaseModel):
    """Why there is no roster."""

    status: Literal["clash", "solvable", "unknown"]
    clashes: list[ClashTold] = Field(description="no two have a part in common; each must be mended")
    relaxations: list[RelaxationTold] = Field(description="each was tried; the cheapest first")
    seconds: float


@router.post(
    "/explain", dependencies=[Depends(may_optimize)], summary="Say why no roster keeps the rules", responses=REFUSALS
)
async def explain(request: Request, asked: ExplainAsked) -> ExplainTold:
    """Search for reasons in a process of its own. Hanging up cancels it.

    `status` is `clash` (no roster keeps the hard rules), `solvable` (one does), or `unknown` (neither was shown in
    time).
    """
    limits = asked.limits
    async with place(request, limits.seconds) as stop:
        answer = await ask_child(asked.problem, Explain(seconds=limits.seconds, seed=limits.seed), stop)
    if answer is None:
        return ExplainTold(status="unknown", clashes=[], relaxations=[], seconds=limits.seconds)
    found = [part for clash in answer["clashes"] for part in clash["parts"]]
    found += [step for relaxation in answer["relaxations"] for step in relaxation["steps"]]
    for each in found:
        each["dates"] = _dates(asked.problem, each)
    return ExplainTold.model_validate({**answer, "seconds": round(answer["seconds"], 3)})


def _dates(problem: Problem, named: dict[str, Any]) -> list[date]:
    return [problem.start + timedelta(days=day) for day in named["days"]]
