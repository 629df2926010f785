"""An auction of whole rows: everyone in turn takes the row cheapest at prices that remember what was short before.

A descent row by row ends where no single row can be improved, mostly far from the best: what is short on one day could
be given by people who are needed on another, whom others could replace, and so on, but no price says so. Here each side
``k`` of a shared row asks, for a unit more,

    min(weight, max(0, price[k] + slope[k] · (sum[k] - limit[k])))

and after each round ``price[k]`` moves by a part of ``slope[k] · (sum[k] - limit[k])``: what stays short grows dearer,
and draws people from wherever they are needed less. It is an augmented Lagrangian [1]_, minimised person by person,
with the shortsightedness of an auction [2]_: everybody bids knowing only the prices.

References
----------
.. [1] M. J. D. Powell, A method for nonlinear constraints in minimization problems, in: Optimization (1969).
.. [2] D. P. Bertsekas, The auction algorithm: a distributed relaxation method for the assignment problem, Ann. Oper.
   Res. 14 (1988).
"""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy

from solver.improve import Improver
from solver.rowwise import Rowwise
from solver.state import State
from solver.totals import Cell, Code
from solver.watch import Watch

FIRST = 0.5
"""Of its weight, what a side asks at first."""
SLOPE = 0.1
"""Of its weight, by how much a side asks more for each unit above its limit."""
STEP = 0.3
"""Of the slope, by how much prices move after a round."""
PATIENCE = 12
"""Rounds without a better roster after which an auction ends."""
SCALE = 1024.0
"""Prices are multiples of 1 / SCALE, so that sums of them are exact in floating point."""


class Auction:
    """Prices of sides, and rounds in which everyone takes the cheapest row at them.

    Parameters
    ----------
    rows : Rowwise
    improver : Improver
        With a state to begin from; takes over what costs less.
    watch : Watch
        Told every better roster.

    Attributes
    ----------
    prices : ndarray of float, shape (sides,)
        What each side asks for a unit at its limit.
    """

    def __init__(self, rows: Rowwise, improver: Improver, watch: Watch) -> None:
        self.rows, self.improver, self.watch = rows, improver, watch
        links = rows.links
        self._most = numpy.minimum(links.weight, rows.heavy)
        soft = links.weight[numpy.isfinite(links.weight)]
        usual = numpy.minimum(links.weight, max(1.0, soft.max(initial=0.0), links.base.max(initial=0.0)))
        self._slope = _rounded(SLOPE * usual)
        self.prices = _rounded(FIRST * usual)

    def run(self, seconds: float = math.inf) -> None:
        """Let everyone bid until no better roster comes of it for a while, then descend from the best.

        Parameters
        ----------
        seconds : float
            How long that takes at most, but for a round and the descent.
        """
        improver, watch = self.improver, self.watch
        improver.catch_up()
        state, now = improver.state.copy(), list(improver.state.codes)
        best, since, ends = (state.cost, list(now)), 0, watch.seconds + seconds
        while since < PATIENCE and watch.seconds < ends and not watch.over and self._round(now):
            since += 1
            if self._become(state, now) < best[0]:
                best, since = (state.cost, list(now)), 0
        codes = best[1]
        self._become(state, codes)
        while not watch.over and self.rows.descend(codes, improver.chance, lambda: watch.over):
            self._become(state, codes)
        if state.cost < improver.state.cost:
            improver.state = state

    def _round(self, codes: list[Code]) -> bool:
        """Let everyone take a row, in a random order, and move the prices; return whether a row or a price changed."""
        changed = self.rows.descend(codes, self.improver.chance, lambda: self.watch.over, priced=self._asked)
        moved = self.prices + STEP * self._slope * self.rows.links.sums(codes)
        moved = _rounded(numpy.clip(moved, 0.0, self._most))
        changed = changed or bool((moved != self.prices).any())
        self.prices = moved
        return changed

    def _asked(self, cells: Sequence[Cell], over: Any) -> Any:
        return _rounded(self.rows.links.sloped(cells, over, self.prices, self._slope, self._most))

    def _become(self, state: State, codes: Sequence[Code]) -> int:
        """Give a state these shifts, and offer them where they keep the hard rules; return what they cost."""
        state.become(dict(enumerate(codes)))
        if state.feasible:
            self.watch.offer(state.grid, state.codes, state.cost)
        return state.cost


def _rounded(prices: Any) -> Any:
    return numpy.rint(prices * SCALE) / SCALE
