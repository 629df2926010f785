"""Mixed rows prove a bound that no roster beats, a dive leads to a legal roster, and taking turns never costs more."""

from __future__ import annotations

import math
import random

import pytest

from solver import cheapest, rowwise
from solver import dive as dive_module
from solver import workers as workers_module
from solver.check import Checker
from solver.columns import Columns
from solver.dive import converge, dive, fits
from solver.formats import curtois_qu
from solver.grid import Grid
from solver.rowwise import Rowwise
from solver.run import Limits
from solver.search import solve
from solver.state import State
from solver.watch import Watch
from tests.solver.test_curtois_qu import WARD


def ward(draw: int) -> Rowwise:
    """A ward whose cover asks for more or less."""
    chance = random.Random(draw)
    head, cover = WARD.split("SECTION_COVER\n")
    lines = (line.split(",") for line in cover.split())
    drawn = (f"{day},{shift},{chance.randint(0, 2)},{under},1" for day, shift, _, under, _ in lines)
    grid = Grid(curtois_qu.read_problem(head + "SECTION_COVER\n" + "\n".join(drawn)))
    grid.post()
    return Rowwise(grid)


def resting(rows: Rowwise) -> list[int]:
    return [left[-1] for left in rows.grid.left]


def cost(rows: Rowwise, codes: list[int]) -> int:
    return State(rows.grid, codes).cost


@pytest.mark.parametrize("draw", range(2))
def test_the_bound_is_met_or_stays_below_the_best_roster(draw):
    rows = ward(draw)
    assert fits(rows)
    best = solve(rows.grid.problem, Limits(30, workers=1))
    assert best.status == "optimal"
    assert best.cost is not None
    codes, chance = resting(rows), random.Random(draw)
    assert rows.descend(codes, chance, lambda: False)
    with Watch(Limits(30), None, None) as watch:
        columns = Columns(rows, watch)
        for person, row in rows.legal.rows.items():
            columns.add(person, [codes[cell] for cell in row.cells])
        mix = converge(columns)
        assert mix is not None
        assert 0 < watch.bound <= best.cost
        assert math.ceil(mix.cost - 1e-6) >= watch.bound
        found = dive(columns.whole(mix), codes)
        assert found is not None
    state = State(rows.grid, found[0])
    assert state.feasible
    assert state.cost >= best.cost
    assert sorted(found[1]) == sorted(rows.legal.rows)


def test_rows_that_may_not_be_the_cheapest_prove_no_bound(monkeypatch):
    monkeypatch.setattr(cheapest, "MANY", 0)
    rows = ward(0)
    with Watch(Limits(30), None, None) as watch:
        columns = Columns(rows, watch)
        for person, (_, codes) in rows.cheapest.find(list(rows.legal.rows), rows.links.base).items():
            columns.add(person, codes)
        assert converge(columns) is not None
        assert watch.bound == 0
    assert not rows.cheapest.exact


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


@pytest.mark.parametrize("workers", [1, 2])
def test_somebody_without_a_legal_row_is_told_by_those_who_prove(workers):
    """Ten days of rest between runs leave no room for six days of work in runs of two to five."""
    text = WARD.replace("ann,E=14|L=14|N=0,4320,2880,5,2,2,1", "ann,E=14|L=14|N=0,4320,4320,5,2,13,1")
    assert text != WARD
    outcome = solve(curtois_qu.read_problem(text), Limits(20, workers=workers))
    assert outcome.status == "infeasible"
