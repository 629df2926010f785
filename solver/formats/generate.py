"""Kitchen problems made from a seed, so that anyone can measure without our files."""

from __future__ import annotations

import random

from solver.formats.kitchen import Kitchen, PerDay, Staff

TYPES = (("regular", (7, 8), 0.6), ("contract", (7, 9), 0.2), ("part_time", (9, 12), 0.2))


def kitchen(people: int, days: int, seed: int) -> Kitchen:
    """Return a kitchen of ``people`` × ``days`` (from 30), the same for the same arguments.

    Groups of two to four cover everybody and a few people twice; about one cell in twenty is pinned; everyone has
    some wishes for days off, and half of the people prefer the late shift on one weekday.
    """
    chance = random.Random(f"{people}x{days}-{seed}")
    staff = tuple(_person(row, chance) for row in range(people))
    months = tuple((first, min(first + 30, days)) for first in range(0, days - 14, 30))
    special = chance.sample(range(days), 5)
    must_off, must_work = sorted(special[:2]), sorted(special[2:])
    weekend = [day % 7 in (5, 6) for day in range(days)]
    off = PerDay(
        min=tuple(people * (13 if late else 20) // 100 for late in weekend),
        max=tuple(-(-people * (24 if late else 34) // 100) for late in weekend),
    )
    weights = {"group": 100, "daily": 50, "monthly": 80, "rest": 200, "adjacent": 30, "cover": 60}
    return Kitchen.model_validate(
        {
            "staff": staff,
            "days": days,
            "first_weekday": 0,
            "months": months,
            "must_off": must_off,
            "must_work": must_work,
            "groups": _groups(people, chance),
            "off_per_day": off,
            "early_per_day_min": max(1, people // 10),
            "late_per_day_min": max(1, people // 8),
            "early_per_month_max": 6,
            "max_days_without_off": 5,
            "pins": _pins(staff, days, {*special}, chance),
            "wishes": _wishes(staff, days, chance),
            "weights": weights,
        }
    )


def _person(row: int, chance: random.Random) -> Staff:
    kind, off, _ = chance.choices(TYPES, [share for *_, share in TYPES])[0]
    cannot = "E" if kind != "regular" and chance.random() < 0.5 else ""
    return Staff(id=row, type=kind, cannot=cannot, off_per_month=off)


def _groups(people: int, chance: random.Random) -> tuple[tuple[int, ...], ...]:
    rows = chance.sample(range(people), people)
    groups: list[list[int]] = []
    while len(rows) > 1:
        size = min(chance.choice((2, 2, 3, 3, 4)), len(rows))
        groups.append([rows.pop() for _ in range(size)])
    groups += [chance.sample(range(people), min(people, chance.choice((2, 3)))) for _ in range(people // 8)]
    return tuple(tuple(sorted(group)) for group in groups)


def _pins(
    staff: tuple[Staff, ...], days: int, special: set[int], chance: random.Random
) -> tuple[tuple[int, int, str], ...]:
    free = [(row, day) for row in range(len(staff)) for day in range(days) if day not in special]
    pinned = sorted(chance.sample(free, len(free) // 20))
    letters = ("W", "W", "O", "O", "E", "L")
    allowed = ([letter for letter in letters if letter not in staff[row].cannot] for row, _ in pinned)
    return tuple((row, day, chance.choice(some)) for (row, day), some in zip(pinned, allowed, strict=True))


def _wishes(staff: tuple[Staff, ...], days: int, chance: random.Random) -> tuple[tuple[int, int, str, int], ...]:
    wishes: list[tuple[int, int, str, int]] = []
    for row in range(len(staff)):
        wanted = sorted(chance.sample(range(days), min(days, chance.randint(5, 12))))
        wishes += [(row, day, "O", chance.choice((5, 10, 20))) for day in wanted]
        if chance.random() < 0.5:
            weekday = chance.randrange(7)
            wishes += [(row, day, "L", chance.choice((3, 5))) for day in range(weekday, days, 7)]
    return tuple(wishes)
