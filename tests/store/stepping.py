"""Edits and steps of a period's people, and what the rules of undo make of them."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from hypothesis import strategies as some

from shiftapp.domain.cell import EMPTY, Cell, Place
from shiftapp.domain.edit import CellAsked, EditDone
from shiftapp.domain.refusal import Refused
from shiftapp.domain.undo import StepAsked, StepDone, Way
from shiftapp.store.database import Database
from shiftapp.store.edits import Author, apply_edit
from shiftapp.store.undo import apply_step
from tests.factories import Kitchen, add_account
from tests.store.test_edits import SYMBOLS, cells_of

Content = tuple[int | None, bool, str]


def content(cell: Cell) -> Content:
    return cell.shift, cell.pinned, cell.note


async def contents(database: Database, k: Kitchen) -> dict[Place, Content]:
    """Return what every cell holds; those that hold nothing are left out."""
    return {place: content(cell) for place, cell in (await cells_of(database, k)).items() if not cell.blank}


async def edit(database: Database, k: Kitchen, author: Author, *cells: CellAsked) -> EditDone:
    answer = await apply_edit(database, author, k.edit(*cells))
    assert isinstance(answer, EditDone), answer
    return answer


async def step(
    database: Database, k: Kitchen, author: Author, way: Way = "undo", edit_id: UUID | None = None
) -> StepDone | Refused:
    return await apply_step(database, author, StepAsked(k.period.id, edit_id or uuid4(), way))


async def taken(database: Database, k: Kitchen, author: Author, way: Way = "undo") -> StepDone:
    answer = await step(database, k, author, way)
    assert isinstance(answer, StepDone), answer
    return answer


async def colleague(database: Database, k: Kitchen) -> Author:
    return Author(k.team_id, (await add_account(database, k.team_id)).user_id)


@dataclass
class Told:
    """A period as the rules of undo tell it, with two stacks a person."""

    cells: dict[Place, Content] = field(default_factory=dict)
    writers: list[tuple[int, Place, int]] = field(default_factory=list)
    sets: dict[int, dict[Place, tuple[Content, Content]]] = field(default_factory=dict)
    undo: tuple[list[int], list[int]] = field(default_factory=lambda: ([], []))
    redo: tuple[list[int], list[int]] = field(default_factory=lambda: ([], []))

    def write(self, person: int, wanted: dict[Place, Content]) -> int:
        """Write a change set of what differs; return its seq."""
        seq = len(self.sets) + 1
        held = {place: self.cells.get(place, content(EMPTY)) for place in wanted}
        self.sets[seq] = {place: (held[place], after) for place, after in wanted.items() if held[place] != after}
        self.writers += [(seq, place, person) for place in self.sets[seq]]
        self.cells |= wanted
        return seq

    def edit(self, person: int, wanted: dict[Place, Content]) -> None:
        if self.sets[seq := self.write(person, wanted)]:
            self.undo[person].append(seq)
            self.redo[person].clear()

    def step(self, person: int, way: Way) -> int | None:
        """Take a step; return how many cells it leaves alone, None where there is no step."""
        take, give = (self.undo, self.redo) if way == "undo" else (self.redo, self.undo)
        if not take[person]:
            return None
        target = take[person].pop()
        theirs = {place for seq, place, who in self.writers if seq > target and who != person}
        wanted = {place: was for place, (was, _) in self.sets[target].items() if place not in theirs}
        if self.sets[seq := self.write(person, wanted)]:
            give[person].append(seq)
        return len(self.sets[target]) - len(wanted)


EDIT = some.lists(
    some.tuples(
        some.integers(0, 1), some.integers(0, 2), some.sampled_from(SYMBOLS), some.booleans(), some.sampled_from("ab ")
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda cell: cell[:2],
)
Edit = list[tuple[int, int, str | None, bool, str]]


def asked(k: Kitchen, cells: Edit) -> list[CellAsked]:
    return [
        CellAsked(
            staff_id=k.staff[row].id,
            day=k.day(day),
            shift=None if symbol is None else k.shift(symbol),
            pinned=pinned,
            note=note.strip(),
        )
        for row, day, symbol, pinned, note in cells
    ]
