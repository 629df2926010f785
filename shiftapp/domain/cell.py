"""A cell: one staff member on one date of a period."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

LONGEST_NOTE = 500

Place = tuple[int, date]
"""Staff id and date: where a cell is inside its period."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell holds.

    Attributes
    ----------
    shift : int or None
        Shift type id; ``None`` is "not decided yet", never a silent "work".
    version : int
        The ``seq`` of the change set that last changed the cell; 0 when nothing ever did.
    """

    shift: int | None = None
    pinned: bool = False
    note: str = ""
    version: int = 0

    @property
    def blank(self) -> bool:
        """Whether it holds nothing at all."""
        return self.shift is None and not self.pinned and not self.note

    def same(self, other: "Cell") -> bool:
        """Whether both hold the same, whatever their versions."""
        return (self.shift, self.pinned, self.note) == (other.shift, other.pinned, other.note)


EMPTY = Cell()

Cells = Mapping[Place, Cell]
"""The cells of a period that hold something or once did; a missing place is ``EMPTY``."""
