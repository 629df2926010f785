"""The search: a greedy roster, then CP-SAT on the whole problem, then neighbourhoods where it is large."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import cycle, islice

from solver.check import Checker
from solver.dive import fits, search_rows
from solver.frozen import PersonId, ShiftId
from solver.grid import Code, Grid
from solver.improve import Improver
from solver.model import Model
from solver.problem import Problem
from solver.prove import STRATEGIES, TREE, prove
from solver.relaxation import Relaxation
from solver.roster import Outcome, Roster, Status
from solver.rowwise import Rowwise
from solver.run import Limits, Progress, Stop
from solver.start import descend, start
from solver.state import State
from solver.watch import Report, Watch, roster_of

__all__ = ["Limits", "Progress", "Stop", "solve"]

PATIENCE = 4.0
"""Seconds without a better roster before the proof begins again from the best one."""
SMALL = 1000
"""Cells with a choice up to which all workers race to prove at first; above it, all but one improve."""
LARGE = 4000
"""Cells with a choice above which the proof is left to the relaxation, which branching would hardly lift."""
RACE = 10.0
"""Seconds of that race at least; it goes on while the bound is near."""
DIVE = 2.0
"""Deterministic time (about seconds) in which an easy problem is proved before the tree begins."""
TURN = 6.0
"""Seconds that a strategy of proving has at least."""
LONG = 1 / 3
"""Of the time: what the tree has at least, for it cannot be taken up again."""
PRICING = 0.5
"""How much of the time to post all rules it takes, at most, to price a roster by them."""
CLOSE = 0.01
"""Of the cost: a bound that is nearer than this may well be met by a proof of a small problem."""
FAR = 0.1
"""Of the cost: a bound that is further below it than this, and stands still, is not worth a worker."""


def solve(
    problem: Problem,
    limits: Limits = Limits(),  # noqa: B008  (frozen)
    hint: Roster | Mapping[PersonId, Sequence[ShiftId | None]] | None = None,
    on_progress: Report | None = None,
    stop: Stop | None = None,
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
    grid = Grid(problem)
    grid.post(lambda: watch.over)
    if grid.clashes:
        watch.infeasible = True
    elif not watch.over:
        pricing = watch.seconds * PRICING
        rows = Rowwise(grid) if grid.runs else None
        state = start(grid, limits.seed, lambda: watch.over or watch.left < pricing, _codes(grid, hint), rows)
        if state.feasible:
            watch.offer(grid, state.codes, state.cost)
        if not watch.over:
            with watch:
                _search(grid, state, rows, watch)
    if watch.failure is not None:
        raise watch.failure
    return _outcome(grid, watch)


def _search(grid: Grid, state: State, rows: Rowwise | None, watch: Watch) -> None:
    """Divide the workers between proving and improving."""
    if rows is not None and fits(rows):
        _search_rows(grid, state, rows, watch)
        return
    workers, seed = watch.limits.workers, watch.limits.seed
    if grid.runs and sum(len(left) > 1 for left in grid.left) > LARGE:
        first, *others = (Improver(grid, state.copy(), watch, seed + number) for number in range(workers))
        _together([partial(_take_turns, rows, first, watch), *(improver.run for improver in others)])
        return
    model = Model(state, range(len(grid.places)), lambda: watch.over)
    if watch.over:
        return
    small = len(model.literals) <= SMALL
    if workers == 1:
        if not small:
            _relax(model, watch)
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
        search_rows(rows, improvers[0], watch)
        near = small and (watch.gap < CLOSE or len(improvers) == 1)
        if (near or watch.codes is None) and not watch.over:
            prove(_whole(improvers[0].state, watch), watch, STRATEGIES[0], watch.limits.seconds / 3)
        improvers[0].run()

    def race(improver: Improver, strategy: str) -> None:
        if small:
            prove(_whole(state, watch), watch, strategy, enough=lambda: watch.seconds > RACE)
        improver.run()

    _together([mix, *(partial(race, *each) for each in zip(improvers[1:], cycle(STRATEGIES)))])


def _take_turns(rows: Rowwise | None, improver: Improver, watch: Watch) -> None:
    """Give everyone the cheapest row beside the others, as long as that changes one; then improve."""
    codes = list(improver.state.codes)
    while rows is not None and not watch.over and rows.descend(codes, improver.chance, lambda: watch.over):
        improver.state.become(dict(enumerate(codes)))
        if improver.state.feasible:
            watch.offer(rows.grid, codes, improver.state.cost)
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
        _prove_in_rounds(model, watch, improver)
    else:
        improver.run()


def _relax(model: Model, watch: Watch) -> None:
    """Bound the problem with its relaxation, and offer the roster that rounding leads to.

    Where run lengths are hard no rounded row would be legal, and columns of stretches are many: nothing is done there.
    """
    relaxation = None if model.grid.runs else Relaxation(model)
    if relaxation is not None and relaxation.solve(watch):
        rounded = model.state.copy()
        rounded.become(relaxation.likely(model))
        descend(rounded, random.Random(watch.limits.seed), lambda: watch.over)
        if rounded.feasible:
            watch.offer(model.grid, rounded.codes, rounded.cost)


def _prove_in_rounds(model: Model, watch: Watch, improver: Improver) -> None:
    """Relax, then prove beside the improvers, beginning again when they have brought a much better roster.

    A running search cannot be told of a roster from outside; told of a good one at its beginning, it proves faster.
    Where the bound stands still far below the cost another strategy has its turn; after the last one, improve too. The
    tree, whose bound climbs by small steps, has its turn until it stands still, however near: who comes next may prove.
    """
    if len(model.literals) > SMALL:
        _relax(model, watch)
    turn, turns = 0, _turns(model)
    if TREE in turns and not watch.over:
        prove(model, watch, STRATEGIES[0], DIVE)
    while not watch.over and turn < len(turns):
        began, known, tree = watch.seconds, watch.cost, turns[turn] == TREE

        def stuck(began: float = began, tree: bool = tree) -> bool:
            least = max(TURN, watch.limits.seconds * LONG) if tree else TURN
            return watch.seconds - began > least and watch.bound_still > PATIENCE and (tree or watch.gap > FAR)

        def enough(
            began: float = began, known: int | None = known, tree: bool = tree, stuck: Callable[[], bool] = stuck
        ) -> bool:
            better = watch.cost is not None and (known is None or watch.cost < known)
            return stuck() or (better and not tree and watch.still > max(PATIENCE, (watch.seconds - began) / 2))

        prove(model, watch, turns[turn], enough=enough)
        if stuck():
            turn += 1
        if watch.codes is not None and not watch.over:
            model.state.become(dict(enumerate(watch.codes)))
            model.hint()
    improver.run()


def _turns(model: Model) -> tuple[str, ...]:
    """Return the strategies that prove a problem in turn.

    The tree begins with a whole linear program, which takes too long on columns of stretches.
    """
    cells = len(model.literals)
    if cells > LARGE:
        return ()
    return (TREE, *STRATEGIES) if cells > SMALL and not model.grid.runs else STRATEGIES


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
