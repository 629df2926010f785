"""Problems in which a cell is asked about, and rosters of them; what an answer says must add up."""

from __future__ import annotations

import random
from collections.abc import Sequence

from solver.check import Checker
from solver.nearby import with_rules
from solver.problem import Person, Problem
from solver.roster import Roster
from solver.rules import (
    Bounds,
    ConsecutiveWork,
    Coverage,
    Eligibility,
    GroupCover,
    Pattern,
    PeriodLimits,
    Requests,
    Scope,
    Sequences,
    SpanLimit,
    Wish,
)
from tests.solver.tiny import SHIFTS, START

THREE = SHIFTS[:3]
NAMES = ("ann", "bo")
DAYS = 4


def small(seed: int) -> Problem:
    chance = random.Random(seed)
    steps = tuple(tuple((chance.choice(THREE).id,) for _ in range(2)) for _ in range(3))
    rules = (
        Sequences(id="sequence", weight=chance.randint(1, 5), patterns=tuple(Pattern(steps=step) for step in steps)),
        ConsecutiveWork(id="row", hard=True, limit=3),
        Coverage(id="work", weight=3, shifts=("work",), every_day=Bounds(minimum=1, maximum=1)),
        GroupCover(id="group", weight=4, members=NAMES, limit=2),
        Requests(id="wish", wishes=(Wish(person="bo", day=1, shift="early", weight=chance.randint(1, 9)),)),
        Eligibility(id="no early", scope=Scope(people=("ann",), days=(3,)), refused=("early",)),
    )
    return Problem(start=START, days=DAYS, shifts=THREE, people=tuple(Person(id=name) for name in NAMES), rules=rules)


def crew(days: int, *worked: Sequence[int]) -> tuple[Problem, Roster]:
    """Four people of whom two are to work each day; who works on which days."""
    names = ("ann", "bo", "cy", "di")
    cover = Coverage(id="work", weight=3, shifts=("work",), every_day=Bounds(minimum=2, maximum=2))
    problem = Problem(
        start=START, days=days, shifts=THREE, people=tuple(Person(id=name) for name in names), rules=(cover,)
    )
    rows = {
        name: ["work" if day in days_at_work else "off" for day in range(days)]
        for name, days_at_work in zip(names, worked, strict=True)
    }
    return problem, Roster(problem, rows)


def balanced() -> tuple[Problem, Roster]:
    """Ann off on day 2 leaves bo to stand in, a day too many for him unless cy takes another of his days."""
    problem, roster = crew(5, range(5), (0, 1, 3, 4), (2,), ())
    limit = PeriodLimits(id="days", units={"work": 1}, limits=(SpanLimit(person="bo", first=0, last=4, maximum=4),))
    barred = Eligibility(id="di never", hard=True, scope=Scope(people=("di",)), refused=("work",))
    return with_rules(problem, (*problem.rules, limit, barred)), roster


def told(problem: Problem, roster: Roster, answer) -> tuple[Checker, Checker]:
    """The roster as it is and the one that the answer's moves make."""
    now, then = Checker(problem, roster), Checker(problem, roster)
    for move in answer.moved:
        assert now.roster.cells[problem.index.person[move.person]][move.day] == move.before
        then.set(move.person, move.day, move.after)
    return now, then


def check_told(problem: Problem, roster: Roster, answer) -> None:
    now, then = told(problem, roster, answer)
    assert then.hard == 0
    assert then.cost - now.cost == answer.difference - answer.besides
    assert answer.besides >= 0
    assert [one for one in then.violations() if one not in now.violations()] == list(answer.broken)
    assert [one for one in now.violations() if one not in then.violations()] == list(answer.mended)
