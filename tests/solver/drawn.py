"""A random rule of each kind for the small problems; hard ones are drawn so that a random roster can keep them."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from solver.rules import (
    AfterClosure,
    AnyRule,
    BackupCover,
    Fairness,
    Hours,
    MinimumChange,
    MinimumRest,
    Minutes,
    Pair,
    Preference,
    Priority,
    RollingLimits,
    RunLengths,
    Scope,
    StaffTypeLimits,
    Weekends,
)
from tests.solver.tiny import CLOSED, DAYS, IDS, PEOPLE

Common = Mapping[str, object]
WORKING = ("work", "early", "night")


def _closed(chance: random.Random) -> tuple[int, ...]:
    return chance.choice(((), (CLOSED,), (0,), (6,)))


def _staff_type_limits(common: Common, chance: random.Random) -> AnyRule:
    scope = Scope(days=tuple(chance.sample(range(DAYS), 2 if common["hard"] else 4)), except_days=(CLOSED,))
    staff_type = chance.choice(("cook", "waiter"))
    return StaffTypeLimits(**common, scope=scope, staff_type=staff_type, limit=chance.randint(1, 2))


def _backup_cover(common: Common, chance: random.Random) -> AnyRule:
    scope = Scope(days=tuple(chance.sample(range(DAYS), 2 if common["hard"] else 4)), except_days=(CLOSED,))
    members, backups = (tuple(chance.sample(PEOPLE, chance.randint(1, 3))) for _ in range(2))
    return BackupCover(**common, scope=scope, members=members, backups=backups, away=("off", "leave"), working=WORKING)


def _after_closure(common: Common, chance: random.Random) -> AnyRule:
    closures = chance.choice(((-2, -1), (-1, 0), (1, 2, 3), (4, 7, 8), (-1, 2, 3, 5)))
    scope = Scope(people=tuple(chance.sample(PEOPLE, 1 if common["hard"] else 2)))
    return AfterClosure(
        **common, scope=scope, closures=closures, length=2, days=chance.randint(1, 2), away=("off", "leave")
    )


def _rolling_limits(common: Common, chance: random.Random) -> AnyRule:
    scope = Scope(people=tuple(chance.sample(PEOPLE, 1)), except_days=_closed(chance))
    window = chance.randint(3, 6)
    if chance.random() < 0.5:
        units, low, high = {"off": 2, "leave": 2, "early": 1}, chance.randint(0, 1), chance.randint(2 * window - 4, 9)
    else:
        units, low, high = {"work": 480, "early": 240, "night": 500}, 240, chance.randint(400, 480) * (window - 1)
    minimum, maximum = chance.choice(((low, high), (None, high), (low, None)))
    return RollingLimits(**common, scope=scope, window=window, units=units, minimum=minimum, maximum=maximum)


def _run_lengths(common: Common, chance: random.Random) -> AnyRule:
    hard = bool(common["hard"])
    scope = Scope(people=tuple(chance.sample(PEOPLE, 1)), except_days=_closed(chance))
    shifts = tuple(chance.sample(IDS, 1 if hard else 2))
    minimum, maximum = chance.choice(((3, None), (2, 3), (1, 1), (4, 5)))
    return RunLengths(**common, scope=scope, shifts=shifts, minimum=minimum, maximum=maximum)


def _minimum_rest(common: Common, chance: random.Random) -> AnyRule:
    scope = Scope(people=tuple(chance.sample(PEOPLE, 1 if common["hard"] else 2)), except_days=_closed(chance))
    minutes = chance.choice((180, 421, 660, 720, 1700))
    return MinimumRest(**common, scope=scope, minutes=minutes, step=chance.choice((1, 60, 90)))


def _priority(common: Common, chance: random.Random) -> AnyRule:
    preferences = tuple(
        Preference(
            person=chance.choice(PEOPLE),
            shifts=tuple(chance.sample(IDS, 2)),
            prefers=chance.random() < 0.4,
            weekdays=chance.choice((None, (0, 6), (5, 6))),
            days=(chance.randrange(DAYS),) if common["hard"] else (6, chance.randrange(DAYS)),
            level=chance.randint(1, 5),
            neutral=chance.choice(((), ("off",))),
        )
        for _ in range(2)
    )
    return Priority(**common, scope=Scope(except_days=(CLOSED,)), preferences=preferences)


def _pair(common: Common, chance: random.Random) -> AnyRule:
    together = chance.random() < 0.5
    scope = Scope(days=tuple(chance.sample(range(DAYS), 2)), except_days=(CLOSED,))
    people, shifts = tuple(chance.sample(PEOPLE, 2)), tuple(chance.sample(IDS, 2))
    return Pair(**common, scope=scope, people=people, shifts=shifts, together=together, same=chance.random() < 0.5)


def _minimum_change(common: Common, chance: random.Random) -> AnyRule:
    length = 4 if common["hard"] else 6
    rows = {name: tuple(chance.choices((None, *IDS), (70, 1, 1, 1, 1, 1), k=length)) for name in PEOPLE}
    name = next(iter(rows))
    weights = {name: tuple(chance.choices(range(4), k=length))} if chance.random() < 0.5 else {}
    return MinimumChange(**common, scope=Scope(except_days=(CLOSED,)), rows=rows, weights=weights)


def _weekends(common: Common, chance: random.Random) -> AnyRule:
    scope = Scope(people=tuple(chance.sample(PEOPLE, 1 if common["hard"] else 2)), except_days=_closed(chance))
    weekdays = chance.choice(((5, 6), (0, 6), (4, 5, 6), (0, 1)))
    maximum = chance.choice((None, 0, 1))
    return Weekends(
        **common, scope=scope, working=WORKING[:2], weekdays=weekdays, maximum=maximum, whole=chance.random() < 0.5
    )


def _hours(common: Common, chance: random.Random) -> AnyRule:
    hard = bool(common["hard"])
    people = tuple(chance.sample(PEOPLE, 1 if hard else 2))
    low = chance.randint(0, 900)
    limits = (Minutes(minimum=low), Minutes(maximum=low + 1200), Minutes(minimum=low, maximum=low + 2000))
    return Hours(
        **common,
        scope=Scope(people=people, except_days=_closed(chance)),
        span=chance.choice(("week", "month", "horizon")),
        first_weekday=chance.randint(0, 6),
        first_day_of_month=chance.choice((1, 20, 25)),
        everybody=chance.choice(limits),
        by_person={people[0]: chance.choice(limits)} if chance.random() < 0.5 else {},
        basis=chance.choice((None, None, 7, 10)),
        step=chance.choice((1, 60, 480)),
    )


def _fairness(common: Common, chance: random.Random) -> AnyRule:
    return Fairness(
        **common,
        scope=Scope(
            people=chance.choice((None, tuple(chance.sample(PEOPLE, 3)), PEOPLE[1:3], PEOPLE[:1])),
            weekdays=chance.choice((None, (5, 6), (0, 2, 3))),
            except_days=(CLOSED,),
        ),
        shifts=tuple(chance.sample(IDS, chance.randint(1, 2))),
        limit=chance.randint(1, 3) if common["hard"] else chance.randint(0, 2),
        past={name: chance.randint(0, 2) for name in chance.sample(PEOPLE, 2)},
        shares=chance.choice(({}, {"ann": 50, "di": 75}, {"bo": 95, "cy": 37}, {"ann": 80})),
    )


MAKERS: dict[str, Callable[[Common, random.Random], AnyRule]] = {
    "staff_type_limits": _staff_type_limits,
    "backup_cover": _backup_cover,
    "after_closure": _after_closure,
    "rolling_limits": _rolling_limits,
    "run_lengths": _run_lengths,
    "minimum_rest": _minimum_rest,
    "priority": _priority,
    "pair": _pair,
    "minimum_change": _minimum_change,
    "weekends": _weekends,
    "hours": _hours,
    "fairness": _fairness,
}
