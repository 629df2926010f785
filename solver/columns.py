"""Rosters as one legal row for each person: the linear program that mixes rows, and the bound its prices prove.

With ``z[p, j] = 1`` when person ``p`` has the legal row ``j``, of own price ``c`` and counting ``a`` in what is shared,

    min Σ c[p, j] · z[p, j] + Σ weight[r] · excess[r],
    Σ_j z[p, j] = 1 for every person,    Σ a[k, p, j] · z[p, j] - excess[r] ≤ limit[k] for every side k of r.

Its relaxation is that of Dantzig and Wolfe [1]_: rows are whole in it, so it is much nearer to the best roster than the
relaxation of single cells. Few of the rows are ever written down, those that are cheap at the dual prices. The prices
are smoothed towards those of the best bound, which halves the rounds [2]_.

References
----------
.. [1] G. B. Dantzig, P. Wolfe, Decomposition principle for linear programs, Oper. Res. 8 (1960).
.. [2] P. Wentges, Weighted Dantzig-Wolfe decomposition for linear mixed-integer programming, Int. Trans. Oper. Res. 4
   (1997).
"""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownArgumentType=false
# pyright: reportUnknownVariableType=false

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

import numpy
from ortools.math_opt.python import mathopt
from ortools.util.python.solve_interrupter import SolveInterrupter

from solver.rowwise import Rowwise
from solver.totals import Code
from solver.watch import Watch

SCALE = 1024.0
"""Prices are multiples of 1 / SCALE, so that sums of them are exact in floating point."""
SMOOTH = 0.6
"""Weight of the prices of the best bound."""
NEAR = 1e-6


class Column(NamedTuple):
    """A row of a person, and the variable that says which part of it is taken."""

    person: int
    codes: tuple[Code, ...]
    part: mathopt.Variable


class Mix(NamedTuple):
    """An optimum of the linear program: its cost, the prices of sides and of people, and the part of each column."""

    cost: float
    sides: Any
    people: dict[int, float]
    parts: list[float]


class Columns:
    """The linear program over the rows generated so far.

    Parameters
    ----------
    rows : Rowwise
        Everyone with a choice is described.
    watch : Watch
        Ends a solution that takes too long.

    Attributes
    ----------
    columns : list of Column
    fixed : dict of int to Column
        People whose row is decided.
    """

    def __init__(self, rows: Rowwise, watch: Watch) -> None:
        self.rows, self.watch = rows, watch
        self.columns: list[Column] = []
        self.fixed: dict[int, Column] = {}
        self._known: set[tuple[int, tuple[Code, ...]]] = set()
        links = rows.links
        self._weight = numpy.zeros(len(links.most))
        self._weight[links.row] = numpy.minimum(links.weight, rows.heavy)
        self._lp = mathopt.Model()
        self._pick = {person: self._lp.add_linear_constraint(lb=1.0, ub=1.0) for person in rows.legal.rows}
        self._sides = [self._lp.add_linear_constraint(ub=float(limit)) for limit in links.limit]
        slacks = [self._lp.add_variable(lb=0.0) for _ in links.most]
        for side, row in enumerate(links.row):
            self._sides[side].set_coefficient(slacks[row], -1.0)
        for slack, weight in zip(slacks, self._weight, strict=True):
            self._lp.objective.set_linear_coefficient(slack, float(weight))
        self._solver = mathopt.IncrementalSolver(self._lp, mathopt.SolverType.GLOP)
        self._best: tuple[float, Any] | None = None

    def add(self, person: int, codes: Sequence[Code]) -> bool:
        """Add a row of a person; return whether it is new."""
        row = tuple(codes)
        if (person, row) in self._known:
            return False
        self._known.add((person, row))
        links, cells = self.rows.links, self.rows.legal.rows[person].cells
        part = self._lp.add_variable(lb=0.0)
        self._lp.objective.set_linear_coefficient(part, links.own(cells, row))
        self._pick[person].set_coefficient(part, 1.0)
        side, unit = links.counts(cells, row)
        counted = numpy.bincount(side, unit, len(self._sides))
        for number in counted.nonzero()[0].tolist():
            self._sides[number].set_coefficient(part, float(counted[number]))
        self.columns.append(Column(person, row, part))
        return True

    def solve(self) -> Mix | None:
        """Solve the program; None where the watch ended that."""
        interrupter = SolveInterrupter()
        limit = mathopt.SolveParameters(
            time_limit=timedelta(seconds=max(0.01, self.watch.left)), presolve=mathopt.Emphasis.OFF
        )
        with self.watch.ticking(lambda: interrupter.interrupt() if self.watch.over else None):
            result = self._solver.solve(params=limit, interrupter=interrupter)
        if not (result.has_primal_feasible_solution() and result.has_dual_feasible_solution()):
            return None
        people = dict(zip(self._pick, result.dual_values(list(self._pick.values())), strict=True))
        parts = result.variable_values([column.part for column in self.columns])
        sides = numpy.array(result.dual_values(self._sides))
        return Mix(result.objective_value() + self.rows.grid.constant, sides, people, parts)

    def generate(self, mix: Mix, people: Collection[int]) -> float:
        """Add the cheapest row of each of the people at the prices of a mix; return by how much at most it is too dear.

        That is zero where no row is new.
        """
        dual = self._rounded(mix.sides)
        found = self.rows.cheapest.find(list(people), self.rows.links.prices(dual))
        better = {person: row for person, row in found.items() if row[0] < mix.people[person] - NEAR}
        gap = sum(mix.people[person] - price for person, (price, _) in better.items())
        new = [self.add(person, codes) for person, (_, codes) in better.items()]
        return gap if any(new) else 0.0

    def raise_bound(self, mix: Mix, smooth: float = SMOOTH) -> int:
        """Add everyone's cheapest row at smoothed prices, which prove a bound; return how many are new."""
        dual = mix.sides if self._best is None else smooth * self._best[1] + (1 - smooth) * mix.sides
        dual = self._rounded(dual)
        found = self.rows.cheapest.find(list(self._pick), self.rows.links.prices(dual))
        bound = self._bound(dual, [price for price, _ in found.values()])
        proved = self.rows.cheapest.exact and len(found) == len(self._pick)
        if proved and (self._best is None or bound > self._best[0]):
            self._best = bound, dual
            self.watch.raise_bound(math.ceil(bound))
        return sum(self.add(person, codes) for person, (_, codes) in found.items())

    @property
    def bound(self) -> float:
        """The best bound proved; minus infinity before there is one."""
        return -math.inf if self._best is None else self._best[0]

    def whole(self, mix: Mix) -> Columns:
        """Return another program with those rows only that a mix takes a part of."""
        twin = Columns(self.rows, self.watch)
        for column, part in zip(self.columns, mix.parts, strict=False):  # rows added since have no part
            if part > NEAR:
                twin.add(column.person, column.codes)
        return twin

    def fix(self, column: Column) -> None:
        """Decide a person's row: all others are given up."""
        self.fixed[column.person] = column
        for other in self.columns:
            if other.person == column.person and other is not column:
                self._lp.delete_variable(other.part)
        self.columns = [one for one in self.columns if one is column or one.person != column.person]

    def drop(self, mix: Mix) -> None:
        """Give up the rows that a mix takes no part of; they can be generated again."""
        kept = list(self.columns[len(mix.parts) :])
        for column, part in zip(self.columns, mix.parts, strict=False):  # rows added since have no part
            if part > NEAR:
                kept.append(column)
            else:
                self._known.discard((column.person, column.codes))
                self._lp.delete_variable(column.part)
        self.columns = kept

    def _rounded(self, dual: Any) -> Any:
        """Return dual prices that are legal and exact."""
        return numpy.clip(numpy.rint(dual * SCALE) / SCALE, -self._weight[self.rows.links.row], 0.0)

    def _bound(self, dual: Any, prices: Sequence[float]) -> float:
        """Return what no roster costs less than: everyone's cheapest row, and what is shared at these prices [1]_.

        .. [1] A. M. Geoffrion, Lagrangean relaxation for integer programming, Math. Program. Study 2 (1974).
        """
        links = self.rows.links
        left = self._weight + numpy.bincount(links.row, dual, len(links.most))
        excess = numpy.minimum(0.0, left * links.most).sum()
        return float(self.rows.grid.constant + (dual * links.limit).sum() + excess + sum(prices))
