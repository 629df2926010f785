"""The measures that free cells look at, as constraints of a model."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from solver.cp import cp_model
from solver.cpsat import weighted_sum
from solver.totals import Cell, Units, measured, steps_above

if TYPE_CHECKING:
    from solver.model import Model

UNBOUNDED = -(2**40)
Look = tuple[Cell, Units]


class Known(NamedTuple):
    """A total with free cells: what the others leave, and the least and most it can be."""

    looks: list[Look]
    fixed: int
    low: int
    high: int


class Measuring:
    """Posts measures to a model.

    Attributes
    ----------
    aids : list of (IntVar, callable)
        The variables it made, each with a function that returns its value in the state's roster.
    """

    def __init__(self, model: Model) -> None:
        self.model: Model = weakref.proxy(model)  # see the stretches
        self.cp = model.cp
        self.gauge = model.state.gauge
        self.aids: list[tuple[cp_model.IntVar, Callable[[], int]]] = []

    def post(self) -> None:
        """Post every measure that a free cell looks at."""
        found: dict[int, dict[int, list[Look]]] = {}
        for cell in self.model.literals:
            for number, part, units in self.gauge.looks.get(cell, ()):
                found.setdefault(number, {}).setdefault(part, []).append((cell, units))
        for number, parts in found.items():
            self._post(number, {part: self._read(number, part, looks) for part, looks in parts.items()})

    def _read(self, number: int, part: int, looks: list[Look]) -> Known:
        codes, left = self.model.state.codes, self.model.grid.left
        fixed = self.gauge.values[number][part] - sum(units[codes[cell]] for cell, units in looks)
        low = fixed + sum(min(units[code] for code in left[cell]) for cell, units in looks)
        high = fixed + sum(max(units[code] for code in left[cell]) for cell, units in looks)
        return Known(looks, fixed, low, high)

    def _post(self, number: int, parts: dict[int, Known]) -> None:
        """Charge one measure, or forbid it where hard, with one slack."""
        measure, weight = self.model.grid.measures[number], self.gauge.weights[number]
        values = self.gauge.values[number]
        lows = [parts[part].low if part in parts else value for part, value in enumerate(values)]
        highs = [parts[part].high if part in parts else value for part, value in enumerate(values)]
        most = max(highs) - min(lows) if measure.form == "spread" else measured(measure.form, highs)
        most = steps_above(measure.limit, measure.step, most)
        excess = self.gauge.excess
        self.model.charge([], [], -weight * excess[number])
        if most == 0:
            return
        slack: list[cp_model.IntVar] = []
        if measure.weight is not None:
            slack = [self._aid(0, most, lambda: excess[number])]
            self.model.charge(slack, [weight], 0)
        over = ([*slack], [-measure.step] * len(slack), -measure.limit)
        if measure.form == "spread":
            self._spread(number, parts, over)
        elif measure.form == "occasions":
            self._occasions(number, parts, over)
        else:
            self._at_most_zero([over, *(self._expression(known) for known in parts.values())])

    def _spread(self, number: int, parts: dict[int, Known], over: Expression) -> None:
        """``lowest ≤ total ≤ lowest + limit + step · slack`` for every total."""
        values = self.gauge.values[number]
        rest = [value for part, value in enumerate(values) if part not in parts]
        low = min([*rest, *(known.low for known in parts.values())])
        high = min([*rest, *(known.high for known in parts.values())])
        lowest = self._aid(low, high, lambda: min(values))
        if rest:
            self._at_most_zero([over, ([lowest], [-1], max(rest))])
        for known in parts.values():
            literals, coefficients, constant = self._expression(known)
            self._at_most_zero([over, ([lowest], [-1], 0), (literals, coefficients, constant)])
            self._at_most_zero([([lowest], [1], 0), (literals, [-unit for unit in coefficients], -constant)])

    def _occasions(self, number: int, parts: dict[int, Known], over: Expression) -> None:
        """One Boolean for each total that may be above 0, at least what each of its cells counts."""
        values = self.gauge.values[number]
        certain = sum(value > 0 for part, value in enumerate(values) if part not in parts)
        terms = [over]
        for part, known in parts.items():
            if known.high <= 0:
                continue
            if known.low > 0:
                certain += 1
                continue
            happens = self._aid(0, 1, _is_positive(values, part))
            terms.append(([happens], [1], 0))
            for cell, units in known.looks:
                counts = self._expression(Known([(cell, tuple(int(unit > 0) for unit in units))], 0, 0, 1))
                self._at_most_zero([counts, ([happens], [-1], 0)])
            self._any_stretch(known, happens)
            if known.fixed > 0:
                self.cp.add_bool_and(happens)
        self._at_most_zero([*terms, ([], [], certain)])

    def _any_stretch(self, known: Known, happens: cp_model.IntVar) -> None:
        """At most one stretch has work on two neighbouring days: their sum says more than each cell does."""
        stretches, left = self.model.stretches, self.model.grid.left
        cells = [cell for cell, _ in known.looks]
        if all(
            (units[code] > 0) == (code in stretches.work(cell)) for cell, units in known.looks for code in left[cell]
        ):
            literals = stretches.touching(cells)
            if literals:
                self._at_most_zero([(literals, [1] * len(literals), 0), ([happens], [-1], 0)])

    def _expression(self, known: Known) -> Expression:
        literals: list[cp_model.IntVar] = []
        coefficients: list[int] = []
        constant = known.fixed
        for cell, units in known.looks:
            constant += self.model.add_terms(cell, units, literals, coefficients)
        return literals, coefficients, constant

    def _at_most_zero(self, terms: list[Expression]) -> None:
        literals = [literal for term in terms for literal in term[0]]
        coefficients = [coefficient for term in terms for coefficient in term[1]]
        if literals:
            total = weighted_sum(literals, coefficients)
            self.cp.add_linear_constraint(total, UNBOUNDED, -sum(constant for _, _, constant in terms))

    def _aid(self, low: int, high: int, now: Callable[[], int]) -> cp_model.IntVar:
        variable = self.cp.new_int_var(low, high, "")
        self.aids.append((variable, now))
        return variable


Expression = tuple[list[cp_model.IntVar], list[int], int]
"""Variables, their coefficients, and a constant."""


def _is_positive(values: list[int], part: int) -> Callable[[], int]:
    return lambda: int(values[part] > 0)
