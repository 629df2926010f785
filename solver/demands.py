"""The hard rules of a problem as single demands, any of which can be left out.

A grid folds what hard rules say of single cells into what the cells may hold; to tell which of them clash, each must
stay apart. A demand is what a rule asks at one place: of the cells of one day, of one row, or of one measure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from solver.frozen import Day, ShiftId
from solver.grid import Grid
from solver.problem import Problem
from solver.rules import Place, Rule
from solver.totals import Cell, Code, Form, Measure, Total


class Demand(NamedTuple):
    """What the rule at a position of the problem's asks at one of its places.

    One of ``refused`` (shifts taken out of cells), ``sides`` (``total ≤ limit``) and ``measure`` is given.
    """

    rule: int
    place: Place
    cells: tuple[Cell, ...]
    refused: Mapping[Cell, frozenset[Code]] = {}
    sides: tuple[tuple[Total, int], ...] = ()
    measure: Measure | None = None


class Demands(Grid):
    """A grid that narrows nothing and keeps every demand of the hard rules.

    Attributes
    ----------
    found : list of Demand
        In the order of the problem's rules and their places; those that nothing can break are left out.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.found: list[Demand] = []
        self._rule = self._place = 0
        for position, rule in enumerate(problem.rules):
            if rule.hard:
                self._rule = position
                for place in rule.places(self.index):
                    self._place = place
                    self._refused: dict[Day, dict[Cell, frozenset[Code]]] = {}
                    rule.post(self, place)
                    self._keep_refused()

    def avoid(self, person: int, day: Day, shifts: Iterable[ShiftId], rule: Rule, amount: int = 1) -> None:
        """Keep that a cell may not hold ``shifts``; what a place asks of one day is one demand."""
        cell = self.cell.get((person, day))
        codes = frozenset(self.code[shift] for shift in shifts)
        if cell is not None and codes:
            here = self._refused.setdefault(day, {})
            here[cell] = here.get(cell, frozenset()) | codes

    def measure(self, form: Form, limit: int, totals: list[Total], rule: Rule, weight: int = 1, step: int = 1) -> None:
        """Keep that a form of totals is at most ``limit``."""
        measure = Measure(None, 0, form, totals, limit, step)
        if measure.extremes()[1] > 0:
            cells = {cell for total in totals for cell in total.named}
            self.found.append(Demand(self._rule, self._place, tuple(sorted(cells)), measure=measure))

    def _row(self, sides: list[tuple[Total, int]], rule: Rule, weight: int) -> None:
        kept = tuple((total, limit) for total, limit in sides if total.high > limit)
        if kept:
            cells = {cell for total, _ in kept for cell in total.named}
            self.found.append(Demand(self._rule, self._place, tuple(sorted(cells)), sides=kept))

    def _keep_refused(self) -> None:
        for refused in self._refused.values():
            self.found.append(Demand(self._rule, self._place, tuple(sorted(refused)), refused))
