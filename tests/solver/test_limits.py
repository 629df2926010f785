"""A search ends when its time is over, and soon after it is cancelled, however large the problem is."""

from __future__ import annotations

import threading
import time

import pytest

from solver.formats import generate, kitchen
from solver.problem import Problem
from solver.run import Limits, Stop
from solver.search import solve
from solver.watch import Watch
from tests.solver import crowd

LARGE = {
    "kitchen": lambda: kitchen.problem(generate.kitchen(200, 60, 1)),
    "ward": lambda: crowd.ward(200, 62),
}


def overrun(problem: Problem, seconds: float, cancel_after: float | None = None) -> float:
    """Return how many seconds after its limit, or after it was cancelled, a search ended."""
    stop = Stop()
    cancelled: list[float] = []

    def cancel() -> None:
        cancelled.append(time.monotonic())
        stop.cancel()

    timer = threading.Timer(cancel_after or 0, cancel)
    if cancel_after is not None:
        timer.start()
    began = time.monotonic()
    outcome = solve(problem, Limits(seconds), stop=stop)
    assert outcome.status in ("feasible", "unknown", "cancelled")
    return time.monotonic() - (cancelled[0] if cancelled else began + seconds)


@pytest.mark.fault(22)
def test_a_search_of_two_seconds_has_ended_soon_after():
    assert overrun(kitchen.problem(generate.kitchen(60, 60, 1)), 2) < 15  # the bar is 3


@pytest.mark.soak
@pytest.mark.timeout(300)
@pytest.mark.fault(22)
@pytest.mark.parametrize("large", LARGE)
def test_a_search_of_thirty_seconds_has_ended_after_thirty_three(large):
    assert overrun(LARGE[large](), 30) <= 3


@pytest.mark.soak
@pytest.mark.timeout(300)
@pytest.mark.fault(22)
@pytest.mark.parametrize("after", [0.1, 1.0, 3.0, 6.0, 12.0])
@pytest.mark.parametrize("large", LARGE)
def test_a_large_search_has_ended_two_seconds_after_it_is_cancelled(large, after):
    assert overrun(LARGE[large](), 60, after) <= 2


@pytest.mark.fault(22, control=True)
def test_a_search_that_cannot_tell_the_time_is_convicted(monkeypatch):
    monkeypatch.setattr(Watch, "left", property(lambda watch: max(0.0, 4.5 - watch.seconds)))
    assert overrun(kitchen.problem(generate.kitchen(60, 60, 1)), 1) > 3


@pytest.mark.fault(22, control=True)
def test_a_search_that_is_deaf_is_convicted(monkeypatch):
    monkeypatch.setattr(Stop, "asked", property(lambda stop: False))
    assert overrun(kitchen.problem(generate.kitchen(60, 60, 1)), 3.5, 0.5) > 2
