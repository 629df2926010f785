"""Rules about somebody's days off, hours and rest over several days."""

from collections.abc import Iterator, Mapping
from typing import Final

from shiftapp.domain.book import Book
from shiftapp.domain.compile_common import common, half_days, scope_of, shifts_of, staff_in_scope
from shiftapp.domain.compile_spans import span_limits
from shiftapp.domain.rule_params_time import (
    ConsecutiveWorkParams,
    HoursParams,
    MinimumRestParams,
    PeriodLimitsParams,
    RollingLimitsParams,
    RunLengthsParams,
    WeekendsParams,
)
from shiftapp.domain.rule_settings import RuleSetting
from shiftapp.domain.rule_values import Between
from shiftapp.domain.staff import StaffMember
from solver import rules as solver_rules
from solver.rules import AnyRule, Minutes
from solver.spans import Span

_SPANS: Final[Mapping[str, Span]] = {
    "week": "week",
    "business_month": "month",
    "calendar_month": "month",
    "period": "horizon",
}


def period_limits(book: Book, rule: RuleSetting) -> Iterator[AnyRule]:
    """Yield the limits on days off, span by span."""
    assert isinstance(rule.params, PeriodLimitsParams)
    units = half_days(book)
    limits = tuple(span_limits(book, rule.params, staff_in_scope(book, rule)))
    if units and limits:
        yield solver_rules.PeriodLimits(**common(rule), units=units, limits=limits, scope=scope_of(book, rule))


def consecutive_work(book: Book, rule: RuleSetting) -> Iterator[AnyRule]:
    """Yield the limit on working days in a row."""
    assert isinstance(rule.params, ConsecutiveWorkParams)
    yield solver_rules.ConsecutiveWork(**common(rule), limit=rule.params.limit, scope=scope_of(book, rule))


def rolling_limits(book: Book, rule: RuleSetting) -> Iterator[AnyRule]:
    """Yield the limits on days off, working days or minutes in any few days in a row."""
    assert isinstance(rule.params, RollingLimitsParams)
    limits, units = rule.params.limits, _units(book, rule.params)
    if units and not limits.empty:
        yield solver_rules.RollingLimits(
            **common(rule),
            window=rule.params.window,
            units=units,
            minimum=limits.minimum,
            maximum=limits.maximum,
            scope=scope_of(book, rule),
        )


def _units(book: Book, params: RollingLimitsParams) -> dict[str, int]:
    match params.count:
        case "days_off":
            return half_days(book)
        case "days_worked":
            return {str(shift.id): 1 for shift in book.shift_types if not shift.rest}
        case "minutes":
            return {str(shift.id): shift.minutes for shift in book.shift_types if shift.minutes}


def minimum_rest(book: Book, rule: RuleSetting) -> Iterator[AnyRule]:
    """Yield the rest between shifts with times; without such shift types there is none."""
    assert isinstance(rule.params, MinimumRestParams)
    if any(shift.start_minute is not None for shift in book.shift_types):
        yield solver_rules.MinimumRest(**common(rule), minutes=rule.params.minutes, scope=scope_of(book, rule))


def run_lengths(book: Book, rule: RuleSetting) -> Iterator[AnyRule]:
    """Yield the limits on the days in a row with some shifts."""
    assert isinstance(rule.params, RunLengthsParams)
    shifts = shifts_of(book, rule.params.shifts)
    if shifts:
        yield solver_rules.RunLengths(
            **common(rule),
            shifts=shifts,
            minimum=rule.params.minimum,
            maximum=rule.params.maximum,
            scope=scope_of(book, rule),
        )


def weekends(book: Book, rule: RuleSetting) -> Iterator[AnyRule]:
    """Yield the limit on weekends worked, and whether they are worked as a whole."""
    assert isinstance(rule.params, WeekendsParams)
    working = shifts_of(book, rule.params.working)
    if working and (rule.params.whole or rule.params.maximum is not None):
        yield solver_rules.Weekends(
            **common(rule),
            working=working,
            weekdays=rule.params.weekdays,
            maximum=rule.params.maximum,
            whole=rule.params.whole,
            scope=scope_of(book, rule),
        )


def hours(book: Book, rule: RuleSetting) -> Iterator[AnyRule]:
    """Yield one rule for those with limits of their own, or of their type, and one for the contracts."""
    assert isinstance(rule.params, HoursParams)
    params = rule.params
    stated, contracted = dict[str, Minutes](), dict[str, Minutes]()
    for member in staff_in_scope(book, rule):
        if params.contracted and member.weekly_minutes and member.id not in params.by_staff:
            contracted[str(member.id)] = Minutes(
                minimum=max(0, member.weekly_minutes - params.margin), maximum=member.weekly_minutes + params.margin
            )
        elif not (limits := _hours_of(params, member)).empty:
            stated[str(member.id)] = Minutes(minimum=limits.minimum, maximum=limits.maximum)
    for by_person, basis in ((stated, None), (contracted, 7)):
        if by_person:
            yield solver_rules.Hours(
                **common(rule),
                span=_SPANS[params.span],
                first_weekday=params.first_weekday,
                first_day_of_month=book.team.start_day if params.span == "business_month" else 1,
                by_person=by_person,
                basis=basis,
                scope=scope_of(book, rule).model_copy(update={"people": tuple(by_person)}),
            )


def _hours_of(params: HoursParams, member: StaffMember) -> Between:
    return params.by_staff.get(member.id) or params.by_staff_type.get(member.staff_type) or params.everyone
