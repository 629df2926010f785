"""Reading a form: what was typed, field by field, and what is wrong with it."""

import unicodedata
from collections.abc import Collection, Mapping
from datetime import date
from typing import TypeVar

from shiftapp.domain.refusal import Refused

ON = "on"

Option = TypeVar("Option", bound=str)


class Form:
    """What was typed into a form.

    Every reading method returns a value that can be gone on with; where the field is wrong, ``wrong`` says so. Digits
    may be typed in full width, as a Japanese keyboard gives them.
    """

    def __init__(self, fields: Mapping[str, str]) -> None:
        self._fields = fields
        self.wrong: dict[str, Refused] = {}

    def names(self) -> tuple[str, ...]:
        """Return the names of the fields that were sent."""
        return tuple(self._fields)

    def blame(self, field: str, code: str, **given: object) -> None:
        """Say what is wrong with a field; the first word stands."""
        self.wrong.setdefault(field, Refused(code, {name: str(value) for name, value in given.items()}))

    def sent(self, field: str) -> str:
        """Return what the page itself put into a field, as it is."""
        return self._fields.get(field, "")

    def typed(self, field: str) -> str:
        """Return what was typed, without space around it, in plain width."""
        return _plain(self._fields.get(field, ""))

    def ticked(self, field: str) -> bool:
        """Whether a box is ticked."""
        return self._fields.get(field) == ON

    def text(self, field: str, most: int, least: int = 0) -> str:
        """Return a line of text as typed, with single spaces."""
        found = " ".join(unicodedata.normalize("NFC", self._fields.get(field, "")).split())
        if len(found) < least:
            self.blame(field, "form.required")
        elif len(found) > most:
            self.blame(field, "form.long", most=most)
        return found

    def maybe_number(self, field: str, low: int, high: int) -> int | None:
        """Return a whole number ``low``–``high``, or None where nothing was typed."""
        found = self.typed(field)
        if not found:
            return None
        if not found.removeprefix("-").isdecimal() or len(found) > 12:
            self.blame(field, "form.number")
            return None
        number = int(found)
        if not low <= number <= high:
            self.blame(field, "form.range", low=low, high=high)
            return None
        return number

    def number(self, field: str, low: int, high: int) -> int:
        """Return a whole number ``low``–``high``."""
        found = self.maybe_number(field, low, high)
        if found is None:
            self.blame(field, "form.required")
        return low if found is None else found

    def maybe_halves(self, field: str, high: int) -> int | None:
        """Return a number of days as half days (``7.5`` is 15), at most ``high`` half days; None where left empty."""
        # in plain width ½ would become 1⁄2
        found = _plain(self._fields.get(field, "").replace("½", ".5")).replace(",", ".")
        if not found:
            return None
        try:
            halves = float(found) * 2
        except ValueError:
            self.blame(field, "form.half")
            return None
        if not 0 <= halves <= high:
            self.blame(field, "form.range", low=0, high=days(high))
            return None
        if halves != int(halves):
            self.blame(field, "form.half")
            return None
        return int(halves)

    def minutes(self, field: str, high: int) -> int:
        """Return a number of hours (``37.5``) as whole minutes, at most ``high``; nothing typed is 0."""
        found = self.typed(field).replace(",", ".") or "0"
        try:
            minutes = float(found) * 60
        except ValueError:
            self.blame(field, "form.hours")
            return 0
        if not 0 <= minutes <= high:
            self.blame(field, "form.range", low=0, high=f"{high / 60:g}")
            return 0
        return round(minutes)

    def clock(self, field: str) -> int | None:
        """Return a time of day (``09:00``) as minutes after midnight; None where left empty."""
        found = self.typed(field)
        if not found:
            return None
        hour, _, minute = found.partition(":")
        if not (hour.isdecimal() and minute.isdecimal() and int(hour) < 24 and int(minute) < 60):
            self.blame(field, "form.time")
            return None
        return int(hour) * 60 + int(minute)

    def maybe_date(self, field: str) -> date | None:
        """Return a date; None where left empty."""
        found = self.typed(field).replace("/", "-")
        if not found:
            return None
        try:
            return date.fromisoformat(found)
        except ValueError:
            self.blame(field, "form.date")
            return None

    def date(self, field: str) -> date:
        """Return a date."""
        found = self.maybe_date(field)
        if found is None:
            self.blame(field, "form.required")
        return found or date.min

    def choice(self, field: str, options: Collection[Option]) -> Option:
        """Return the option that was chosen."""
        found = self._fields.get(field, "")
        for option in options:
            if option == found:
                return option
        self.blame(field, "form.choice")
        return next(iter(options))

    def ticks(self, prefix: str, options: Collection[Option]) -> tuple[Option, ...]:
        """Return the options whose boxes (``prefix.option``) are ticked."""
        return tuple(option for option in options if self.ticked(f"{prefix}.{option}"))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def days(halves: int) -> str:
    """Write half days as days: 15 is ``7.5``."""
    return f"{halves / 2:g}"
