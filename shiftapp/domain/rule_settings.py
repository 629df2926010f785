"""A team's rules as it keeps them: kind, switch, hardness, weight, numbers.

The numbers of each kind are a model of their own (``PARAMS``), so that what is stored can always be obeyed. Days off
are counted in half days, as everywhere; pages show them halved.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Final, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from shiftapp.domain.period import LONGEST
from shiftapp.domain.shift_type import Kind, StaffType

RuleKind = Literal[
    "one_shift",
    "pins",
    "calendar",
    "employment",
    "eligibility",
    "group_cover",
    "daily_limits",
    "period_limits",
    "consecutive_work",
    "sequences",
    "requests",
]
RULE_KINDS: Final[tuple[RuleKind, ...]] = get_args(RuleKind)
HIGHEST_WEIGHT = 100_000

ALWAYS_HARD: Final[frozenset[RuleKind]] = frozenset({"one_shift", "employment"})
"""Kinds that say what a roster is: they can be neither softened nor switched off."""


class Params(BaseModel):
    """Numbers of one kind of rule."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class NoParams(Params):
    """A kind without numbers."""


class CalendarParams(Params):
    """What the calendar leaves open."""

    early_on_closure: bool = Field(default=False, description="an early shift is allowed on a closure")


class EligibilityParams(Params):
    """Staff types that do not get certain kinds of shift."""

    staff_types: tuple[StaffType, ...] = ("contract", "part_time")
    shift_kinds: tuple[Kind, ...] = Field(default=("early", "late"), min_length=1)


class GroupCoverParams(Params):
    """How much of a staff group may be absent on a day."""

    limit: int = Field(default=2, ge=0, le=400, description="half days: off and leave 2, early 1")


class Between(Params):
    """``minimum`` ≤ a count ≤ ``maximum``; null bounds nothing."""

    minimum: int | None = Field(default=None, ge=0, le=2 * LONGEST * 2)
    maximum: int | None = Field(default=None, ge=0, le=2 * LONGEST * 2)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise ValueError(f"the minimum {self.minimum} is above the maximum {self.maximum}")
        return self


Weekday = Annotated[int, Field(ge=0, le=6, description="0 is Monday")]


class DailyLimitsParams(Params):
    """How many people may be off on a day; a must-work day has no minimum, a closure no limits."""

    every_day: Between = Between(minimum=2, maximum=5)
    by_weekday: dict[Weekday, Between] = Field(default_factory=dict[int, Between])


class PeriodLimitsParams(Params):
    """How many half days off somebody has in a span: off and leave count 2, early 1.

    Somebody's own limits (``by_staff``) come before those of the staff type, and these before ``everyone``.
    """

    span: Literal["business_month", "calendar_month", "period"] = "business_month"
    everyone: Between = Between()
    by_staff_type: dict[StaffType, Between] = Field(
        default_factory=lambda: {
            "regular": Between(minimum=14, maximum=16),
            "contract": Between(minimum=14, maximum=18),
            "part_time": Between(minimum=18, maximum=24),
        }
    )
    by_staff: dict[int, Between] = Field(default_factory=dict[int, Between])


class ConsecutiveWorkParams(Params):
    """How many days in a row may be worked."""

    limit: int = Field(default=5, ge=1, le=31, description="working days in a row that are still allowed")


Step = Annotated[tuple[Kind, ...], Field(min_length=1)]


class SequencesParams(Params):
    """Kinds of shift that should not follow one another on consecutive days; closures do not count."""

    patterns: tuple[Annotated[tuple[Step, ...], Field(min_length=2, max_length=4)], ...] = Field(
        default=(
            (("off",), ("off",)),
            (("off",), ("early",)),
            (("early",), ("off",)),
            (("early",), ("early",)),
        ),
        max_length=50,
    )


PARAMS: Final[Mapping[RuleKind, type[Params]]] = {
    "one_shift": NoParams,
    "pins": NoParams,
    "calendar": CalendarParams,
    "employment": NoParams,
    "eligibility": EligibilityParams,
    "group_cover": GroupCoverParams,
    "daily_limits": DailyLimitsParams,
    "period_limits": PeriodLimitsParams,
    "consecutive_work": ConsecutiveWorkParams,
    "sequences": SequencesParams,
    "requests": NoParams,
}


class RuleScope(Params):
    """Whom and when a rule concerns; null is everybody, every day."""

    staff: tuple[int, ...] | None = None
    staff_types: tuple[StaffType, ...] | None = None
    weekdays: tuple[Weekday, ...] | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """One rule of a team.

    Attributes
    ----------
    id : int
        0 while it is not stored yet.
    name : str
        The team's own name for it; empty: the page names the kind.
    weight : int
        Cost of one unit of excess, 0–100000; without meaning where hard. For ``requests`` it multiplies the weight of
        each request.
    """

    id: int
    rank: int
    kind: RuleKind
    name: str
    enabled: bool
    hard: bool
    weight: int
    params: Params
    scope: RuleScope = field(default_factory=RuleScope)


def read_params(kind: RuleKind, stored: Mapping[str, Any]) -> Params:
    """Return the numbers of a rule from what is stored or was sent.

    Raises
    ------
    pydantic.ValidationError
        They are not those of ``kind``.
    """
    return PARAMS[kind].model_validate(stored)


_DEFAULTS: Final[tuple[tuple[RuleKind, bool, int], ...]] = (
    ("one_shift", True, 0),
    ("pins", True, 0),
    ("calendar", True, 0),
    ("employment", True, 0),
    ("eligibility", False, 150),
    ("group_cover", False, 100),
    ("daily_limits", False, 50),
    ("period_limits", False, 80),
    ("consecutive_work", False, 200),
    ("sequences", False, 30),
    ("requests", False, 1),
)


def default_rules() -> tuple[RuleSetting, ...]:
    """Return the rules a new team starts with: those of a hotel kitchen."""
    return tuple(
        RuleSetting(0, rank, kind, "", True, hard, weight, PARAMS[kind]())
        for rank, (kind, hard, weight) in enumerate(_DEFAULTS)
    )
