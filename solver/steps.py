"""The graph of the dynamic program over the days of a row: which stretches of work lead where, and what they use up."""

from __future__ import annotations

from typing import NamedTuple

from solver.kinds import Vector, added


class Step(NamedTuple):
    """From a day to one before which more is decided: the length of the stretch, what it uses up, and where from."""

    start: int
    length: int
    used: Vector
    shift: Vector
    into: tuple[slice, ...]
    out: tuple[slice, ...]


class Form(NamedTuple):
    """What the graph depends on; people of the same form share it.

    Attributes
    ----------
    days, gap, longest : int
        In a row, least days of rest after a stretch, most days of one.
    size : tuple of int
        Values of each dimension: shifts of each kind, and weekends.
    used : tuple of Vector
        What each shift of work uses up.
    weekends : tuple of tuple of int
        Positions in the row.
    """

    days: int
    gap: int
    longest: int
    size: tuple[int, ...]
    used: tuple[Vector, ...]
    weekends: tuple[tuple[int, ...], ...]

    def lengths(self) -> dict[int, list[Vector]]:
        """List what stretches of each length may use up."""
        used = {1: sorted(set(self.used))}
        for length in range(2, self.longest + 1):
            used[length] = sorted({added(one, other) for one in used[length - 1] for other in used[1]})
        return used

    def steps(self) -> list[list[Step]]:
        """List what may lead to each day: stretches by length and by what they use up."""
        used = self.lengths()
        steps: list[list[Step]] = [[] for _ in range(self.days + 1)]
        touched = [0] * (self.days + 1)
        for number, weekend in enumerate(self.weekends):
            for day in weekend:
                touched[day] |= 1 << number
        for start in range(self.days):
            seen = 0
            for length in range(1, min(self.longest, self.days - start) + 1):
                seen |= touched[start + length - 1]
                for vector in used[length]:
                    shift = (*vector, seen.bit_count())
                    if all(part < size for part, size in zip(shift, self.size, strict=True)):
                        kept = [min(size - part, start + 1) for part, size in zip(shift, self.size, strict=True)]
                        into = (
                            slice(None),
                            *(slice(part, part + many) for part, many in zip(shift, kept, strict=True)),
                        )
                        out = (slice(None), *(slice(0, many) for many in kept))
                        to = min(start + length + self.gap, self.days)
                        steps[to].append(Step(start, length, vector, shift, into, out))
        return steps


Shared = dict[Form, tuple[dict[int, list[Vector]], list[list[Step]]]]
"""The lengths and steps of each form."""
