"""Who does what in a search: its workers divided between proving and improving, by how large the problem is."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import cycle, islice

from solver.again import improve_rows
from solver.auction import Auction
from solver.dive import fits
from solver.grid import Grid
from solver.improve import Improver
from solver.mixing import search_rows
from solver.model import Model
from solver.prove import STRATEGIES, prove
from solver.relaxation import relax
from solver.rounds import FAR, LARGE, SMALL, prove_in_rounds
from solver.rowwise import Rowwise
from solver.state import State
from solver.watch import Watch

RACE = 10.0
"""Seconds that all workers race to prove a small problem, at least; it goes on while the bound is near."""
CLOSE = 0.01
"""Of the cost: a bound that is nearer than this may well be met by a proof of a small problem."""


def divide(grid: Grid, state: State, rows: Rowwise | None, watch: Watch) -> None:
    """Divide the workers between proving and improving; return when the watch is over.

    Parameters
    ----------
    grid : Grid
        Complete.
    state : State
        The first roster.
    rows : Rowwise or None
        Where run lengths are hard.
    watch : Watch
        Ticking; told every roster and bound.
    """
    if rows is not None and fits(rows):
        _search_rows(grid, state, rows, watch)
        return
    workers, seed = watch.limits.workers, watch.limits.seed
    if grid.runs and sum(len(left) > 1 for left in grid.left) > LARGE:
        first, *others = (Improver(grid, state.copy(), watch, seed + number) for number in range(workers))
        _together([partial(_auction_first, rows, first, watch), *(improver.run for improver in others)])
        return
    model = Model(state, range(len(grid.places)), lambda: watch.over)
    if watch.over:
        return
    small = len(model.literals) <= SMALL
    if workers == 1:
        if not small:
            relax(model, watch)
        if len(model.literals) <= LARGE and not watch.over:
            prove(model, watch, STRATEGIES[0], math.inf if small else watch.limits.seconds / 3)
        if not watch.over:
            Improver(grid, state, watch, seed).run()
        return
    improvers = [Improver(grid, state.copy(), watch, seed + number) for number in range(workers)]
    strategies = [STRATEGIES[0], *islice(cycle(STRATEGIES[1:]), workers - 1)]
    _together(
        [
            partial(_race, model, watch, strategy, improver, small, improver is improvers[0])
            for improver, strategy in zip(improvers, strategies, strict=True)
        ]
    )


def _search_rows(grid: Grid, state: State, rows: Rowwise, watch: Watch) -> None:
    """Mix whole rows on one worker; on the others race to prove a small problem, then improve."""
    seed = watch.limits.seed
    improvers = [Improver(grid, state.copy(), watch, seed + n) for n in range(watch.limits.workers)]
    small = sum(len(left) > 1 for left in grid.left) <= SMALL

    def mix() -> None:
        generator = search_rows(rows, improvers[0], watch)
        near = small and (watch.gap < CLOSE or len(improvers) == 1)
        if (near or watch.codes is None) and not watch.over:
            prove(_whole(improvers[0].state, watch), watch, STRATEGIES[0], watch.limits.seconds / 3)
        improve_rows(generator, improvers[0], watch)

    def race(improver: Improver, strategy: str) -> None:
        if small:
            prove(_whole(state, watch), watch, strategy, enough=lambda: watch.seconds > RACE and watch.gap > CLOSE)
        improver.run()

    _together([mix, *(partial(race, *each) for each in zip(improvers[1:], cycle(STRATEGIES)))])


def _auction_first(rows: Rowwise | None, improver: Improver, watch: Watch) -> None:
    """Auction whole rows, where they are described; then improve."""
    if rows is not None:
        Auction(rows, improver, watch).run()
    improver.run()


def _together(tasks: Sequence[Callable[[], None]]) -> None:
    """Run each task on a thread of its own, and wait for all."""
    if len(tasks) == 1:
        tasks[0]()
        return
    with ThreadPoolExecutor(len(tasks), thread_name_prefix="solver") as threads:
        for thread in [threads.submit(task) for task in tasks]:
            thread.result()


def _whole(state: State, watch: Watch) -> Model:
    model = Model(state, range(len(state.grid.places)), lambda: watch.over)
    if watch.cost is not None and watch.gap < CLOSE:
        model.hint()
    return model


def _race(model: Model, watch: Watch, strategy: str, improver: Improver, small: bool, proves: bool) -> None:
    """Race to prove a small problem while that is near; then prove beside those who improve, or improve."""
    if small:
        prove(model, watch, strategy, enough=lambda: watch.seconds > RACE and watch.gap > FAR)
    if proves:
        prove_in_rounds(model, watch, improver)
    else:
        improver.run()
