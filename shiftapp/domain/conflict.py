"""Two people's values for one cell, of which one cannot stand: what is kept of it, and what is told."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, get_args

from shiftapp.domain.cell import Cell, Place

Strategy = Literal["last", "first", "merge", "ask"]
"""Who wins when two people edit one cell; the team chooses."""
STRATEGIES: Final[tuple[Strategy, ...]] = get_args(Strategy)


@dataclass(frozen=True, slots=True)
class Side:
    """One of two values for a cell: whose it is and since when; ``at`` is None for the edit being decided."""

    user_id: int | None
    at: datetime | None
    cell: Cell


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two values for one cell, of which one cannot stand.

    Attributes
    ----------
    lost : Side
        The value that does not stand; its owner is told.
    stands : Side
        The value that the cell holds.
    open : bool
        Whether it is to be chosen still: then ``lost`` is not lost yet.
    """

    place: Place
    lost: Side
    stands: Side
    open: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A conflict that is not settled, with the names of those whose values they are."""

    id: int
    conflict: Conflict
    loser: str
    winner: str
