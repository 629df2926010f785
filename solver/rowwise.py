"""Descent row by row: everyone in turn gets the cheapest legal row beside the rows of all others."""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

import numpy

from solver.cheapest import Cheapest
from solver.grid import Grid
from solver.legal import Legal
from solver.links import Links
from solver.totals import Cell, Code

Priced = Callable[[Sequence[Cell], Any], Any]

ROUNDS = 3
"""Times that everyone has a turn in a first roster."""
SIZE = 4_000_000
"""Values of the dynamic program for everybody above which a turn of all takes seconds."""


class Rowwise:
    """The rows of everyone whose legal rows have a description, and what they share.

    Parameters
    ----------
    grid : Grid

    Attributes
    ----------
    legal : Legal
    links : Links
    cheapest : Cheapest
    heavy : float
        What a unit of excess of a hard row counts.
    """

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.legal = Legal(grid)
        self.links = Links(grid, self.legal.shared)
        self.cheapest = Cheapest(grid, self.legal.rows)
        self._prices = self.links.base.copy()
        soft = (row.weight * row.most for row in grid.rows if row.weight is not None)
        self.heavy = 1.0 + float(sum(soft)) + float(self.links.base.max(axis=1).sum())

    def descend(
        self,
        codes: list[Code],
        chance: random.Random,
        stopped: Callable[[], bool],
        wanted: Sequence[Code | None] | None = None,
        priced: Priced | None = None,
    ) -> bool:
        """Give everyone, in a random order, the cheapest row beside the others; return whether a row has changed.

        Parameters
        ----------
        codes : list of Code
            The shift of every cell, changed in place. Those who are described need not have a legal row.
        chance : random.Random
        stopped : callable
            Polled between people.
        wanted : sequence of (Code or None), optional
            Shifts to keep as many of as there can be, before any price.
        priced : callable, optional
            The prices of a person's cells beside the others, given the cells and each side's sum less its limit without
            them; what the row would add to the cost, unless given.
        """
        priced = priced or self.beside
        people = list(self.legal.rows)
        chance.shuffle(people)
        over = self.links.sums(codes)
        changed = False
        for person in people:
            if stopped():
                break
            cells = self.legal.rows[person].cells
            before = [codes[cell] for cell in cells]
            over -= self._counted(person, before)
            prices = priced(cells, over)
            for at, cell in enumerate(cells if wanted is not None else ()):
                code = wanted[cell] if wanted is not None else None
                if code is not None:
                    prices[at] += self.heavy
                    prices[at, code] -= self.heavy
            self._prices[cells[0] : cells[-1] + 1] = prices
            found = self.cheapest.find([person], self._prices).get(person)
            row = before if found is None else found[1]
            for cell, code in zip(cells, row, strict=True):
                codes[cell] = code
            changed = changed or row != before
            over += self._counted(person, row)
        return changed

    def beside(self, cells: Sequence[Cell], over: Any) -> Any:
        """Return what each shift in each of a person's cells adds to the cost, given each side less its limit."""
        return self.links.marginal(cells, over, self.heavy)

    def _counted(self, person: int, row: Sequence[Code]) -> Any:
        side, unit = self.links.counts(self.legal.rows[person].cells, row)
        return numpy.bincount(side, unit, len(self.links.limit)).astype(numpy.int64)


def settle(
    rows: Rowwise,
    codes: list[Code],
    chance: random.Random,
    stopped: Callable[[], bool],
    wanted: Sequence[Code | None] | None = None,
) -> None:
    """Give everyone the legal row nearest to what is wanted, or else the cheapest; then the cheapest, some rounds.

    Parameters
    ----------
    rows : Rowwise
    codes : list of Code
        The shift of every cell, changed in place.
    chance : random.Random
    stopped : callable
        Polled between people.
    wanted : sequence of (Code or None), optional
    """
    if wanted is not None:
        rows.descend(codes, chance, stopped, wanted)
        return
    for _ in range(ROUNDS if rows.cheapest.size <= SIZE else 1):
        if not rows.descend(codes, chance, stopped):
            return
