"""Weeks and months of a horizon."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

Span = Literal["week", "month", "horizon"]


def spans(start: date, days: int, span: Span, first_weekday: int, first_day_of_month: int) -> list[range]:
    """Return the weeks, or months, that have a day in the horizon; the first and last may reach beyond it.

    Parameters
    ----------
    start : date
        The date of day 0.
    days : int
        Length of the horizon.
    span : Span
    first_weekday : int
        Of a week; 0 is Monday.
    first_day_of_month : int
        1–28; with 21, a month is that from the 21st to the 20th.
    """
    if span == "horizon":
        return [range(days)]
    if span == "week":
        since = -((start.weekday() - first_weekday) % 7)
        return [range(first, first + 7) for first in range(since, days, 7)]
    month = start.replace(day=first_day_of_month)
    if month > start:
        month = (start.replace(day=1) - timedelta(days=1)).replace(day=first_day_of_month)
    found: list[range] = []
    while (month - start).days < days:
        after = (month.replace(day=1) + timedelta(days=31)).replace(day=first_day_of_month)
        found.append(range((month - start).days, (after - start).days))
        month = after
    return found
