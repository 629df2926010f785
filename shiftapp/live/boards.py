"""What the pages beside the schedule show, as vars: rules, periods, staff, shift types, calendar, requests."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import Final

from shiftapp.domain.calendar import CalendarDay, national_holidays
from shiftapp.domain.period import Period, default_dates
from shiftapp.domain.presets import preset_of
from shiftapp.domain.request import Request
from shiftapp.domain.rule_settings import RuleSetting
from shiftapp.domain.shift_type import KINDS, ShiftType
from shiftapp.domain.staff import StaffGroup, StaffMember
from shiftapp.live.rooms import Values

STAND_IN: Final[Mapping[str, str]] = {
    "work": "○",
    "off": "×",
    "early": "△",
    "late": "◇",
    "leave": "★",
    "unavailable": "⊘",
}
"""Symbol of a kind of which the team has no shift type."""

MONTHS_BACK, MONTHS_AHEAD = 12, 24
"""Months around today whose holidays the calendar page is told."""


def rules_view(
    rules: Sequence[RuleSetting],
    shifts: Sequence[ShiftType],
    staff: Iterable[StaffMember],
    groups: Iterable[StaffGroup],
) -> Values:
    """Return the vars of ``RulesState``."""
    return {
        "rules": [
            {
                "id": rule.id,
                "rank": rule.rank,
                "kind": rule.kind,
                "name": rule.name,
                "enabled": rule.enabled,
                "hard": rule.hard,
                "weight": rule.weight,
                "params": rule.params.model_dump(mode="json"),
                "scope": rule.scope.model_dump(mode="json"),
            }
            for rule in rules
        ],
        "preset": preset_of(rules),
        "symbols": symbols(shifts),
        "shifts": [[str(shift.id), shift.symbol, shift.name_ja, shift.name_en] for shift in shifts if shift.active],
        "staff": [[str(member.id), member.name] for member in staff if member.active],
        "groups": [[str(group.id), group.name] for group in groups],
    }


def symbols(shifts: Iterable[ShiftType]) -> dict[str, str]:
    """Return the symbol that stands for each kind of shift: that of its first active shift type."""
    found: dict[str, str] = {}
    for shift in shifts:
        if shift.active:
            found.setdefault(shift.kind, shift.symbol)
    return {kind: found.get(kind, STAND_IN[kind]) for kind in KINDS}


def periods_view(periods: Sequence[Period], start_day: int, today: date) -> Values:
    """Return the vars of ``PeriodsState``; ``periods`` come earliest first."""
    after = max([today, *(period.ends + timedelta(days=1) for period in periods)])
    return {
        "periods": [
            {
                "id": period.id,
                "name": period.name,
                "starts": period.starts.isoformat(),
                "ends": period.ends.isoformat(),
                "days": period.days,
                "state": period.state,
            }
            for period in reversed(periods)
        ],
        "next": [[day.isoformat() for day in default_dates(after, start_day, months)] for months in (1, 2)],
        "start_day": start_day,
    }


def staff_view(staff: Iterable[StaffMember], groups: Iterable[StaffGroup]) -> Values:
    """Return the vars of ``StaffState``."""
    return {
        "staff": [
            {
                **asdict(member),
                "skills": list(member.skills),
                "employed_from": _iso(member.employed_from),
                "employed_to": _iso(member.employed_to),
            }
            for member in staff
        ],
        "groups": [
            {
                "id": group.id,
                "name": group.name,
                "members": list(group.members),
                "backups": list(group.backups),
            }
            for group in groups
        ],
    }


def shift_types_view(shifts: Iterable[ShiftType]) -> Values:
    """Return the vars of ``ShiftTypesState``."""
    return {
        "shifts": [
            {**asdict(shift), "staff_types": None if shift.staff_types is None else list(shift.staff_types)}
            for shift in shifts
        ]
    }


def calendar_view(days: Iterable[CalendarDay], country: str, today: date) -> Values:
    """Return the vars of ``CalendarState``: what the team entered, and the national holidays by their two names."""
    first = today - timedelta(days=31 * MONTHS_BACK)
    last = today + timedelta(days=31 * MONTHS_AHEAD)
    japanese, english = (national_holidays(country, first, last, language) for language in ("ja", "en"))
    return {
        "days": {day.day.isoformat(): [day.kind, day.note] for day in days},
        "holidays": {day.isoformat(): [name, english.get(day, name)] for day, name in japanese.items()},
        "country": country,
        "today": today.isoformat(),
    }


def requests_view(
    periods: Sequence[Period],
    period: Period | None,
    asked: Iterable[Request],
    staff: Iterable[StaffMember],
    shifts: Iterable[ShiftType],
) -> Values:
    """Return the vars of ``RequestsState``: what is asked for in a period, and of whom and for what one may ask."""
    requests = tuple(asked)
    spoken_of = {one.staff_id for one in requests}, {one.shift for one in requests}
    people = [
        member
        for member in staff
        if member.id in spoken_of[0]
        or (member.active and period is not None and member.employed_within(period.starts, period.ends))
    ]
    rank = {member.id: place for place, member in enumerate(people)}
    return {
        "period": 0 if period is None else period.id,
        "periods": [
            {
                "id": one.id,
                "name": one.name,
                "starts": one.starts.isoformat(),
                "ends": one.ends.isoformat(),
                "state": one.state,
            }
            for one in reversed(periods)
        ],
        "requests": [
            {**asdict(one), "day": one.day.isoformat()}
            for one in sorted(requests, key=lambda one: (one.day, rank[one.staff_id], one.id))
        ],
        "people": [{"id": member.id, "name": member.name, "active": member.active} for member in people],
        "shifts": [
            {
                "id": shift.id,
                "symbol": shift.symbol,
                "ja": shift.name_ja,
                "en": shift.name_en,
                "colour": shift.colour,
                "kind": shift.kind,
                "active": shift.active,
            }
            for shift in shifts
            if shift.active or shift.id in spoken_of[1]
        ],
    }


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()
