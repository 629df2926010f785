"""A ward of any size under every rule there is: what a check and an edit have to keep up with."""

from __future__ import annotations

import random

from solver.frozen import PersonId, ShiftId
from solver.problem import Person, Problem
from solver.rules import (
    AfterClosure,
    AnyRule,
    BackupCover,
    Bounds,
    Calendar,
    ConsecutiveWork,
    Coverage,
    DailyLimits,
    Eligibility,
    Employment,
    Fairness,
    GroupCover,
    Hours,
    MinimumChange,
    MinimumRest,
    Minutes,
    OneShift,
    Pair,
    Pattern,
    PeriodLimits,
    Pin,
    Pins,
    Preference,
    Priority,
    Requests,
    RollingLimits,
    RunLengths,
    Scope,
    Sequences,
    SpanLimit,
    StaffTypeLimits,
    Weekends,
    Wish,
)
from tests.solver.tiny import IDS, SHIFTS, START, ZONE

OFF, WORKING = ("off", "leave"), ("work", "early", "night")
WEIGHTS = (6, 3, 1, 0, 1)
CLOSED = (12, 13)


def ward(size: int, days: int) -> Problem:
    """Return a problem of ``size`` people in groups of five."""
    chance = random.Random(0)
    names = tuple(f"p{number}" for number in range(size))
    types = ("nurse", "doctor", "helper")
    people = tuple(
        Person(id=name, staff_type=types[row % 3], skills=("icu",) if row % 2 else ()) for row, name in enumerate(names)
    )
    before = {name: tuple(chance.choices(IDS, WEIGHTS, k=7)) for name in names}
    rules = (*_by_day(names, days), *_by_row(names, days, chance))
    return Problem(start=START, days=days, zone=ZONE, shifts=SHIFTS, people=people, before=before, rules=rules)


def _by_day(names: tuple[PersonId, ...], days: int) -> list[AnyRule]:
    size, opened = len(names), Scope(except_days=CLOSED)
    fives = [names[first : first + 5] for first in range(0, size, 5)]
    cover = {day: Bounds(minimum=size // 8, preferred=size // 6) for day in (5, 6)}
    return [
        OneShift(id="one"),
        Employment(id="employment"),
        Calendar(id="calendar", must_off=CLOSED, off=OFF, hard=False, weight=500),
        *(GroupCover(id="group", weight=100, scope=opened, members=five[:3]) for five in fives),
        *(
            BackupCover(
                id="backup", weight=500, scope=opened, members=five[:2], backups=five[3:], away=OFF, working=WORKING
            )
            for five in fives
        ),
        *(Pair(id="pair", weight=20, people=five[:2], shifts=("night",), together=False) for five in fives),
        StaffTypeLimits(id="type", weight=60, scope=opened, staff_type="helper", limit=size // 4),
        DailyLimits(id="daily", weight=50, scope=opened, shifts=OFF, every_day=Bounds(maximum=size // 3)),
        Coverage(id="nights", weight=50, shifts=("night",), every_day=Bounds(minimum=size // 10), by_weekday=cover),
        Coverage(id="icu", weight=50, shifts=WORKING, skill="icu", every_day=Bounds(minimum=size // 5)),
        AfterClosure(id="after", weight=40, closures=CLOSED, days=2, away=OFF),
    ]


def _by_row(names: tuple[PersonId, ...], days: int, chance: random.Random) -> list[AnyRule]:
    limits = tuple(
        SpanLimit(person=name, first=first, last=min(first + 30, days - 1), minimum=14, maximum=20)
        for name in names
        for first in range(0, days, 31)
    )
    wishes = tuple(
        Wish(person=name, day=chance.randrange(days), shift="off", weight=5) for name in names for _ in "123"
    )
    liked = tuple(Preference(person=name, shifts=("early",), weekdays=(0,), neutral=OFF) for name in names[::2])
    rows = {name: tuple(chance.choices(IDS, WEIGHTS, k=days)) for name in names}
    units = {"off": 2, "leave": 2, "early": 1}
    return [
        Pins(id="pins", cells=tuple(Pin(person=name, day=3, shift="off") for name in names[::7])),
        Eligibility(id="eligible", hard=False, weight=150, scope=Scope(people=names[::3]), refused=("night",)),
        PeriodLimits(id="period", weight=80, units=units, limits=limits),
        RollingLimits(id="rolling", weight=30, units=units, minimum=2, maximum=8),
        ConsecutiveWork(id="consecutive", weight=200),
        RunLengths(id="nights", weight=30, shifts=("night",), minimum=2, maximum=4),
        RunLengths(id="off", weight=30, shifts=OFF, minimum=2),
        Sequences(id="sequences", weight=30, patterns=(Pattern(steps=(("night",), ("off",), ("early",))),)),
        MinimumRest(id="rest", weight=10),
        Weekends(id="weekends", weight=40, working=WORKING, maximum=4, whole=True),
        Hours(id="hours", weight=2, everybody=Minutes(minimum=1800, maximum=2400)),
        Requests(id="wishes", wishes=wishes),
        Priority(id="priority", preferences=liked),
        MinimumChange(id="change", rows=rows),
        *(Fairness(id=f"fair {shift}", weight=25, shifts=(shift,)) for shift in ("night", "early")),
        Fairness(id="fair off", weight=25, shifts=OFF, shares=dict.fromkeys(names[::10], 50)),
        Fairness(id="fair weekends", weight=25, shifts=WORKING, scope=Scope(weekdays=(5, 6))),
    ]  # fmt: skip


def row(days: int, chance: random.Random) -> list[ShiftId]:
    """Return a random row."""
    return chance.choices(IDS, WEIGHTS, k=days)
