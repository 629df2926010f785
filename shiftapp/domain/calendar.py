"""The team's calendar: closures, days that must be worked, public holidays."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

DayKind = Literal["must_off", "must_work", "holiday"]
DAY_KINDS: tuple[DayKind, ...] = get_args(DayKind)


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """What the team entered for one date."""

    day: date
    kind: DayKind
    note: str = ""


def countries() -> frozenset[str]:
    """Return the ISO 3166 codes whose public holidays are known."""
    from holidays import list_supported_countries  # the package takes 0.2 s to import: only where it is needed

    return frozenset(list_supported_countries())


def national_holidays(country: str, first: date, last: date, language: str) -> Mapping[date, str]:
    """Return the public holidays of ``country`` from ``first`` to ``last`` with their names.

    Parameters
    ----------
    country : str
        ISO 3166 code; empty or unknown: no holidays.
    language : str
        ``ja`` or ``en``; a country that has no names in it answers in its own default language.
    """
    if not country or country not in countries():
        return {}
    from holidays import country_holidays

    years = range(first.year, last.year + 1)
    wanted = "ja" if language == "ja" else "en_US"
    names: tuple[str, ...] = country_holidays(country, years=first.year).supported_languages
    found = country_holidays(country, years=years, language=wanted if wanted in names else None)
    return {day: name for day, name in sorted(found.items()) if first <= day <= last}
