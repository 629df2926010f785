"""What the numbers of rules are made of: limits, weekdays, shifts, and whom and when a rule concerns."""

from datetime import date
from typing import Annotated, Final, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from shiftapp.domain.period import LONGEST
from shiftapp.domain.shift_type import Kind, StaffType

MOST: Final = LONGEST * 24 * 60
"""The highest limit on anything: all the minutes of the longest period."""


class Params(BaseModel):
    """Numbers of one kind of rule."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class NoParams(Params):
    """A kind without numbers."""


class Between(Params):
    """``minimum`` ≤ a count ≤ ``maximum``; null bounds nothing."""

    minimum: int | None = Field(default=None, ge=0, le=MOST)
    maximum: int | None = Field(default=None, ge=0, le=MOST)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise ValueError(f"the minimum {self.minimum} is above the maximum {self.maximum}")
        return self

    @property
    def empty(self) -> bool:
        """Whether it bounds nothing."""
        return self.minimum is None and self.maximum is None


Id = Annotated[int, Field(ge=1, le=2**63 - 1, strict=True)]
Weekday = Annotated[int, Field(ge=0, le=6, description="0 is Monday")]
Dates = Annotated[tuple[date, ...], Field(min_length=1, max_length=366)]

Shifts = tuple[Kind | Id, ...]
"""Shift types, by kind and by id: ``("off", 12)`` is every shift type of kind off, and shift type 12."""

SomeShifts = Annotated[Shifts, Field(min_length=1)]

WORKED: Final[Shifts] = ("work", "early", "late")
AWAY: Final[Shifts] = ("off", "leave", "unavailable")


class RuleScope(Params):
    """Whom and when a rule concerns; null is everybody, every day. What is given must hold all at once.

    ``groups`` are the members of staff groups. A day is one of ``dates`` and, where given, from ``first`` to ``last``.
    Shift types are not part of it: rules that look at some of them name them among their numbers.
    """

    staff: tuple[int, ...] | None = None
    staff_types: tuple[StaffType, ...] | None = None
    groups: tuple[int, ...] | None = None
    weekdays: tuple[Weekday, ...] | None = None
    dates: Dates | None = None
    first: date | None = None
    last: date | None = None
