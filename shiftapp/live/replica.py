"""The truth of one period in this process: cells, their price, and how they are drawn.

A replica is a function of the period's book, its cells and its ``seq``: built anew from the database it is the same as
one that followed every change. It knows neither sockets nor SQL.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from shiftapp.domain.book import Book, Reading
from shiftapp.domain.cell import EMPTY, Cell, Place
from shiftapp.domain.compile import compile_problem, roster_rows
from shiftapp.domain.edit import Patch, PatchCell
from shiftapp.domain.run import Run
from shiftapp.live import view
from shiftapp.live.broken import Broken
from shiftapp.live.lines import Lines
from shiftapp.live.runs import PREVIEW, RunReplica
from solver.check import Checker
from solver.roster import Violation

Values = dict[str, dict[str, Any]]
"""State class → var → value, as rooms send them."""

GRID, VIOLATIONS = "GridState", "ViolationState"


class Stale(Exception):
    """The replica does not know what a patch speaks of (new staff, new shift types): build it anew."""


class Tried(NamedTuple):
    """What a shift in one cell would change: cost, number of hard rules broken, and what it would break and mend."""

    cost: int
    hard: int
    appeared: tuple[Violation, ...]
    disappeared: tuple[Violation, ...]


class Replica:
    """One period as everybody here sees it.

    Parameters
    ----------
    reading : Reading
        The period at one moment.
    before : Replica, optional
        The replica this one replaces: rows keep their slots.

    Attributes
    ----------
    book : Book
    cells : dict of Place to Cell
        Read it; only ``apply`` writes.
    seq : int
        The last change set that is in it.
    slots : mapping of int to int
        Staff id → row slot.
    letters : mapping of int to str
        Shift type id → letter.
    mark : str
        Stands for the rules, staff, calendar, shift types and requests that the roster is priced by, and for how rows
        and shift types are named: the same on every server as long as they are the same.
    run : RunReplica
        The period's latest run.
    """

    def __init__(self, reading: Reading, before: "Replica | None" = None) -> None:
        book = reading.book
        self.book: Book = book
        self.cells: dict[Place, Cell] = dict(reading.cells)
        self.seq = book.period.seq
        self.letters: Mapping[int, str] = view.letters(book)
        self.slots: Mapping[int, int] = view.slots(book.staff, {} if before is None else before.slots)
        self._checker = _checker(book, self.cells)
        priced = "" if self._checker is None else self._checker.problem.model_dump_json()
        self.mark = view.mark(priced, self.slots, self.letters)
        self._lines = Lines(
            book, [] if self._checker is None else self._checker.problem.rules, self.slots, self.letters
        )
        self._broken = Broken(book, self._lines, [] if self._checker is None else self._checker.violations())
        self.run = RunReplica() if before is None else before.run
        self._shown: Values = self.run.draw(self)
        self._draw(book.member)
        self._shown[GRID] |= view.frame(book, self.slots, self.letters) | self._wishes() | {"book": self.mark}
        self._shown[VIOLATIONS]["labels"] = self._lines.labels

    @property
    def team_id(self) -> int:
        """The team the period belongs to."""
        return self.book.team.id

    @property
    def lines(self) -> Lines:
        """How rules are written for the page."""
        return self._lines

    def snapshot(self) -> Values:
        """Return every var."""
        return {state: dict(values) for state, values in self._shown.items()}

    def previewed(self, name: str) -> str | None:
        """Return the var of a preview's row as it is shown now."""
        return self._shown[PREVIEW].get(name)

    def apply(self, patch: Patch) -> Values:
        """Take in the next change set; return the vars it changed.

        Raises
        ------
        Stale
            The patch speaks of somebody or something that the book does not know. The replica is then of no use.
        ValueError
            ``patch`` is not the next one.
        """
        if patch.seq != self.seq + 1:
            raise ValueError(f"expected change set {self.seq + 1}, found {patch.seq}")
        rows: set[int] = set()
        if len(patch.cells) > _edits_of_a_check(len(self.book.staff), self.book.period.days):
            rows.update(self._put_many(patch))
        else:
            for changed in patch.cells:
                rows |= self._put(changed, patch.seq)
        self.seq = patch.seq
        self.run.hear(patch)
        return self._draw(rows)

    def tried(self, place: Place, shift: int) -> Tried | None:
        """Say what a shift in one cell would change, with every other cell as it is; nothing is changed by asking.

        None where there is no such cell or shift type, or nothing to price.
        """
        staff_id, day = place
        member = self.book.member.get(staff_id)
        if member is None or day not in self.book.period or not member.employed_on(day) or self._checker is None:
            return None
        if shift not in self.book.shift_type:
            return None
        cell, held = (str(staff_id), self.book.index(day)), self.cells.get(place, EMPTY).shift
        cost, hard = self._checker.cost, self._checker.hard
        change = self._checker.set(*cell, str(shift))
        tried = Tried(self._checker.cost - cost, self._checker.hard - hard, change.appeared, change.disappeared)
        self._checker.set(*cell, None if held is None else str(held))
        return tried

    def take_run(self, run: Run | None) -> Values:
        """Take in the latest state of the period's run; return the vars it changed."""
        return self._show(self.run.draw(self)) if self.run.take(run) else {}

    def take_names(self, names: Mapping[int, str]) -> Values:
        """Take in who made the edits that the run met; return the vars it changed."""
        return self._show(self.run.take_names(names))

    def _put(self, changed: PatchCell, seq: int) -> set[int]:
        """Write one cell and follow what it breaks; return the rows that look different now."""
        before = self._write(changed, seq)
        rows = {changed.staff_id}
        if before.shift == changed.shift or changed.day not in self.book.period or self._checker is None:
            return rows
        shift = None if changed.shift is None else str(changed.shift)
        change = self._checker.set(str(changed.staff_id), self.book.index(changed.day), shift)
        for violation in change.disappeared:
            rows |= self._broken.disappear(violation)
        for violation in change.appeared:
            rows |= self._broken.appear(violation)
        return rows

    def _put_many(self, patch: Patch) -> Iterable[int]:
        """Write many cells and price the roster anew, which is quicker then; return all rows."""
        for changed in patch.cells:
            self._write(changed, patch.seq)
        if self._checker is not None:
            self._checker = Checker(self._checker.problem, roster_rows(self.book, self.cells))
            self._broken = Broken(self.book, self._lines, self._checker.violations())
        return self.book.member

    def _write(self, changed: PatchCell, seq: int) -> Cell:
        """Write one cell; return what it held."""
        if changed.staff_id not in self.book.member:
            raise Stale
        if changed.shift is not None and changed.shift not in self.book.shift_type:
            raise Stale
        place = (changed.staff_id, changed.day)
        before, self.cells[place] = self.cells.get(place, EMPTY), changed.cell(seq)
        return before

    def _draw(self, rows: Iterable[int]) -> Values:
        """Write the vars of some rows and all that is small; return what is different from what was shown."""
        checker = self._checker
        grid: dict[str, Any] = {"seq": self.seq, "outside": view.outside_days(self.book, self._broken.outside)}
        for staff_id in rows:
            if staff_id in self.slots:
                grid |= self._row(staff_id)
        sums = (0, 0, 0) if checker is None else (checker.cost, checker.hard, checker.undecided)
        violations = self._broken.values() | {"sums": ",".join(map(str, (self._broken.count, *sums)))}
        return self._show({GRID: grid, VIOLATIONS: violations} | self.run.draw_rows(rows, self))

    def _show(self, drawn: Values) -> Values:
        """Remember what was drawn; return what is different from what was shown."""
        changed = different(self._shown, drawn)
        for state, values in drawn.items():
            self._shown.setdefault(state, {}).update(values)
        return changed

    def _row(self, staff_id: int) -> dict[str, str]:
        slot, member = self.slots[staff_id], self.book.member[staff_id]
        return {
            f"r{slot:03}": view.row_text(self.book, member, self.cells, self.letters),
            f"f{slot:03}": view.marks_text(self.book, member, self.cells, self._broken.flags),
            f"n{slot:03}": view.notes_text(self.book, member, self.cells),
        }

    def _wishes(self) -> dict[str, str]:
        asked = view.asked_letters(self.book, self.letters)
        return {
            f"w{slot:03}": view.wishes_text(self.book, self.book.member[staff_id], asked)
            for staff_id, slot in self.slots.items()
        }


def _checker(book: Book, cells: Mapping[Place, Cell]) -> Checker | None:
    """Return what prices the roster; a team without staff or shift types has none."""
    if not book.staff or not book.shift_types:
        return None
    return Checker(compile_problem(book, cells), roster_rows(book, cells))


def _edits_of_a_check(people: int, days: int) -> float:
    """Return how many edits followed one by one cost what a full check does.

    A full check looks at every cell, an edit at those of its row and its column; measured from 10 x 31 to 200 x 92 the
    quotient is right within a third.
    """
    return people * days / max(1, people + days)


def different(old: Values, new: Values) -> Values:
    """Return the vars of ``new`` that ``old`` does not have, or has with another value."""
    found: Values = {}
    for state, values in new.items():
        known = old.get(state, {})
        changed = {name: value for name, value in values.items() if name not in known or known[name] != value}
        if changed:
            found[state] = changed
    return found
