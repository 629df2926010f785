"""A grid, or a neighbourhood of a roster, as a CP-SAT model.

Booleans for the shifts that free cells may hold, ``exactly_one`` per cell, one slack per row that can be broken,
bounded by what it can reach; rows that no free cell looks at, fixed cells and names are left out. Sums are written
with the fewest terms: a cell's most common unit goes into the constant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache

from solver.cp import cp_model
from solver.cpsat import empty_model, give_hint, weighted_sum
from solver.cuts import Reading, halved
from solver.grid import Cell, Code, Grid, Units
from solver.measuring import Measuring
from solver.state import State
from solver.stretches import Stretches

UNBOUNDED = -(2**40)


@cache
def _count(left: tuple[Code, ...], units: Units) -> tuple[int, tuple[tuple[Code, int], ...], int, int]:
    """What a cell counts: its most common unit, the shifts that differ from it by how much, least and most."""
    counts = [units[code] for code in left]
    base = max(counts, key=lambda unit: (counts.count(unit), -unit))
    kept = tuple((code, count - base) for code, count in zip(left, counts, strict=True) if count != base)
    return base, kept, min(counts), max(counts)


class Model:
    """The model of the free cells of a state; all other cells stay as they are.

    Parameters
    ----------
    state : State
        Feasible, unless all cells are free.
    free : iterable of Cell
    stopped : callable
        Polled while the rows are posted; once true, the model stays incomplete.

    Attributes
    ----------
    cp : cp_model.CpModel
    literals : dict of Cell to dict of Code to IntVar
        The choices of each free cell that has more than one.
    slacks : list of (int, int, IntVar)
        Row, the excess that cannot be avoided, and the excess above it.
    """

    def __init__(self, state: State, free: Iterable[Cell], stopped: Callable[[], bool] = lambda: False) -> None:
        self.state = state
        self.grid: Grid = state.grid
        self.cp = empty_model()
        self.literals: dict[Cell, dict[Code, cp_model.IntVar]] = {}
        self.slacks: list[tuple[int, int, cp_model.IntVar]] = []
        self._charged: list[cp_model.IntVar] = []
        self._weights: list[int] = []
        self._offset = state.cost
        for cell in free:
            if len(self.grid.left[cell]) > 1:
                choices = {code: self.cp.new_bool_var("") for code in self.grid.left[cell]}
                self.cp.add_exactly_one(choices.values())
                self.literals[cell] = choices
        self._post_prices()
        self._post_rows(stopped)
        self.stretches = Stretches(self)
        self.stretches.post()
        self._measuring = Measuring(self)
        self._measuring.post()
        self.cp.minimize(weighted_sum(self._charged, self._weights) + self._offset)

    def hint(self) -> None:
        """Tell the solver the roster that the state holds now, slacks included."""
        codes, excess = self.state.codes, self.state.excess
        variables: list[cp_model.IntVar] = []
        values: list[int] = []
        for cell, choices in self.literals.items():
            variables += choices.values()
            values += [int(code == codes[cell]) for code in choices]
        for row, least, slack in self.slacks:
            variables.append(slack)
            values.append(max(0, excess[row] - least))
        for variable, now in (*self.stretches.aids, *self._measuring.aids):
            variables.append(variable)
            values.append(now())
        give_hint(self.cp, variables, values)

    def read(self, values: Sequence[int]) -> dict[Cell, Code]:
        """Return the shifts of the free cells in a solution, given as the values of all variables."""
        return {
            cell: next(code for code, literal in choices.items() if values[literal.index])
            for cell, choices in self.literals.items()
        }

    def charge(self, variables: Sequence[cp_model.IntVar], weights: Sequence[int], constant: int) -> None:
        """Add ``Σ weights[k] · variables[k] + constant`` to the objective, before the model is complete."""
        self._charged += variables
        self._weights += weights
        self._offset += constant

    def add_terms(self, cell: Cell, units: Units, literals: list[cp_model.IntVar], coefficients: list[int]) -> int:
        """Append the terms of what a cell counts, and return the constant that goes with them."""
        choices = self.literals[cell]
        base, kept, _, _ = _count(self.grid.left[cell], units)
        for code, coefficient in kept:
            literals.append(choices[code])
            coefficients.append(coefficient)
        return base

    def _post_prices(self) -> None:
        """Charge the price of each free cell's shift."""
        for cell in self.literals:
            price = self.grid.price[cell]
            if price:
                units = tuple(price.get(code, 0) for code in range(len(self.grid.shifts)))
                constant = self.add_terms(cell, units, self._charged, self._weights)
                self._offset += constant - price.get(self.state.codes[cell], 0)

    def _post_rows(self, stopped: Callable[[], bool]) -> None:
        """Post the rows that free cells look at."""
        rows: dict[int, dict[int, list[tuple[Cell, Units]]]] = {}
        for cell in self.literals:
            for row, pairs, _ in self.state.looks[cell]:
                sides = rows.setdefault(row, {})
                for side, units in pairs:
                    sides.setdefault(side, []).append((cell, units))
        for row, sides in rows.items():
            if stopped():
                return
            self._post_row(row, sides)

    def _post_row(self, row: int, sides: dict[int, list[tuple[Cell, Units]]]) -> None:
        """Post ``Σ units - slack ≤ limit`` for each side, the slack being what the row is charged for."""
        state = self.state
        least = most = max([0, *(state.over[side] for side in state.sides_of[row] if side not in sides)])
        readings: list[Reading] = []
        for side, looks in sides.items():
            reading = self._reading(state.over[side], looks)
            least, most = max(least, reading.low), max(most, reading.high)
            if reading.high > 0:
                readings += [reading, *halved(reading)]
        weight = state.weights[row]
        self._offset += weight * (least - state.excess[row])
        slack: list[cp_model.IntVar] = []
        if self.grid.rows[row].weight is None:
            self._offset -= weight * least
        elif most > least:
            binary = most - least == 1
            slack = [self.cp.new_bool_var("") if binary else self.cp.new_int_var(0, most - least, "")]
            self.slacks.append((row, least, slack[0]))
            self._charged += slack
            self._weights.append(weight)
        else:
            return
        for reading in readings:
            self._post_side(reading, slack, least if slack else 0)

    def _reading(self, over: int, looks: list[tuple[Cell, Units]]) -> Reading:
        """Read a side with its free cells as unknowns: ``fixed`` is what the others leave above the limit."""
        codes, left = self.state.codes, self.grid.left
        low = high = fixed = over
        for cell, units in looks:
            now = units[codes[cell]]
            _, _, least, most = _count(left[cell], units)
            fixed -= now
            low += least - now
            high += most - now
        return Reading(looks, fixed, low, high)

    def _post_side(self, reading: Reading, slack: list[cp_model.IntVar], least: int) -> None:
        literals: list[cp_model.IntVar] = list(slack)
        coefficients = [-1] * len(slack)
        constant = reading.fixed
        for cell, units in reading.looks:
            constant += self.add_terms(cell, units, literals, coefficients)
        if literals:
            total = weighted_sum(literals, coefficients)
            self.cp.add_linear_constraint(total, UNBOUNDED, least - constant)
