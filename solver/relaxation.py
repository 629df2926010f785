"""The linear relaxation of a model: a bound that holds exactly, and where a good roster is likely to be."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownArgumentType=false
# pyright: reportUnknownVariableType=false, reportMissingModuleSource=false

from __future__ import annotations

import random
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy
from ortools.math_opt import model_pb2, solution_pb2
from ortools.math_opt.core.python import solver
from ortools.math_opt.python import mathopt
from ortools.sat import cp_model_pb2
from ortools.util.python.solve_interrupter import SolveInterrupter

from solver.grid import Cell, Code
from solver.model import Model
from solver.start import descend
from solver.watch import Watch

SCALE = 2**16
"""Dual prices are rounded to multiples of 1 / SCALE."""
EXACT = 2.0**61
"""Sums below it are exact in 64 bits."""
OPEN = 2**39
"""A row bound beyond it is none."""
TOLERANCE = 1e-4
"""Relative and absolute, of the solution and the prices; what one prices is exact all the same."""
ROUNDS = 20_000
"""Iterations at most. They do not depend on the clock, so one worker does the same every time."""


class Relaxation:
    """A model with its integers relaxed, solved by a first-order method [1]_.

    The solution is near an optimum, not at one, which is enough as a guide. The bound does not depend on that: any
    dual prices ``y`` give one,

        Σ_r (y_r · lower_r where y_r > 0, else y_r · upper_r) + Σ_j min over lower_j ≤ x_j ≤ upper_j of d_j · x_j,

    with the reduced costs ``d = c - Aᵀy``, since every variable is bounded [2]_. It is summed in integers.

    Parameters
    ----------
    model : Model
        Complete.

    Attributes
    ----------
    values : ndarray of float, shape (variables,)
        The solution.
    dual : ndarray of float, shape (rows,)
        Prices of the rows, which prove ``exact``.
    reduced : ndarray of float, shape (variables,)
        What one unit of each variable away from where it is cheapest adds to ``exact``.
    exact : float or None
        The bound before rounding up; None when nothing was found.

    References
    ----------
    .. [1] D. Applegate et al., Practical large-scale linear programming using primal-dual hybrid gradient (2021).
    .. [2] A. Neumaier, O. Shcherbina, Safe bounds in linear and mixed-integer linear programming, Math. Program. 99
       (2004).
    """

    def __init__(self, model: Model) -> None:
        proto = _proto(model)
        self.exact: float | None = None
        self.offset = round(proto.objective.offset)
        size = len(proto.variables)
        self.values = numpy.zeros(size)
        self.dual = numpy.zeros(0)
        self.reduced = numpy.zeros(size)
        self.least = numpy.array([variable.domain[0] for variable in proto.variables], dtype=numpy.int64)
        self.most = numpy.array([variable.domain[-1] for variable in proto.variables], dtype=numpy.int64)
        self.price = numpy.zeros(size, dtype=numpy.int64)
        numpy.add.at(self.price, list(proto.objective.vars), list(proto.objective.coeffs))
        self._read(proto)

    def _read(self, proto: Any) -> None:
        """Read the linear constraints; any other is left out, which only lowers the bound."""
        rows: list[int] = []
        columns: list[int] = []
        units: list[int] = []
        low: list[float] = []
        high: list[float] = []
        for constraint in proto.constraints:
            if constraint.enforcement_literal:
                continue
            if constraint.HasField("linear"):
                names, counts, domain = constraint.linear.vars, constraint.linear.coeffs, constraint.linear.domain
                low.append(domain[0] if domain[0] > -OPEN else -numpy.inf)
                high.append(domain[-1] if domain[-1] < OPEN else numpy.inf)
            elif constraint.HasField("exactly_one") and min(constraint.exactly_one.literals) >= 0:
                names = constraint.exactly_one.literals
                counts = [1] * len(names)
                low.append(1)
                high.append(1)
            else:
                continue
            rows += [len(low) - 1] * len(names)
            columns += names
            units += counts
        self.rows, self.columns = numpy.array(rows, dtype=numpy.int64), numpy.array(columns, dtype=numpy.int64)
        self.units = numpy.array(units, dtype=numpy.int64)
        order = numpy.lexsort((self.columns, self.rows))
        self.rows, self.columns, self.units = self.rows[order], self.columns[order], self.units[order]
        self.low, self.high = numpy.array(low), numpy.array(high)

    def solve(self, watch: Watch) -> bool:
        """Solve it, tell the watch the bound, and return whether there is a solution."""
        if watch.over:
            return False
        parameters = mathopt.SolveParameters(time_limit=timedelta(seconds=max(0.01, watch.left)), threads=1)
        parameters.pdlp.termination_criteria.iteration_limit = ROUNDS
        criteria = parameters.pdlp.termination_criteria.simple_optimality_criteria
        criteria.eps_optimal_relative = criteria.eps_optimal_absolute = TOLERANCE
        interrupter = SolveInterrupter()

        def tick() -> None:
            if watch.over:
                interrupter.interrupt()

        with watch.ticking(tick):
            found = _solved(self._linear(), parameters, interrupter)
        if found is None:
            return False
        self.values, dual = found
        self._certify(dual)
        if self.exact is not None:
            watch.raise_bound(-int(-self.exact // 1))
        return self.exact is not None

    def likely(self, model: Model) -> dict[Cell, Code]:
        """Return the shift of each free cell that the solution gives the largest part of it."""
        values = self.values.tolist()
        return {
            cell: max(choices, key=lambda code: values[choices[code].index]) for cell, choices in model.literals.items()
        }

    def _certify(self, dual: Any) -> None:
        """Sum the bound that these dual prices prove, unless the sums might not be exact."""
        if not numpy.abs(dual).max(initial=0.0) * SCALE < EXACT:
            return
        y = numpy.rint(dual * SCALE).astype(numpy.int64)
        y[(y > 0) & numpy.isneginf(self.low)] = 0
        y[(y < 0) & numpy.isposinf(self.high)] = 0
        side = numpy.where(y > 0, self.low, numpy.where(y < 0, self.high, 0.0))
        most = numpy.maximum(numpy.abs(self.least), numpy.abs(self.most)).astype(float)
        weight = numpy.abs(self.price) * float(SCALE)
        numpy.add.at(weight, self.columns, numpy.abs(self.units * y[self.rows].astype(float)))
        if (weight * numpy.maximum(most, 1.0)).sum() + numpy.abs(y * side).sum() >= EXACT:
            return
        reduced = self.price * SCALE
        numpy.subtract.at(reduced, self.columns, self.units * y[self.rows])
        inside = numpy.minimum(reduced * self.least, reduced * self.most)
        total = int((y * side.astype(numpy.int64)).sum()) + int(inside.sum()) + self.offset * SCALE
        self.dual = y / SCALE
        self.reduced = reduced / SCALE
        self.exact = total / SCALE

    def _linear(self) -> model_pb2.ModelProto:
        linear = model_pb2.ModelProto()
        size, priced = len(self.price), numpy.flatnonzero(self.price)
        linear.variables.ids.extend(range(size))
        linear.variables.lower_bounds.extend(self.least.tolist())
        linear.variables.upper_bounds.extend(self.most.tolist())
        linear.variables.integers.extend([False] * size)
        linear.objective.linear_coefficients.ids.extend(priced.tolist())
        linear.objective.linear_coefficients.values.extend(self.price[priced].tolist())
        linear.objective.offset = self.offset
        linear.linear_constraints.ids.extend(range(len(self.low)))
        linear.linear_constraints.lower_bounds.extend(self.low.tolist())
        linear.linear_constraints.upper_bounds.extend(self.high.tolist())
        linear.linear_constraint_matrix.row_ids.extend(self.rows.tolist())
        linear.linear_constraint_matrix.column_ids.extend(self.columns.tolist())
        linear.linear_constraint_matrix.coefficients.extend(self.units.tolist())
        return linear


def relax(model: Model, watch: Watch) -> Relaxation | None:
    """Bound the problem with its relaxation, and offer the roster that rounding leads to; return it where solved.

    Where run lengths are hard no rounded row would be legal, and columns of stretches are many: nothing is done there.
    """
    relaxation = None if model.grid.runs else Relaxation(model)
    if relaxation is None or not relaxation.solve(watch):
        return None
    rounded = model.state.copy()
    rounded.become(relaxation.likely(model))
    descend(rounded, random.Random(watch.limits.seed), lambda: watch.over)
    if rounded.feasible:
        watch.offer(model.grid, rounded.codes, rounded.cost)
    return relaxation


def _solved(
    linear: model_pb2.ModelProto, parameters: mathopt.SolveParameters, interrupter: SolveInterrupter
) -> tuple[Any, Any] | None:
    """Return the values of variables and the prices of constraints; None where one of the two was not found.

    Messages go to the library and come back as they are: its objects for variables and constraints, one each, take
    longer than what may pass after a stop.
    """
    result = solver.solve(
        linear, mathopt.SolverType.PDLP.value, mathopt.StreamableSolverInitArguments().to_proto(),
        parameters.to_proto(), mathopt.ModelSolveParameters().to_proto(), None,
        mathopt.CallbackRegistration().to_proto(), None, interrupter.pybind_interrupter,
    )  # fmt: skip
    if not result.solutions:
        return None
    best = result.solutions[0]
    parts = best.primal_solution, best.dual_solution
    if any(part.feasibility_status != solution_pb2.SOLUTION_STATUS_FEASIBLE for part in parts):
        return None
    values, prices = best.primal_solution.variable_values, best.dual_solution.dual_values
    return numpy.array(values.values), numpy.array(prices.values)


def _proto(model: Model) -> Any:
    """Return a copy of the model whose lists can be read at once; those of the original are read number by number."""
    proto = cp_model_pb2.CpModelProto()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.pb"
        model.cp.export_to_file(str(path))
        proto.ParseFromString(path.read_bytes())
    return proto
