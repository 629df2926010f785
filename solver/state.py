"""A complete roster on a grid, with the price of each move known at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy

from solver.gauge import Gauge
from solver.grid import Cell, Code, Grid, Row, Units

Look = tuple[int, list[tuple[int, Units]], list[int]]
"""A cell in a row: the row, the sides that look at the cell with what it counts there, and the row's other sides. Cells
that a row looks at alike share one."""


class State:
    """The shift of every cell, and the sides and rows that follow from it.

    Attributes
    ----------
    codes : list of Code
        The shift of each cell.
    cost : int
        The grid's cost; a unit of excess of a hard row counts ``heavy``.
    heavy : int
        More than all soft rows and prices together can cost, so that mending a hard row always pays.
    looks : list of list of Look
        For each cell, the rows that look at it.
    over : list of int
        For each side, its sum less its limit.
    excess : list of int
        For each row, its excess.
    gauge : Gauge
        The measures of the grid.
    """

    def __init__(self, grid: Grid, codes: Sequence[Code]) -> None:
        self.grid = grid
        self.codes = list(codes)
        self.heavy = 1 + sum(max(price.values(), default=0) for price in grid.price)
        self.heavy += grid.constant + sum((row.weight or 0) * row.most for row in grid.rows)
        self.heavy += sum((measure.weight or 0) * measure.most for measure in grid.measures)
        self.weights = [self.heavy if row.weight is None else row.weight for row in grid.rows]
        self.looks: list[list[Look]] = [[] for _ in grid.places]
        self.over: list[int] = []
        self.sides_of: list[range] = []
        for number, row in enumerate(grid.rows):
            first = len(self.over)
            self.sides_of.append(range(first, first + len(row.sides)))
            self._look(number, row, first)
        self.excess = [max(0, *(self.over[side] for side in sides)) for sides in self.sides_of]
        self.gauge = Gauge(grid.measures, self.heavy, self.codes)
        self.cost = grid.constant + self.gauge.cost
        self.cost += sum(price.get(code, 0) for price, code in zip(grid.price, self.codes, strict=True))
        self.cost += sum(weight * excess for weight, excess in zip(self.weights, self.excess, strict=True))

    def copy(self) -> State:
        """Return an independent state with the same shifts; what only the grid decides is shared."""
        twin = copy(self)
        twin.codes, twin.over, twin.excess = list(self.codes), list(self.over), list(self.excess)
        twin.gauge = self.gauge.copy()
        return twin

    def delta(self, cell: Cell, code: Code) -> int:
        """Return what giving ``cell`` the shift ``code`` would add to the cost."""
        old = self.codes[cell]
        price = self.grid.price[cell]
        added = price.get(code, 0) - price.get(old, 0)
        over, excess, weights = self.over, self.excess, self.weights
        for row, pairs, others in self.looks[cell]:
            worst = 0
            for side, units in pairs:
                now = over[side] + units[code] - units[old]
                if now > worst:
                    worst = now
            for side in others:
                if over[side] > worst:
                    worst = over[side]
            if worst != excess[row]:
                added += weights[row] * (worst - excess[row])
        return added + self.gauge.delta(cell, old, code) if cell in self.gauge.looks else added

    def move(self, cell: Cell, code: Code) -> None:
        """Give ``cell`` the shift ``code``."""
        self.cost += self.delta(cell, code)
        old, self.codes[cell] = self.codes[cell], code
        self.gauge.move(cell, old, code)
        for row, pairs, _ in self.looks[cell]:
            for side, units in pairs:
                self.over[side] += units[code] - units[old]
            self.excess[row] = max(0, *(self.over[side] for side in self.sides_of[row]))

    @property
    def feasible(self) -> bool:
        """Whether every hard row is kept."""
        return self.cost < self.heavy

    def become(self, codes: Mapping[Cell, Code]) -> None:
        """Give each of the cells in ``codes`` its shift."""
        for cell, code in codes.items():
            if self.codes[cell] != code:
                self.move(cell, code)

    def _look(self, number: int, row: Row, first: int) -> None:
        """Enter the sides of a row, the first of which gets the position ``first``."""
        codes, looks = self.codes, self.looks
        if len(row.sides) == 1:  # as most have: no need to gather by cell
            (side,) = row.sides
            over, shared = -side.limit, dict[int, Look]()
            for cell, units in zip(side.cells, side.units, strict=True):
                over += units[codes[cell]]
                look = shared.get(id(units))
                if look is None:
                    look = shared[id(units)] = number, [(first, units)], []
                looks[cell].append(look)
            self.over.append(over)
            return
        pairs: dict[Cell, list[tuple[int, Units]]] = {}
        for position, side in enumerate(row.sides, start=first):
            over = -side.limit
            for cell, units in zip(side.cells, side.units, strict=True):
                over += units[codes[cell]]
                pairs.setdefault(cell, []).append((position, units))
            self.over.append(over)
        alike: dict[tuple[tuple[int, int], ...], Look] = {}
        for cell, here in pairs.items():
            key = tuple((side, id(units)) for side, units in here)
            look = alike.get(key)
            if look is None:
                seen = {side for side, _ in here}
                others = [side for side in self.sides_of[number] if side not in seen]
                look = alike[key] = number, here, others
            looks[cell].append(look)
