"""A roster taken as it stands: what is broken already costs nothing more, and to mend it earns nothing.

A question about one cell is answered beside much that has nothing to do with it. With ``now`` the roster as it stands
and ``alone`` the one in which that cell alone is changed, every limit is raised by

    standing[r] = min(excess[r](now), excess[r](alone))

so that what other cells do pays only where it keeps down what the cell itself has broken.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence

from solver.demands import Demands
from solver.frozen import Day, PersonId, ShiftId
from solver.grid import Grid
from solver.problem import Problem
from solver.roster import Roster
from solver.rules import Rule
from solver.start import descend, start
from solver.totals import Cell, Code, Form, Measure, Total


class Standing(Grid):
    """A grid whose rules are as far broken as some rosters all break them, free of charge.

    A hard rule that is broken may stay broken as far, too.

    Parameters
    ----------
    problem : Problem
    rosters : sequence of Roster
        Complete, of the same people and days.

    Attributes
    ----------
    standing : int
        What is broken in all the rosters, at its cost.
    """

    def __init__(self, problem: Problem, rosters: Sequence[Roster]) -> None:
        self._rosters = rosters
        self._eased = False
        self.standing = 0
        super().__init__(problem)

    def hold(self, person: PersonId, day: Day, shift: ShiftId) -> None:
        """Give a cell one shift, once every rule is posted."""
        self.left[self.cell[self.index.person[person], day]] = (self.code[shift],)

    def avoid(self, person: int, day: Day, shifts: Iterable[ShiftId], rule: Rule, amount: int = 1) -> None:
        """Charge nothing where all the rosters hold one of ``shifts``; leave a shift that they all hold."""
        shifts = tuple(shifts)
        rosters = self._rosters if (person, day) in self.cell else ()
        held = {roster.cells[person][day] for roster in rosters}
        if rule.hard and len(held) == 1:
            shifts = tuple(shift for shift in shifts if shift not in held)
        elif not rule.hard and held and held <= set(shifts):
            self.standing += rule.weight * amount
            return
        super().avoid(person, day, shifts, rule, amount)

    def measure(self, form: Form, limit: int, totals: list[Total], rule: Rule, weight: int = 1, step: int = 1) -> None:
        """Raise the limit by what the rosters are above it."""
        bare = Measure(None, 0, form, totals, limit, step)
        excess = min(bare.excess([self._count(total, roster) for total in totals]) for roster in self._rosters)
        self._note(excess, rule, rule.weight * weight)
        super().measure(form, limit + excess * step, totals, rule, weight, step)

    def keep_runs(
        self, person: int, shifts: Iterable[ShiftId], lengths: tuple[int, int | None], days: set[Day], since: int
    ) -> None:
        """Note the lengths of runs where no hard rule is broken: columns of stretches know of no exceptions."""
        if not self._eased:
            super().keep_runs(person, shifts, lengths, days, since)

    def _row(self, sides: list[tuple[Total, int]], rule: Rule, weight: int) -> None:
        excess = min(
            max(0, *(self._count(total, roster) - limit for total, limit in sides)) for roster in self._rosters
        )
        self._note(excess, rule, weight)
        super()._row([(total, limit + excess) for total, limit in sides], rule, weight)

    def _note(self, excess: int, rule: Rule, weight: int) -> None:
        if rule.hard:
            self._eased |= excess > 0
        else:
            self.standing += weight * excess

    def _count(self, total: Total, roster: Roster) -> int:
        return total.constant + sum(
            units[self._code(roster, cell)] for cell, units in zip(total.cells, total.units, strict=True)
        )

    def _code(self, roster: Roster, cell: Cell) -> Code:
        person, day = self.places[cell]
        return self.code[roster.cells[person][day] or ""]


class StandingDemands(Standing, Demands):
    """The hard rules' demands, each as far broken as the rosters all break it."""


def filled(problem: Problem, roster: Roster, seed: int, stopped: Callable[[], bool]) -> Roster:
    """Return the roster with each empty cell given the cheapest shift, one after another, the others as they are.

    The roster itself where none is empty, and a part of it where ``stopped`` says so meanwhile.
    """
    grid = Grid(problem)
    held = [roster.cells[person][day] for person, day in grid.places]
    if None not in held:
        return roster
    grid.post(stopped)
    codes = [None if shift is None else grid.code[shift] for shift in held]
    for cell, code in enumerate(codes):
        if code is not None:
            grid.left[cell] = (code,)
    state = start(grid, seed, stopped, codes)
    descend(state, random.Random(seed), stopped)
    return written(roster, grid, state.codes)


def written(roster: Roster, grid: Grid, codes: Sequence[Code]) -> Roster:
    """Return the roster with the shifts of a grid's cells."""
    copy = roster.copy()
    for (person, day), code in zip(grid.places, codes, strict=True):
        copy.put(person, day, grid.shifts[code])
    return copy
