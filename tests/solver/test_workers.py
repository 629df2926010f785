"""Workers: who cannot raise the bound any more improves, and every strategy of proving has its turn before."""

from __future__ import annotations

import math
import threading

import pytest

from solver import rounds, workers
from solver.decomposition import Decomposition
from solver.formats import generate, kitchen
from solver.improve import Improver
from solver.prove import STRATEGIES, TREE, prove
from solver.run import Limits
from solver.search import solve
from tests.solver.ward import ward


@pytest.fixture
def hurried(monkeypatch):
    """Have every patience run out at once; list who began to prove, how, and who to improve; end when both do."""
    begun: list[str] = []
    for name, value in {"TURN": 0.0, "PATIENCE": 0.0, "FAR": -1.0, "DIVE": 0.01, "LONG": 0.0, "FIRST": 0.0}.items():
        monkeypatch.setattr(rounds, name, value)
    monkeypatch.setattr(workers, "RACE", 0.0)
    monkeypatch.setattr(workers, "FAR", -1.0)
    run = Improver.run

    def told_prove(model, watch, strategy, *work, **enough):
        begun.append(strategy)
        prove(model, watch, strategy, *work, **enough)

    def told_run(improver):
        if not improver.watch.over:
            begun.append("improve")
        if begun.count("improve") == 2:
            improver.watch.stop.finish()
        run(improver)

    monkeypatch.setattr(rounds, "prove", told_prove)
    monkeypatch.setattr(workers, "prove", told_prove)
    monkeypatch.setattr(Improver, "run", told_run)
    return begun


@pytest.mark.parametrize(("people", "raced"), [(15, 1), (20, 0)])
def test_what_is_not_proved_soon_is_improved_by_all_who_cannot_raise_the_bound(hurried, people, raced):
    assert solve(kitchen.problem(generate.kitchen(people, 60, 3)), Limits(seconds=600)).roster is not None
    assert hurried.count("improve") == 2
    counts = [hurried.count(strategy) for strategy in (TREE, *STRATEGIES)]
    assert counts == [1 - raced, 2, 1 + raced, 1]


def test_who_bounds_by_halves_improves_before_and_after_with_all_others(monkeypatch):
    """Afterwards all of them doubt what the halves lean against."""
    improving: set[str] = set()
    doubting: set[str] = set()
    bounding: list[set[str]] = []
    monkeypatch.setattr(rounds, "DIVE", 0.01)
    monkeypatch.setattr(rounds, "FIRST_SECONDS", 60.0)
    monkeypatch.setattr(rounds, "OVERTAKE", 600.0)
    step, climb, doubtful = Improver.step, Decomposition.climb, Improver.doubtful

    def told_step(improver):
        improving.add(threading.current_thread().name)
        if len(improving) == 2:
            monkeypatch.setattr(rounds, "FIRST_SECONDS", 0.0)
        step(improver)

    def told_climb(halves, watch, begin):
        bounding.append(set(improving))
        assert not doubting
        climb(halves, watch, begin, rounds=3)

    def told_doubtful(improver, size):
        doubting.add(threading.current_thread().name)
        if len(doubting) == 2:
            improver.watch.stop.finish()
        return doubtful(improver, size)

    monkeypatch.setattr(Improver, "step", told_step)
    monkeypatch.setattr(Decomposition, "climb", told_climb)
    monkeypatch.setattr(Improver, "doubtful", told_doubtful)
    solve(kitchen.problem(generate.kitchen(20, 60, 3)), Limits(seconds=120))
    assert bounding == [improving] == [doubting]


@pytest.mark.parametrize(("close", "goes_on"), [(math.inf, True), (-1.0, False)])
def test_who_races_beside_mixed_rows_goes_on_while_the_bound_is_near(monkeypatch, close, goes_on):
    """Beyond the time that it races in any case: nobody else would prove what is hardly to be improved."""
    monkeypatch.setattr(workers, "RACE", 0.0)
    monkeypatch.setattr(workers, "CLOSE", close)
    ended: list[bool] = []

    def asked(model, watch, strategy, *work, **enough):
        if enough:
            ended.append(enough["enough"]())

    monkeypatch.setattr(workers, "prove", asked)
    solve(ward(0).grid.problem, Limits(seconds=2))
    assert ended == [not goes_on]
