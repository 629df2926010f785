"""Rows under hard run lengths as stretches: a Boolean for each run of work that a row may have, with the rest after it.

Where runs of some shifts (work) have a hard maximum, a row is a succession of stretches, each a run of legal length and
the least days of rest that must follow, and of single further days of rest. Each day is in exactly one of them. As
every column covers consecutive days, the relaxation of these constraints is that of a network: its corners are whole.
Clauses over windows of days say the same and relax to much less.
"""

from __future__ import annotations

import weakref
from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from solver.cp import cp_model
from solver.frozen import Day
from solver.totals import Cell, Code

if TYPE_CHECKING:
    from solver.grid import Grid
    from solver.model import Model


class Run(NamedTuple):
    """Hard lengths of the runs of some shifts in the row of a person, on days that are all known.

    ``rows`` are those of the grid that say so.
    """

    person: int
    codes: frozenset[Code]
    minimum: int
    maximum: int | None
    days: range
    rows: range


class Row(NamedTuple):
    """What a row's stretches are made of: runs of ``work`` of some lengths, and the least days of rest after them.

    ``days`` are those looked at. Where an end is ``open``, a run that touches it may go on beyond and may be short.
    """

    person: int
    work: frozenset[Code]
    minimum: int
    maximum: int
    rest: int
    days: range
    open: tuple[bool, bool]


class Stretches:
    """The stretches of every row of a model that has hard run lengths and free cells.

    Attributes
    ----------
    aids : list of (IntVar, callable)
        The variables it made, each with a function that returns its value in the state's roster.
    """

    def __init__(self, model: Model) -> None:
        self.model: Model = weakref.proxy(model)  # else models would wait for the garbage collector, some MB each
        self.grid: Grid = model.grid
        self.aids: list[tuple[cp_model.IntVar, Callable[[], int]]] = []
        self._works: dict[tuple[int, Day], list[tuple[Day, cp_model.IntVar]]] = {}
        self._work: dict[int, frozenset[Code]] = {}

    def post(self) -> None:
        """Post the stretches of every such row."""
        free: dict[int, list[Day]] = defaultdict(list)
        for cell in self.model.literals:
            person, day = self.grid.places[cell]
            if person in self.grid.runs:
                free[person].append(day)
        for person, days in free.items():
            row = self._row(person, min(days), max(days))
            if row is not None:
                self._post(row)

    def touching(self, cells: list[Cell]) -> list[cp_model.IntVar] | None:
        """Return the stretches with work on any of one or two neighbouring cells of a row; None without stretches."""
        places = [self.grid.places[cell] for cell in cells]
        if any(place not in self._works for place in places) or places[-1][1] - places[0][1] > 1:
            return None
        return list({start: literal for place in places for start, literal in self._works[place]}.values())

    def work(self, cell: Cell) -> frozenset[Code]:
        """Return the shifts whose runs the stretches of a cell's row are."""
        return self._work.get(self.grid.places[cell][0], frozenset())

    def _row(self, person: int, first: Day, last: Day) -> Row | None:
        """Return what the stretches around the free days are made of; None where no run has a maximum."""
        runs = self.grid.runs[person]
        longest = next((run for run in runs if run.maximum is not None), None)
        if longest is None or longest.maximum is None:
            return None
        others = frozenset(range(len(self.grid.shifts))) - longest.codes
        rest = max((run.minimum for run in runs if run.codes == others and run.days == longest.days), default=1)
        codes = longest.codes
        (low, unknown), high = self._past(person, longest), longest.days[-1]
        begin = next((day for day in range(first - 1, low, -1) if self._starts(person, day, codes)), low)
        end = next((day for day in range(last + 1, high) if self._starts(person, day + 1, codes, ends=True)), high)
        return Row(
            person, codes, longest.minimum, longest.maximum, rest, range(begin, end + 1),
            (unknown and begin == low, end == high),
        )  # fmt: skip

    def _past(self, person: int, run: Run) -> tuple[Day, bool]:
        """Return the day from which the past matters, and whether a run may be short there.

        What ended before the horizon was as it was. Of rest, the day of work before it is kept, which can be alone; of
        a run that is too long, as many days as are allowed.
        """
        first, day = run.days[0], -1
        if first >= 0:
            return first, True
        while day > first and self._may(person, day - 1, run.codes) == self._may(person, day, run.codes):
            day -= 1
        if day == first:
            return max(first, -(run.maximum or -first)) if self._may(person, day, run.codes)[0] else first, True
        if not self._may(person, day, run.codes)[0]:
            return day - 1, True
        longest = run.maximum or -day
        return max(day, -longest), False

    def _starts(self, person: int, day: Day, codes: frozenset[Code], ends: bool = False) -> bool:
        """Whether the days before and from ``day`` are fixed, and a run of work starts there, or has just ended."""
        before, here = self._may(person, day - 1, codes), self._may(person, day, codes)
        return (before, here) == (((True, False), (False, True)) if ends else ((False, True), (True, False)))

    def _may(self, person: int, day: Day, codes: frozenset[Code]) -> tuple[bool, bool]:
        """Whether a day may be one of work, and one of rest."""
        cell = self.grid.cell.get((person, day))
        if cell is None:
            code = self.grid.code_before(person, day)
            return code in codes, code not in codes
        left = self.grid.left[cell] if cell in self.model.literals else (self.model.state.codes[cell],)
        works = sum(code in codes for code in left)
        return works > 0, works < len(left)

    def _post(self, row: Row) -> None:
        """Make the stretches of a row, and have each day in exactly one."""
        may = {day: self._may(row.person, day, row.work) for day in row.days}
        works: dict[Day, list[tuple[Day, cp_model.IntVar]]] = {day: [] for day in row.days}
        rests: dict[Day, list[cp_model.IntVar]] = {day: [] for day in row.days}
        low, high = row.days[0], row.days[-1]
        for start in row.days:
            for end in range(start, min(start + row.maximum, high + 1)):
                if not may[end][0]:
                    break
                touches = (start == low and row.open[0]) or (end == high and row.open[1])
                after = range(end + 1, min(end + row.rest, high) + 1)
                if (end - start + 1 < row.minimum and not touches) or not all(may[day][1] for day in after):
                    continue
                literal = self._aid(self._holds(row, start, end))
                for day in range(start, end + 1):
                    works[day].append((start * 1000 + end, literal))
                for day in after:
                    rests[day].append(literal)
            if may[start][1]:
                rests[start].append(self._aid(self._free(row, start)))
        self._work[row.person] = row.work
        for day in row.days:
            self._works[row.person, day] = works[day]
            self._link(row, day, [literal for _, literal in works[day]], rests[day])

    def _link(self, row: Row, day: Day, works: list[cp_model.IntVar], rests: list[cp_model.IntVar]) -> None:
        """The day is in one stretch, at work when its cell has such a shift."""
        self.model.cp.add_exactly_one([*works, *rests])
        cell = self.grid.cell.get((row.person, day))
        if cell in self.model.literals:
            choices = self.model.literals[cell]
            self.model.cp.add_exactly_one([*works, *(x for code, x in choices.items() if code not in row.work)])
            self.model.cp.add_exactly_one([*rests, *(x for code, x in choices.items() if code in row.work)])

    def _holds(self, row: Row, start: Day, end: Day) -> Callable[[], int]:
        around = [day for day in (start - 1, end + 1) if day in row.days]
        return lambda: int(
            all(self._at_work(row, day) for day in range(start, end + 1))
            and not any(self._at_work(row, day) for day in around)
        )

    def _free(self, row: Row, day: Day) -> Callable[[], int]:
        days = range(max(row.days[0], day - row.rest), day + 1)
        return lambda: int(not any(self._at_work(row, one) for one in days))

    def _at_work(self, row: Row, day: Day) -> bool:
        cell = self.grid.cell.get((row.person, day))
        return (self.grid.code_before(row.person, day) if cell is None else self.model.state.codes[cell]) in row.work

    def _aid(self, now: Callable[[], int]) -> cp_model.IntVar:
        variable = self.model.cp.new_bool_var("")
        self.aids.append((variable, now))
        return variable
