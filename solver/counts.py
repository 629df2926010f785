"""What people's rows may have used up of their totals: every vector of counts that no total is above yet.

A vector has how many shifts of each kind (``solver/kinds.py``) and how many weekends were worked. Those of several
people lie one after another, so that one array has a value of each; at its end there is one more, for what cannot be.
"""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false

from __future__ import annotations

from typing import Any

import numpy

from solver.kinds import Described, Vector


class Counts:
    """The vectors of some people with equally many kinds.

    Parameters
    ----------
    group : list of Described

    Attributes
    ----------
    size : int
        How many vectors there are; the position of what cannot be.
    owner : ndarray of int, shape (size,)
        Whose they are, by position in the group.
    first : ndarray of int, shape (people,)
        Where each person's begin: with nothing used up.
    end : ndarray of float, shape (size,)
        0 where the totals allow a row that ends so, else infinity.
    early, late : ndarray of int, shape (size,)
        The fewest days in which so much can be used up, and the most after which enough still can be.
    """

    def __init__(self, group: list[Described]) -> None:
        vectors: list[Any] = []
        ends: list[Any] = []
        places: list[Any] = []
        strides: list[list[int]] = []
        size = boxes = 0
        self._base = numpy.zeros(len(group), dtype=numpy.intp)
        for at, one in enumerate(group):
            box = (*(most + 1 for most in one.most), one.row.most + 1)
            own, end = _legal(one, box)
            place = numpy.full(int(numpy.prod(box)), -1, dtype=numpy.intp)
            steps = [int(numpy.prod(box[axis + 1 :])) for axis in range(len(box))]
            place[own @ numpy.array(steps)] = numpy.arange(size, size + len(own))
            self._base[at] = boxes
            vectors.append(own)
            ends.append(end)
            places.append(place)
            strides.append(steps)
            size, boxes = size + len(own), boxes + len(place)
        self.size = size
        self.owner = numpy.repeat(numpy.arange(len(group)), [len(own) for own in vectors])
        self.first = numpy.array([place[0] for place in places])
        self.end = numpy.concatenate(ends)
        times = [_times(one, own) for one, own in zip(group, vectors, strict=True)]
        self.early, self.late = (numpy.concatenate(each) for each in zip(*times, strict=True))
        self._places = numpy.concatenate(places)
        self._vectors = numpy.concatenate(vectors).T.copy()
        self._strides = numpy.array(strides).T[:, self.owner]
        self._codes = self._base[self.owner] + (self._vectors * self._strides).sum(axis=0)

    def before(self, use: Vector) -> Any:
        """Return the position of each vector less a use of kinds and weekends; ``size`` where that cannot be."""
        can = numpy.ones(self.size, dtype=bool)
        code = self._codes.copy()
        for vector, strides, number in zip(self._vectors, self._strides, use, strict=True):
            if number:
                can &= vector >= number
                code -= number * strides
        return numpy.where(can, self._places[numpy.where(can, code, 0)], self.size)

    def before_one(self, at: int, uses: Any) -> Any:
        """Return the positions of the vector at a position less each of some uses, of shape (uses, kinds + 1)."""
        can = (self._vectors[:, at] >= uses).all(axis=1)
        code = numpy.where(can, self._codes[at] - uses @ self._strides[:, at], 0)
        return numpy.where(can, self._places[code], self.size)


def _legal(one: Described, box: tuple[int, ...]) -> tuple[Any, Any]:
    """Return the vectors of a box that no total of a person is below, and which of them a row may end with."""
    every = numpy.indices(box).reshape(len(box), -1).T
    within, end = numpy.ones(len(every), dtype=bool), numpy.ones(len(every), dtype=bool)
    for span, units in zip(one.spans, zip(*one.units, strict=True), strict=True):
        total = every[:, :-1] @ numpy.array(units)
        within &= total <= span.high
        end &= total >= span.low
    return every[within], numpy.where(end[within], 0.0, numpy.inf)


def _times(one: Described, vectors: Any) -> tuple[Any, Any]:
    """Return the fewest days in which vectors can be used up, and the most after which their totals can be enough."""
    days, cycle = len(one.row.cells), one.row.maximum + one.row.rest
    work = numpy.array([(at // cycle) * one.row.maximum + min(at % cycle, one.row.maximum) for at in range(days + 1)])
    early = numpy.searchsorted(work, vectors[:, :-1].sum(axis=1))
    starts = sorted(days[0] + 1 for days in one.row.weekends)
    early = numpy.maximum(early, numpy.array([0, *starts])[vectors[:, -1]])
    late = numpy.full(len(vectors), days)
    for span, units in zip(one.spans, zip(*one.units, strict=True), strict=True):
        missing = numpy.maximum(0, span.low - vectors[:, :-1] @ numpy.array(units))
        late = numpy.minimum(late, days - numpy.searchsorted(work, -(-missing // max(units))))
    return early, late
