"""Edits: what is asked of a period's cells and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, field_validator

from shiftapp.domain.cell import LONGEST_NOTE, Cell, Place
from shiftapp.domain.conflict import Conflict
from shiftapp.domain.period import LONGEST
from shiftapp.domain.refusal import Refused

EditKind = Literal["edit", "paste", "fill", "run", "import", "undo", "redo", "restore", "employment"]
EDIT_KINDS: tuple[EditKind, ...] = get_args(EditKind)

MOST_CELLS = 200 * LONGEST


class CellAsked(BaseModel):
    """What one cell shall become: only the fields that are given change."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    staff_id: int
    day: date
    seen: int | None = Field(default=None, ge=0, description="version of the cell when it was decided; None: not known")
    shift: int | None = None
    pinned: bool = False
    note: str = Field(default="", max_length=LONGEST_NOTE)

    @field_validator("note")
    @classmethod
    def _can_be_stored(cls, note: str) -> str:
        if "\x00" in note:
            raise ValueError("a note holds the character NUL, which no text can: leave it out")
        return note

    @property
    def place(self) -> Place:
        """Staff id and date."""
        return (self.staff_id, self.day)

    def onto(self, cell: Cell, version: int) -> Cell:
        """Return ``cell`` with the given fields replaced, at ``version``."""
        given = self.model_fields_set
        return Cell(
            self.shift if "shift" in given else cell.shift,
            self.pinned if "pinned" in given else cell.pinned,
            self.note if "note" in given else cell.note,
            version,
        )


class EditAsked(BaseModel):
    """One edit: one transaction, one change set, one undo.

    Attributes
    ----------
    edit_id : UUID
        Made by the client; sent again after a lost reply it is applied once.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    period_id: int
    edit_id: UUID
    kind: EditKind = "edit"
    run_id: int | None = None
    cells: tuple[CellAsked, ...] = Field(min_length=1, max_length=MOST_CELLS)

    @field_validator("cells")
    @classmethod
    def _something_given(cls, cells: tuple[CellAsked, ...]) -> tuple[CellAsked, ...]:
        if any(not cell.model_fields_set & {"shift", "pinned", "note"} for cell in cells):
            raise ValueError("a cell names no shift, pinned or note: say what it shall become")
        return cells


@dataclass(frozen=True, slots=True)
class PatchCell:
    """The new content of one cell; its version is the patch's ``seq``."""

    staff_id: int
    day: date
    shift: int | None
    pinned: bool
    note: str

    def cell(self, seq: int) -> Cell:
        """Return it as a cell."""
        return Cell(self.shift, self.pinned, self.note, seq)


@dataclass(frozen=True, slots=True)
class Patch:
    """One change set as it travels: what the cells hold after it, and what its author is called, if known."""

    seq: int
    kind: EditKind
    cells: tuple[PatchCell, ...]
    author: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Change:
    """One cell of a change set, before and after (``after.version`` is the change set's ``seq``)."""

    staff_id: int
    day: date
    before: Cell
    after: Cell


def patch_of(seq: int, kind: EditKind, changes: Iterable[Change], author: str) -> Patch:
    """Return the patch that a change set sends to those who hold the period."""
    return Patch(
        seq,
        kind,
        tuple(PatchCell(c.staff_id, c.day, c.after.shift, c.after.pinned, c.after.note) for c in changes),
        author,
    )


@dataclass(frozen=True, slots=True)
class EditDone:
    """The edit is committed.

    Attributes
    ----------
    conflicts : tuple of Conflict
        Cells that somebody else had changed unseen by the author, and whose value does not stand.
    repeated : bool
        Whether this edit id had been applied before; then this is the answer of that time.
    """

    seq: int
    patch: Patch
    conflicts: tuple[Conflict, ...] = ()
    repeated: bool = False


def refuse_twice(cells: Iterable[CellAsked]) -> Refused | None:
    """Refuse an edit that names a cell twice: which of the two was meant cannot be known."""
    seen: set[Place] = set()
    for cell in cells:
        if cell.place in seen:
            return Refused("edit.same_cell_twice", {"day": cell.day.isoformat()})
        seen.add(cell.place)
    return None
