"""Bidding finds rosters that no single row leads to, keeps rows legal, and never gives up what is better."""

from __future__ import annotations

import math
import random

import numpy
import pytest

from solver import auction as auction_module
from solver import dive as dive_module
from solver import mixing as mixing_module
from solver.auction import Auction
from solver.check import Checker
from solver.formats import curtois_qu, generate_ward
from solver.grid import Grid
from solver.improve import Improver
from solver.rowwise import Rowwise
from solver.run import Limits
from solver.search import solve
from solver.state import State
from solver.watch import Watch
from tests.solver.ward import legal_roster, ward


def house(rows: Rowwise, codes: list[int], seconds: float = 60.0) -> tuple[Auction, Improver, Watch]:
    watch = Watch(Limits(seconds, workers=1), None, None)
    improver = Improver(rows.grid, State(rows.grid, codes), watch, 0)
    return Auction(rows, improver, watch), improver, watch


def larger(seed: int) -> Rowwise:
    """Twenty people, four weeks, three types of shifts: more than descent can set right."""
    grid = Grid(curtois_qu.read_problem(generate_ward.ward(20, 4, 3, seed)))
    grid.post()
    return Rowwise(grid)


@pytest.mark.parametrize("seed", range(1, 4))
def test_bidding_finds_what_no_single_row_leads_to(seed):
    rows = larger(seed)
    codes, chance = legal_roster(rows, seed), random.Random(seed)
    while rows.descend(codes, chance, lambda: False):
        pass
    before = State(rows.grid, codes)
    auction, improver, watch = house(rows, codes)
    auction.run()
    assert improver.state.feasible
    assert improver.state.cost < 0.9 * before.cost
    assert watch.cost == State(rows.grid, improver.state.codes).cost == improver.state.cost


def test_bidding_at_prices_that_forget_finds_less(monkeypatch):
    """The control: without a slope or a step, prices say nothing of what was short."""
    rows = larger(1)
    codes, chance = legal_roster(rows, 1), random.Random(1)
    while rows.descend(codes, chance, lambda: False):
        pass
    before = State(rows.grid, codes).cost
    monkeypatch.setattr(auction_module, "SLOPE", 0.0)
    monkeypatch.setattr(auction_module, "FIRST", 0.0)
    auction, improver, _ = house(rows, codes)
    auction.run()
    assert improver.state.cost >= 0.9 * before


@pytest.mark.parametrize("draw", range(3))
def test_what_is_better_than_all_bids_stays(draw):
    rows = ward(draw)
    best = solve(rows.grid.problem, Limits(30, workers=1))
    assert best.status == "optimal"
    assert best.roster is not None
    shifts = (best.roster.cells[person][day] for person, day in rows.grid.places)
    codes = [rows.grid.code[shift] for shift in shifts if shift is not None]
    auction, improver, _ = house(rows, codes)
    auction.run()
    assert improver.state.cost == State(rows.grid, codes).cost == best.cost


def test_prices_of_what_is_short_rise_others_fall_and_none_leaves_its_range():
    rows = larger(2)
    codes = legal_roster(rows, 2)
    auction, improver, _ = house(rows, codes)
    most = numpy.minimum(rows.links.weight, rows.heavy)
    over = rows.links.sums(codes)
    for _ in range(5):
        before = auction.prices
        auction._round(codes)
        over = rows.links.sums(codes)
        assert ((auction.prices >= before) | (over <= 0)).all()
        assert ((auction.prices <= before) | (over >= 0)).all()
        assert ((auction.prices >= 0) & (auction.prices <= most)).all()
    assert (over > 0).any()
    assert (over < 0).any()
    improver.state.become(dict(enumerate(codes)))
    assert improver.state.feasible


def test_an_auction_that_is_stopped_leaves_the_roster_as_it_was():
    rows = ward(0)
    codes = legal_roster(rows, 0)
    auction, improver, _ = house(rows, codes, seconds=1e-6)
    auction.run()
    assert improver.state.codes == codes


def test_an_auction_goes_on_where_it_was():
    rows = larger(3)
    codes = legal_roster(rows, 3)
    auction, improver, _ = house(rows, codes)
    auction.run(seconds=0.2)
    prices, cost = auction.prices, improver.state.cost
    assert (prices != house(rows, codes)[0].prices).any()
    auction.run()
    assert (auction.prices != prices).any()
    assert improver.state.cost < cost


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("late", [0, 10**6])
def test_a_problem_is_searched_by_bidding_before_or_after_the_bound(workers, late, monkeypatch):
    monkeypatch.setattr(mixing_module, "AT_ONCE", 0)
    monkeypatch.setattr(mixing_module, "LATE", late)
    monkeypatch.setattr(mixing_module, "LONGER", math.inf)
    problem = larger(1).grid.problem
    outcome = solve(problem, Limits(5, workers=workers))
    assert outcome.status in ("feasible", "optimal")
    assert outcome.roster is not None
    assert outcome.cost is not None
    assert outcome.bound is not None
    priced = Checker(problem, outcome.roster)
    assert (priced.hard, priced.cost) == (0, outcome.cost)
    assert 0 < outcome.bound <= outcome.cost <= 1.5 * outcome.bound


def test_a_problem_too_large_for_a_bound_is_searched_by_bidding(monkeypatch):
    monkeypatch.setattr(dive_module, "SIZE", 0)
    monkeypatch.setattr("solver.workers.LARGE", 0)
    problem = larger(1).grid.problem
    outcome = solve(problem, Limits(5, workers=2))
    assert outcome.roster is not None
    assert outcome.cost is not None
    assert Checker(problem, outcome.roster).cost == outcome.cost
    monkeypatch.undo()
    bound = solve(problem, Limits(5, workers=2)).bound
    assert bound is not None
    assert bound <= outcome.cost <= 1.5 * bound
