"""What a period's roster breaks, as the page shows it: the vars of ``ViolationState`` and the marks in the cells.

A violation keeps its slot (``v000`` … ``v119``) while it lasts, so that an edit sends only what appeared; ``lines``
puts the slots in order, one character of `SLOT_MARKS` each. A slot is
``[kind, label, staff names, staff id, date, arguments, cost, hard]``.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final

from shiftapp.domain.book import Book
from shiftapp.domain.cell import Place
from shiftapp.live.view import HARD, SOFT
from solver.roster import Violation

SLOTS: Final = 120
SLOT_MARKS: Final = "".join(map(chr, (*range(35, 127), *range(161, 161 + SLOTS - 92))))
"""A character for each slot: the order of all goes to everybody whenever a violation comes or goes."""
IN_HALF_DAYS: Final = frozenset({"group_cover", "period_limits"})
WHOLE_SPANS: Final = frozenset({"period_limits"})
"""Kinds that concern a whole month of somebody: a mark in every cell would say nothing."""
WHOLE_DAYS: Final = frozenset({"daily_limits"})
"""Kinds that concern a day as a whole: the day is marked (`Broken.outside`), not everybody in it."""

Key = tuple[object, ...]


def _key(violation: Violation) -> Key:
    detail = tuple(sorted(violation.detail.items()))
    return (violation.rule, violation.kind, violation.people, violation.days, violation.amount, violation.hard, detail)


class Broken:
    """The violations of one period, kept up to date with the checker's changes.

    Parameters
    ----------
    book : Book
    found : iterable of Violation
        All there are now.
    """

    def __init__(self, book: Book, found: Iterable[Violation]) -> None:
        self._book = book
        self._rules = {str(rule.id): rule.name for rule in book.rules}
        self._groups = {str(group.id): group.name for group in book.groups}
        self._times: Counter[Key] = Counter()
        self._violations: dict[Key, Violation] = {}
        self._soft: Counter[Place] = Counter()
        self._hard: Counter[Place] = Counter()
        self._limits: Counter[int] = Counter()
        self._slot: dict[Key, int] = {}
        self._texts: dict[Key, list[str]] = {}
        self._values: dict[str, Any] | None = None
        for violation in found:
            self.appear(violation)

    def appear(self, violation: Violation) -> set[int]:
        """Take a violation in; return the ids of the staff whose cells it marks."""
        key = _key(violation)
        self._values = None
        self._times[key] += 1
        self._violations[key] = violation
        return self._mark(violation, 1)

    def disappear(self, violation: Violation) -> set[int]:
        """Let a violation go; return the ids of the staff whose cells it marked."""
        key = _key(violation)
        self._values = None
        self._times[key] -= 1
        if self._times[key] <= 0:
            del self._times[key]
            self._violations.pop(key, None)
            self._texts.pop(key, None)
        return self._mark(violation, -1)

    def flags(self, place: Place) -> int:
        """Return the bits ``SOFT`` and ``HARD`` of a cell."""
        return (SOFT if self._soft[place] > 0 else 0) | (HARD if self._hard[place] > 0 else 0)

    def outside(self, day: int) -> bool:
        """Whether the number of people off on a day is outside its limits."""
        return self._limits[day] > 0

    def values(self) -> dict[str, Any]:
        """Return the vars: the worst violations in their slots, and how many there are."""
        if self._values is None:
            self._values = self._drawn()
        return self._values

    def _drawn(self) -> dict[str, Any]:
        worst = sorted(self._violations, key=lambda key: _worst_first(self._violations[key]))[:SLOTS]
        shown = set(worst)
        kept = {key: slot for key, slot in self._slot.items() if key in shown}
        free = iter(sorted(set(range(SLOTS)) - set(kept.values())))
        self._slot = {key: kept[key] if key in kept else next(free) for key in worst}
        for key in worst:
            if key not in self._texts:
                self._texts[key] = self._text(self._violations[key])
        drawn: dict[str, Any] = {f"v{slot:03}": self._texts[key] for key, slot in self._slot.items()}
        return drawn | {"lines": "".join(SLOT_MARKS[self._slot[key]] for key in worst), "count": len(self._violations)}

    def _mark(self, violation: Violation, by: int) -> set[int]:
        if violation.kind == "daily_limits":
            self._limits[violation.days[0]] += by
        marks = self._hard if violation.hard else self._soft
        marked: set[int] = set()
        for place in self._places(violation):
            marks[place] += by
            marked.add(place[0])
        return marked

    def _places(self, violation: Violation) -> Iterator[Place]:
        if violation.kind in WHOLE_SPANS | WHOLE_DAYS:
            return
        for person in violation.people:
            for day in range(max(0, violation.days[0]), violation.days[-1] + 1):
                yield int(person), self._book.day(day)

    def _text(self, violation: Violation) -> list[str]:
        book, members = self._book, self._book.member
        staff = [int(person) for person in violation.people]
        day = book.day(max(0, violation.days[0]))
        # a click leads to a cell, also where a day as a whole is concerned
        cell = staff[0] if staff else next((member.id for member in book.staff if member.employed_on(day)), "")
        return [
            violation.kind,
            self._label(violation.rule),
            "" if violation.kind in WHOLE_DAYS else "、".join(members[one].name for one in staff if one in members),
            str(cell),
            day.isoformat(),
            self._arguments(violation),
            str(violation.cost),
            "1" if violation.hard else "",
        ]

    def _label(self, rule: str) -> str:
        """Return the group a rule speaks of, or the team's own name for the rule."""
        rule_id, _, group_id = rule.partition("/")
        return self._groups.get(group_id) or self._rules.get(rule_id, "")

    def _arguments(self, violation: Violation) -> str:
        """Return ``name=value;name=value``, what the texts ask for: numbers in days, shift types by symbol."""
        given: dict[str, str] = {}
        for name, value in violation.detail.items():
            match name:
                case "shift" | "found":
                    given[name] = self._symbol(str(value))
                case "shifts":
                    given[name] = "".join(self._symbol(shift) for shift in str(value).split())
                case _:
                    given[name] = self._number(violation, value)
        return ";".join(f"{name}={value}" for name, value in given.items())

    def _symbol(self, shift: str) -> str:
        found = self._book.shift_type.get(int(shift)) if shift.isdecimal() else None
        return "" if found is None else found.symbol.replace(";", "").replace("=", "")

    @staticmethod
    def _number(violation: Violation, value: int | str) -> str:
        if isinstance(value, str) or violation.kind not in IN_HALF_DAYS:
            return str(value)
        return f"{value / 2:g}"


def _worst_first(violation: Violation) -> tuple[object, ...]:
    return (not violation.hard, -violation.cost, violation.days, violation.rule, violation.people)
