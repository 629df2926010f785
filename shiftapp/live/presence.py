"""Who has which period open, on all servers, and which cell each of them is at.

A server tells the others of its own people; what it heard of theirs expires unless it is heard again. Nothing of it is
kept anywhere else, so a server that dies takes its people with it.
"""

import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from typing import Final

BEAT: Final = 10.0
"""Seconds between two tellings of everybody who is here."""
EXPIRES: Final = 24.0
"""Seconds after which somebody of another server who was not heard of again is gone: two beats may be lost."""
SHOWN: Final = 12
"""People a page is told of: those who moved last. Of the others it is told the number."""
COLOURS: Final = 8

Cell = tuple[int, str]
"""Staff id and ISO date."""
NOWHERE: Final[Cell] = (0, "")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who has a period open.

    Attributes
    ----------
    moved, heard
        When they last changed their cell and when they were last heard of, in seconds of the clock here.
    """

    user_id: int
    name: str
    cell: Cell = NOWHERE
    moved: float = 0.0
    heard: float = 0.0


class Presence:
    """What one server knows of everybody.

    Parameters
    ----------
    clock : callable
        Seconds, never going back.
    expires : float
        Seconds that somebody of another server stays without being heard of.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, expires: float = EXPIRES) -> None:
        self._clock = clock
        self._expires = expires
        self._tabs: dict[str, tuple[int, Person]] = {}
        self._others: dict[int, dict[tuple[str, int], Person]] = {}

    def join(self, sid: str, period_id: int, user_id: int, name: str) -> int | None:
        """Take in a page here; return the period it left for this one."""
        before = self._tabs.get(sid)
        if before is not None and before[0] == period_id:
            return None
        self._tabs[sid] = (period_id, Person(user_id, name, moved=self._clock()))
        return None if before is None else before[0]

    def move(self, sid: str, cell: Cell) -> tuple[int, int] | None:
        """Put a page's person at a cell; return period and user where that is news."""
        period_id, person = self._tabs.get(sid, (0, None))
        if person is None or person.cell == cell:
            return None
        self._tabs[sid] = (period_id, replace(person, cell=cell, moved=self._clock()))
        return period_id, person.user_id

    def leave(self, sid: str) -> tuple[int, int] | None:
        """Let a page go; return its period and user."""
        period_id, person = self._tabs.pop(sid, (0, None))
        return None if person is None else (period_id, person.user_id)

    def own(self, period_id: int) -> dict[int, Person]:
        """Return the people here, each once, at the cell of the page they moved in last."""
        return _once(person for at, person in self._tabs.values() if at == period_id)

    def periods(self) -> set[int]:
        """Return the periods that somebody here has open."""
        return {period_id for period_id, _ in self._tabs.values()}

    def hear(self, server: str, period_id: int, here: Iterable[Person], gone: Collection[int]) -> None:
        """Take in what another server says of its people."""
        held = self._others.setdefault(period_id, {})
        for person in here:
            key = server, person.user_id
            before = held.get(key)
            moved = self._clock() if before is None or before.cell != person.cell else before.moved
            held[key] = replace(person, moved=moved, heard=self._clock())
        for user_id in gone:
            held.pop((server, user_id), None)

    def expire(self) -> set[int]:
        """Forget those of other servers who were not heard of for too long; return their periods."""
        due = self._clock() - self._expires
        changed: set[int] = set()
        for period_id, held in list(self._others.items()):
            late = [key for key, person in held.items() if person.heard < due]
            for key in late:
                del held[key]
                changed.add(period_id)
            if not held:
                del self._others[period_id]
        return changed

    def everybody(self, period_id: int) -> list[Person]:
        """Return all who have a period open, each once, those who moved last first."""
        others = self._others.get(period_id, {}).values()
        found = _once((*self.own(period_id).values(), *others))
        return sorted(found.values(), key=lambda person: -person.moved)


def _once(people: Iterable[Person]) -> dict[int, Person]:
    found: dict[int, Person] = {}
    for person in people:
        before = found.get(person.user_id)
        if before is None or before.moved < person.moved:
            found[person.user_id] = person
    return found


def values(everybody: list[Person]) -> dict[str, object]:
    """Return the vars of ``PresenceState``.

    ``here`` is each one's id, name, initials and colour; ``at`` the staff id and date of each in the same order, which
    alone changes with every step, and is short.
    """
    shown = sorted(everybody[:SHOWN], key=lambda person: person.user_id)
    return {
        "here": [
            [
                str(person.user_id),
                person.name,
                initials(person.name),
                str(person.user_id % COLOURS),
            ]
            for person in shown
        ],
        "at": "|".join(f"{person.cell[0]} {person.cell[1]}" for person in shown),
        "count": len(everybody),
    }


def initials(name: str) -> str:
    """Return one or two characters that stand for a name: the first of a Japanese one, two of a Latin one."""
    words = name.split()
    if not words:
        return "?"
    if not words[0][0].isascii():
        return words[0][0]
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()
