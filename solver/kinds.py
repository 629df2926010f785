"""Which shifts the totals of a legal row count alike: the dimensions in which its dynamic program counts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from solver.legal_row import LegalRow, Span
from solver.totals import Code

Vector = tuple[int, ...]
"""How many shifts of each kind."""


class Described(NamedTuple):
    """A person, what the totals count.

    ``kinds`` has for each shift of work the position of its kind, or -1 where no total counts it; ``units`` what a
    shift of each kind counts in each of ``spans``, ``most`` how many of them there can be.
    """

    person: int
    row: LegalRow
    spans: tuple[Span, ...]
    kinds: tuple[int, ...]
    units: tuple[Vector, ...]
    most: Vector

    @property
    def size(self) -> int:
        """How many values of ``V`` there are."""
        size = (len(self.row.cells) + 1) * (self.row.most + 1)
        for most in self.most:
            size *= most + 1
        return size


def described(person: int, row: LegalRow, spans: tuple[Span, ...], may: Collection[Code]) -> Described:
    """Tell the kinds of shifts of a person apart; what the person may not have is of no kind of its own."""
    units: list[Vector] = []
    kinds: list[int] = []
    for code in row.work:
        counts = tuple(span.units[code] for span in spans)
        if not any(counts):
            kinds.append(-1)
        elif code not in may:
            kinds.append(-2)
        else:
            if counts not in units:
                units.append(counts)
            kinds.append(units.index(counts))
    other = -1 if -1 in kinds or not units else 0
    codes = [[code for code, one in zip(row.work, kinds, strict=True) if one == kind] for kind in range(len(units))]
    most = tuple(_most(row, alike) for alike in codes)
    return Described(person, row, spans, tuple(other if kind == -2 else kind for kind in kinds), tuple(units), most)


def _most(row: LegalRow, codes: Sequence[Code]) -> int:
    """Return how many shifts of a kind there can be by any total that counts them all."""
    counts = ((span.high, min(span.units[code] for code in codes)) for span in row.spans)
    return min(high // count for high, count in counts if count)


def added(one: Vector, other: Vector) -> Vector:
    """Return the sum of two vectors."""
    return tuple(a + b for a, b in zip(one, other, strict=True))
