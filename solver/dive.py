"""Rosters from mixed rows: rows are generated until no mix is cheaper, then decided person by person.

While rows are decided, others are still generated, so that each fits what is decided already: a dive with column
generation, as the best results known for large rosters were found [1]_. Then some people's rows are left undecided
again, and decided anew beside those of the others; where the bound of that is no lower than the roster costs, at once.

References
----------
.. [1] P. Strandmark, Y. Qu, T. Curtois, First-order linear programming in a column generation-based heuristic approach
   to the nurse rostering problem, Comput. Oper. Res. 120 (2020).
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import NamedTuple

from solver.columns import NEAR, Column, Columns, Mix
from solver.generate import Generator
from solver.rowwise import SIZE, Rowwise
from solver.totals import Code

ROUNDS = 200
"""Times that rows are generated for the bound, at most."""
ENOUGH = 0.5
"""By how much a mix may still be too dear when the next row is decided."""
SHARE = 0.2
"""Of those not yet decided, how many are decided at once while that costs nothing, when their part is ``LIKELY``."""
LIKELY = 0.7
CERTAIN = 0.999
SPREAD = 0.3
"""How much chance is added to parts."""
SLOW = 6
"""Of those not yet decided, one in so many is decided in a step, and one at least."""
MANY, KEPT = 45, 15
"""Rows for each open person above which the dearest are given up, and how many are kept; of ``FEW`` people or more."""
FEW = 13


class Aim(NamedTuple):
    """How long a dive takes at most, how often it generates rows, and what its roster is to cost less than.

    It ends as soon as a bound says that no such roster is left. With ``chance`` dives from the same rows differ.
    """

    seconds: float = math.inf
    rounds: float = math.inf
    below: float = math.inf
    chance: random.Random | None = None


def fits(rows: Rowwise) -> bool:
    """Whether everyone's rows are described, and generating them is fast enough."""
    return rows.legal.whole and len(rows.links.limit) > 0 and rows.cheapest.size <= SIZE


def converge(generator: Generator, until: float = math.inf) -> Mix | None:
    """Generate rows until the mix costs what the bound says, rounded up, or until some second of the watch.

    Returns
    -------
    Mix or None
        The last one; None when the search is over.
    """
    columns = generator.columns
    mix = columns.solve()
    if mix is not None:
        generator.wander(mix.cost)
    for _ in range(ROUNDS):
        mix = columns.solve()
        if mix is None or columns.watch.over:
            return None
        new = generator.generate(mix)
        met = generator.bound > -math.inf and math.ceil(generator.bound) >= mix.cost - NEAR
        if not new or met or columns.watch.seconds > until:
            break
    return mix


def dive(generator: Generator, codes: Sequence[Code], aim: Aim) -> tuple[list[Code], list[int]] | None:
    """Decide everyone's row, those first whose part in the mix is largest.

    Parameters
    ----------
    generator : Generator
    codes : sequence of Code
        The cells of those who are not described.
    aim : Aim

    Returns
    -------
    tuple of (list of Code, list of int) or None
        The roster, and the people in the order in which they were decided; None when the watch is over before, or the
        aim is missed.
    """
    columns = generator.columns
    last = generator.rounds + aim.rounds
    order: list[int] = []
    before = -math.inf
    now = columns.watch.seconds
    ends = now + aim.seconds
    while left := len(columns.open):
        mix = _generated(generator, before + ENOUGH, aim.below - 1 + NEAR, now + (ends - now) / _steps(left))
        if mix is None or mix.cost > aim.below - 1 + NEAR or generator.rounds > last:
            return None
        now = columns.watch.seconds
        share = SHARE if mix.cost <= before + ENOUGH else 0
        for column in _chosen(mix, share, max(1, left // SLOW), aim.chance):
            columns.fix(column)
            order.append(column.person)
        generator.begin()
        _thin(columns)
        before = mix.cost
    roster = list(codes)
    for person, column in columns.fixed.items():
        for cell, code in zip(columns.rows.legal.rows[person].cells, column.codes, strict=True):
            roster[cell] = code
    return roster, order


def _thin(columns: Columns) -> None:
    """Give up the dearest rows of those not decided where they are many."""
    left = max(FEW, len(columns.open))
    if columns.size > MANY * left and (mix := columns.solve()) is not None:
        columns.drop(mix, KEPT * left)


def _steps(left: int) -> int:
    """Return in how many steps so many people are decided."""
    steps = 0
    while left > 0:
        left -= max(1, left // SLOW)
        steps += 1
    return steps


def _generated(generator: Generator, goal: float, most: float, until: float) -> Mix | None:
    """Generate rows of those not yet decided until a mix costs no more than a goal, or can hardly cost less, some time.

    A mix that costs more than ``most`` is of no use, and hardly less not enough.
    """
    columns = generator.columns
    mix = columns.solve()
    while mix is not None and mix.cost > min(goal, most):
        if columns.watch.over:
            return None
        new = generator.generate(mix)
        near = generator.bound > (most if mix.cost > most else mix.cost - ENOUGH)
        if not new or near or columns.watch.seconds > until:
            break
        mix = columns.solve()
    return mix


def _chosen(mix: Mix, share: float, least: int, chance: random.Random | None) -> list[Column]:
    """Return whom to decide next: who is whole already, and a share of the others, or the least number, by part."""
    best: dict[int, tuple[float, Column]] = {}
    for column, part in zip(mix.columns, mix.parts, strict=True):
        if part > best.get(column.person, (-1.0,))[0]:
            best[column.person] = part, column
    whole = [column for part, column in best.values() if part >= CERTAIN]
    others = [(part, column) for part, column in best.values() if part < CERTAIN]
    spread = [0.0 if chance is None else SPREAD * chance.random() for _ in others]
    ranked = sorted(range(len(others)), key=lambda at: -others[at][0] - spread[at])
    likely = sum(others[at][0] >= LIKELY for at in ranked[: round(share * len(best))])
    return whole + [others[at][1] for at in ranked[: max(likely, least - len(whole))]]
