"""The checker of histories: what clients sent, were told and saw, against the change log, the cells and the screens.

It knows neither sockets nor SQL, so it can be convicted itself (``tests/faults/test_history.py``). Without anomalies:

- the change log has every seq from 1 on, each once, and each change begins where the one before it ended;
- replayed it gives the cells, the rows that a client saw at a seq, and every client's screen at the end;
- every edit that was acknowledged is in it exactly once and as it was sent, and no edit that was refused;
- nothing is in it that nobody sent.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from shiftapp.domain.cell import EMPTY, Cell, Place
from shiftapp.domain.edit import Change

Outcome = Literal["acknowledged", "refused", "unknown"]
Kind = Literal["gap", "twice", "lost", "refused", "unsent", "altered", "overwritten", "cells", "sight", "screen"]


@dataclass(frozen=True, slots=True)
class Sent:
    """An edit as a client sent it, under one id however often, and what it was told at last.

    ``cells`` are the shifts asked for; None where the client cannot know them, as of an undo or a run.
    """

    edit_id: UUID
    by: str
    cells: Mapping[Place, int | None] | None
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Entry:
    """One change set of the log."""

    seq: int
    edit_id: UUID
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Sight:
    """Some cells as a client's page showed them when it was at ``seq``: a row, or at the end all of them."""

    of: str
    seq: int
    cells: Mapping[Place, int | None]


@dataclass(frozen=True, slots=True)
class History:
    """All that is known: ``screens`` are the last sights, ``sights`` those on the way."""

    sent: Sequence[Sent]
    log: Sequence[Entry]
    cells: Mapping[Place, Cell]
    screens: Sequence[Sight] = ()
    sights: Sequence[Sight] = ()


@dataclass(frozen=True, slots=True)
class Anomaly:
    """One broken promise."""

    kind: Kind
    what: str


def anomalies(history: History) -> list[Anomaly]:
    """Return every broken promise; none: the history is as if everything had happened one after another."""
    replay = Replay(history)
    return [*_numbered(history.log), *_kept(history), *replay.run(), *replay.ended()]


def _numbered(log: Sequence[Entry]) -> Iterator[Anomaly]:
    """Find seqs that are missing, doubled or out of order."""
    for expected, entry in enumerate(log, 1):
        if entry.seq != expected:
            yield Anomaly("gap", f"change set {entry.seq} stands where {expected} should")
            return


def _kept(history: History) -> Iterator[Anomaly]:
    """Compare what was sent with what is logged, by id."""
    logged = Counter(entry.edit_id for entry in history.log)
    known = {sent.edit_id for sent in history.sent}
    for sent in history.sent:
        if logged[sent.edit_id] > 1:
            yield Anomaly("twice", f"{sent.edit_id} of {sent.by} is in the log {logged[sent.edit_id]} times")
        if sent.outcome == "acknowledged" and not logged[sent.edit_id]:
            yield Anomaly("lost", f"{sent.edit_id} of {sent.by} was acknowledged and is not in the log")
        if sent.outcome == "refused" and logged[sent.edit_id]:
            yield Anomaly("refused", f"{sent.edit_id} of {sent.by} was refused and is in the log")
    for entry in history.log:
        if entry.edit_id not in known:
            yield Anomaly("unsent", f"change set {entry.seq}: nobody sent {entry.edit_id}")


class Replay:
    """The period as it was after each change set."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._asked = {sent.edit_id: sent.cells for sent in history.sent}
        self._cells: dict[Place, Cell] = {}
        self._sights: dict[int, list[Sight]] = {}
        for sight in history.sights:
            self._sights.setdefault(sight.seq, []).append(sight)

    def run(self) -> Iterator[Anomaly]:
        """Go through the log; compare each step with what was asked, and with what was seen after it."""
        yield from self._seen(0)
        for entry in self._history.log:
            yield from self._as_asked(entry)
            for change in entry.changes:
                place = change.staff_id, change.day
                held = self._cells.get(place, EMPTY)
                if change.before != held:
                    yield Anomaly("overwritten", f"change set {entry.seq}: {place} held {held}, not {change.before}")
                self._cells[place] = change.after
            yield from self._seen(entry.seq)

    def ended(self) -> Iterator[Anomaly]:
        """Compare where the log ends with the cells and with every screen."""
        for place in sorted(self._cells.keys() | self._history.cells.keys()):
            stored, replayed = self._history.cells.get(place, EMPTY), self._cells.get(place, EMPTY)
            if stored != replayed:
                yield Anomaly("cells", f"{place} holds {stored}, by the log {replayed}")
        last = len(self._history.log)
        for screen in self._history.screens:
            if screen.seq != last:
                yield Anomaly("screen", f"{screen.of} ends at {screen.seq}, the log at {last}")
            yield from self._different("screen", screen)

    def _as_asked(self, entry: Entry) -> Iterator[Anomaly]:
        asked = self._asked.get(entry.edit_id)
        if asked is None:
            return
        made = {(change.staff_id, change.day): change.after.shift for change in entry.changes}
        for place in sorted(asked.keys() | made.keys()):
            now = made[place] if place in made else self._cells.get(place, EMPTY).shift
            if place not in asked or asked[place] != now:
                wanted = asked.get(place, "nothing")
                yield Anomaly("altered", f"change set {entry.seq}: {place} became {now}, asked was {wanted}")

    def _seen(self, seq: int) -> Iterator[Anomaly]:
        for sight in self._sights.get(seq, ()):
            yield from self._different("sight", sight)

    def _different(self, kind: Kind, sight: Sight) -> Iterator[Anomaly]:
        """Name the first cell that a page showed otherwise than the log has it."""
        for place, shift in sight.cells.items():
            held = self._cells.get(place, EMPTY).shift
            if shift != held:
                yield Anomaly(kind, f"{sight.of} at {sight.seq}: {place} showed {shift}, by the log {held}")
                return


def kinds(found: Iterable[Anomaly]) -> set[Kind]:
    """Return which kinds of promise were broken."""
    return {anomaly.kind for anomaly in found}
