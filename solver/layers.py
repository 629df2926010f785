"""Decision diagrams side by side: the cheapest roster of each under any prices of single cells, all at once."""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy

from solver.diagram import Diagram

NOBODY = -1
"""The cell where a diagram has no layer any more."""


class Layers:
    """Diagrams whose cells differ, layer by layer in one array each.

    Parameters
    ----------
    diagrams : iterable of Diagram
        At least one, with a cell each.
    shifts : int
        How many there are.

    Attributes
    ----------
    cells : ndarray of int, shape (layers, diagrams)
        ``NOBODY`` behind the end of a diagram.
    constant : float
        What no rosters avoid.
    """

    def __init__(self, diagrams: Iterable[Diagram], shifts: int) -> None:
        group = sorted(diagrams, key=lambda one: -len(one.cells))
        length, wide = len(group[0].cells), max(len(layer.choices) for one in group for layer in one.layers)
        self.constant = sum(one.constant for one in group)
        self.cells = numpy.full((length, len(group)), NOBODY, dtype=numpy.int64)
        self._refused = numpy.full((length, len(group), wide, shifts), numpy.inf)
        self._wide = wide
        self._next: list[Any] = []
        self._cost: list[Any] = []
        self._of: list[Any] = []
        self._after: list[int] = []
        for at in range(length):
            self._join(at, [one for one in group if len(one.cells) > at])

    def _join(self, at: int, group: list[Diagram]) -> None:
        """Put the layers at one place side by side."""
        size = [one.layers[at].cost.shape[1] for one in group]
        following = numpy.zeros((self._wide, sum(size)), dtype=numpy.int32)
        cost = numpy.full((self._wide, sum(size)), numpy.inf, dtype=numpy.float32)
        first = after = 0
        for number, one in enumerate(group):
            layer = one.layers[at]
            here = slice(first, first + size[number])
            following[: len(layer.choices), here] = layer.next + after
            cost[: len(layer.choices), here] = layer.cost
            first += size[number]
            after += one.layers[at + 1].cost.shape[1] if at + 1 < len(one.layers) else 1
            self.cells[at, number] = one.cells[at]
            for choice, codes in enumerate(layer.choices):
                self._refused[at, number, choice, list(codes)] = 0
        self._after.append(after)
        self._next.append(following)
        self._cost.append(cost)
        self._of.append(numpy.repeat(numpy.arange(len(group), dtype=numpy.int32), size))

    def solve(self, prices: Any) -> tuple[float, Any]:
        """Return the sum of the diagrams' least costs, and the shifts that they give their cells, shaped as ``cells``.

        Parameters
        ----------
        prices : ndarray of float, shape (cells of the grid, shifts)
            Added to what the rows cost.
        """
        code, price = self._by_choice(prices)
        values, value = self._to_go(price)
        chosen = numpy.full(self.cells.shape, NOBODY)
        node = numpy.arange(len(value))
        for at, row in enumerate(chosen):
            number = numpy.arange(int(self._of[at][-1]) + 1)
            node = node[: len(number)]
            following = self._next[at][:, node]
            total = values[at][following] + self._cost[at][:, node] + price[at][:, : len(number)]
            choice = total.argmin(axis=0)
            row[: len(number)] = code[at, number, choice]
            node = following[choice, number]
        return float(value.sum()) + self.constant, chosen

    def narrow(self, prices: Any, most: float) -> None:
        """Leave out what is only in rosters that cost more than ``most`` above the cheapest of their diagram.

        Parameters
        ----------
        prices : ndarray of float, shape (cells of the grid, shifts)
            As for ``solve``, under which each diagram has a roster.
        most : float
            0 or more, so that the cheapest stay.
        """
        kept = self._within(prices, most)
        alive = [arcs.any(axis=0) for arcs in kept]
        for at, arcs in enumerate(kept):
            here, ahead = alive[at], numpy.ones(self._after[at], dtype=bool)
            if at + 1 < len(alive):
                ahead[: len(alive[at + 1])] = alive[at + 1]
            number = numpy.cumsum(ahead) - 1
            following = numpy.where(arcs, number[self._next[at]], 0)
            self._next[at] = following.compress(here, axis=1)
            self._cost[at] = numpy.where(arcs, self._cost[at].astype(float), numpy.inf).compress(here, axis=1)
            self._of[at] = self._of[at][here]
            self._after[at] = int(ahead.sum())

    def _within(self, prices: Any, most: float) -> list[Any]:
        """Return of each place, by choice and node, whether it is in a roster that costs at most ``most`` more."""
        _, price = self._by_choice(prices)
        values, best = self._to_go(price)
        kept: list[Any] = []
        before = numpy.zeros(len(best))
        for at, following in enumerate(self._next):
            total = before[: following.shape[1]] + self._cost[at] + price[at].take(self._of[at], axis=1)
            kept.append(total + values[at].take(following) <= best[self._of[at]] + most)
            before = numpy.full(self._after[at], numpy.inf)
            numpy.minimum.at(before, following.ravel(), total.ravel())
        return kept

    def _by_choice(self, prices: Any) -> tuple[Any, Any]:
        """Return the cheapest of the shifts that count alike, and its price, the diagrams last in the second."""
        by_choice = prices[self.cells][:, :, None, :] + self._refused
        return by_choice.argmin(axis=3), by_choice.min(axis=3).transpose(0, 2, 1).copy()

    def _to_go(self, price: Any) -> tuple[list[Any], Any]:
        """Return what each node behind a place costs at least from there on, and each diagram as a whole."""
        values = [numpy.zeros(0)] * len(self.cells)
        value = numpy.zeros(0)
        for at in reversed(range(len(self.cells))):
            following = numpy.zeros(self._after[at])
            following[: len(value)] = value
            values[at] = following
            total = following.take(self._next[at])
            total += self._cost[at]
            total += price[at].take(self._of[at], axis=1)
            value = total.min(axis=0)
        return values, value
