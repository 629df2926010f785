"""The book of a period: everything about it but its cells, as plain frozen data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from shiftapp.domain.calendar import CalendarDay
from shiftapp.domain.cell import Cells, Place
from shiftapp.domain.conflict import Strategy
from shiftapp.domain.period import Period
from shiftapp.domain.request import Request
from shiftapp.domain.rule_params_time import FairnessParams
from shiftapp.domain.rule_settings import RuleSetting
from shiftapp.domain.shift_type import ShiftType
from shiftapp.domain.staff import StaffGroup, StaffMember

CARRY_IN = 31
"""Days before a period that are read for the rules that look at several days in a row."""


@dataclass(frozen=True, slots=True)
class Team:
    """What a period needs to know of its team."""

    id: int
    name: str
    language: str = "ja"
    country: str = "JP"
    start_day: int = 21
    conflicts: Strategy = "last"
    zone: str = "Asia/Tokyo"


@dataclass(frozen=True)
class Book:
    """Everything of one period that its cells are read against.

    Attributes
    ----------
    staff : tuple of StaffMember
        Rows in order: active, or with cells in this period, and employed on one of its dates.
    shift_types : tuple of ShiftType
        By rank; inactive ones only where the period still uses them.
    calendar : tuple of CalendarDay
        Of the period's dates.
    holidays : mapping of date to str
        National holidays on the period's dates, with their names in the team's language.
    before : mapping of Place to int
        Shift types on the ``CARRY_IN`` days before the period, from the team's other periods.
    past : mapping of Place to int
        Shift types on as many days before the period as `past_days` says.
    closed_before : tuple of date
        Closures on the ``CARRY_IN`` days before the period; empty where no rule looks at them.
    """

    team: Team
    period: Period
    staff: tuple[StaffMember, ...] = ()
    shift_types: tuple[ShiftType, ...] = ()
    groups: tuple[StaffGroup, ...] = ()
    calendar: tuple[CalendarDay, ...] = ()
    holidays: Mapping[date, str] = field(default_factory=dict[date, str])
    rules: tuple[RuleSetting, ...] = ()
    requests: tuple[Request, ...] = ()
    before: Mapping[Place, int] = field(default_factory=dict[Place, int])
    past: Mapping[Place, int] = field(default_factory=dict[Place, int])
    closed_before: tuple[date, ...] = ()

    @cached_property
    def shift_type(self) -> Mapping[int, ShiftType]:
        """Shift types by id."""
        return {shift.id: shift for shift in self.shift_types}

    @cached_property
    def member(self) -> Mapping[int, StaffMember]:
        """Staff members by id."""
        return {member.id: member for member in self.staff}

    @cached_property
    def day_kind(self) -> Mapping[date, CalendarDay]:
        """What the team entered for a date."""
        return {day.day: day for day in self.calendar}

    def planned(self) -> "Book":
        """Return the book without who is inactive: their cells stand, but nobody plans them any more."""
        staff = tuple(member for member in self.staff if member.active)
        ids = {member.id for member in staff}
        return replace(
            self,
            staff=staff,
            groups=tuple(
                replace(
                    group,
                    members=tuple(one for one in group.members if one in ids),
                    backups=tuple(one for one in group.backups if one in ids),
                )
                for group in self.groups
            ),
            requests=tuple(asked for asked in self.requests if asked.staff_id in ids),
        )

    def day(self, index: int) -> date:
        """Return the date of column ``index`` (0 is the first; negative: before the period)."""
        return self.period.starts + timedelta(days=index)

    def index(self, day: date) -> int:
        """Return the column of ``day``."""
        return (day - self.period.starts).days


def past_days(rules: Iterable[RuleSetting]) -> int:
    """Return how many days before a period the rules that are on count in it."""
    counted = (rule.params.past_days for rule in rules if rule.enabled and isinstance(rule.params, FairnessParams))
    return max(counted, default=0)


@dataclass(frozen=True)
class Reading:
    """A period as it was read at one moment: ``book.period.seq`` says which."""

    book: Book
    cells: Cells
