"""Stretches allow just the rows that hard run lengths allow, whatever is free, and can be hinted."""

from __future__ import annotations

import random
from datetime import date

import pytest
from ortools.sat.python import cp_model

from solver.check import Checker
from solver.grid import Grid
from solver.model import Model
from solver.problem import Person, Problem, Shift
from solver.rules import Eligibility, RunLengths, Scope, Weekends
from solver.state import State

SHIFTS = (Shift(id="day"), Shift(id="night"), Shift(id="off", rest=True), Shift(id="leave", rest=True))
DAYS = 16
WORK, REST = ("day", "night"), ("off", "leave")


def drawn(chance: random.Random) -> Problem:
    """One person under run lengths of work and rest and weekends, all hard, with days before and days off."""
    low = chance.randint(1, 3)
    scope = Scope(days=tuple(sorted(chance.sample(range(DAYS), 2))))
    rules = (
        RunLengths(id="work", hard=True, shifts=WORK, minimum=low, maximum=low + chance.randint(0, 3)),
        RunLengths(id="rest", hard=True, shifts=REST, minimum=chance.randint(1, 3), maximum=chance.choice((None, 6))),
        Weekends(id="weekends", hard=True, working=WORK, maximum=chance.randint(0, 2)),
        Eligibility(id="day off", scope=scope, refused=WORK),
    )
    people = (Person(id="ann", last_day=chance.choice((None, DAYS - 3))),)
    before = {"ann": tuple(chance.choice(WORK + REST) for _ in range(chance.randint(0, 4)))}
    return Problem(start=date(2026, 1, 8), days=DAYS, shifts=SHIFTS, people=people, before=before, rules=rules)


def row(problem: Problem, chance: random.Random) -> list[str | None]:
    days: list[str | None] = []
    while len(days) < DAYS:
        days += chance.choices(WORK, k=chance.randint(1, 5)) + chance.choices(REST, k=chance.randint(1, 4))
    shift = chance.randint(0, 4)
    employed = problem.index.employed[0]
    return [days[(day + shift) % DAYS] if day in employed else None for day in range(DAYS)]


def allowed(problem: Problem, here: list[str | None], there: list[str | None], free: list[int]) -> bool:
    """Whether a model around ``here`` with ``free`` days allows those of ``there``."""
    grid = Grid(problem)
    grid.post()
    if grid.clashes:
        return False
    codes = [grid.code[here[day]] for _, day in grid.places]
    if any(code not in left for code, left in zip(codes, grid.left, strict=True)):
        return False
    model = Model(State(grid, codes), [grid.cell[0, day] for day in free])
    assert model.stretches.aids or not model.literals
    for cell, choices in model.literals.items():
        code = grid.code[there[grid.places[cell][1]]]
        model.cp.add_bool_and(choices[code])
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    return solver.solve(model.cp) == cp_model.OPTIMAL


def keeps(problem: Problem, days: list[str | None]) -> bool:
    return Checker(problem, {"ann": days}).hard == 0


def legal_rows(draws: int) -> list[tuple[Problem, list[str | None], random.Random]]:
    found = []
    for draw in range(draws):
        chance = random.Random(draw)
        problem = drawn(chance)
        for _ in range(40):
            days = row(problem, chance)
            refused = problem.rules[3].scope.days
            days = ["off" if day in refused and shift else shift for day, shift in enumerate(days)]
            if keeps(problem, days):
                found.append((problem, days, chance))
                break
    return found


def test_every_legal_row_is_allowed_and_no_other():
    seen = set()
    for problem, days, chance in legal_rows(250):
        employed = list(problem.index.employed[0])
        assert allowed(problem, days, days, employed)
        for _ in range(3):
            other = row(problem, chance)
            refused = problem.rules[3].scope.days
            other = ["off" if day in refused and shift else shift for day, shift in enumerate(other)]
            legal = keeps(problem, other)
            assert allowed(problem, days, other, employed) == legal
            seen.add(legal)
    assert seen == {True, False}


def test_a_neighbourhood_allows_what_keeps_the_whole_row_legal():
    seen = set()
    for problem, days, chance in legal_rows(250):
        employed = problem.index.employed[0]
        for _ in range(4):
            first = chance.choice(employed)
            free = [day for day in range(first, first + chance.randint(1, 5)) if day in employed]
            refused = problem.rules[3].scope.days
            mixed = [
                chance.choice(WORK + REST) if day in free and day not in refused else shift
                for day, shift in enumerate(days)
            ]
            legal = keeps(problem, mixed)
            assert allowed(problem, days, mixed, free) == legal
            seen.add(legal)
    assert seen == {True, False}


@pytest.mark.parametrize("part", [DAYS, 6])
def test_a_hint_is_complete(part):
    for problem, days, chance in legal_rows(60):
        grid = Grid(problem)
        grid.post()
        employed = list(problem.index.employed[0])
        first = chance.randint(0, len(employed) - 1)
        free = employed if part == DAYS else employed[first : first + part]
        model = Model(State(grid, [grid.code[days[day]] for day in employed]), [grid.cell[0, day] for day in free])
        model.hint()
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.fix_variables_to_their_hinted_value = True
        assert solver.solve(model.cp) == cp_model.OPTIMAL
