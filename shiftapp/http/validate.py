"""The price of a roster over HTTP: a problem and a roster in; what it breaks and its cost out."""

import asyncio

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from shiftapp.http.errors import ApiError, Detail
from shiftapp.http.optimize import ViolationTold, violation
from shiftapp.http.places import REFUSALS, may_optimize
from solver.check import Checker
from solver.problem import Problem

router = APIRouter(tags=["solver"])


class ValidateAsked(BaseModel):
    """What to price, and under which rules."""

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
                "roster": {"ann": ["work", "off"], "ben": ["off", None]},
            }
        },
    )

    problem: Problem
    roster: dict[str, list[str | None]] = Field(
        description="for each person one shift id a day; null, or no person: empty"
    )


class ValidateTold(BaseModel):
    """What a roster costs and breaks."""

    valid: bool = Field(description="every cell is decided and no hard rule is broken")
    cost: int = Field(description="sum of the costs of the soft rules' violations")
    hard: int = Field(description="violations of hard rules")
    undecided: int = Field(description="empty cells within the employment")
    violations: list[ViolationTold]


@router.post(
    "/validate",
    dependencies=[Depends(may_optimize)],
    summary="Price a roster",
    responses={status: told for status, told in REFUSALS.items() if status != 503},
)
async def validate(asked: ValidateAsked) -> ValidateTold:
    """Check a roster against every rule of its problem, without a search.

    The price is the one that `/optimize` tells of the same roster.
    """
    try:
        return await asyncio.to_thread(_priced, asked)
    except ValueError as wrong:
        raise ApiError(
            422, "not_valid", "The roster does not fit the problem.", [Detail(where="roster", what=str(wrong)[:300])]
        ) from wrong


def _priced(asked: ValidateAsked) -> ValidateTold:
    checker = Checker(asked.problem, asked.roster)
    return ValidateTold(
        valid=not checker.hard and not checker.undecided,
        cost=checker.cost,
        hard=checker.hard,
        undecided=checker.undecided,
        violations=[violation(each) for each in checker.violations()],
    )
