"""Taking turns never costs more, and keeps every row legal."""

from __future__ import annotations

import random

import pytest

from solver import dive as dive_module
from solver import rowwise
from solver import workers as workers_module
from solver.check import Checker
from solver.run import Limits
from solver.search import solve
from solver.state import State
from tests.solver.ward import resting, ward


@pytest.mark.parametrize("draw", range(3))
def test_taking_turns_keeps_every_row_legal_and_never_costs_more(draw):
    rows = ward(draw)
    codes, chance = resting(rows), random.Random(draw)
    rows.descend(codes, chance, lambda: False)
    before = State(rows.grid, codes)
    assert before.feasible
    for _ in range(10):
        changed = rows.descend(codes, chance, lambda: False)
        after = State(rows.grid, codes)
        assert after.feasible
        assert after.cost <= before.cost
        before = after
        if not changed:
            return
    raise AssertionError("ten turns, and rows still change")


def test_a_legal_row_that_is_wanted_stays_and_another_is_mended():
    rows = ward(0)
    codes = resting(rows)
    rows.descend(codes, random.Random(0), lambda: False)
    wanted = list(codes)
    person = rows.legal.rows[1]
    night = rows.grid.code["N"]
    for cell in person.cells[6:13]:
        if night in rows.grid.left[cell]:
            wanted[cell] = night
    found = list(wanted)
    rows.descend(found, random.Random(1), lambda: False, wanted)
    others = [cell for cell in range(len(codes)) if cell not in person.cells]
    assert [found[cell] for cell in others] == [codes[cell] for cell in others]
    assert not State(rows.grid, wanted).feasible
    assert State(rows.grid, found).feasible


def test_a_stopped_turn_changes_nothing():
    rows = ward(0)
    codes = resting(rows)
    assert not rows.descend(codes, random.Random(0), lambda: True)
    assert codes == resting(rows)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_problem_too_large_for_rounds_is_searched_by_turns(workers, monkeypatch):
    monkeypatch.setattr(dive_module, "SIZE", 0)
    monkeypatch.setattr(rowwise, "SIZE", 0)
    monkeypatch.setattr(workers_module, "LARGE", 0)
    problem = ward(0).grid.problem
    outcome = solve(problem, Limits(2, workers=workers))
    assert outcome.status in ("feasible", "optimal")
    assert Checker(problem, outcome.roster).hard == 0
    assert outcome.cost == Checker(problem, outcome.roster).cost


def test_a_copy_of_a_state_goes_its_own_way():
    rows = ward(0)
    state = State(rows.grid, resting(rows))
    twin, cost = state.copy(), state.cost
    codes = resting(rows)
    rows.descend(codes, random.Random(0), lambda: False)
    twin.become(dict(enumerate(codes)))
    assert (state.cost, state.codes) == (cost, resting(rows))
    assert state.gauge.values != twin.gauge.values
    fresh = State(rows.grid, codes)
    assert (twin.cost, twin.over, twin.excess) == (fresh.cost, fresh.over, fresh.excess)
