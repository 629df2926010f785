"""Sums over cells, and how rules may bound them: what a grid is made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

Cell = int
Code = int
"""A shift type by its position among the problem's shifts."""
Units = tuple[int, ...]
"""What each shift type counts, by code."""


class Total(NamedTuple):
    """``constant + Σ units[k][shift of cells[k]]``, which lies between ``low`` and ``high``.

    ``named`` are the cells it was made from, those that are constants included.
    """

    cells: list[Cell]
    units: list[Units]
    constant: int
    low: int
    high: int
    named: list[Cell]


class Side(NamedTuple):
    """``Σ units[k][shift of cells[k]] ≤ limit``, or else the excess is what it is above the limit."""

    cells: list[Cell]
    units: list[Units]
    limit: int


class Row(NamedTuple):
    """Sides that share one excess, the largest of theirs, at most ``most``; ``weight`` is None where hard."""

    weight: int | None
    most: int
    sides: list[Side]


Form = Literal["sum", "spread", "occasions"]
"""Of some totals: their sum, the largest less the smallest, how many are above 0."""


class Measure(NamedTuple):
    """What no row can say: ``⌈(form of totals - limit) / step⌉`` where positive, at most ``most``.

    ``weight`` is None where hard. A cell is in one total at most.
    """

    weight: int | None
    most: int
    form: Form
    totals: list[Total]
    limit: int
    step: int

    def excess(self, values: Sequence[int]) -> int:
        """Return the excess when the totals have these values."""
        return steps_above(self.limit, self.step, measured(self.form, values))

    def extremes(self) -> tuple[int, int]:
        """Return an excess that no roster goes below, and one that none goes above."""
        lows, highs = [total.low for total in self.totals], [total.high for total in self.totals]
        if self.form == "spread":
            least, most = max(lows) - min(highs), max(highs) - min(lows)
        else:
            least, most = measured(self.form, lows), measured(self.form, highs)
        return steps_above(self.limit, self.step, least), steps_above(self.limit, self.step, most)


def measured(form: Form, values: Sequence[int]) -> int:
    """Return the form of some values."""
    if form == "sum":
        return sum(values)
    if form == "spread":
        return max(values) - min(values)
    return sum(value > 0 for value in values)


def steps_above(limit: int, step: int, value: int) -> int:
    """Return how many steps are begun above the limit."""
    return max(0, -((limit - value) // step))


def negated(total: Total) -> Total:
    """Return the total with the opposite sign."""
    alike = {id(units): units for units in total.units}  # cells mostly share theirs
    opposite = {key: tuple(-unit for unit in units) for key, units in alike.items()}
    units = [opposite[id(units)] for units in total.units]
    return Total(total.cells, units, -total.constant, -total.high, -total.low, total.named)


def joined(totals: Sequence[Total]) -> Total:
    """Return the sum of some totals."""
    return Total(
        cells=[cell for total in totals for cell in total.cells],
        units=[units for total in totals for units in total.units],
        constant=sum(total.constant for total in totals),
        low=sum(total.low for total in totals),
        high=sum(total.high for total in totals),
        named=[cell for total in totals for cell in total.named],
    )
