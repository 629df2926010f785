"""A bound from two halves of a problem that each are solved to the end: people's rows, and days.

Every cell is in a person's row and in a day. With a copy of it in each, and a multiplier ``m`` for each shift that the
two may disagree on,

    min cost(x) ≥ constant + Σ_p min over rows x_p of (price + m)(x_p) + rows of the grid that look at p alone
                           + Σ_d min over days x_d of     - m (x_d) + rows of the grid that look at d alone

for any ``m``: Lagrangian decomposition [1]_. Both minima are paths in diagrams, so they are over whole rosters, which
the linear relaxation's are not. What looks at several people and several days is left out, which only lowers the bound.
The multipliers begin with the prices of the linear relaxation and climb by subgradients with momentum.

References
----------
.. [1] M. Guignard, S. Kim, Lagrangean decomposition: a model yielding stronger Lagrangean bounds, Math. Program. 39
   (1987).
.. [2] F. Barahona, R. Anbil, The volume algorithm: producing primal solutions with a subgradient method, Math. Program.
   87 (2000).
.. [3] O. Shamir, T. Zhang, Stochastic gradient descent for non-smooth optimization: convergence results and optimal
   averaging schemes, ICML (2013).
.. [4] L. Wolsey, Integer Programming, Wiley 2020: fixing variables by reduced costs.
"""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy

from solver.grid import Grid
from solver.layers import NOBODY, Layers
from solver.model import Model
from solver.relaxation import Relaxation
from solver.totals import Cell
from solver.watch import Watch

SCALE = 1024.0
"""Multipliers are multiples of 1 / SCALE, so that sums of them are exact in floating point."""
LARGEST = 2.0**30
"""Of a multiplier, so that sums stay exact."""
ROUNDS = 600
"""Times that the multipliers are changed."""
STEP = 24.0
"""Of the length that would lead to the cost if the bound were a plane: the first steps, which disagree."""
SHRINK = 2.0
"""Power of the part of the rounds that is left, by which steps become shorter."""
MOMENTUM = 0.8
LATER = 3.0
"""The weight of a round in the average of all grows with this power less one of its number."""
HOPE = 0.2
"""Of the cost: how far above the first bound the best one may be, at most."""
NARROWER = 0.8
"""Of what was between bound and cost: when it is less, what is in no better roster is looked for again."""
PART = 0.4
"""Of the time left, how much climbing takes at most."""


class Decomposition:
    """The two halves of a grid.

    Parameters
    ----------
    grid : Grid
    people, days : Layers
    """

    def __init__(self, grid: Grid, people: Layers, days: Layers) -> None:
        self.grid, self.people, self.days = grid, people, days
        self._price = numpy.zeros((len(grid.places), len(grid.shifts)))
        for cell, price in enumerate(grid.price):
            for code, amount in price.items():
                self._price[cell, code] = amount
        self._both = numpy.zeros((len(grid.places), 1))
        self._both[days.cells[days.cells != NOBODY]] = [[len(grid.left[cell]) > 1] for cell in _cells(days)]

    def bound(self, multipliers: Any) -> tuple[float, Any, Any]:
        """Return what no roster costs less than, and the shifts with which each half meets it.

        Parameters
        ----------
        multipliers : ndarray of float, shape (cells, shifts)
            Multiples of ``1 / SCALE``, 0 where a cell is in one of the halves only.

        Returns
        -------
        bound : float
        rows, days : ndarray of float, shape (cells, shifts)
            1 for the shift chosen.
        """
        of_rows, in_rows = self.people.solve(self._price + multipliers)
        of_days, in_days = self.days.solve(-multipliers)
        rows, days = self._marked(self.people, in_rows), self._marked(self.days, in_days)
        return self.grid.constant + of_rows + of_days, rows, days

    def climb(self, watch: Watch, begin: Any, rounds: int = ROUNDS) -> None:
        """Raise the watch's bound, from multipliers near good ones, and tell the watch to which shifts the halves lean.

        A shift's share of the rosters met on the way, the later counting more, comes near to what the best mix of
        rows and of days gives it: averages of subgradient steps [2]_, weighted by a polynomial [3]_.
        """
        began, limit = watch.seconds, watch.left * PART
        multipliers = begin * self._both
        bound, rows, days = self.bound(self._exact(multipliers))
        ahead, leaning = (rows - days) * self._both, (rows + days) / (1 + self._both)
        disagreeing = numpy.abs(ahead).sum()
        hope = min(math.inf if watch.cost is None else watch.cost - bound, HOPE * abs(bound))
        step = STEP * max(hope, 1.0) / max(1.0, disagreeing)
        moved = numpy.zeros(ahead.shape)
        raised = self._raising(watch)
        for done in range(rounds):
            raised(bound, multipliers)
            if watch.over or not numpy.abs(ahead).any():
                return
            late = max(done / rounds, (watch.seconds - began) / max(limit, 0.01))
            if late >= 1:
                break
            moved = MOMENTUM * moved + (1 - MOMENTUM) * ahead
            multipliers += step * (1 - late) ** SHRINK * moved
            bound, rows, days = self.bound(self._exact(multipliers))
            ahead = (rows - days) * self._both
            leaning += ((rows + days) / (1 + self._both) - leaning) * LATER / (done + LATER)
        watch.leaning = leaning.tolist()

    def _raising(self, watch: Watch) -> Callable[[float, Any], None]:
        """Return what raises the watch's bound, and keeps of the halves only what better rosters may be made of.

        At any multipliers a roster costs no less than the bound there and what it loses in either half: what loses
        more than is between bound and cost is in no better roster [4]_.
        """
        best, cost, narrowed = -math.inf, math.inf, math.inf

        def raised(bound: float, multipliers: Any) -> None:
            nonlocal best, cost, narrowed
            if bound <= best:
                return
            best, known = bound, watch.cost
            watch.raise_bound(math.ceil(min(bound, cost)))
            if known is not None and 0 <= known - 1 - bound < NARROWER * narrowed:
                cost, narrowed = min(cost, known), known - 1 - bound
                exact = self._exact(multipliers)
                self.people.narrow(self._price + exact, narrowed)
                self.days.narrow(-exact, narrowed)

        return raised

    def _marked(self, layers: Layers, chosen: Any) -> Any:
        marks, there = numpy.zeros(self._price.shape), chosen != NOBODY
        marks[layers.cells[there], chosen[there]] = 1.0
        return marks

    def _exact(self, multipliers: Any) -> Any:
        return numpy.clip(numpy.rint(multipliers * SCALE) / SCALE, -LARGEST, LARGEST)


def first_multipliers(relaxation: Relaxation, model: Model) -> Any:
    """Return what the rows of several people take for each shift, at the prices of the relaxation.

    Parameters
    ----------
    relaxation : Relaxation
        Solved.
    model : Model
        Of all cells, the one relaxed.

    Returns
    -------
    ndarray of float, shape (cells, shifts)
    """
    grid = model.grid
    person = numpy.full(len(relaxation.price), NOBODY)
    for cell, choices in model.literals.items():
        person[[literal.index for literal in choices.values()]] = grid.places[cell][0]
    looks = person[relaxation.columns] != NOBODY
    rows, whose = relaxation.rows[looks], person[relaxation.columns[looks]]
    first, last = (numpy.full(len(relaxation.low), end) for end in (len(grid.index.ids), NOBODY))
    numpy.minimum.at(first, rows, whose)
    numpy.maximum.at(last, rows, whose)
    shared = (first < last)[relaxation.rows]
    taken = numpy.zeros(len(person))
    numpy.subtract.at(
        taken, relaxation.columns[shared], relaxation.units[shared] * relaxation.dual[relaxation.rows[shared]]
    )
    found = numpy.zeros((len(grid.places), len(grid.shifts)))
    for cell, choices in model.literals.items():
        found[cell, list(choices)] = taken[[literal.index for literal in choices.values()]]
    return found


def _cells(layers: Layers) -> list[Cell]:
    return layers.cells[layers.cells != NOBODY].tolist()
