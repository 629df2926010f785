"""What a bound proves, and how many wishes can be met: no more than brute force finds, and no less."""

from __future__ import annotations

import itertools
import random

import pytest

from solver.check import Checker
from solver.proof import Proof, proof, wished
from solver.roster import Outcome
from solver.rules import Requests, Wish
from solver.wishes import wishes_at_most
from tests.solver import hotel
from tests.solver.test_alternatives import NAMES, THREE, swapping


def outcome(status: str, cost: int | None, bound: int | None) -> Outcome:
    return Outcome(status=status, roster=None, cost=cost, bound=bound, seconds=1.0, first_seconds=None)


def test_a_bound_says_what_it_proves_and_no_more():
    assert proof(outcome("infeasible", None, None)) == Proof(kind="none", args={})
    assert proof(outcome("optimal", 40, 40)) == Proof(kind="cheapest", args={"cost": 40})
    assert proof(outcome("feasible", 50, 40)) == Proof(kind="at_least", args={"cost": 40, "found": 50})
    assert proof(outcome("unknown", None, 7)) == Proof(kind="at_least", args={"cost": 7, "found": -1})
    assert proof(outcome("feasible", 50, 0)) is None
    assert proof(outcome("feasible", 50, None)) is None


@pytest.mark.parametrize("seed", range(4))
def test_the_number_of_wishes_is_that_of_brute_force(seed):
    chance = random.Random(seed)
    wishes = tuple(
        Wish(person=chance.choice(NAMES), day=chance.randrange(3), shift=chance.choice(THREE).id,
             wanted=chance.random() < 0.7, weight=chance.randint(1, 9))
        for _ in range(9)
    )  # fmt: skip
    problem = swapping(3)
    problem = problem.model_copy(update={"rules": (*problem.rules, Requests(id="wishes", weight=5, wishes=wishes))})
    rows = list(itertools.product([shift.id for shift in THREE], repeat=3))
    best = 0
    for chosen in itertools.product(rows, repeat=2):
        checker = Checker(problem, dict(zip(NAMES, chosen, strict=True)))
        if not checker.hard:
            best = max(best, len(wishes) - len(checker.violations()))
    assert wishes_at_most(problem, seconds=10) == Proof(
        kind="wishes", args={"granted": best, "wishes": len(wishes), "met": best}
    )


def test_the_hotel_learns_how_many_wishes_can_be_met():
    told = wishes_at_most(hotel.kitchen(), seconds=6)
    assert told is not None
    assert told.args["met"] <= told.args["granted"] <= told.args["wishes"]


def test_a_problem_without_soft_wishes_has_nothing_to_prove():
    problem = swapping()
    hard = Requests(id="wishes", hard=True, wishes=(Wish(person="ann", day=0, shift="off"),))
    none = Requests(id="none")
    problem = problem.model_copy(update={"rules": (*problem.rules, hard, none)})
    assert wished(problem) == ()
    assert wishes_at_most(problem) is None
