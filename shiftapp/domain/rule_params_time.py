"""Numbers of the rules about somebody's days off, hours and rest over several days."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from shiftapp.domain.rule_values import WORKED, Between, Params, SomeShifts, Weekday
from shiftapp.domain.shift_type import StaffType

Month = Literal["business_month", "calendar_month", "period"]


class PeriodLimitsParams(Params):
    """How many half days off somebody has in a span: off and leave count 2, early 1.

    Somebody's own limits (``by_staff``) come before those of the staff type, and these before ``everyone``.
    """

    span: Month = "business_month"
    everyone: Between = Between()
    by_staff_type: dict[StaffType, Between] = Field(
        default_factory=lambda: {
            "regular": Between(minimum=14, maximum=16),
            "contract": Between(minimum=14, maximum=18),
            "part_time": Between(minimum=18, maximum=24),
        }
    )
    by_staff: dict[int, Between] = Field(default_factory=dict[int, Between])


class RollingLimitsParams(Params):
    """How much somebody has in any ``window`` days in a row.

    ``days_off`` are counted in half days (off and leave 2, early 1), ``days_worked`` in days, ``minutes`` in minutes.
    """

    window: int = Field(default=7, ge=2, le=62)
    count: Literal["days_off", "days_worked", "minutes"] = "days_off"
    limits: Between = Between(minimum=2)


class ConsecutiveWorkParams(Params):
    """How many days in a row may be worked."""

    limit: int = Field(default=5, ge=1, le=31, description="working days in a row that are still allowed")


class MinimumRestParams(Params):
    """Minutes between the end of a shift and the start of the next; hours begun of what is missing count."""

    minutes: int = Field(default=660, ge=1, le=4320)


class RunLengthsParams(Params):
    """How many days in a row somebody has some shifts: days off that are not single, night weeks of three to five."""

    shifts: SomeShifts = ("off", "leave")
    minimum: int = Field(default=2, ge=1, le=31)
    maximum: int | None = Field(default=None, ge=1, le=62)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.maximum is not None and self.minimum > self.maximum:
            raise ValueError(f"the minimum {self.minimum} is above the maximum {self.maximum}")
        return self


class WeekendsParams(Params):
    """How many weekends of a period somebody works, and whether a weekend is worked or free as a whole."""

    maximum: int | None = Field(default=4, ge=0, le=14)
    whole: bool = False
    weekdays: tuple[Weekday, ...] = Field(default=(5, 6), min_length=1, max_length=6)
    working: SomeShifts = WORKED


class HoursParams(Params):
    """Minutes somebody works in each span; hours begun of what is missing or too much count.

    Somebody's own limits (``by_staff``) come before the contract, this before those of the staff type, and these
    before ``everyone``. With ``contracted``, who has contracted minutes has ``margin`` minutes a week more or less of
    them, in a month in proportion.
    """

    span: Literal["week", "business_month", "calendar_month", "period"] = "week"
    first_weekday: Weekday = 0
    contracted: bool = False
    margin: int = Field(default=240, ge=0, le=10080, description="minutes a week")
    everyone: Between = Between(maximum=2400)
    by_staff_type: dict[StaffType, Between] = Field(default_factory=dict[StaffType, Between])
    by_staff: dict[int, Between] = Field(default_factory=dict[int, Between])


class FairnessParams(Params):
    """How far apart the counts of some shifts may be: the highest less the lowest, as a full post would have them.

    ``per_fte`` divides a count by the share of a full post (contracted minutes of ``full_time``) and of the days
    employed; ``past_days`` before the period are counted too.
    """

    shifts: SomeShifts = ("off",)
    days: Literal["all", "weekends", "holidays"] = "all"
    limit: int = Field(default=1, ge=0, le=366)
    per_fte: bool = True
    full_time: Annotated[int, Field(ge=60, le=10080, description="contracted minutes of a full post a week")] = 2400
    past_days: int = Field(default=0, ge=0, le=366)
