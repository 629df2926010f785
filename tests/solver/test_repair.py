"""Repair: the absence is kept, so are locked cells and hard rules; no roster changes less than the first option."""

from __future__ import annotations

import itertools
import time

import pytest

from solver.check import Checker
from solver.formats import generate, kitchen
from solver.problem import Person, Problem
from solver.repair import Repair, repair
from solver.roster import Roster
from solver.rules import Bounds, ConsecutiveWork, Coverage, Eligibility, Pin, Pins, Requests, Scope, Wish
from solver.run import Limits, Stop
from solver.search import solve
from tests.solver.tiny import SHIFTS, START

THREE = SHIFTS[:3]
NAMES = ("ann", "bo", "cy")
ROWS = {"ann": ("work", "work", "off"), "bo": ("work", "off", "work"), "cy": ("off", "early", "work")}
AWAY = {"ann": (0, 1)}


def small() -> Problem:
    rules = (
        Coverage(id="two", hard=True, shifts=("work", "early"), every_day=Bounds(minimum=2)),
        ConsecutiveWork(id="row", hard=True, limit=3),
        Eligibility(id="no early", scope=Scope(people=("bo",)), refused=("early",)),
        Requests(id="wish", wishes=(Wish(person="cy", day=2, shift="work", weight=7),)),
        Coverage(id="few early", weight=2, shifts=("early",), every_day=Bounds(maximum=0)),
        Pins(id="pins", cells=(Pin(person="ann", day=0, shift="work"),)),
    )
    people = tuple(Person(id=name) for name in NAMES)
    return Problem(start=START, days=3, shifts=THREE, people=people, rules=rules)


def convict(problem: Problem, published: Roster, away, locked, found: Repair) -> None:
    """Fail unless every option keeps what it must, and tells what it changes and costs."""
    assert found.status == "repaired"
    unpinned = [rule for rule in problem.rules if rule.kind != "pins"]
    judge = problem.model_copy(update={"rules": tuple(unpinned)})
    gone = {(name, day) for name, days in away.items() for day in days}
    for option in found.options:
        roster = Roster(problem, option.roster)
        assert Checker(judge, roster).hard == 0
        assert Checker(problem, roster).undecided == 0
        assert Checker(problem, roster).cost == option.cost == Checker(problem, published).cost + option.difference
        assert all(option.roster[name][day] in ("off", "O", "leave") for name, day in gone)
        differing = {
            (name, day)
            for row, name in enumerate(problem.index.ids)
            for day in range(problem.days)
            if published.cells[row][day] != option.roster[name][day]
        }
        assert differing - gone == {(move.person, move.day) for move in option.changed}
        assert differing & gone == {(move.person, move.day) for move in option.absence}
        assert not differing & (set(locked) - gone)
    counts = [len(option.changed) for option in found.options]
    assert counts == sorted(counts)
    assert len({option.changed for option in found.options}) == len(counts)
    assert len(counts) == 3 or found.exhausted


Changes = frozenset[tuple[str, int, str]]


def every_change(problem: Problem, rows: dict[str, tuple[str | None, ...]] = ROWS) -> set[Changes]:
    """What is changed, the absence apart, by each roster that keeps the hard rules: by trying every roster."""
    judge = problem.model_copy(update={"rules": tuple(rule for rule in problem.rules if rule.kind != "pins")})
    places = [(name, day) for name in NAMES for day in range(3) if day not in AWAY.get(name, ())]
    found = set()
    for chosen in itertools.product([shift.id for shift in THREE], repeat=len(places)):
        cells = {name: ["off"] * 3 for name in NAMES}
        for (name, day), shift in zip(places, chosen, strict=True):
            cells[name][day] = shift
        changed = ((name, day, cells[name][day]) for name, day in places if rows[name][day] is not None)
        if Checker(judge, cells).hard == 0:
            found.add(frozenset((name, day, shift) for name, day, shift in changed if shift != rows[name][day]))
    return found


def test_the_first_option_changes_as_little_as_any_roster():
    problem = small()
    published = Roster(problem, ROWS)
    found = repair(problem, published, AWAY, seconds=10)
    convict(problem, published, AWAY, (), found)
    assert found.options[0].fewest
    assert len(found.options[0].changed) == min(map(len, every_change(problem))) == 2


def told(found: Repair) -> set[Changes]:
    return {frozenset((move.person, move.day, move.after) for move in one.changed) for one in found.options}


FREE: dict[int, dict[tuple[str, int], tuple[str, ...]]] = {
    1: {},
    2: {("bo", 0): ("work", "off")},
    3: {("bo", 0): ("work", "off", "early")},
    6: {("bo", 0): ("work", "off", "early"), ("cy", 2): ("work", "early")},
}
"""By how many ways there are: what cells may hold that need not stay as they are."""


@pytest.mark.parametrize(("ways", "free"), FREE.items())
def test_three_options_are_found_where_there_are_three_and_else_all_and_it_says_so(ways, free):
    """Brute force counts them; what was empty, or is the absence's own, makes no option of its own."""
    rows: dict[str, tuple[str | None, ...]] = {**ROWS, "cy": (None, "early", "work")}
    free = {**free, ("cy", 0): ("work", "off", "early"), ("ann", 0): ("off",), ("ann", 1): ("off",)}
    left = {(name, day): free.get((name, day), (rows[name][day],)) for name in NAMES for day in range(3)}
    rules = tuple(
        Eligibility(
            id=f"{name} {day}", hard=True, scope=Scope(people=(name,), days=(day,)),
            refused=tuple(shift.id for shift in THREE if shift.id not in kept),
        )
        for (name, day), kept in left.items() if len(kept) < len(THREE)
    )  # fmt: skip
    problem = small().model_copy(update={"rules": rules})
    found = repair(problem, Roster(problem, rows), AWAY, seconds=10)
    there = every_change(problem, rows)
    assert len(there) == ways
    told = {frozenset((move.person, move.day, move.after) for move in one.changed) for one in found.options}
    assert len(told) == len(found.options) == min(3, ways)
    assert told <= there
    assert found.exhausted == (ways < 3)


def test_locked_cells_stay_and_a_locked_way_out_is_a_clash_with_names():
    problem = small()
    published = Roster(problem, ROWS)
    locked = [("bo", 0), ("cy", 2)]
    found = repair(problem, published, AWAY, locked, seconds=10)
    convict(problem, published, AWAY, locked, found)
    found = repair(problem, published, AWAY, [("cy", 0)], seconds=10)
    assert found.status == "clash"
    assert {part.rule for part in found.clash.parts} == {"two", "away", "locked"}
    assert found.clash.minimal


def test_an_option_that_touches_a_locked_cell_is_convicted():
    """The control: the same options do not pass when one of their cells was locked."""
    problem = small()
    published = Roster(problem, ROWS)
    found = repair(problem, published, AWAY, seconds=10)
    move = found.options[0].changed[0]
    with pytest.raises(AssertionError):
        convict(problem, published, AWAY, [(move.person, move.day)], found)


def test_weighted_cells_change_last():
    people = tuple(Person(id=name) for name in NAMES)
    cover = Coverage(id="one", hard=True, scope=Scope(days=(0,)), shifts=("work",), every_day=Bounds(minimum=1))
    problem = Problem(start=START, days=2, shifts=THREE, people=people, rules=(cover,))
    published = Roster(problem, {"ann": ["work", "off"], "bo": ["off", "off"], "cy": ["off", "off"]})
    for spared, asked in (("bo", "cy"), ("cy", "bo")):
        found = repair(problem, published, {"ann": (0,)}, seconds=10, weights={(spared, 0): 5})
        assert [move.person for move in found.options[0].changed] == [asked]


def test_the_names_of_the_absence_are_checked():
    problem = small()
    published = Roster(problem, ROWS)
    with pytest.raises(ValueError, match="no person"):
        repair(problem, published, {"di": (0,)})
    with pytest.raises(ValueError, match="no day"):
        repair(problem, published, {"ann": (3,)})
    with pytest.raises(ValueError, match="absent"):
        repair(problem, published, AWAY, absent=())


def test_a_kitchen_of_fifty_has_three_options_in_time():
    """The bar: 10 seconds at 50 people and 31 days."""
    problem = kitchen.problem(generate.kitchen(50, 31, 1))
    published = solve(problem, Limits(seconds=2)).roster
    away = {"3": tuple(range(4, 9))}
    locked = [(name, day) for name in problem.index.ids for day in range(3)]
    began = time.monotonic()
    found = repair(problem, published, away, locked, seconds=7)
    assert time.monotonic() - began < 40
    convict(problem, published, away, locked, found)
    assert len(found.options) == 3


def test_a_cancelled_repair_ends():
    stop = Stop()
    stop.cancel()
    problem = small()
    assert repair(problem, Roster(problem, ROWS), AWAY, stop=stop).status in ("unknown", "clash")
