"""The search: a greedy roster, then what the workers make of it, priced by the checker."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence

from solver.check import Checker
from solver.frozen import PersonId, ShiftId
from solver.grid import Code, Grid
from solver.problem import Problem
from solver.roster import Outcome, Roster, Status
from solver.rowwise import Rowwise
from solver.run import Limits, Progress, Stop
from solver.start import start
from solver.watch import Report, Watch, roster_of
from solver.workers import divide

__all__ = ["Limits", "Progress", "Stop", "solve"]

PRICING = 0.5
"""How much of the time to post all rules it takes, at most, to price a roster by them."""
OWED_SECONDS = 1.0
"""Seconds of the processor that the first roster has, whatever the clock says: on a busy machine there is one too."""


def solve(
    problem: Problem,
    limits: Limits = Limits(),  # noqa: B008  (frozen)
    hint: Roster | Mapping[PersonId, Sequence[ShiftId | None]] | None = None,
    on_progress: Report | None = None,
    stop: Stop | None = None,
    grid: Grid | None = None,
) -> Outcome:
    """Search a cheapest roster that keeps the hard rules.

    Parameters
    ----------
    problem : Problem
    limits : Limits
        Seconds of wall time (model building included), workers, seed. One worker and a seed give the same roster
        every time, unless time runs out.
    hint : Roster or cells, optional
        Where to begin; empty cells and shifts a cell may not hold are filled in.
    on_progress : callable, optional
        Told every better roster and bound, from any thread but never from two at once.
    stop : Stop, optional
        Ends the search from outside.
    grid : Grid, optional
        The problem's, posted, where it is not to be searched as it is written; the bound is then the grid's.

    Returns
    -------
    Outcome
        Infeasible, out of time and cancelled are outcomes too.

    Raises
    ------
    Exception
        What ``on_progress`` raised; the search ends with it.
    """
    watch = Watch(limits, on_progress, stop)
    late = _late(watch)
    if grid is None:
        grid = Grid(problem)
        grid.post(late)
    if grid.clashes:
        watch.infeasible = True
    elif not late():
        pricing = watch.seconds * PRICING
        rows = Rowwise(grid) if grid.runs else None
        state = start(grid, limits.seed, lambda: late(pricing), _codes(grid, hint), rows)
        if state.feasible:
            watch.offer(grid, state.codes, state.cost)
        if not watch.over:
            with watch:
                divide(grid, state, rows, watch)
    if watch.failure is not None:
        raise watch.failure
    return _outcome(grid, watch)


def _late(watch: Watch) -> Callable[..., bool]:
    """Return what says whether to begin nothing more, some seconds before the end: a first roster is owed till then."""
    began = time.process_time()

    def late(before: float = 0.0) -> bool:
        if time.process_time() - began < OWED_SECONDS:
            return watch.stop.asked
        return watch.over or watch.left < before

    return late


def _codes(grid: Grid, hint: Roster | Mapping[PersonId, Sequence[ShiftId | None]] | None) -> list[Code | None] | None:
    if hint is None:
        return None
    roster = hint if isinstance(hint, Roster) else Roster(grid.problem, hint)
    shifts = (roster.cells[person][day] for person, day in grid.places)
    return [None if shift is None else grid.code[shift] for shift in shifts]


def _outcome(grid: Grid, watch: Watch) -> Outcome:
    """Price the best roster with the checker, and say how the search ended."""
    roster = None if watch.codes is None else roster_of(grid, watch.codes)
    checker = None if roster is None else Checker(grid.problem, roster)
    return Outcome(
        status=_status(watch),
        roster=roster,
        cost=None if checker is None else checker.cost,
        bound=None if watch.infeasible else watch.bound,
        seconds=watch.seconds,
        first_seconds=watch.first_seconds,
        violations=() if checker is None else tuple(checker.violations()),
        clashes=_clashes(grid) if watch.infeasible else (),
    )


def _status(watch: Watch) -> Status:
    if watch.infeasible:
        return "infeasible"
    if watch.proved:
        return "optimal"
    if watch.stop.cancelled:
        return "cancelled"
    return "unknown" if watch.codes is None else "feasible"


def _clashes(grid: Grid) -> tuple[str, ...]:
    """Return the ids of rules known to clash, or of all hard rules when only the search has shown that some do."""
    hard = (rule.id for rule in grid.problem.rules if rule.hard)
    return tuple(sorted(grid.clashes or set(hard)))
