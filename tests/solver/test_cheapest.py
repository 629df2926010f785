"""The cheapest legal row costs what the cheapest of all rows that keep the hard rules costs, and is one of them."""

from __future__ import annotations

import math
import random
from datetime import date
from itertools import product

import numpy
import pytest

from solver import batch, cheapest
from solver.cheapest import Cheapest
from solver.grid import Grid
from solver.legal import Legal
from solver.problem import Person, Problem, Shift
from solver.rules import (
    AnyRule,
    Bounds,
    Coverage,
    Eligibility,
    Hours,
    Minutes,
    Pattern,
    PeriodLimits,
    RunLengths,
    Scope,
    Sequences,
    SpanLimit,
    Weekends,
)
from solver.state import State

DAYS = 7
SHIFTS = (
    Shift(id="early", minutes=480), Shift(id="night", minutes=600), Shift(id="off", rest=True, absence=2),
)  # fmt: skip
WORK, OFF = ("early", "night"), ("off",)
PEOPLE = ("ann", "bo", "cy")


def rules(chance: random.Random) -> list[AnyRule]:
    """Every hard rule that a description of a row can hold, with numbers of its own for each person."""
    low = chance.randint(1, 2)
    limits = tuple(SpanLimit(person=name, first=0, last=DAYS - 1, maximum=chance.randint(1, 3)) for name in PEOPLE)
    minutes = {name: Minutes(minimum=chance.choice((0, 960)), maximum=chance.choice((2040, 2520))) for name in PEOPLE}
    return [
        RunLengths(id="work", hard=True, shifts=WORK, minimum=low, maximum=low + chance.randint(0, 2)),
        RunLengths(id="rest", hard=True, shifts=OFF, minimum=chance.randint(1, 3)),
        Sequences(id="next", hard=True, patterns=(Pattern(steps=(("night",), ("early",))),)),
        PeriodLimits(id="nights", hard=True, units={"night": 1}, limits=limits),
        Hours(id="minutes", hard=True, span="horizon", by_person=minutes),
        Weekends(id="weekends", hard=True, working=WORK, maximum=chance.randint(0, 1)),
        Eligibility(id="day off", scope=Scope(people=("bo",), days=(chance.randrange(DAYS),)), refused=WORK),
        Coverage(id="cover", shifts=("night",), every_day=Bounds(minimum=1)),
    ]


def posted(extra: tuple[AnyRule, ...], chance: random.Random, leave: str = "") -> Grid:
    kept = [rule for rule in rules(chance) if rule.id != leave]
    problem = Problem(
        start=date(2026, 1, 1), days=DAYS, shifts=SHIFTS, people=tuple(Person(id=name) for name in PEOPLE),
        rules=(*kept, *extra),
    )  # fmt: skip
    grid = Grid(problem)
    grid.post()
    return grid


@pytest.mark.parametrize("dearer", [0.0, math.inf], ids=["by days", "by stretches"])
@pytest.mark.parametrize("draw", range(6))
def test_no_legal_row_is_cheaper_and_the_cheapest_is_legal(draw, dearer, monkeypatch):
    monkeypatch.setattr(batch, "DEARER", dearer)
    chance = random.Random(draw)
    grid = posted((), chance)
    legal = Legal(grid)
    assert sorted(legal.rows) == [0, 1, 2]
    prices = numpy.array([[float(chance.randint(-9, 9)) for _ in SHIFTS] for _ in grid.places])
    found = Cheapest(grid, legal.rows).find([0, 1, 2], prices)
    for person, row in legal.rows.items():
        best, state = None, resting(grid)
        for codes in product(*(grid.left[cell] for cell in row.cells)):
            price = sum(prices[cell, code] for cell, code in zip(row.cells, codes, strict=True))
            if (best is None or price < best) and own_rules_kept(state, person, list(codes)):
                best = price
        assert (person in found) == (best is not None)
        if best is not None:
            assert found[person][0] == best
            assert own_rules_kept(state, person, found[person][1])


def resting(grid: Grid) -> State:
    return State(grid, [left[-1] for left in grid.left])


def own_rules_kept(state: State, person: int, codes: list[int]) -> bool:
    """Whether a row breaks none of the person's hard rules; the state is left with it."""
    grid = state.grid
    cells = [cell for cell, place in enumerate(grid.places) if place[0] == person]
    state.become(dict(zip(cells, codes, strict=True)))
    return not any(
        state.excess[row] for cell in cells for row, _, _ in state.looks[cell] if grid.rows[row].weight is None
    ) and not any(state.gauge.excess[number] for cell in cells for number, _, _ in state.gauge.looks.get(cell, ()))


def test_a_total_is_a_dimension_from_when_a_row_breaks_it_until_rows_were_long_far_from_it():
    grid = posted((), random.Random(0), "minutes")
    cheap = Cheapest(grid, Legal(grid).rows)
    size = cheap.size
    work = numpy.array([[-1.0, -9.0, 0.0] for _ in grid.places])
    assert all(own_rules_kept(resting(grid), person, row[1]) for person, row in cheap.find([0, 1, 2], work).items())
    assert cheap.size > size
    for _ in range(cheapest.PATIENCE - 1):
        cheap.find([0, 1, 2], -work)
    assert cheap.size > size
    cheap.find([0, 1, 2], -work)
    assert cheap.size == size


@pytest.mark.parametrize("many", [cheapest.MANY, 0], ids=["exactly", "roughly"])
def test_whose_turn_has_not_come_when_time_is_up_is_left_out(many, monkeypatch):
    """So that a round for many people does not outlast the search; a bound is of everybody's row or none."""
    monkeypatch.setattr(cheapest, "MANY", many)
    monkeypatch.setattr(cheapest, "ROOM", 0)
    grid = posted((), random.Random(0))
    cheap, prices, turns = (
        Cheapest(grid, Legal(grid).rows),
        numpy.zeros((len(grid.places), len(SHIFTS))),
        iter(range(9)),
    )
    assert len(cheap.find([0, 1, 2], prices, lambda: next(turns) >= 2)) == 2
    assert len(cheap.find([0, 1, 2], prices, lambda: True)) == 0
    assert len(cheap.find([0, 1, 2], prices)) == 3


@pytest.mark.parametrize("draw", range(6))
def test_a_row_of_too_many_values_is_found_roughly_and_is_legal(draw, monkeypatch):
    chance = random.Random(draw)
    legal = Legal(grid := posted((), chance))
    prices = numpy.array([[float(chance.randint(-90, 9)) for _ in SHIFTS] for _ in grid.places])
    exact = Cheapest(grid, legal.rows).find([0, 1, 2], prices)
    monkeypatch.setattr(cheapest, "MANY", 0)
    rough = Cheapest(grid, legal.rows).find([0, 1, 2], prices)
    assert set(rough) <= set(exact)
    assert rough
    for person, (price, codes) in rough.items():
        assert price >= exact[person][0]
        assert own_rules_kept(resting(grid), person, codes)
        cells = legal.rows[person].cells
        assert price == sum(prices[cell, code] for cell, code in zip(cells, codes, strict=True))


SOFT = Sequences(id="soft", weight=5, patterns=(Pattern(steps=(("night",), ("off",))),))
LONGER = Sequences(id="longer", hard=True, patterns=(Pattern(steps=(("night",), ("night",), ("night",))),))
REST = Sequences(id="rest", hard=True, patterns=(Pattern(steps=(("night",), ("off",))),))
SOMETIMES = Sequences(
    id="some days", hard=True, scope=Scope(days=(0, 1)), patterns=(Pattern(steps=(("early",), ("night",))),)
)
WEEK = PeriodLimits(
    id="span", hard=True, units={"night": 1}, limits=(SpanLimit(person="ann", first=0, last=4, maximum=1),)
)


@pytest.mark.parametrize("rule", [SOFT, LONGER, REST, SOMETIMES, WEEK], ids=lambda rule: rule.id)
def test_whoever_has_another_rule_of_the_row_has_no_description(rule):
    legal = Legal(posted((rule,), random.Random(1)))
    assert 0 not in legal.rows
    assert not legal.whole


@pytest.mark.parametrize("leave", ["work", "next", "nights", "minutes", "weekends", "rest"])
def test_only_without_longest_runs_of_work_there_is_no_description(leave):
    assert Legal(posted((), random.Random(1), leave)).whole == (leave != "work")


def test_what_looks_at_several_people_is_shared():
    grid = posted((), random.Random(1))
    legal = Legal(grid)
    assert len(legal.shared) == DAYS
    assert all(grid.rows[number].weight is not None for number in legal.shared)
