"""Whether demands can be met together: a CP-SAT model of some of them, over the cells they speak of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from solver.cp import cp_model
from solver.cpsat import one_thread, only_if, solution, weighted_sum
from solver.demands import Demand, Demands
from solver.totals import Cell, Code, Measure, Total
from solver.watch import Watch

UNBOUNDED = -(2**40)


class Answer(NamedTuple):
    """Whether demands can be met together, and shifts of their cells that meet them."""

    verdict: Literal["yes", "no", "open"]
    codes: dict[Cell, Code]


def satisfy(grid: Demands, demands: Sequence[Demand], watch: Watch, seconds: float | None = None) -> Answer:
    """Search shifts for the cells of ``demands`` that meet them all.

    One thread, for CP-SAT's portfolio has called solvable problems infeasible.

    Parameters
    ----------
    grid : Demands
    demands : sequence of Demand
        Some of the grid's.
    watch : Watch
        Bounds the search.
    seconds : float, optional
        At most; what the watch has left when not given.
    """
    model = Meeting(grid, demands)
    if model.impossible:
        return Answer("no", {})
    solver = searcher(watch, seconds)
    with watch.ticking(lambda: solver.stop_search() if watch.over else None):
        status = solver.solve(model.cp)
    if status == cp_model.INFEASIBLE:
        return Answer("no", {})
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Answer("open", {})
    return Answer("yes", model.read(solution(solver)))


def searcher(watch: Watch, seconds: float | None) -> cp_model.CpSolver:
    """Return a solver of one thread, bounded by a watch."""
    solver = one_thread(watch.limits.seed)
    solver.parameters.linearization_level = 2
    solver.parameters.max_time_in_seconds = max(0.01, watch.left if seconds is None else min(seconds, watch.left))
    return solver


class Meeting:
    """Demands as a CP-SAT model over the cells they speak of.

    Parameters
    ----------
    grid : Demands
    demands : sequence of Demand
    assumed : bool
        Give each demand a literal of its own and assume it, instead of asking for it outright.
    eased : Demand, optional
        One of them, with sides, that may be exceeded; the least excess is the objective.

    Attributes
    ----------
    impossible : bool
        Known without a search.
    switches : list of IntVar
        The demands' literals, where assumed.
    """

    def __init__(
        self, grid: Demands, demands: Sequence[Demand], assumed: bool = False, eased: Demand | None = None
    ) -> None:
        self.grid = grid
        self.cp = cp_model.CpModel()
        self.impossible = False
        self.switches: list[cp_model.IntVar] = []
        self.literals: dict[Cell, dict[Code, cp_model.IntVar]] = {}
        left = {cell: set(range(len(grid.shifts))) for demand in demands for cell in demand.cells}
        for demand in () if assumed else demands:
            for cell, codes in demand.refused.items():
                left[cell] -= codes
        for cell in sorted(left):
            self.impossible |= not left[cell]
            self.literals[cell] = {code: self.cp.new_bool_var("") for code in sorted(left[cell])}
            self.cp.add_exactly_one(self.literals[cell].values())
        excess = self.cp.new_int_var(0, -UNBOUNDED, "") if eased is not None else None
        for demand in demands:
            switch = [self.cp.new_bool_var("")] if assumed else []
            self.switches += switch
            self._post(demand, switch, excess if demand is eased else None)
        if assumed:
            self.cp.add_assumptions(self.switches)
        if excess is not None:
            self.cp.minimize(excess)

    def read(self, values: Sequence[int]) -> dict[Cell, Code]:
        """Return the shifts of the cells in a solution."""
        return {
            cell: next(code for code, literal in choices.items() if values[literal.index])
            for cell, choices in self.literals.items()
        }

    def _post(self, demand: Demand, switch: list[cp_model.IntVar], excess: cp_model.IntVar | None) -> None:
        if switch:
            for cell, codes in demand.refused.items():
                for code in sorted(codes):
                    self.cp.add_implication(switch[0], ~self.literals[cell][code])
        for total, limit in demand.sides:
            self._at_most(total, limit, [], switch, excess)
        measure = demand.measure
        if measure is not None and measure.form == "spread":
            lows, highs = [total.low for total in measure.totals], [total.high for total in measure.totals]
            lowest = self.cp.new_int_var(min(lows), max(highs), "")
            for total in measure.totals:
                self._at_most(total, measure.limit, [(lowest, -1)], switch, None)
                self._at_least(total, lowest, switch)
        elif measure is not None:
            self._occasions(measure, switch)

    def _occasions(self, measure: Measure, switch: list[cp_model.IntVar]) -> None:
        """Count the totals above 0, which count from 0 up, with a literal each."""
        happens = [self.cp.new_bool_var("") for _ in measure.totals]
        for total, literal in zip(measure.totals, happens, strict=True):
            if total.constant > 0:
                self.cp.add_bool_and(literal)
            for cell, units in zip(total.cells, total.units, strict=True):
                for code, choice in self.literals[cell].items():
                    if units[code] > 0:
                        self.cp.add_implication(choice, literal)
        self._linear(happens, [1] * len(happens), measure.limit, switch)

    def _terms(self, total: Total) -> tuple[list[cp_model.IntVar], list[int]]:
        pairs = [
            (literal, units[code])
            for cell, units in zip(total.cells, total.units, strict=True)
            for code, literal in self.literals[cell].items()
            if units[code]
        ]
        return [literal for literal, _ in pairs], [unit for _, unit in pairs]

    def _at_most(
        self, total: Total, limit: int, more: list[tuple[cp_model.IntVar, int]], switch: list[cp_model.IntVar],
        excess: cp_model.IntVar | None,
    ) -> None:  # fmt: skip
        literals, units = self._terms(total)
        added = more if excess is None else [*more, (excess, -1)]
        literals += [variable for variable, _ in added]
        units += [unit for _, unit in added]
        self._linear(literals, units, limit - total.constant, switch)

    def _at_least(self, total: Total, lowest: cp_model.IntVar, switch: list[cp_model.IntVar]) -> None:
        literals, units = self._terms(total)
        self._linear([*literals, lowest], [*(-unit for unit in units), 1], total.constant, switch)

    def _linear(
        self, literals: list[cp_model.IntVar], units: list[int], limit: int, switch: list[cp_model.IntVar]
    ) -> None:
        if literals:
            row = self.cp.add_linear_constraint(weighted_sum(literals, units), UNBOUNDED, limit)
            if switch:
                only_if(switch[0], row)
        elif limit < 0 and switch:
            self.cp.add_bool_and(~switch[0])
        elif limit < 0:
            self.impossible = True


def least_excess(grid: Demands, demands: Sequence[Demand], eased: Demand, watch: Watch) -> int:
    """Return by how much one of the demands must be exceeded for all others to be met, ≥ 1; 1 when not known."""
    model = Meeting(grid, demands, eased=eased)
    if model.impossible:
        return 1
    solver = searcher(watch, 1.0)
    with watch.ticking(lambda: solver.stop_search() if watch.over else None):
        status = solver.solve(model.cp)
    return max(1, round(solver.objective_value)) if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else 1
