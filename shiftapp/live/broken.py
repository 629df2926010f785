"""What a period's roster breaks, as the page shows it: the vars of ``ViolationState`` and the marks in the cells.

A violation keeps its slot (``v000`` … ``v119``) while it lasts, also where its amount changes, so that an edit sends
only what is different; the page puts the slots in order. A slot holds a line of `shiftapp.live.lines`, or nothing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from shiftapp.domain.book import Book
from shiftapp.domain.cell import Place
from shiftapp.live.lines import WHOLE_DAYS, Lines
from shiftapp.live.view import HARD, SOFT
from solver.roster import Violation

SLOTS: Final = 120
WHOLE_SPANS: Final = frozenset({"period_limits"})
"""Kinds that concern a whole month of somebody: a mark in every cell would say nothing."""

Key = tuple[object, ...]


def _key(violation: Violation) -> Key:
    detail = tuple(sorted(violation.detail.items()))
    return (violation.rule, violation.kind, violation.people, violation.days, violation.amount, violation.hard, detail)


class Broken:
    """The violations of one period, kept up to date with the checker's changes.

    Parameters
    ----------
    book : Book
    lines : Lines
        How they are written.
    found : iterable of Violation
        All there are now.
    """

    def __init__(self, book: Book, lines: Lines, found: Iterable[Violation]) -> None:
        self._book = book
        self._lines = lines
        self._times: Counter[Key] = Counter()
        self._violations: dict[Key, Violation] = {}
        self._soft: Counter[Place] = Counter()
        self._hard: Counter[Place] = Counter()
        self._limits: Counter[int] = Counter()
        self._slot: dict[Key, int] = {}
        self._values: dict[str, str] | None = None
        for violation in found:
            self.appear(violation)

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._violations)

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
        return self._mark(violation, -1)

    def flags(self, place: Place) -> int:
        """Return the bits ``SOFT`` and ``HARD`` of a cell."""
        return (SOFT if self._soft[place] > 0 else 0) | (HARD if self._hard[place] > 0 else 0)

    def outside(self, day: int) -> bool:
        """Whether the number of people off on a day is outside its limits."""
        return self._limits[day] > 0

    def values(self) -> dict[str, str]:
        """Return every slot: the worst violations, and nothing where there are fewer."""
        if self._values is None:
            worst = sorted(self._violations, key=lambda key: worst_first(self._violations[key]))[:SLOTS]
            self._slot = _kept(self._slot, worst)
            empty = {f"v{slot:03}": "" for slot in range(SLOTS)}
            self._values = empty | {
                f"v{slot:03}": self._lines.text(self._violations[key]) for key, slot in self._slot.items()
            }
        return self._values

    def _mark(self, violation: Violation, by: int) -> set[int]:
        if violation.kind in WHOLE_DAYS:
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


def _kept(held: dict[Key, int], shown: list[Key]) -> dict[Key, int]:
    """Return a slot for each violation: its own, else that of one that is gone, best of the same rule and place."""
    slots = {key: held[key] for key in shown if key in held}
    gone = {key[:4]: slot for key, slot in held.items() if key not in slots}
    fresh = [key for key in shown if key not in slots]
    for key in list(fresh):
        if (slot := gone.pop(key[:4], None)) is not None:
            slots[key] = slot
            fresh.remove(key)
    vacated = [*gone.values()]
    free = iter([*vacated, *sorted(set(range(SLOTS)) - set(slots.values()) - set(vacated))])
    return slots | {key: next(free) for key in fresh}


def worst_first(violation: Violation) -> tuple[object, ...]:
    """Return what violations are ordered by."""
    return (not violation.hard, -violation.cost, violation.days, violation.rule, violation.people)
