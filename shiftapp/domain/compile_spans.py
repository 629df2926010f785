"""Limits on somebody's days off, span by span."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import assert_never

from shiftapp.domain.book import Book
from shiftapp.domain.period import business_months
from shiftapp.domain.rule_params_time import PeriodLimitsParams
from shiftapp.domain.rule_values import Between
from shiftapp.domain.staff import StaffMember
from solver.rules import SpanLimit


def span_limits(book: Book, params: PeriodLimitsParams, staff: Iterable[StaffMember]) -> Iterator[SpanLimit]:
    """Yield one limit a person and span, in half days.

    The limits are meant for a whole span. Where only ``d`` of its ``n`` days lie inside both the period and the
    employment, the minimum becomes ``⌊minimum · d / n⌋`` and the maximum ``⌈maximum · d / n⌉``: rounding never asks for
    more, nor allows less, than the share. Somebody's own limits come before those of the staff type, and these before
    everyone's.
    """
    spans = tuple(_spans(book, params))
    for member in staff:
        between = limits_of(params, member)
        if between.minimum is None and between.maximum is None:
            continue
        for first, last in spans:
            limit = _limit(book, member, between, first, last)
            if limit is not None:
                yield limit


def limits_of(params: PeriodLimitsParams, member: StaffMember) -> Between:
    """Return the limits that hold for ``member``: individual, else of the staff type, else everyone's."""
    return params.by_staff.get(member.id) or params.by_staff_type.get(member.staff_type) or params.everyone


def _spans(book: Book, params: PeriodLimitsParams) -> Iterator[tuple[date, date]]:
    period = book.period
    match params.span:
        case "business_month":
            yield from business_months(period.starts, period.ends, book.team.start_day)
        case "calendar_month":
            yield from business_months(period.starts, period.ends, 1)
        case "period":
            yield period.starts, period.ends
        case _:
            assert_never(params.span)


def _limit(book: Book, member: StaffMember, between: Between, first: date, last: date) -> SpanLimit | None:
    period = book.period
    start = max(first, period.starts, member.employed_from or first)
    end = min(last, period.ends, member.employed_to or last)
    if end < start:
        return None
    days, whole = (end - start).days + 1, (last - first).days + 1
    return SpanLimit(
        person=str(member.id),
        first=book.index(start),
        last=book.index(end),
        minimum=None if between.minimum is None else between.minimum * days // whole,
        maximum=None if between.maximum is None else -(-between.maximum * days // whole),
    )
