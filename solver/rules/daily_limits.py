"""How many people are off on a day."""

from __future__ import annotations

from typing import Literal

from solver.rules.day_count import DayCount


class DailyLimits(DayCount):
    """``minimum ≤ number of people off ≤ maximum`` a day, best of all ``preferred``.

    Everybody missing, too many or away from the number preferred breaks the rule by that bound's weight. List the
    must-work days under ``no_minimum_days``.
    """

    kind: Literal["daily_limits"] = "daily_limits"
