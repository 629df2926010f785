"""Mixed rows prove a bound that no roster beats, and a dive leads to a legal roster."""

from __future__ import annotations

import math
import random
from typing import Any

import pytest
from ortools.math_opt.python import mathopt

from solver import cheapest
from solver.again import Again
from solver.check import Checker
from solver.columns import NEAR, Columns, Mix
from solver.dive import Aim, converge, dive, fits
from solver.formats import curtois_qu
from solver.generate import Generator
from solver.improve import Improver
from solver.rowwise import Rowwise
from solver.run import Limits
from solver.search import solve
from solver.state import State
from solver.watch import Watch
from tests.solver.test_curtois_qu import WARD
from tests.solver.ward import legal_roster, resting, ward


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
        generator = Generator(columns)
        mix = converge(generator)
        assert mix is not None
        assert 0 < watch.bound <= best.cost
        assert math.ceil(mix.cost - 1e-6) >= watch.bound
        found = dive(generator, codes, Aim())
        assert found is not None
    state = State(rows.grid, found[0])
    assert state.feasible
    assert state.cost >= best.cost
    assert sorted(found[1]) == sorted(rows.legal.rows)


def mixed(rows: Rowwise, watch: Watch, codes: list[int]) -> tuple[Generator, Mix]:
    """The rows generated until no mix is cheaper, from a roster."""
    columns = Columns(rows, watch)
    for person, row in rows.legal.rows.items():
        columns.add(person, [codes[cell] for cell in row.cells])
    generator = Generator(columns)
    mix = converge(generator)
    assert mix is not None
    return generator, mix


@pytest.mark.parametrize("draw", range(2))
def test_a_row_decided_and_left_undecided_again_leaves_the_mix_as_it_was(draw):
    rows = ward(draw)
    with Watch(Limits(30), None, None) as watch:
        generator, mix = mixed(rows, watch, legal_roster(rows, draw))
        columns = generator.columns
        dear = max(mix.columns, key=lambda column: column.own)
        columns.fix(dear)
        beside = columns.solve()
        assert beside is not None
        assert beside.cost >= mix.cost - NEAR
        assert all(column.person != dear.person for column in beside.columns)
        columns.reopen([dear.person])
        again = columns.solve()
    assert again is not None
    assert again.cost == pytest.approx(mix.cost)
    assert list(columns.left) == list(rows.links.limit)
    assert columns.spent == rows.grid.constant


def test_rows_at_prices_that_wander_make_a_mix_cost_less():
    rows = ward(0)
    codes = legal_roster(rows, 0)
    with Watch(Limits(30), None, None) as watch:
        columns = Columns(rows, watch)
        for person, row in rows.legal.rows.items():
            columns.add(person, [codes[cell] for cell in row.cells])
        before = columns.solve()
        assert before is not None
        Generator(columns).wander(before.cost)
        after = columns.solve()
        assert after is not None
        assert watch.bound == 0
    assert after.cost < before.cost
    for column in after.columns:
        cells = rows.legal.rows[column.person].cells
        roster = dict(enumerate(codes)) | dict(zip(cells, column.codes, strict=True))
        assert State(rows.grid, [roster[cell] for cell in range(len(codes))]).feasible


def test_rows_given_up_are_none_that_the_mix_takes_a_part_of():
    rows = ward(0)
    with Watch(Limits(30), None, None) as watch:
        generator, mix = mixed(rows, watch, legal_roster(rows, 0))
        generator.columns.drop(mix, 0)
        after = generator.columns.solve()
    assert after is not None
    taken = {column.part for column, part in zip(mix.columns, mix.parts, strict=True) if part > NEAR}
    assert taken == {column.part for column in after.columns} & {column.part for column in mix.columns}
    assert len(taken) < len(mix.columns)
    assert after.cost == pytest.approx(mix.cost)


@pytest.mark.parametrize("draw", range(2))
def test_no_roster_with_the_rows_decided_costs_less_than_the_bound_of_the_others(draw):
    rows = ward(draw)
    best = solve(rows.grid.problem, Limits(30, workers=1))
    assert best.roster is not None
    assert best.cost is not None
    shifts = (best.roster.cells[person][day] for person, day in rows.grid.places)
    codes = [rows.grid.code[shift] for shift in shifts if shift is not None]
    people = set(list(rows.legal.rows)[:2])
    with Watch(Limits(30), None, None) as watch:
        generator, _ = mixed(rows, watch, codes)
        generator.columns.settle(codes, people)
        assert set(generator.columns.open) == people
        generator.begin()
        while (mix := generator.columns.solve()) is not None and generator.generate(mix):
            pass
        assert mix is not None
        assert mix.cost - 2 <= generator.bound <= mix.cost + NEAR
        assert generator.bound <= best.cost
        assert dive(generator, codes, Aim(below=best.cost)) is None
        assert watch.bound <= best.cost


@pytest.mark.parametrize("draw", range(3))
def test_rows_decided_anew_never_cost_more_and_stay_legal(draw):
    rows = ward(draw)
    codes = legal_roster(rows, draw)
    with Watch(Limits(30), None, None) as watch:
        generator, _ = mixed(rows, watch, codes)
        improver = Improver(rows.grid, State(rows.grid, codes), watch, draw)
        watch.offer(rows.grid, codes, improver.state.cost)
        again = Again(generator, improver)
        costs = [improver.state.cost]
        for _ in range(6):
            again.step()
            assert improver.state.feasible
            assert watch.cost == improver.state.cost == cost(rows, improver.state.codes)
            costs.append(improver.state.cost)
    assert costs == sorted(costs, reverse=True)
    assert costs[-1] < costs[0]


def test_who_has_no_roster_that_keeps_the_hard_rules_takes_over_one_whatever_it_costs():
    rows = ward(0)
    codes = legal_roster(rows, 0)
    best, state = State(rows.grid, codes), State(rows.grid, resting(rows))
    assert not state.feasible
    with Watch(Limits(30), None, None) as watch:
        improver = Improver(rows.grid, state, watch, 0)
        watch.offer(rows.grid, codes, state.cost + 1)
        improver.catch_up()
    assert improver.state.codes == codes
    assert improver.state.cost == best.cost


def test_rows_that_may_not_be_the_cheapest_prove_no_bound(monkeypatch):
    monkeypatch.setattr(cheapest, "MANY", 0)
    rows = ward(0)
    with Watch(Limits(30), None, None) as watch:
        columns = Columns(rows, watch)
        for person, (_, codes) in rows.cheapest.find(list(rows.legal.rows), rows.links.base).items():
            columns.add(person, codes)
        assert converge(Generator(columns)) is not None
        assert watch.bound == 0
    assert not rows.cheapest.exact


@pytest.mark.parametrize("workers", [1, 2])
def test_somebody_without_a_legal_row_is_told_by_those_who_prove(workers):
    """Ten days of rest between runs leave no room for six days of work in runs of two to five."""
    text = WARD.replace("ann,E=14|L=14|N=0,4320,2880,5,2,2,1", "ann,E=14|L=14|N=0,4320,4320,5,2,13,1")
    assert text != WARD
    outcome = solve(curtois_qu.read_problem(text), Limits(20, workers=workers))
    assert outcome.status == "infeasible"


class Failing:
    """A solver that fails some times, as one does when numbers get the better of it."""

    def __init__(self, real: type, times: float) -> None:
        self.real, self.times, self.begun = real, times, 0

    def __call__(self, *args: Any) -> Any:
        self.begun += 1
        solver = self.real(*args)
        solve = solver.solve

        def failing(**kwargs: Any) -> Any:
            self.times -= 1
            if self.times >= 0:
                raise AttributeError("canonical_code")
            return solve(**kwargs)

        solver.solve = failing
        return solver


def test_a_linear_program_whose_solver_fails_is_begun_anew(monkeypatch):
    rows = ward(0)
    codes = legal_roster(rows, 0)
    watch = Watch(Limits(30), None, None)
    expected = mixed(rows, watch, codes)[1].cost
    failing = Failing(mathopt.IncrementalSolver, 1)
    monkeypatch.setattr(mathopt, "IncrementalSolver", failing)
    assert mixed(rows, watch, codes)[1].cost == pytest.approx(expected)
    assert failing.begun == 2


@pytest.mark.parametrize("after", [0, 3, 12])
def test_a_search_whose_linear_programs_cannot_be_solved_goes_on_without(after, monkeypatch):
    done = [0]

    def failing(self: Columns, *_: Any) -> Any:
        done[0] += 1
        return None if done[0] > after else real(self, *_)

    real = Columns._tried
    monkeypatch.setattr(Columns, "_tried", failing)
    problem = ward(0).grid.problem
    outcome = solve(problem, Limits(3, workers=1))
    assert done[0] > after
    assert outcome.roster is not None
    assert outcome.cost == Checker(problem, outcome.roster).cost
