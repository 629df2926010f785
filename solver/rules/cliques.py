"""Pairs of shifts of which at most one holds, as sets of which every first meets every second."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from solver.frozen import ShiftId

Clique = tuple[frozenset[ShiftId], frozenset[ShiftId]]
"""Any shift of the first set, with any of the second, is unwanted."""


def levels(costs: Mapping[tuple[ShiftId, ShiftId], int]) -> list[tuple[int, list[Clique]]]:
    """Split costs of pairs into ``(amount, cliques)``, so that a pair costs the amounts of all the cliques it is in.

    Level ``k`` holds the pairs that cost at least the ``k``-th smallest cost: the levels are nested, which makes their
    cliques larger, and the relaxation tighter, than one set of cliques for each cost would.
    """
    found: list[tuple[int, list[Clique]]] = []
    below = 0
    for level in sorted(set(costs.values()) - {0}):
        found.append((level - below, cliques({pair for pair, cost in costs.items() if cost >= level})))
        below = level
    return found


def cliques(pairs: Iterable[tuple[ShiftId, ShiftId]]) -> list[Clique]:
    """Return the maximal cliques spanned by each first shift's followers and each second shift's forerunners."""
    return list(_cliques(frozenset(pairs)))


@lru_cache(maxsize=64)
def _cliques(pairs: frozenset[tuple[ShiftId, ShiftId]]) -> tuple[Clique, ...]:
    """Return the cliques of pairs that are mostly those of everybody."""
    met: dict[ShiftId, set[ShiftId]] = {}
    meets: dict[ShiftId, set[ShiftId]] = {}
    for a, b in pairs:
        met.setdefault(a, set()).add(b)
        meets.setdefault(b, set()).add(a)
    after = {a: frozenset(some) for a, some in met.items()}
    before = {b: frozenset(some) for b, some in meets.items()}
    found = {(frozenset(a for a in after if after[a] >= followers), followers) for followers in after.values()}
    found |= {(runners, frozenset(b for b in before if before[b] >= runners)) for runners in before.values()}
    return tuple(sorted(found, key=lambda clique: (sorted(clique[0]), sorted(clique[1]))))
