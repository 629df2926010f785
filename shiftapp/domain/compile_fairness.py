"""Fairness: the counts of the days before a period, and what share of a full post everybody has."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from shiftapp.domain.book import Book
from shiftapp.domain.calendar import national_holidays
from shiftapp.domain.compile_common import common, date_in_scope, scope_of, shifts_of, staff_in_scope
from shiftapp.domain.rule_params_time import FairnessParams
from shiftapp.domain.rule_settings import RuleSetting
from shiftapp.domain.staff import StaffMember
from solver import rules as solver_rules
from solver.rules import AnyRule
from solver.rules.rule import Scope

WEEKEND = (5, 6)


def fairness(book: Book, rule: RuleSetting) -> Iterator[AnyRule]:
    """Yield the limit on the spread of a count; who is not employed in the period is not compared."""
    assert isinstance(rule.params, FairnessParams)
    params, shifts = rule.params, shifts_of(book, rule.params.shifts)
    concerned, scope = staff_in_scope(book, rule), _scope(book, rule, params)
    if shifts and len(concerned) > 1 and scope.days != () and scope.weekdays != ():
        past = _past(book, rule, params, frozenset(map(int, shifts)))
        yield solver_rules.Fairness(
            **common(rule),
            shifts=shifts,
            limit=params.limit,
            past={str(member.id): past[member.id] for member in concerned if past[member.id]},
            shares={str(member.id): _share(book, params, member) for member in concerned} if params.per_fte else {},
            scope=scope,
        )


def _scope(book: Book, rule: RuleSetting, params: FairnessParams) -> Scope:
    """Return the rule's scope, narrowed to the days that are counted."""
    scope = scope_of(book, rule)
    if params.days == "weekends":
        weekdays = WEEKEND if scope.weekdays is None else tuple(day for day in scope.weekdays if day in WEEKEND)
        return scope.model_copy(update={"weekdays": weekdays})
    if params.days == "holidays":
        entered = {day.day for day in book.calendar if day.kind == "holiday"}
        feasts = {book.index(day) for day in {*entered, *book.holidays} if day in book.period}
        days = feasts if scope.days is None else feasts & set(scope.days)
        return scope.model_copy(update={"days": tuple(sorted(days))})
    return scope


def _past(book: Book, rule: RuleSetting, params: FairnessParams, shifts: frozenset[int]) -> Counter[int]:
    """Return how many of the counted cells everybody had on the ``past_days`` before the period."""
    first, last = book.period.starts - timedelta(days=params.past_days), book.period.starts - timedelta(days=1)
    feasts = (
        frozenset(national_holidays(book.team.country, first, last, book.team.language))
        if params.past_days and params.days == "holidays"
        else frozenset[date]()
    )

    def counts(day: date) -> bool:
        weekdays = rule.scope.weekdays
        return (
            first <= day <= last
            and date_in_scope(rule, day)
            and (weekdays is None or day.weekday() in weekdays)
            and (params.days != "weekends" or day.weekday() in WEEKEND)
            and (params.days != "holidays" or day in feasts)
        )

    return Counter(staff for (staff, day), shift in book.past.items() if shift in shifts and counts(day))


def _share(book: Book, params: FairnessParams, member: StaffMember) -> int:
    """Return somebody's post, in percent of a full one, over the past and the period; without a contract it is full."""
    first, last = book.period.starts - timedelta(days=params.past_days), book.period.ends
    start, end = max(first, member.employed_from or first), min(last, member.employed_to or last)
    days, whole = (end - start).days + 1, (last - first).days + 1
    post = member.weekly_minutes or params.full_time
    return max(1, round(100 * post * days / (params.full_time * whole)))
