"""Numbers of the rules about single cells, about what follows what, and about who is together."""

from typing import Annotated

from pydantic import Field

from shiftapp.domain.rule_values import WORKED, Dates, Params, Shifts, SomeShifts, Weekday
from shiftapp.domain.shift_type import StaffType


class CalendarParams(Params):
    """What the calendar leaves open."""

    early_on_closure: bool = Field(default=False, description="an early shift is allowed on a closure")


class EligibilityParams(Params):
    """Staff types that do not get certain shifts."""

    staff_types: tuple[StaffType, ...] = ("contract", "part_time")
    shift_kinds: SomeShifts = ("early", "late")


class SequencesParams(Params):
    """Shifts that should not follow one another on consecutive days; closures do not count."""

    patterns: tuple[Annotated[tuple[SomeShifts, ...], Field(min_length=2, max_length=4)], ...] = Field(
        default=(
            (("off",), ("off",)),
            (("off",), ("early",)),
            (("early",), ("off",)),
            (("early",), ("early",)),
        ),
        max_length=50,
    )


class Preference(Params):
    """Somebody prefers, or avoids, some shifts on some weekdays and dates; null means all of them.

    Days off, leave and ⊘ are never against one who prefers a shift.
    """

    staff: int
    shifts: SomeShifts
    prefers: bool = Field(default=True, description="false: avoids")
    weekdays: tuple[Weekday, ...] | None = None
    dates: Dates | None = None
    level: int = Field(default=3, ge=1, le=5, description="1 would be nice … 5 matters most")
    hard: bool = Field(default=False, description="must be kept, whatever the rule is; the level means nothing then")


class PriorityParams(Params):
    """What each one prefers and avoids, week after week; each cell against it counts its level."""

    preferences: tuple[Preference, ...] = Field(default=(), max_length=1000)


class PairParams(Params):
    """People who should be on a shift together, or apart, two by two: each two of ``staff``."""

    staff: tuple[int, ...] = Field(default=(), max_length=10)
    together: bool = Field(default=False, description="false: apart")
    shifts: SomeShifts = WORKED
    same: bool = Field(default=True, description="on the same shift type; false: any two of the shifts")


class MinimumChangeParams(Params):
    """How much a run may change of what stands when it starts; each cell that changes counts 1."""

    shifts: Shifts = Field(default=(), description="only cells that hold one of these; empty: any")
