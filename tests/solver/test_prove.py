"""Every strategy of proving ends at the optimum of a small problem, and never claims more on the way."""

from __future__ import annotations

import random

import pytest

from solver.prove import STRATEGIES, TREE, prove
from solver.run import Limits, Progress
from solver.watch import Watch
from tests.solver import small
from tests.solver.test_relaxation import modelled, optimum


@pytest.mark.parametrize("strategy", [*STRATEGIES, TREE])
def test_a_strategy_bounds_from_below_and_reaches_the_optimum(strategy):
    """Under rules of several kinds, soft and hard, beside random wishes that give a roster a price."""
    proved = 0
    for draw, kind in enumerate(("coverage", "sequences", "period_limits", "consecutive_work", "fairness", "weekends")):
        chance = random.Random(f"{kind} {draw}")
        model = modelled([small.rule(kind, draw % 3 == 0, chance), small.rule("requests", False, chance)], chance)
        best = None if model is None else optimum(model)
        if best is None:
            continue
        bounds: list[Progress] = []
        watch = Watch(Limits(seconds=60), bounds.append, None)
        with watch:
            prove(model, watch, strategy)
        assert all(told.bound <= best for told in bounds)
        assert watch.bound == best
        proved += 1
    assert proved >= 3
