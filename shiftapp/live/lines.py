"""How one violation is written for the page: numbers into tables that the page has, no words.

A line is ``label|rows|first|last|cost|hard|details``.

- label: position in ``labels``, a list of [kind, name]; the kind itself where the rule is not among them any more.
- rows: row slots of those concerned, commas between; empty where a day as a whole is concerned.
- first, last: columns; ``last`` is empty where it is the same day.
- hard: ``1`` or empty.
- details: ``name=value;name=value``, frequent names by the letter `SHORT` gives them; numbers in days, shift types by
  letter. A rule's own limit stands once, in its label.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Protocol

from shiftapp.domain.book import Book
from shiftapp.domain.rule_params_time import RollingLimitsParams
from solver.roster import Violation

SHORT: Final[Mapping[str, str]] = {
    "count": "n",
    "limit": "l",
    "minimum": "a",
    "maximum": "z",
    "shift": "s",
    "found": "f",
    "shifts": "q",
    "wanted": "w",
}
UNSAID: Final = frozenset({"undecided", "pattern", "day", "backups"})
"""Details that no sentence of the page speaks of."""
IN_HALF_DAYS: Final = frozenset({"group_cover", "period_limits", "staff_type_limits"})
IN_MINUTES: Final = frozenset({"minimum_rest", "hours"})
"""Kinds that count minutes; the page reads hours."""
COUNTED: Final[Mapping[str, int]] = {"days_off": 2, "minutes": 60}
"""By how much what rolling limits count is divided to be read as days or hours."""
WHOLE_DAYS: Final = frozenset({"daily_limits"})
"""Kinds that concern a day as a whole: the day is marked, not everybody in it."""


class Rule(Protocol):
    """What is needed of a rule of the solver."""

    @property
    def kind(self) -> str:
        """What it is."""
        ...

    @property
    def id(self) -> str:
        """The team's rule, and what it concerns."""
        ...


class Lines:
    """Writes the violations of one period.

    Parameters
    ----------
    rules : iterable of Rule
        Those the roster is priced by.
    slots : mapping of int to int
        Staff id → row slot.
    letters : mapping of int to str
        Shift type id → letter.

    Attributes
    ----------
    labels : list of list of str
        [kind, the group or the team's own name for the rule, its limit as details have it] of each rule.
    """

    def __init__(self, book: Book, rules: Iterable[Rule], slots: Mapping[int, int], letters: Mapping[int, str]) -> None:
        names = {str(rule.id): rule.name for rule in book.rules}
        groups = {str(group.id): group.name for group in book.groups}
        self._slots, self._letters = slots, letters
        self.labels: list[list[str]] = []
        self._place: dict[tuple[str, str], int] = {}
        self._divided = {
            str(rule.id): COUNTED.get(rule.params.count, 1)
            for rule in book.rules
            if isinstance(rule.params, RollingLimitsParams)
        }
        for rule in rules:
            rule_id, _, group_id = rule.id.partition("/")
            if (rule.id, rule.kind) not in self._place:
                self._place[rule.id, rule.kind] = len(self.labels)
                limit = getattr(rule, "limit", None)
                said = "" if limit is None else f"{SHORT['limit']}={limit / self._unit(rule.id, rule.kind):.6g}"
                self.labels.append([rule.kind, groups.get(group_id) or names.get(rule_id, ""), said])

    def text(self, violation: Violation) -> str:
        """Return a violation's line."""
        people = () if violation.kind in WHOLE_DAYS else violation.people
        return "|".join(
            (
                *self.place(violation.rule, violation.kind, people, violation.days),
                str(violation.cost),
                "1" if violation.hard else "",
                self._details(violation),
            )
        )

    def place(self, rule: str, kind: str, people: Iterable[str], days: Sequence[int]) -> tuple[str, str, str, str]:
        """Return label, rows, first and last of what a rule says of some people on some days, or of all of them."""
        rows = (self._slots.get(int(person)) for person in people)
        first, last = (max(0, days[0]), days[-1]) if days else ("", "")
        return (
            str(self._place.get((rule, kind), kind)),
            ",".join(str(row) for row in rows if row is not None),
            str(first),
            "" if last == first else str(last),
        )

    def row(self, person: str | int) -> str:
        """Return somebody's row slot; empty for who has none."""
        return str(self._slots.get(int(person), ""))

    def letters(self, shifts: Iterable[str]) -> str:
        """Return the letters of shift types."""
        return "".join(map(self._letter, shifts))

    def _details(self, violation: Violation) -> str:
        given = (
            f"{SHORT.get(name, name)}={self._value(violation, name, value)}"
            for name, value in violation.detail.items()
            if name not in UNSAID and (name != "limit" or (violation.rule, violation.kind) not in self._place)
        )
        return ";".join(given)

    def _value(self, violation: Violation, name: str, value: int | str | None) -> str:
        if name in ("shift", "found", "shifts"):
            return self.letters(str(value).split())
        if isinstance(value, int):
            return f"{value / self._unit(violation.rule, violation.kind):.6g}"
        return str(value)

    def _unit(self, rule: str, kind: str) -> int:
        """Return by how much a rule's numbers are divided to be read."""
        if kind in IN_HALF_DAYS:
            return 2
        return 60 if kind in IN_MINUTES else self._divided.get(rule, 1)

    def _letter(self, shift: str) -> str:
        return self._letters.get(int(shift), "") if shift.isdecimal() else ""
