"""Neighbourhood search: free some cells, solve them to the best with everything else fixed, again and again."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence

from solver.cp import cp_model
from solver.cpsat import solution
from solver.grid import Cell, Grid
from solver.model import Model
from solver.prove import STRATEGIES, searcher
from solver.state import State
from solver.watch import TICK, Watch

BEGIN = 250
"""Cells a neighbourhood frees at first."""
GROW, SHRINK = 1.08, 0.9
"""What the size is multiplied with after a neighbourhood was solved to the end, and after one was not."""
WORK = 0.5
"""Deterministic time (about seconds) given to one neighbourhood."""
SPREADS = (0.1, 0.25, 0.5)
"""How much chance mixes into what the bound leans to, 0 to 1, so that the same cells are not freed always."""


class Improver:
    """One worker's search from a state of its own; takes over the watch's roster when that is better."""

    def __init__(self, grid: Grid, state: State, watch: Watch, seed: int) -> None:
        self.grid = grid
        self.state = state
        self.watch = watch
        self.chance = random.Random(seed)
        self.rows: list[list[Cell]] = [[] for _ in grid.index.ids]
        self.columns: list[list[Cell]] = [[] for _ in range(grid.index.days)]
        for cell, (person, day) in enumerate(grid.places):
            if len(grid.left[cell]) > 1:
                self.rows[person].append(cell)
                self.columns[day].append(cell)
        self.movable = sum(map(len, self.rows))
        self.kinds: list[Callable[[int], set[Cell]]] = [
            self.window,
            self.people,
            self.block,
            self.broken,
            self.doubtful,
        ]
        self.sizes = [float(BEGIN)] * len(self.kinds)

    def run(self) -> None:
        """Improve until the watch is over, or until a neighbourhood of all cells has been solved."""
        while self.watch.codes is None and not self.watch.over:
            time.sleep(TICK)
        while not self.watch.over and self.movable:
            self.step()

    def step(self) -> None:
        """Solve one neighbourhood, and learn from it how many cells to free next time."""
        kind = self.chance.randrange(len(self.kinds) - (self.watch.leaning is None))
        free = self.kinds[kind](min(self.movable, round(self.sizes[kind])))
        closed = self.solve(free)
        self.sizes[kind] = min(self.movable, max(20.0, self.sizes[kind] * (GROW if closed else SHRINK)))
        if closed and len(free) == self.movable:
            self.watch.raise_bound(self.state.cost)

    def solve(self, free: set[Cell]) -> bool:
        """Give the free cells their best shifts; return whether they are proved to be."""
        self.catch_up()
        model = Model(self.state, sorted(free))
        model.hint()
        solver = searcher(STRATEGIES[0], self.chance.randrange(2**31))
        solver.parameters.max_deterministic_time = WORK
        solver.parameters.max_time_in_seconds = max(0.05, self.watch.left)
        with self.watch.ticking(lambda: solver.stop_search() if self.watch.over else None):
            status = solver.solve(model.cp)
        found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        if found and solver.objective_value <= self.state.cost:
            before = self.state.cost
            self.state.become(model.read(solution(solver)))
            if self.state.cost < before:
                self.watch.offer(self.grid, self.state.codes, self.state.cost)
        return status == cp_model.OPTIMAL

    def catch_up(self) -> None:
        """Take over the best roster when it is a better one, or the first that keeps the hard rules."""
        codes, cost = self.watch.codes, self.watch.cost
        if codes is not None and cost is not None and (cost < self.state.cost or not self.state.feasible):
            self.state.become(dict(enumerate(codes)))

    # Neighbourhoods: each takes the number of cells to free.

    def window(self, size: int) -> set[Cell]:
        """Some days in a row, everybody."""
        day = self.chance.randrange(self.grid.index.days)
        free: set[Cell] = set()
        for column in range(day, day + self.grid.index.days):
            if len(free) >= size:
                break
            free.update(self.columns[column % self.grid.index.days])
        return free

    def people(self, size: int) -> set[Cell]:
        """The whole rows of some people, those who share rows of the grid together."""
        free: set[Cell] = set()
        for person in self._together():
            if len(free) >= size:
                break
            free.update(self.rows[person])
        return free

    def block(self, size: int) -> set[Cell]:
        """Some weeks of some people."""
        days = self.grid.index.days
        length = self.chance.randint(min(days, 10), min(days, 30))
        first = self.chance.randint(0, days - length)
        free: set[Cell] = set()
        for person in self._together():
            if len(free) >= size:
                break
            free.update(cell for cell in self.rows[person] if first <= self.grid.places[cell][1] < first + length)
        return free

    def broken(self, size: int) -> set[Cell]:
        """The surroundings of rows that cost something: their people, some days before and after."""
        rows = [row for row, excess in enumerate(self.state.excess) if excess]
        if not rows:
            return self.window(size)
        free: set[Cell] = set()
        for row in self.chance.sample(rows, len(rows)):
            if len(free) >= size:
                break
            cells = self.chance.sample(cells_of := self._cells(row), min(len(cells_of), 8))
            for person, day in (self.grid.places[cell] for cell in cells):
                free.update(cell for cell in self.rows[person] if abs(self.grid.places[cell][1] - day) <= 4)
        return free

    def doubtful(self, size: int) -> set[Cell]:
        """The cells whose shifts the bound leans to least, more or less."""
        assert self.watch.leaning is not None
        spread, codes = self.chance.choice(SPREADS), self.state.codes
        doubt = [
            leaning[codes[cell]] + spread * self.chance.random() for cell, leaning in enumerate(self.watch.leaning)
        ]
        cells = [cell for row in self.rows for cell in row]
        return set(sorted(cells, key=doubt.__getitem__)[:size])

    def _cells(self, row: int) -> Sequence[Cell]:
        return sorted({cell for side in self.grid.rows[row].sides for cell in side.cells})

    def _together(self) -> list[int]:
        """All people in a random order that keeps those next to each other who meet in a small row."""
        order = self.chance.sample(range(len(self.rows)), len(self.rows))
        rank: dict[int, None] = {}
        for person in order:
            rank.setdefault(person)
            for friend in self.chance.sample(self._friends(person), len(self._friends(person))):
                rank.setdefault(friend)
        return list(rank)

    def _friends(self, person: int) -> list[int]:
        if not hasattr(self, "_met"):
            self._met: list[set[int]] = [set() for _ in self.rows]
            for row in self.grid.rows:
                people = {self.grid.places[cell][0] for side in row.sides for cell in side.cells}
                if 1 < len(people) <= 6:
                    for one in people:
                        self._met[one] |= people - {one}
        return sorted(self._met[person])
