"""Rosters as one legal row for each person: the linear program that mixes rows, and the bound its prices prove.

With ``z[p, j] = 1`` when person ``p`` has the legal row ``j``, of own price ``c`` and counting ``a`` in what is shared,

    min Σ c[p, j] · z[p, j] + Σ weight[r] · excess[r],
    Σ_j z[p, j] = 1 for every person,    Σ a[k, p, j] · z[p, j] - excess[r] ≤ limit[k] for every side k of r.

Its relaxation is that of Dantzig and Wolfe [1]_: rows are whole in it, so it is much nearer to the best roster than the
relaxation of single cells. Few of the rows are ever written down (``solver/generate.py``).

References
----------
.. [1] G. B. Dantzig, P. Wolfe, Decomposition principle for linear programs, Oper. Res. 8 (1960).
"""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownArgumentType=false
# pyright: reportUnknownVariableType=false

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

import numpy
from ortools.math_opt.python import mathopt
from ortools.util.python.solve_interrupter import SolveInterrupter

from solver.rowwise import Rowwise
from solver.totals import Code
from solver.watch import Watch

NEAR = 1e-6
TRIES = 2
"""Times that the program is given to the solver: after a failure once more, from the beginning."""


class Column(NamedTuple):
    """A row of a person, its own price, what it counts in each side, and the variable that says which part is taken."""

    person: int
    codes: tuple[Code, ...]
    own: float
    counts: Any
    part: mathopt.Variable


class Mix(NamedTuple):
    """An optimum of the linear program: its cost, the prices of sides, the rows of those open and the part of each.

    ``above`` is what more a row costs at these prices than a row that is taken.
    """

    cost: float
    sides: Any
    columns: list[Column]
    parts: list[float]
    above: list[float]


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
    weight : ndarray of float, shape (rows,)
        What a unit of excess costs.
    left : ndarray of float, shape (sides,)
        The limit of each side less what the decided rows count in it.
    spent : float
        What the decided rows cost by themselves.
    fixed : dict of int to Column
        People whose row is decided.
    """

    def __init__(self, rows: Rowwise, watch: Watch) -> None:
        self.rows, self.watch = rows, watch
        self.fixed: dict[int, Column] = {}
        self._of: dict[int, dict[tuple[Code, ...], Column]] = {person: {} for person in rows.legal.rows}
        links = rows.links
        self.weight = numpy.zeros(len(links.most))
        self.weight[links.row] = numpy.minimum(links.weight, rows.heavy)
        self.left, self.spent = links.limit.astype(float), float(rows.grid.constant)
        self._lp = mathopt.Model()
        self._pick = {person: self._lp.add_linear_constraint(lb=1.0, ub=1.0) for person in rows.legal.rows}
        self._sides = [self._lp.add_linear_constraint(ub=float(limit)) for limit in links.limit]
        slacks = [self._lp.add_variable(lb=0.0) for _ in links.most]
        for side, row in enumerate(links.row):
            self._sides[side].set_coefficient(slacks[row], -1.0)
        for slack, weight in zip(slacks, self.weight, strict=True):
            self._lp.objective.set_linear_coefficient(slack, float(weight))
        self._solver = mathopt.IncrementalSolver(self._lp, mathopt.SolverType.GLOP)

    @property
    def open(self) -> list[int]:
        """The people whose row is not decided."""
        return [person for person in self._of if person not in self.fixed]

    @property
    def size(self) -> int:
        """How many rows there are of those people."""
        return sum(len(self._of[person]) for person in self.open)

    def add(self, person: int, codes: Sequence[Code]) -> bool:
        """Add a row of a person; return whether it is new."""
        row = tuple(codes)
        if row in self._of[person]:
            return False
        links, cells = self.rows.links, self.rows.legal.rows[person].cells
        side, unit = links.counts(cells, row)
        column = Column(
            person, row, links.own(cells, row), numpy.bincount(side, unit, len(self._sides)),
            self._lp.add_variable(lb=0.0),
        )  # fmt: skip
        self._lp.objective.set_linear_coefficient(column.part, column.own)
        self._pick[person].set_coefficient(column.part, 1.0)
        for number in column.counts.nonzero()[0].tolist():
            self._sides[number].set_coefficient(column.part, float(column.counts[number]))
        self._of[person][row] = column
        return True

    def solve(self) -> Mix | None:
        """Solve the program; None where the watch ended that, or it cannot be solved."""
        interrupter = SolveInterrupter()
        limit = mathopt.SolveParameters(
            time_limit=timedelta(seconds=max(0.01, self.watch.left)), presolve=mathopt.Emphasis.OFF
        )
        columns = [column for person in self.open for column in self._of[person].values()]
        variables = [column.part for column in columns]
        wanted = mathopt.ModelSolveParameters(
            variable_values_filter=mathopt.VariableFilter(filtered_items=variables),
            reduced_costs_filter=mathopt.VariableFilter(filtered_items=variables),
            dual_values_filter=mathopt.LinearConstraintFilter(filtered_items=self._sides),
        )
        with self.watch.ticking(lambda: interrupter.interrupt() if self.watch.over else None):
            result = self._tried(limit, wanted, interrupter)
        if result is None or not (result.has_primal_feasible_solution() and result.has_dual_feasible_solution()):
            return None
        cost = result.objective_value() + self.rows.grid.constant
        sides = numpy.array(result.dual_values(self._sides))
        return Mix(cost, sides, columns, result.variable_values(variables), result.reduced_costs(variables))

    def _tried(
        self, limit: mathopt.SolveParameters, wanted: mathopt.ModelSolveParameters, interrupter: SolveInterrupter
    ) -> mathopt.SolveResult | None:
        """Return what the solver found; None where it fails, as it does when numbers get the better of it."""
        for _ in range(TRIES):
            try:
                return self._solver.solve(params=limit, model_params=wanted, interrupter=interrupter)
            except Exception:  # mathopt raises whatever its status comes to, an AttributeError too
                self._solver = mathopt.IncrementalSolver(self._lp, mathopt.SolverType.GLOP)
        return None

    def fix(self, column: Column) -> None:
        """Decide a person's row: no other may be taken."""
        self.fixed[column.person] = column
        self.left = self.left - column.counts
        self.spent += column.own
        for other in self._of[column.person].values():
            if other is not column:
                other.part.upper_bound = 0.0

    def reopen(self, people: Iterable[int]) -> None:
        """Leave people's rows undecided again."""
        for person in people:
            column = self.fixed.pop(person)
            self.left = self.left + column.counts
            self.spent -= column.own
            for other in self._of[person].values():
                other.part.upper_bound = numpy.inf

    def settle(self, codes: Sequence[Code], people: Collection[int]) -> None:
        """Decide all rows as a roster has them but for those of some people, to whom they are added."""
        self.reopen([person for person in self.fixed if person in people])
        for person, row in self.rows.legal.rows.items():
            own = tuple(codes[cell] for cell in row.cells)
            self.add(person, own)
            column = self._of[person][own]
            if person not in people and self.fixed.get(person) is not column:
                self.reopen([person] if person in self.fixed else [])
                self.fix(column)

    def drop(self, mix: Mix, most: int) -> None:
        """Give up rows that a mix takes no part of, the dearest at its prices, so that not many more are left."""
        ranked = sorted(range(len(mix.parts)), key=lambda at: (mix.parts[at] <= NEAR, mix.above[at]))
        for at in ranked[max(most, sum(part > NEAR for part in mix.parts)) :]:
            column = mix.columns[at]
            if column is not self.fixed.get(column.person):
                del self._of[column.person][column.codes]
                self._lp.delete_variable(column.part)
