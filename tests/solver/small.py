"""Small random problems, one rule each, and random rosters for them."""

from __future__ import annotations

import random

from solver.frozen import PersonId, ShiftId
from solver.problem import Person, Problem
from solver.rules import (
    AnyRule,
    Bounds,
    Calendar,
    ConsecutiveWork,
    Coverage,
    DailyLimits,
    Eligibility,
    GroupCover,
    Pattern,
    PeriodLimits,
    Pin,
    Pins,
    Requests,
    Scope,
    Sequences,
    SpanLimit,
    Wish,
)
from tests.solver import drawn
from tests.solver.tiny import CLOSED, DAYS, IDS, PEOPLE, SHIFTS, START, ZONE

KINDS = (
    "pins", "calendar", "eligibility", "group_cover", "daily_limits", "coverage", "period_limits", "consecutive_work",
    "sequences", "requests", *drawn.MAKERS,
)  # fmt: skip


def problem(rules: list[AnyRule], chance: random.Random) -> Problem:
    """Return a problem with carry-in, somebody who joins, somebody who leaves, and an unknown day before."""
    people = (
        Person(id="ann", staff_type="cook", skills=("grill",)),
        Person(id="bo", first_day=chance.randint(1, 3), staff_type="waiter", skills=("grill", "cut")),
        Person(id="cy", first_day=-5, last_day=chance.randint(5, 7), staff_type="waiter"),
        Person(id="di", staff_type="cook"),
    )
    before = {"ann": tuple(chance.choices(IDS, k=5)), "cy": (None, *chance.choices(IDS, k=3)), "di": ("work",)}
    return Problem(start=START, days=DAYS, zone=ZONE, shifts=SHIFTS, people=people, before=before, rules=tuple(rules))


def rule(kind: str, hard: bool, chance: random.Random) -> AnyRule:
    """Return a random rule of a kind, with a closure out of its scope where it has one."""
    weight = chance.randint(1, 9)
    if kind in drawn.MAKERS:
        return drawn.MAKERS[kind]({"id": kind, "hard": hard, "weight": weight}, chance)
    opened = Scope(except_days=(chance.choice((0, CLOSED)),))
    common = {"id": kind, "hard": hard, "weight": weight}
    match kind:
        case "pins":
            return Pins(**common, cells=tuple(Pin(person=p, day=d, shift=s) for p, d, s in _cells(chance, 1)))
        case "calendar":
            scope = Scope(people=tuple(chance.sample(PEOPLE, 2)))
            off = ("off", "leave", "early", "work")[: chance.randint(3, 4)]
            return Calendar(**common, scope=scope, must_off=(CLOSED,), must_work=(6,), off=off, away=("off",))
        case "eligibility":
            scope = Scope(people=tuple(chance.sample(PEOPLE, 1)), weekdays=(0, 2))
            return Eligibility(**common, scope=scope, refused=tuple(chance.sample(IDS, 2)))
        case "group_cover":
            members = tuple(chance.sample(PEOPLE, chance.randint(2, 3)))
            days = tuple(chance.sample(range(DAYS), 2 if hard else 4))
            scope = Scope(days=days, except_days=(CLOSED,))
            return GroupCover(**common, scope=scope, members=members, limit=chance.randint(1, 3))
        case "daily_limits" | "coverage":
            return _day_count(kind, common, chance)
        case "period_limits":
            return _period_limits(common, chance)
        case "consecutive_work":
            scope = Scope(people=("ann", "cy")) if hard else opened
            return ConsecutiveWork(**common, scope=scope, limit=chance.randint(4, 5) if hard else chance.randint(2, 5))
        case "sequences":
            people = tuple(chance.sample(PEOPLE, 2))
            patterns = tuple(_pattern(chance, chance.randint(2, 4), 2) for _ in range(2))
            patterns = (*patterns, patterns[0]) if chance.random() < 0.3 else patterns
            return Sequences(**common, scope=Scope(people=people, except_days=opened.except_days), patterns=patterns)
        case _:
            wishes = tuple(
                Wish(person=p, day=d, shift=s, wanted=chance.random() < 0.4, weight=chance.randint(1, 5))
                for p, d, s in _cells(chance, 2)
            )
            return Requests(**common, wishes=wishes)


def _day_count(kind: str, common: dict[str, object], chance: random.Random) -> AnyRule:
    days = tuple(chance.sample(range(DAYS), 2 if common["hard"] else 3))
    scope = Scope(days=days, except_days=(CLOSED,))
    preferred = Bounds() if common["hard"] else Bounds(preferred=2, preferred_weight=3)
    data = dict(
        **common,
        scope=scope,
        shifts=tuple(chance.sample(IDS, 2)),
        every_day=Bounds(minimum=1, maximum=2),
        by_weekday={2: Bounds(minimum=chance.randint(0, 2))},
        by_day={
            3: preferred,
            6: Bounds(maximum=chance.randint(1, 3), maximum_weight=2),
            7: Bounds(minimum=2, maximum=2, minimum_weight=4),
        },
        no_minimum_days=(1,),
    )
    return DailyLimits(**data) if kind == "daily_limits" else Coverage(**data, skill=chance.choice(("grill", None)))


def _period_limits(common: dict[str, object], chance: random.Random) -> AnyRule:
    names = chance.sample(PEOPLE, 1 if common["hard"] else 2)
    limits = tuple(
        SpanLimit(
            person=name,
            first=(first := chance.randint(0, 4)),
            last=chance.randint(first, DAYS - 1),
            minimum=(low := chance.randint(0, 4)),
            maximum=low + chance.randint(2, 8),
            already=chance.choice((0, 0, 2)),
        )
        for name in names
    )
    units = {"off": 2, "leave": 2, "early": 1}
    return PeriodLimits(**common, scope=Scope(except_days=(CLOSED,)), units=units, limits=limits)


def _cells(chance: random.Random, count: int) -> list[tuple[PersonId, int, ShiftId]]:
    return [(chance.choice(PEOPLE), chance.randrange(DAYS), chance.choice(IDS)) for _ in range(count)]


def _pattern(chance: random.Random, size: int, most: int) -> Pattern:
    steps = tuple(tuple(chance.sample(IDS, chance.randint(1, most))) for _ in range(size))
    return Pattern(steps=steps, weight=chance.randint(1, 3))


def roster(made: Problem, chance: random.Random, empty: float = 0.0) -> dict[PersonId, list[ShiftId | None]]:
    """Return random cells within the employment; each is left empty with the given probability."""
    rows: dict[PersonId, list[ShiftId | None]] = {}
    for name, employed in zip(made.index.ids, made.index.employed, strict=True):
        mood = chance.choices(IDS, k=3)
        rows[name] = [
            chance.choice(mood) if day in employed and chance.random() >= empty else None for day in range(made.days)
        ]
    return rows
