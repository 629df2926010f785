"""Proof of a problem too large to race for: one strategy after another, each told of the best roster as it begins."""

from __future__ import annotations

from collections.abc import Callable

from solver.decomposition import first_multipliers
from solver.halves import decomposed
from solver.improve import Improver
from solver.model import Model
from solver.prove import STRATEGIES, TREE, prove
from solver.relaxation import relax
from solver.watch import Watch

SMALL = 1000
"""Cells with a choice up to which all workers race to prove at first; above it, all but one improve."""
LARGE = 4000
"""Cells with a choice above which the proof is left to the relaxation, which branching would hardly lift."""
PATIENCE = 4.0
"""Seconds without a better roster before the proof begins again from the best one."""
DIVE = 2.0
"""Deterministic time (about seconds) in which an easy problem is proved before the tree begins."""
TURN = 6.0
"""Seconds that a strategy of proving has at least."""
LONG = 1 / 3
"""Of the time: what the tree has at least, for it cannot be taken up again."""
FAR = 0.1
"""Of the cost: a bound that is further below it than this, and stands still, is not worth a worker."""

NEAR = 0.025
"""Of the cost: a bound of the decomposition that is nearer may well be lifted to a proof by the tree."""
OVERTAKE = 40.0
"""Seconds it takes the tree to overtake such a bound otherwise."""
FIRST = 1 / 2
"""Of the time: how long whoever proves improves first, for neighbourhoods find most at the beginning."""
FIRST_SECONDS = 10.0
"""How long that is at most."""


def prove_in_rounds(model: Model, watch: Watch, improver: Improver) -> None:
    """Relax, then prove beside the improvers, beginning again when they have brought a much better roster.

    A running search cannot be told of a roster from outside; told of a good one at its beginning, it proves faster.
    Where the bound stands still far below the cost another strategy has its turn; after the last one, improve too. The
    tree, whose bound climbs by small steps, has its turn until it stands still, however near: who comes next may prove.
    It comes after the decomposition, which climbs in seconds to where the tree is in half a minute, or not at all.
    """
    turn, turns = 0, _begin(model, watch, improver)
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


def _begin(model: Model, watch: Watch, improver: Improver) -> tuple[str, ...]:
    """Relax, prove what is easy, improve, bound by two halves; return the strategies that may do better afterwards."""
    relaxation = relax(model, watch) if len(model.literals) > SMALL else None
    turns = _turns(model)
    if TREE not in turns or watch.over:
        return turns
    prove(model, watch, STRATEGIES[0], DIVE)
    while not watch.over and watch.seconds < min(FIRST_SECONDS, watch.limits.seconds * FIRST):
        improver.step()
    halves = None if relaxation is None or watch.over else decomposed(model.grid, lambda: watch.over)
    if relaxation is None or halves is None:
        return turns
    halves.climb(watch, first_multipliers(relaxation, model))
    return turns if watch.gap < NEAR or watch.left > OVERTAKE else ()


def _turns(model: Model) -> tuple[str, ...]:
    """Return the strategies that prove a problem in turn.

    The tree begins with a whole linear program, which takes too long on columns of stretches.
    """
    cells = len(model.literals)
    if cells > LARGE:
        return ()
    return (TREE, *STRATEGIES) if cells > SMALL and not model.grid.runs else STRATEGIES
