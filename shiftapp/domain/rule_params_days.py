"""Numbers of the rules about how many people there are on a day."""

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from shiftapp.domain.rule_values import AWAY, WORKED, Between, Params, SomeShifts, Weekday
from shiftapp.domain.shift_type import StaffType

MOST_PEOPLE = 400
HalfDays = Annotated[int, Field(ge=0, le=2 * MOST_PEOPLE, description="half days: off and leave 2, early 1")]
People = Annotated[int, Field(ge=0, le=MOST_PEOPLE)]


class GroupCoverParams(Params):
    """How much of a staff group may be absent on a day."""

    limit: int = Field(default=2, ge=0, le=400, description="half days: off and leave 2, early 1")


class DailyLimitsParams(Params):
    """How many people may be off on a day; a must-work day has no minimum, a closure no limits."""

    every_day: Between = Between(minimum=2, maximum=5)
    by_weekday: dict[Weekday, Between] = Field(default_factory=dict[int, Between])


class StaffTypeLimitsParams(Params):
    """How much of a staff type may be absent on a day; a type that is not listed has no limit."""

    by_staff_type: dict[StaffType, HalfDays] = Field(default_factory=lambda: {"contract": 4, "part_time": 4})


class Cover(Params):
    """``minimum`` ≤ a number of people ≤ ``maximum``, best of all ``preferred``; null bounds nothing."""

    minimum: People | None = None
    preferred: People | None = None
    maximum: People | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        given = [one for one in (self.minimum, self.preferred, self.maximum) if one is not None]
        if given != sorted(given):
            raise ValueError("expected minimum ≤ preferred ≤ maximum")
        return self


class CoverageParams(Params):
    """How many people with a skill have one of some shifts on a day.

    A date of its own (``by_date``) comes before its weekday, and this before ``every_day``. Null asks for no skill.
    """

    shifts: SomeShifts = WORKED
    skill: str | None = Field(default=None, min_length=1, max_length=60)
    every_day: Cover = Cover()
    by_weekday: dict[Weekday, Cover] = Field(default_factory=dict[int, Cover])
    by_date: dict[date, Cover] = Field(default_factory=dict[date, Cover], max_length=366)


class BackupCoverParams(Params):
    """A member of a staff group is away only while one of the group's backups works."""

    away: SomeShifts = AWAY
    working: SomeShifts = WORKED


class AfterClosureParams(Params):
    """The first ``days`` days after a closure of ``length`` days or more are worked."""

    length: int = Field(default=2, ge=1, le=31)
    days: int = Field(default=1, ge=1, le=31)
    away: SomeShifts = ("off", "leave")
