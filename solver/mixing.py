"""The search by whole rows: bidding, a bound by mixed rows, and a dive, in the order that leaves time for them."""

from __future__ import annotations

import math

from solver.auction import Auction
from solver.columns import Columns
from solver.dive import KEPT, Aim, converge, dive
from solver.generate import Generator
from solver.improve import Improver
from solver.rowwise import Rowwise
from solver.watch import Watch

AT_ONCE = 1000
"""Cells up to which the dive comes at once, for an auction is not worth its time."""
LATE = 2000
"""Cells above which there is an auction first, for a mix takes long."""
BIDDING = 1 / 3
"""Of the time left, how much that takes at most."""
PROVING = 0.75
"""Of the time left, how much the bound takes at most."""
LONGER = 3
"""How many times as long as the bound a dive takes: where that is too long, there is an auction before it."""
PART = 0.7
"""Of the time left, how much a dive takes at most. A step has an equal share of what is left of that."""
LAST = 8
"""People decided last, whose rows are searched once more together."""


def search_rows(rows: Rowwise, improver: Improver, watch: Watch) -> Generator | None:
    """Offer rosters that an auction and a dive lead to, and prove a bound; return what generated the rows.

    There is none where somebody has no legal row, or no time was left for a mix.

    Parameters
    ----------
    rows : Rowwise
        That fits.
    improver : Improver
        With a state to begin from; takes over the roster.
    watch : Watch
        Told bound and rosters.
    """
    first = rows.cheapest.find(list(rows.legal.rows), rows.links.base, lambda: watch.over)
    if len(first) < len(rows.legal.rows):
        return None  # somebody has no legal row, which is for those who prove to say, or time is up
    cells = len(rows.grid.places)
    auction = Auction(rows, improver, watch)
    if cells > LATE:
        auction.run(seconds=watch.left * BIDDING)
    columns, codes = Columns(rows, watch), improver.state.codes
    for person, row in rows.legal.rows.items():
        now = [codes[cell] for cell in row.cells]
        columns.add(person, now if improver.state.feasible else first[person][1])
    generator, began = Generator(columns), watch.seconds
    mix = converge(generator, began + watch.left * PROVING)
    if mix is None:
        return None
    columns.drop(mix, KEPT * len(rows.legal.rows))
    below = math.inf
    if cells > AT_ONCE and watch.left < LONGER * (watch.seconds - began):
        auction.run()
        below = improver.state.cost
    _dive(generator, improver, watch, below)
    return generator


def _dive(generator: Generator, improver: Improver, watch: Watch, below: float) -> None:
    """Offer the roster that a dive leads to, and search the rows decided last once more together."""
    rows = generator.rows
    found = dive(generator, improver.state.codes, Aim(seconds=watch.left * PART, below=below))
    if found is None:
        return
    improver.catch_up()
    state = improver.state.copy()
    state.become(dict(enumerate(found[0])))
    if state.feasible and state.cost < improver.state.cost:
        improver.state = state
        watch.offer(rows.grid, state.codes, state.cost)
    if not watch.over:
        improver.solve({cell for person in found[1][-LAST:] for cell in rows.legal.rows[person].cells})
