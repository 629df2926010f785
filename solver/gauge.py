"""The measures of a grid on a complete roster, with the price of each move."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy

from solver.totals import Cell, Code, Measure, Units


class Gauge:
    """The totals of every measure, and their excess.

    Attributes
    ----------
    values : list of list of int
        For each measure, its totals.
    excess : list of int
        For each measure, its excess.
    looks : dict of Cell to list of (int, int, Units)
        The measures that look at a cell: which, which of its totals, and what the cell counts there.
    """

    def __init__(self, measures: Sequence[Measure], heavy: int, codes: Sequence[Code]) -> None:
        self._measures = measures
        self.weights = [heavy if measure.weight is None else measure.weight for measure in measures]
        self.looks: dict[Cell, list[tuple[int, int, Units]]] = {}
        self.values: list[list[int]] = []
        for number, measure in enumerate(measures):
            self.values.append([total.constant for total in measure.totals])
            for part, total in enumerate(measure.totals):
                for cell, units in zip(total.cells, total.units, strict=True):
                    self.looks.setdefault(cell, []).append((number, part, units))
                    self.values[number][part] += units[codes[cell]]
        self.excess = [measure.excess(values) for measure, values in zip(measures, self.values, strict=True)]

    def copy(self) -> Gauge:
        """Return an independent gauge with the same totals."""
        twin = copy(self)
        twin.values, twin.excess = [list(values) for values in self.values], list(self.excess)
        return twin

    @property
    def cost(self) -> int:
        """What all measures cost together."""
        return sum(weight * excess for weight, excess in zip(self.weights, self.excess, strict=True))

    def delta(self, cell: Cell, old: Code, new: Code) -> int:
        """Return what giving ``cell`` another shift would add to the cost."""
        added = 0
        for number, part, units in self.looks.get(cell, ()):
            if units[new] != units[old]:
                values = self.values[number]
                before = values[part]
                values[part] = before + units[new] - units[old]
                added += self.weights[number] * (self._measures[number].excess(values) - self.excess[number])
                values[part] = before
        return added

    def move(self, cell: Cell, old: Code, new: Code) -> None:
        """Give ``cell`` another shift."""
        for number, part, units in self.looks.get(cell, ()):
            if units[new] != units[old]:
                self.values[number][part] += units[new] - units[old]
                self.excess[number] = self._measures[number].excess(self.values[number])
