"""Away from known rosters at little cost: neighbourhood search in which a cell that agrees with one of them costs."""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd

from solver.grid import Grid
from solver.improve import Improver
from solver.nearby import moves, rows_of, scaled, unlike
from solver.problem import Problem
from solver.roster import Roster
from solver.run import Limits, Stop
from solver.state import State
from solver.watch import Watch, roster_of

CALM = 6
"""Neighbourhoods in a row without a gain, after which what was reached is judged."""
RISES = 4
"""Times that the price of a cell that agrees is doubled because too many still do."""


def diverge(
    problem: Problem, begin: Roster, known: Sequence[Roster], distance: int, spare: int, limits: Limits, stop: Stop
) -> Roster:
    """Search a roster unlike each of some.

    Each cell that has yet to differ from one of them costs: at first so much that all of them together cost what may be
    spent, so a roster that is far enough and gains by it on the best has spent no more than that. Where nothing gains
    any more and cells are missing, the price is doubled.

    Parameters
    ----------
    problem : Problem
    begin : Roster
        Where to begin: the best known, or what was reached before. Without empty cells, keeping the hard rules.
    known : sequence of Roster
        What to be unlike.
    distance : int
        Cells in which the roster is to differ from each of them, ≥ 1.
    spare : int
        What it may cost more than the best, ≥ 0.
    limits : Limits
        Of seconds and seed; one thread searches.
    stop : Stop
        Ends the search from outside.

    Returns
    -------
    Roster
        What was reached: it keeps the hard rules; whether it is far and cheap enough is for the caller to judge.
    """
    watch = Watch(limits, None, stop)
    common = gcd(spare, distance)
    price, factor = (spare // common, distance // common) if spare else (1, distance + 1)
    reached = begin
    for _ in range(1 + RISES):
        asked = unlike(scaled(problem, factor), map(rows_of, known), distance, price)
        reached = _descend(asked, reached, Limits(max(0.05, watch.left), 1, limits.seed), stop)
        if watch.over or all(len(moves(other, reached)) >= distance for other in known):
            break
        price *= 2
    return reached


def _descend(problem: Problem, begin: Roster, limits: Limits, stop: Stop) -> Roster:
    """Solve neighbourhoods until some in a row bring nothing."""
    watch = Watch(limits, None, stop)
    grid = Grid(problem)
    grid.post(lambda: watch.over)
    if watch.over:
        return begin
    state = State(grid, [grid.code[begin.cells[person][day] or ""] for person, day in grid.places])
    watch.offer(grid, state.codes, state.cost)
    improver = Improver(grid, state, watch, limits.seed)
    calm = 0
    with watch:
        while not watch.over and calm < CALM:
            before = state.cost
            improver.step()
            calm = 0 if state.cost < before else calm + 1
    return roster_of(grid, state.codes)
