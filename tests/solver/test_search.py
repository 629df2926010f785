"""The search: optimal where brute force is, stopped when asked, the same twice, and honest about its price."""

from __future__ import annotations

import itertools
import random
import threading
import time

import pytest

from solver.check import Checker
from solver.formats import generate, kitchen
from solver.problem import Person, Problem
from solver.roster import Roster
from solver.rules import (
    Bounds,
    ConsecutiveWork,
    Coverage,
    DailyLimits,
    Eligibility,
    GroupCover,
    Pattern,
    Pin,
    Pins,
    Scope,
    Sequences,
)
from solver.run import Limits, Stop
from solver.search import solve
from tests.solver import hotel, small


def cheapest(problem: Problem, people: tuple[str, ...], days: int, shifts: tuple[str, ...]) -> int | None:
    """Price every roster; None when all of them break a hard rule."""
    best: int | None = None
    rows = list(itertools.product(shifts, repeat=days))
    for chosen in itertools.product(rows, repeat=len(people)):
        checker = Checker(problem, dict(zip(people, chosen, strict=True)))
        if not checker.hard and (best is None or checker.cost < best):
            best = checker.cost
    return best


@pytest.mark.parametrize("seed", range(6))
def test_the_optimum_is_that_of_brute_force(seed):
    chance = random.Random(seed)
    people = (Person(id="ann"), Person(id="bo", first_day=0))
    shifts = small.SHIFTS[:3]
    rules = (
        Sequences(
            id="s", hard=seed % 2 == 0, weight=chance.randint(1, 5),
            patterns=tuple(
                Pattern(steps=tuple((chance.choice(shifts).id,) for _ in range(2))) for _ in range(3)
            ),
        ),
        ConsecutiveWork(id="c", weight=chance.randint(1, 9), limit=chance.randint(1, 3)),
        DailyLimits(id="d", weight=3, shifts=("off",), every_day=Bounds(minimum=1, maximum=1)),
        Coverage(id="e", weight=2, shifts=("early",), every_day=Bounds(minimum=1), scope=Scope(days=(1, 2))),
        GroupCover(id="g", weight=chance.randint(1, 4), members=("ann", "bo"), limit=chance.randint(1, 2)),
    )  # fmt: skip
    problem = Problem(
        start=hotel.START, days=3, shifts=shifts, people=people, before={"ann": ("work", "work")}, rules=rules
    )
    outcome = solve(problem, Limits(seconds=20))
    best = cheapest(problem, ("ann", "bo"), 3, tuple(shift.id for shift in shifts))
    assert (outcome.cost, outcome.bound) == (best, best)
    assert outcome.status == ("infeasible" if best is None else "optimal")


def test_the_demonstration_kitchen_is_solved_and_told_as_it_goes():
    told = []
    outcome = solve(hotel.kitchen(), Limits(seconds=20), on_progress=told.append)
    assert outcome.status in ("optimal", "feasible")
    assert outcome.first_seconds < 2.5  # the bar is 0.5
    checker = Checker(hotel.kitchen(), outcome.roster)
    assert (checker.cost, checker.hard, checker.undecided) == (outcome.cost, 0, 0)
    assert checker.violations() == list(outcome.violations)
    assert outcome.cost - outcome.bound <= 0.25 * outcome.cost  # the bar is 5 %
    costs = [progress.cost for progress in told if progress.roster is not None]
    assert costs == sorted(costs, reverse=True)
    assert any(progress.roster is None and progress.bound is not None for progress in told), "the bound moves alone"
    for progress in told:
        if progress.roster is not None:
            assert Checker(hotel.kitchen(), progress.roster).cost == progress.cost
            assert progress.bound is None or progress.bound <= outcome.cost


def test_one_worker_and_a_seed_give_the_same_roster_twice():
    problem = kitchen.problem(generate.kitchen(8, 35, 1))
    first, second = (solve(problem, Limits(seconds=30, workers=1, seed=7)) for _ in range(2))
    assert first.status == second.status == "optimal"
    assert first.roster == second.roster


def test_a_hint_is_where_the_search_begins():
    problem = kitchen.problem(generate.kitchen(8, 35, 1))
    best = solve(problem, Limits(seconds=30))
    told = []
    solve(problem, Limits(seconds=30), hint=best.roster, on_progress=told.append)
    assert told[0].cost == best.cost


def test_what_a_listener_raises_ends_the_search_and_is_raised():
    def fail(progress):
        if progress.bound is not None:
            raise LookupError("the pipe is closed")

    began = time.monotonic()
    with pytest.raises(LookupError, match="pipe"):
        solve(kitchen.problem(generate.kitchen(20, 60, 1)), Limits(seconds=60), on_progress=fail)
    assert time.monotonic() - began < 30


def stopped(act: str, after: float, people: int = 60) -> tuple[float, object]:
    """Solve a large kitchen, stop it after some seconds, and return how long it took to end."""
    problem = kitchen.problem(generate.kitchen(people, 60, 1))
    stop = Stop()
    times: list[float] = []

    def ask() -> None:
        times.append(time.monotonic())
        getattr(stop, act)()

    timer = threading.Timer(after, ask)
    timer.start()
    outcome = solve(problem, Limits(seconds=60), stop=stop)
    timer.join()
    return time.monotonic() - times[0], outcome


@pytest.mark.parametrize("after", [0.0, 0.05, 0.3, 1.5, 4.0])
def test_cancel_ends_the_search_whenever_it_comes(after):
    seconds, outcome = stopped("cancel", after)
    assert seconds < 10  # the bar is 2
    assert outcome.status == "cancelled"


def test_finish_ends_the_search_with_the_best_so_far():
    seconds, outcome = stopped("finish", 3.0)
    assert seconds < 10  # the bar is 2
    assert outcome.status == "feasible"
    assert Checker(outcome.roster.problem, outcome.roster).hard == 0


def test_a_search_cancelled_before_it_begins_does_nothing():
    stop = Stop()
    stop.cancel()
    assert solve(hotel.kitchen(), Limits(seconds=60), stop=stop).status == "cancelled"


def test_there_is_a_roster_however_little_time_there_is():
    """A busy machine may not get as far as the first roster within the limit: it is owed that much of the processor."""
    outcome = solve(hotel.kitchen(), Limits(seconds=1e-6, workers=1))
    assert outcome.status == "feasible"
    assert outcome.cost == Checker(hotel.kitchen(), outcome.roster).cost


def test_without_a_stop_the_search_goes_on():
    """The control of the tests above: the same kitchen is not solved in that time by itself."""
    problem = kitchen.problem(generate.kitchen(60, 60, 1))
    assert solve(problem, Limits(seconds=3)).status == "feasible"


def clashing(*rules) -> Problem:
    return Problem(
        start=hotel.START, days=2, shifts=small.SHIFTS, people=(Person(id="ann"), Person(id="bo")), rules=rules
    )


def test_clashing_cells_are_an_outcome_with_the_names_of_the_rules():
    pins = Pins(id="pinned", cells=(Pin(person="ann", day=0, shift="off"),))
    banned = Eligibility(id="never off", refused=("off",))
    other = Eligibility(id="innocent", refused=("night",))
    outcome = solve(clashing(pins, other, banned), Limits(seconds=10))
    assert (outcome.status, outcome.roster, outcome.cost, outcome.bound) == ("infeasible", None, None, None)
    assert outcome.clashes == ("never off", "pinned")


def test_clashing_counts_are_an_outcome():
    all_off = DailyLimits(id="all off", hard=True, shifts=("off",), every_day=Bounds(minimum=2))
    one_early = Coverage(id="one early", hard=True, shifts=("early",), every_day=Bounds(minimum=1))
    outcome = solve(clashing(all_off, one_early), Limits(seconds=10))
    assert outcome.status == "infeasible"
    assert set(outcome.clashes) == {"all off", "one early"}


def test_nobody_to_plan_is_an_empty_roster():
    problem = clashing().model_copy(update={"people": (Person(id="ann", first_day=5),)})
    outcome = solve(problem, Limits(seconds=10))
    assert outcome.status == "optimal"
    assert outcome.roster == Roster(problem)
    assert outcome.cost == 0
