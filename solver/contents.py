"""What stretches of work cost, shift by shift: the least price by length, use and first day.

Shifts are alike where the same may come before them and each person's totals count them alike: of those only the
cheapest of a day matters.
"""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false

from __future__ import annotations

from typing import Any, NamedTuple

import numpy

from solver.kinds import Described, Vector, added
from solver.totals import Code


class Priced(NamedTuple):
    """What stretches cost.

    Attributes
    ----------
    day : ndarray of float, shape (groups, days, people)
        The least price of a shift of each group.
    stretches : list of ndarray of float, shape (uses + 1, groups, first days, people)
        By length, from 0, the least price of stretches whose last shift is of each group; infinity at the last use.
    """

    day: Any
    stretches: list[Any]


class Contents:
    """The stretches of people whose shifts follow one another alike, counted in equally many kinds.

    Parameters
    ----------
    group : list of Described
    longest : int
        Days of a stretch, at most.

    Attributes
    ----------
    uses : list of list of Vector
        By length, from 0, what a stretch may use up.
    before : list of list of int
        Which groups of shifts alike may come before each.
    kind : ndarray of int, shape (groups, people)
        What the shifts of each count as; -1 where nothing counts them.
    """

    def __init__(self, group: list[Described], longest: int) -> None:
        row, kinds = group[0].row, len(group[0].units)
        alike: dict[tuple[frozenset[Code], Vector], list[Code]] = {}
        for at, code in enumerate(row.work):
            before = frozenset(one for one in row.work if (one, code) not in row.follow)
            alike.setdefault((before, tuple(one.kinds[at] for one in group)), []).append(code)
        self._members = list(alike.values())
        self.before = [[at for at, one in enumerate(self._members) if before.issuperset(one)] for before, _ in alike]
        self.kind = numpy.array([kinds for _, kinds in alike])
        units = [tuple(int(kind == at) for at in range(kinds)) for kind in (*range(kinds), -1)]
        first = sorted({units[kind] for one in group for kind in one.kinds})
        self.uses: list[list[Vector]] = [[(0,) * kinds]]
        self._less: list[Any] = [None]
        for _ in range(longest):
            last = {use: at for at, use in enumerate(self.uses[-1])}
            self.uses.append(sorted({added(use, unit) for use in last for unit in first}))
            less = [
                [last.get(tuple(a - b for a, b in zip(use, unit, strict=True)), len(last)) for unit in units]
                for use in self.uses[-1]
            ]
            self._less.append(numpy.array(less))

    def priced(self, prices: Any) -> Priced:
        """Return what stretches cost; ``prices`` has the shape (people, days, shifts)."""
        people, days, _ = prices.shape
        day = numpy.array([prices[:, :, members].min(axis=2).T for members in self._members])
        found = [numpy.full((2, len(day), days + 1, people), numpy.inf)]
        found[0][0] = 0.0
        everyone = numpy.arange(people)
        for length in range(1, min(len(self.uses) - 1, days) + 1):
            kept = days - length + 1
            longer = numpy.full((len(self.uses[length]) + 1, len(day), kept, people), numpy.inf)
            for at, before in enumerate(self.before if length > 1 else [[0]] * len(day)):
                if before:
                    least = found[-1][:, before, :kept].min(axis=1)
                    less = self._less[length][:, self.kind[at]]
                    longer[:-1, at] = least[less[:, None], numpy.arange(kept)[:, None], everyone]
                    longer[:-1, at] += day[at, length - 1 :]
            found.append(longer)
        return Priced(day, found)

    def codes(self, priced: Priced, prices: Any, person: int, start: int, length: int, use: Vector) -> list[Code]:
        """Return the shifts of a cheapest stretch of a person, given the prices of their days and shifts."""
        codes: list[Code] = []
        at = self.uses[length].index(use)
        allowed = list(range(len(self._members)))
        for left in range(length, 0, -1):
            group = min(allowed, key=lambda one: priced.stretches[left][at, one, start, person])
            codes.append(min(self._members[group], key=lambda code: prices[start + left - 1, code]))
            at = int(self._less[left][at, self.kind[group, person]])
            allowed = self.before[group]
        return codes[::-1]
