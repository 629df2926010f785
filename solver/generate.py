"""Rows are generated where they are cheap at the prices of a mix, and those prices prove a bound.

At first there is no mix worth its prices. They wander from nothing, as in a subgradient search, a small step at a time
against what is short or in excess; rows cheap on the way are most of what a good mix is made of. Afterwards the prices
of the mix are smoothed towards those of the best bound, which halves the rounds [1]_.

References
----------
.. [1] P. Wentges, Weighted Dantzig-Wolfe decomposition for linear mixed-integer programming, Int. Trans. Oper. Res. 4
   (1997).
"""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false

from __future__ import annotations

import math
from typing import Any

import numpy

from solver.cheapest import Rows
from solver.columns import NEAR, Columns, Mix

SCALE = 1024.0
"""Prices are multiples of 1 / SCALE, so that sums of them are exact in floating point."""
SMOOTH = 0.6
"""Weight of the prices of the best bound."""
WANDER = 20
"""Steps of prices before the first mix."""
STEP = 0.1
"""Of the step that would meet a roster's cost were the bound a plane. Larger ones find dearer rows."""
TREND = 0.5
"""Weight of the steps before in the direction of one."""


class Generator:
    """Generates rows of those not decided.

    Parameters
    ----------
    columns : Columns
        With a row of everybody.

    Attributes
    ----------
    bound : float
        What no roster costs less than in which the rows decided are as they are; minus infinity before there is one.
    """

    def __init__(self, columns: Columns) -> None:
        self.columns, self.rows, self.watch = columns, columns.rows, columns.watch
        self._dual: Any = None
        self.bound = -math.inf
        self.rounds = 0

    def wander(self, cost: float) -> None:
        """Add rows that are cheap at prices on the way from nothing.

        Parameters
        ----------
        cost : float
            Of a roster.
        """
        links, columns = self.rows.links, self.columns
        dual = trend = numpy.zeros(len(links.limit))
        for turn in range(WANDER):
            found = self.rows.cheapest.find(columns.open, links.prices(dual), lambda: self.watch.over)
            bound = self._bound(dual, found)
            left = links.limit.astype(float)
            for person, (_, codes) in found.items():
                columns.add(person, codes)
                side, unit = links.counts(self.rows.legal.rows[person].cells, codes)
                left -= numpy.bincount(side, unit, len(left))
            if self.watch.over:
                return
            trend = TREND * trend + (1 - TREND) * left if turn else left
            floor = -columns.weight[links.row]
            may = numpy.where((dual >= 0) & (trend > 0) | (dual <= floor) & (trend < 0), 0.0, trend)
            dual = self._rounded(dual + STEP * (cost - bound) / max(NEAR, float(may @ may)) * may)

    def generate(self, mix: Mix) -> int:
        """Add the cheapest rows of everybody not decided at smoothed prices, or else at the mix's; tell how many."""
        self.rounds += 1
        return self._generate(mix, SMOOTH) or self._generate(mix, 0.0)

    def begin(self) -> None:
        """Forget the bound, for other rows are decided now."""
        self.bound = -math.inf

    def _generate(self, mix: Mix, smooth: float) -> int:
        dual = self._rounded(mix.sides if self._dual is None else smooth * self._dual + (1 - smooth) * mix.sides)
        people, cheapest = self.columns.open, self.rows.cheapest
        found = cheapest.find(people, self.rows.links.prices(dual), lambda: self.watch.over)
        if cheapest.exact and len(found) == len(people):
            bound = self._bound(dual, found)
            if bound > self.bound or self._dual is None:
                self.bound, self._dual = bound, dual
                if not self.columns.fixed:
                    self.watch.raise_bound(math.ceil(bound))
        return sum(self.columns.add(person, codes) for person, (_, codes) in found.items())

    def _rounded(self, dual: Any) -> Any:
        """Return dual prices that are legal and exact."""
        return numpy.clip(numpy.rint(dual * SCALE) / SCALE, -self.columns.weight[self.rows.links.row], 0.0)

    def _bound(self, dual: Any, found: Rows) -> float:
        """Return what no roster costs less than: everyone's cheapest row, and what is shared at these prices [1]_.

        .. [1] A. M. Geoffrion, Lagrangean relaxation for integer programming, Math. Program. Study 2 (1974).
        """
        links, columns = self.rows.links, self.columns
        left = columns.weight + numpy.bincount(links.row, dual, len(links.most))
        excess = numpy.minimum(0.0, left * links.most).sum()
        prices = sum(price for price, _ in found.values())
        return float(columns.spent + (dual * columns.left).sum() + excess + prices)
