"""Wall-clock times as instants, so that a night on which the clocks change is as long as it is."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from solver.frozen import Day


class Clock:
    """Counts minutes from midnight of day 0 to a time of any day.

    Parameters
    ----------
    start : date
        The date of day 0.
    zone : str or None
        IANA name of the time zone that wall clocks follow; None: every day has 1,440 minutes.
    """

    def __init__(self, start: date, zone: str | None) -> None:
        self.start = start
        self.zone = None if zone is None else ZoneInfo(zone)
        self.ahead = 0 if self.zone is None else _offset(self.zone, start, 0)

    def instant(self, day: Day, minute: int) -> int:
        """Return the minutes from day 0, 0:00 to ``minute`` minutes after midnight of ``day`` by the wall clock.

        A time that the clocks show twice is its first occurrence; one that they skip is read with the offset before.
        """
        if self.zone is None:
            return 1440 * day + minute
        later, minute = divmod(minute, 1440)
        ahead = _offset(self.zone, self.start + timedelta(days=day + later), minute)
        return 1440 * (day + later) + minute - (ahead - self.ahead)


@cache
def _offset(zone: ZoneInfo, day: date, minute: int) -> int:
    """Return the minutes that the zone is ahead of UTC."""
    ahead = datetime.combine(day, time(minute // 60, minute % 60), zone).utcoffset()
    return 0 if ahead is None else ahead // timedelta(minutes=1)


def known_zone(name: str) -> bool:
    """Whether there is a time zone of that name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
