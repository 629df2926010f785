"""The period as it was: what a moment held, and which cells change to go back to it.

A moment is a seq: the period right after that change set, 0 before the first. What differs between two moments is the
net change of every cell in the log between them, so that a moment is the cells as they stand with what came later taken
back.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal, NamedTuple
from uuid import UUID

from shiftapp.domain.cell import Cell, Cells, Place
from shiftapp.domain.edit import Change, EditDone, EditKind

PAGE: Final = 50
"""Change sets that are told at once."""
MOST_TOLD: Final = 300
"""Cells of one change set, comparison or plan that are told one by one."""

Goal = Literal["moment", "set", "run"]
"""Go back to a moment, or take back what one change set, or the applied run of that id, made of the cells."""
Obstacle = Literal["", "outside", "unused"]
"""Why a cell cannot hold what it held: outside employment or period; the person or the shift type is out of use."""


class Wanted(NamedTuple):
    """Which change sets to tell: None stands for any."""

    user_id: int | None = None
    staff_id: int | None = None
    day: date | None = None
    kinds: tuple[EditKind, ...] = ()


@dataclass(frozen=True, slots=True)
class LoggedSet:
    """One change set as the history tells it.

    Attributes
    ----------
    run_kind : str
        What the applied run was for; empty where there is none.
    undoes : EditKind or None
        The kind of what it takes back, where it is an undo.
    cells, people : int
        How many cells it changed, of how many people.
    staff_id, first, last
        One of those people; its first and last date.
    one : Change or None
        The change, where it is a single one.
    """

    seq: int
    kind: EditKind
    run_id: int | None
    run_kind: str
    at: datetime
    name: str
    undoes: EditKind | None
    cells: int
    people: int
    staff_id: int
    first: date
    last: date
    one: Change | None


@dataclass(frozen=True, slots=True)
class RestoreAsked:
    """What is to be restored: a goal, and of which row, which day or which cell, None being all.

    Attributes
    ----------
    number : int
        Seq of the moment or change set; id of the run.
    seen : int
        Seq of the period when its plan was looked at: nothing edited since is written over.
    """

    period_id: int
    goal: Goal
    number: int
    staff_id: int | None = None
    day: date | None = None
    seen: int = 0
    edit_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A cell of what is to be taken back, as it stands: ``change.before`` is what it should hold."""

    change: Change
    now: Cell
    obstacle: Obstacle


@dataclass(frozen=True, slots=True)
class Plan:
    """What a restore would do.

    Attributes
    ----------
    seq : int
        Of the period when it was made.
    changes : tuple of Change
        From what the cells hold to what they held.
    newer : int
        Cells left alone because they hold something newer than what is taken back.
    outside, unused : int
        Cells left alone because of that obstacle.
    """

    seq: int
    changes: tuple[Change, ...]
    newer: int = 0
    outside: int = 0
    unused: int = 0


@dataclass(frozen=True, slots=True)
class Restored:
    """A restore is committed; asked for again under the same id, its plan is empty."""

    done: EditDone
    plan: Plan


def earlier(cells: Cells, later: Iterable[Change]) -> dict[Place, Cell]:
    """Return the cells with net changes taken back: as they were before those."""
    return {**cells, **{(change.staff_id, change.day): change.before for change in later}}


def make_plan(seq: int, found: Iterable[Standing]) -> Plan:
    """Return what going back means for cells as they stand; what holds it already does not change."""
    changes: list[Change] = []
    newer, kept = 0, {"outside": 0, "unused": 0}
    for one in found:
        was = one.change.before
        if one.now.same(was):
            continue
        if not one.now.same(one.change.after):
            newer += 1
        elif one.obstacle:
            kept[one.obstacle] += 1
        else:
            after = Cell(was.shift, was.pinned, was.note, seq + 1)
            changes.append(Change(one.change.staff_id, one.change.day, one.now, after))
    return Plan(seq, tuple(changes), newer, **kept)
