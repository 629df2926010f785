"""What becomes of an edit that meets changes its author had not seen: four strategies, of which the team chooses one.

The unit of *last*, *first* and *ask* is the cell as somebody saw it, that of *merge* one of its fields. Whose value
does not stand is told so and can put it back; nobody is told who loses nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal, get_args

from shiftapp.domain.cell import LONGEST_NOTE, Cell
from shiftapp.domain.conflict import Conflict, Side, Strategy
from shiftapp.domain.edit import CellAsked, Change

Field = Literal["shift", "pinned", "note"]
FIELDS: Final[tuple[Field, ...]] = get_args(Field)
NOTES: Final = " / "
"""Between two notes that are combined."""


@dataclass(frozen=True, slots=True)
class Unseen:
    """A change that the author of an edit had not seen; ``user_id`` is None where nobody made it."""

    user_id: int | None
    at: datetime
    change: Change


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a cell becomes, and what is told of it; an unchanged ``after`` leaves the cell as it is."""

    after: Cell
    conflict: Conflict | None = None


def decide(
    strategy: Strategy, author: int | None, asked: CellAsked, now: Cell, unseen: Sequence[Unseen], seq: int
) -> Verdict:
    """Decide one cell of an edit.

    Parameters
    ----------
    strategy : Strategy
    author : int or None
        User id of who edits: their own changes are never news to them.
    asked : CellAsked
    now : Cell
        What the cell holds.
    unseen : sequence of Unseen
        The changes of this cell after ``asked.seen``, oldest first.
    seq : int
        Of the change set that the edit becomes.

    Returns
    -------
    Verdict
    """
    theirs = [one for one in unseen if one.user_id != author]
    if not theirs:
        return Verdict(asked.onto(now, seq))
    seen = _as_seen(unseen, author)
    mine = asked.onto(seen, seq)
    latest = theirs[-1]
    if now.same(seen) or mine.same(now):
        return Verdict(asked.onto(now, seq))
    if strategy == "merge":
        return _merged(author, asked, now, seen, theirs, seq)
    held, wanted = Side(latest.user_id, latest.at, now), Side(author, None, mine)
    if strategy == "last":
        return Verdict(mine, Conflict(asked.place, held, wanted))
    return Verdict(now, Conflict(asked.place, wanted, held, open=strategy == "ask"))


def _as_seen(unseen: Sequence[Unseen], author: int | None) -> Cell:
    """Return the cell as the author knows it: as it was, with what they themselves changed since."""
    seen = unseen[0].change.before
    for one in unseen:
        if one.user_id == author:
            seen = replace(seen, **{field: getattr(one.change.after, field) for field in _changed(one.change)})
    return seen


def _merged(author: int | None, asked: CellAsked, now: Cell, seen: Cell, theirs: Sequence[Unseen], seq: int) -> Verdict:
    """Combine what was changed in different fields, and two notes; in any other field the later value stands."""
    after = asked.onto(now, seq)
    both = [field for field in FIELDS if getattr(seen, field) != getattr(now, field) != getattr(after, field)]
    if "note" in both and seen.note == "" and len(together := now.note + NOTES + after.note) <= LONGEST_NOTE:
        after = replace(after, note=together)
        both.remove("note")
    if not both:
        return Verdict(after)
    loser = next(one for one in reversed(theirs) if set(both) & set(_changed(one.change)))
    return Verdict(after, Conflict(asked.place, Side(loser.user_id, loser.at, now), Side(author, None, after)))


def _changed(change: Change) -> list[Field]:
    return [field for field in FIELDS if getattr(change.before, field) != getattr(change.after, field)]
