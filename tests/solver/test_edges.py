"""Edges of rules that random problems hardly ever reach: there, too, model, moves and specification agree."""

from __future__ import annotations

from solver.problem import Person, Problem
from solver.rules import MinimumRest, Pattern, Rule, Scope, Sequences, Weekends
from tests.solver.test_agreement import by_model, by_specification, by_state
from tests.solver.tiny import SHIFTS, START

LETTERS = {"w": "work", "o": "off", "e": "early", "n": "night"}
WORKING = ("work", "early", "night")


def cost(rule: Rule, row: str, before: str = "") -> int | None:
    """What the row of one person costs, from a Monday on; fails where that is not agreed on."""
    known = {"ann": tuple(LETTERS[letter] for letter in before)}
    problem = Problem(
        start=START, days=len(row), shifts=SHIFTS, people=(Person(id="ann"),), before=known, rules=(rule,)
    )
    cells = {"ann": [LETTERS[letter] for letter in row]}
    price = by_specification(problem, cells)
    assert by_state(problem, cells) == by_model(problem, cells) == price
    return price


def test_a_pattern_may_begin_on_the_first_known_day():
    rule = Sequences(id="r", patterns=(Pattern(steps=(("night",), ("off",), ("early",))),))
    assert cost(rule, "oew", before="n") == 1
    assert cost(rule, "oew", before="w") == 0
    assert cost(rule, "oew") == 0


def test_rest_from_a_day_out_of_scope_is_not_asked_for():
    """From 22:00 to 6:20 and on from 6:00; the day left out may be the first."""
    assert cost(MinimumRest(id="r"), "neo") > 0
    assert cost(MinimumRest(id="r", scope=Scope(except_days=(0,))), "neo") == 0
    assert cost(MinimumRest(id="r", scope=Scope(except_days=(1,))), "noe") == 0


def test_a_change_within_a_weekend_before_the_horizon_was_counted_then():
    rule = Weekends(id="r", working=WORKING, weekdays=(0, 5, 6), whole=True)
    assert cost(rule, "ooo", before="wo") == 0
    assert cost(rule, "woo", before="wo") == 1
    assert cost(rule, "woo", before="oo") == 1


def test_days_of_a_weekend_around_one_left_out_do_not_follow_one_another():
    rule = Weekends(id="r", working=WORKING, weekdays=(1, 2, 3), whole=True, scope=Scope(except_days=(2,)))
    assert cost(rule, "owwooo") == 0
    assert cost(rule.model_copy(update={"scope": Scope()}), "owwooo") == 1
