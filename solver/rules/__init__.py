"""The rules a roster is priced with, one a file: data, specification, encoding."""

from __future__ import annotations

from solver.rules.after_closure import AfterClosure
from solver.rules.backup_cover import BackupCover
from solver.rules.calendar import Calendar
from solver.rules.consecutive_work import ConsecutiveWork
from solver.rules.coverage import Coverage
from solver.rules.daily_limits import DailyLimits
from solver.rules.day_count import Bounds
from solver.rules.eligibility import Eligibility
from solver.rules.employment import Employment
from solver.rules.fairness import Fairness
from solver.rules.group_cover import GroupCover
from solver.rules.hours import Hours, Minutes
from solver.rules.minimum_change import MinimumChange
from solver.rules.minimum_rest import MinimumRest
from solver.rules.one_shift import OneShift
from solver.rules.pair import Pair
from solver.rules.period_limits import PeriodLimits, SpanLimit
from solver.rules.pins import Pin, Pins
from solver.rules.priority import Preference, Priority
from solver.rules.requests import Requests, Wish
from solver.rules.rolling_limits import RollingLimits
from solver.rules.rule import Excess, Place, Rule, Scope
from solver.rules.run_lengths import RunLengths
from solver.rules.sequences import Pattern, Sequences
from solver.rules.staff_type_limits import StaffTypeLimits
from solver.rules.weekends import Weekends

AnyRule = (
    OneShift
    | Pins
    | Calendar
    | Employment
    | Eligibility
    | GroupCover
    | StaffTypeLimits
    | BackupCover
    | DailyLimits
    | Coverage
    | PeriodLimits
    | RollingLimits
    | ConsecutiveWork
    | RunLengths
    | Sequences
    | MinimumRest
    | AfterClosure
    | Requests
    | Priority
    | Pair
    | MinimumChange
    | Weekends
    | Hours
    | Fairness
)

__all__ = [
    "AfterClosure",
    "AnyRule",
    "BackupCover",
    "Bounds",
    "Calendar",
    "ConsecutiveWork",
    "Coverage",
    "DailyLimits",
    "Eligibility",
    "Employment",
    "Excess",
    "Fairness",
    "GroupCover",
    "Hours",
    "MinimumChange",
    "MinimumRest",
    "Minutes",
    "OneShift",
    "Pair",
    "Pattern",
    "PeriodLimits",
    "Pin",
    "Pins",
    "Place",
    "Preference",
    "Priority",
    "Requests",
    "RollingLimits",
    "Rule",
    "RunLengths",
    "Scope",
    "Sequences",
    "SpanLimit",
    "StaffTypeLimits",
    "Weekends",
    "Wish",
]
