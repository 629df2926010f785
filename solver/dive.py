"""Rosters from mixed rows: rows are generated until no mix is cheaper, then decided person by person.

While rows are decided, others are still generated, so that each fits what is decided already: a dive with column
generation, as the best results known for large rosters were found [1]_.

References
----------
.. [1] P. Strandmark, Y. Qu, T. Curtois, First-order linear programming in a column generation-based heuristic approach
   to the nurse rostering problem, Comput. Oper. Res. 120 (2020).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from solver.columns import NEAR, Column, Columns, Mix
from solver.improve import Improver
from solver.rowwise import SIZE, Rowwise
from solver.totals import Code
from solver.watch import Watch

ROUNDS = 200
"""Times that rows are generated for the bound, at most."""
AGAIN = 24
"""Times that rows are generated after some are decided, at most; half as often when it is late."""
ENOUGH = 0.5
"""By how much a mix may still be too dear when the next row is decided."""
SHARE = 0.2
"""Of those not yet decided, how many are decided at once while that costs nothing, when their part is ``LIKELY``."""
LIKELY = 0.7
CERTAIN = 0.999
PART = 0.7
"""Of the time left, how much a dive takes: the fewer seconds there are for a step, the more are decided in it."""
MANY = 45
"""Rows for each open person above which those are given up that the mix takes no part of; a third when it is late."""
LAST = 8
"""People decided last, whose rows are searched once more together."""


def fits(rows: Rowwise) -> bool:
    """Whether everyone's rows are described, and generating them is fast enough."""
    return rows.legal.whole and len(rows.links.limit) > 0 and rows.cheapest.size <= SIZE


def search_rows(rows: Rowwise, improver: Improver, watch: Watch) -> None:
    """Prove a bound with mixed rows, and offer the roster that a dive leads to.

    Parameters
    ----------
    rows : Rowwise
        That fits.
    improver : Improver
        With a state to begin from; takes over the roster.
    watch : Watch
        Told bound and roster.
    """
    columns = Columns(rows, watch)
    codes = improver.state.codes
    first = rows.cheapest.find(list(rows.legal.rows), rows.links.base)
    if len(first) < len(rows.legal.rows):
        return  # somebody has no legal row, which is for those who prove to say
    for person, row in rows.legal.rows.items():
        now = [codes[cell] for cell in row.cells]
        columns.add(person, now if improver.state.feasible else first[person][1])
    mix = converge(columns)
    found = None if mix is None else dive(columns.whole(mix), codes)
    if found is None:
        return
    roster, order = found
    improver.state.become(dict(enumerate(roster)))
    if improver.state.feasible:
        watch.offer(rows.grid, improver.state.codes, improver.state.cost)
    if not watch.over:
        improver.solve({cell for person in order[-LAST:] for cell in rows.legal.rows[person].cells})


def converge(columns: Columns) -> Mix | None:
    """Generate rows until the mix costs what the bound says, rounded up; return the mix, None when there is no time.

    Parameters
    ----------
    columns : Columns
        With a row of everybody.
    """
    mix = None
    for _ in range(ROUNDS):
        mix = columns.solve()
        if mix is None or columns.watch.over:
            return None
        new = columns.raise_bound(mix) or columns.raise_bound(mix, smooth=0.0)
        met = columns.bound > -math.inf and math.ceil(columns.bound) >= mix.cost - NEAR
        if met or not new:
            break
    return mix


def dive(columns: Columns, codes: Sequence[Code]) -> tuple[list[Code], list[int]] | None:
    """Decide everyone's row, those first whose part in the mix is largest.

    Parameters
    ----------
    columns : Columns
        Of which nothing is left but one row of each person.
    codes : sequence of Code
        The cells of those who are not described.

    Returns
    -------
    tuple of (list of Code, list of int) or None
        The roster, and the people in the order in which they were decided; None when the watch is over before.
    """
    everybody = list(columns.rows.legal.rows)
    order: list[int] = []
    before = math.inf
    ends, now = columns.watch.seconds + columns.watch.left * PART, columns.watch.seconds
    pace = 1
    while len(order) < len(everybody):
        mix = _generated(columns, AGAIN if pace == 1 else AGAIN // 2)
        if mix is None:
            return None
        took, now, cost = columns.watch.seconds - now, columns.watch.seconds, mix.cost
        pace = max(1, int((len(everybody) - len(order)) * took / max(took, ends - now)))
        for column in _chosen(columns, mix, SHARE if cost <= before + ENOUGH else 0, pace):
            columns.fix(column)
            order.append(column.person)
        if len(columns.columns) > (MANY if pace == 1 else MANY // 3) * (len(everybody) - len(order)):
            mix = columns.solve()
            if mix is not None:
                columns.drop(mix)
        before = min(before, cost)
    roster = list(codes)
    for person, column in columns.fixed.items():
        for cell, code in zip(columns.rows.legal.rows[person].cells, column.codes, strict=True):
            roster[cell] = code
    return roster, order


def _generated(columns: Columns, rounds: int) -> Mix | None:
    """Generate rows of those not yet decided until there are hardly better ones, or some rounds."""
    mix = columns.solve()
    for _ in range(rounds):
        people = [person for person in columns.rows.legal.rows if person not in columns.fixed]
        if mix is None or columns.watch.over:
            return None
        if columns.generate(mix, people) < ENOUGH:
            break
        mix = columns.solve()
    return mix


def _chosen(columns: Columns, mix: Mix, share: float, least: int) -> list[Column]:
    """Return whom to decide next: who is whole already, and a share of the others, or the least number, by part."""
    best: dict[int, tuple[float, Column]] = {}
    for column, part in zip(columns.columns, mix.parts, strict=False):  # rows added since have no part
        if column.person not in columns.fixed and part > best.get(column.person, (-1.0,))[0]:
            best[column.person] = part, column
    ranked = sorted(best.values(), key=lambda choice: -choice[0])
    whole = sum(part >= CERTAIN for part, _ in ranked)
    likely = sum(part >= LIKELY for part, _ in ranked[whole : whole + round(share * len(ranked))])
    return [column for _, column in ranked[: max(whole + likely, least)]]
