"""Periods: the dates one grid covers, and the business months inside them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

PeriodState = Literal["draft", "published", "archived"]
LONGEST = 92


@dataclass(frozen=True, slots=True)
class Period:
    """Dates ``starts``–``ends`` (both inclusive, 1–92 days) of one team's grid; ``seq`` counts its change sets."""

    id: int
    team_id: int
    name: str
    starts: date
    ends: date
    state: PeriodState = "draft"
    seq: int = 0

    @property
    def days(self) -> int:
        """Number of dates."""
        return (self.ends - self.starts).days + 1

    def __contains__(self, day: date) -> bool:
        """Whether ``day`` is one of the dates."""
        return self.starts <= day <= self.ends

    def dates(self) -> tuple[date, ...]:
        """Return every date in order."""
        return dates(self.starts, self.ends)


def dates(first: date, last: date) -> tuple[date, ...]:
    """Return the dates ``first``–``last``, both inclusive."""
    return tuple(first + timedelta(days=offset) for offset in range((last - first).days + 1))


def month_start(day: date, start_day: int) -> date:
    """Return the first date of the business month that holds ``day``.

    Parameters
    ----------
    day : date
    start_day : int
        Day of the calendar month on which business months begin, 1–28.
    """
    if day.day >= start_day:
        return day.replace(day=start_day)
    return (day.replace(day=1) - timedelta(days=1)).replace(day=start_day)


def next_month(start: date) -> date:
    """Return the start of the business month that follows the one starting on ``start`` (day 1–28)."""
    return (start.replace(day=1) + timedelta(days=32)).replace(day=start.day)


def business_months(first: date, last: date, start_day: int) -> tuple[tuple[date, date], ...]:
    """Return the whole business months that ``first``–``last`` touches, each as (first, last) date."""
    found: list[tuple[date, date]] = []
    start = month_start(first, start_day)
    while start <= last:
        following = next_month(start)
        found.append((start, following - timedelta(days=1)))
        start = following
    return tuple(found)


def default_dates(after: date, start_day: int, months: int) -> tuple[date, date]:
    """Return the dates of a new period: ``months`` business months from the first start day on or after ``after``.

    Parameters
    ----------
    after : date
        The earliest start, normally the day after the last period.
    start_day : int
        1–28.
    months : int
        1 or 2, the lengths a team chooses from.
    """
    start = month_start(after, start_day)
    if start < after:
        start = next_month(start)
    end = start
    for _ in range(months):
        end = next_month(end)
    return start, end - timedelta(days=1)
