"""Undo and redo: what is asked, which cells may be taken back, and what became of it.

Each person has steps of their own in each period. An undo is a change set that takes back another one, a redo is one
that takes back an undo: what can be undone and redone is read from the change log.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, NamedTuple
from uuid import UUID

from shiftapp.domain.cell import Cell
from shiftapp.domain.edit import Change, EditDone, EditKind

MOST_STEPS: Final = 200
"""How many steps somebody can go back from their latest edit."""

Way = Literal["undo", "redo"]


class Steps(NamedTuple):
    """Whether somebody has a step to undo, and one to redo."""

    undo: bool = False
    redo: bool = False


@dataclass(frozen=True, slots=True)
class StepAsked:
    """One step back or forth in a period: sent again under the same ``edit_id`` it is taken once."""

    period_id: int
    edit_id: UUID
    way: Way


class Later(NamedTuple):
    """Who changed a cell after the change set that is to be taken back, and when."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Meeting:
    """A cell of the change set to be taken back, as it stands.

    Attributes
    ----------
    possible : bool
        Whether there can be such a cell still: a period's dates and an employment may have changed.
    later : Later or None
        The latest change of the cell since then that is not a step of the same person.
    """

    change: Change
    now: Cell
    possible: bool
    later: Later | None

    @property
    def free(self) -> bool:
        """Whether it may be taken back."""
        return self.possible and self.later is None

    def back(self, seq: int) -> Change:
        """Return the change that takes it back, exactly, as part of change set ``seq``."""
        was = self.change.before
        return Change(self.change.staff_id, self.change.day, self.now, Cell(was.shift, was.pinned, was.note, seq))


@dataclass(frozen=True, slots=True)
class StepDone:
    """A step is taken: its change set is committed.

    Attributes
    ----------
    kind, run_id
        Of the change set that is taken back or given again, however often it was before.
    left : int
        Cells left alone because somebody changed them since.
    later : Later or None
        The latest of those changes.
    people : int
        By how many people they are.
    gone : int
        Cells left alone because there can be no such cell any more.
    """

    done: EditDone
    way: Way
    kind: EditKind
    run_id: int | None
    left: int
    later: Later | None
    people: int
    gone: int


def step_done(done: EditDone, way: Way, what: tuple[EditKind, int | None], left_alone: Iterable[Meeting]) -> StepDone:
    """Return what is told of a step, given the kind and run of what it takes back and the cells that it left alone."""
    alone = list(left_alone)
    later = [one.later for one in alone if one.later is not None]
    latest = max(later, key=lambda one: one.at, default=None)
    return StepDone(done, way, *what, len(later), latest, len({one.name for one in later}), len(alone) - len(later))
