"""Problems of chosen difficulty for tests of what surrounds the solver."""

import itertools
import random
from datetime import date

from solver.problem import Person, Problem, Shift
from solver.rules import (
    Bounds,
    ConsecutiveWork,
    DailyLimits,
    GroupCover,
    OneShift,
    Pair,
    Pattern,
    PeriodLimits,
    Requests,
    Sequences,
    SpanLimit,
    Wish,
)

SHIFTS = (
    Shift(id="1", kind="work", minutes=480),
    Shift(id="2", kind="off", absence=2, rest=True),
    Shift(id="3", kind="early", minutes=240, absence=1),
)
UNWANTED = (Pattern(steps=(("2",), ("2",)), weight=30), Pattern(steps=(("2",), ("1",), ("2",)), weight=15))


def problem(people: int, days: int, seed: int = 0) -> Problem:
    """A kitchen with groups of three, limits on days off, and a wish of everybody for one day in six."""
    chance = random.Random(seed)
    names = [str(number) for number in range(1, people + 1)]
    groups = [names[first : first + 3] for first in range(0, people - 2, 3)]
    spans = {"first": 0, "last": days - 1, "minimum": days // 4, "maximum": days // 3}
    limits = tuple(SpanLimit(person=name, **spans) for name in names)
    wishes = tuple(
        Wish(person=name, day=day, shift="2", weight=chance.randint(1, 20))
        for name in names
        for day in range(days)
        if chance.random() < 1 / 6
    )
    return Problem(
        start=date(2026, 12, 21),
        days=days,
        shifts=SHIFTS,
        people=tuple(Person(id=name, name=f"P{name}") for name in names),
        rules=(
            OneShift(id="one"),
            *(GroupCover(id=f"group/{n}", weight=100, members=tuple(group)) for n, group in enumerate(groups)),
            DailyLimits(
                id="daily", weight=50, shifts=("2",), every_day=Bounds(minimum=people // 5, maximum=people // 3)
            ),
            PeriodLimits(id="period", weight=80, units={"2": 1}, limits=limits),
            ConsecutiveWork(id="run", weight=200, limit=5),
            Sequences(id="sequences", patterns=UNWANTED),
            Requests(id="wishes", wishes=wishes),
        ),
    )


def endless(people: int = 60) -> Problem:
    """Give everybody one of three shifts on one day, so that few of many random pairs share theirs.

    This is MAX-3-CUT of a random graph: rosters come at once, and branch and bound closes the gap of no such graph of
    60 vertices, however good the search is at rosters.
    """
    chance = random.Random(0)
    names = [str(number) for number in range(1, people + 1)]
    apart = tuple(
        Pair(id=f"{one}/{other}", hard=False, weight=1, people=(one, other), shifts=("1", "2", "3"), together=False)
        for one, other in itertools.combinations(names, 2)
        if chance.random() < 1 / 3
    )
    return Problem(
        start=date(2026, 12, 21),
        days=1,
        shifts=SHIFTS,
        people=tuple(Person(id=name, name=f"P{name}") for name in names),
        rules=(OneShift(id="one"), *apart),
    )
