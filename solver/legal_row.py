"""What a legal row is: the hard rules on one person, in the terms of a dynamic program over the days."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from solver.totals import Cell, Code, Units

Refused = frozenset[tuple[Code, Code]]
"""Shifts that may not be held on two days in a row."""


class Span(NamedTuple):
    """``low ≤ Σ units ≤ high`` over the whole row; only work has units, none of them below 0."""

    units: Units
    low: int
    high: int

    def of(self, codes: Iterable[Code]) -> int:
        """Return the total of a row."""
        return sum(self.units[code] for code in codes)


class LegalRow(NamedTuple):
    """What a legal row of a person is.

    Attributes
    ----------
    cells : tuple of Cell
        One a day, in order.
    work : tuple of Code
        All other shifts are rest.
    minimum, maximum, rest : int
        Days of work in a row, and least days of rest in a row. A run at an end of the row may be short.
    refused : frozenset of (int, Code)
        Which position in the row may not hold which shift.
    follow : frozenset of (Code, Code)
        Which shift of work may not be followed by which on the next day.
    spans : tuple of Span
    weekends : tuple of tuple of int
        Positions in the row, one or two neighbouring ones each.
    most : int
        Weekends that may be worked.
    """

    cells: tuple[Cell, ...]
    work: tuple[Code, ...]
    minimum: int
    maximum: int
    rest: int
    refused: frozenset[tuple[int, Code]]
    follow: Refused
    spans: tuple[Span, ...]
    weekends: tuple[tuple[int, ...], ...]
    most: int
