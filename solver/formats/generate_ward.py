"""Wards made from a seed, as texts of Curtois and Qu's format: their instances are not ours to hand out.

What is random is set as their twelve instances with one to ten shifts have it: who may work what, how long and how
often, two days off in four weeks, wishes for a few days on end, and as many shifts needed as people can give.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import NamedTuple

KINDS = ("a", "d", "p", "n")
"""Early, day, late and night shifts; none follows one of a later kind the next day."""
FULL, PART = 0.8, 0.5
"""The share of people with full hours, and what part of them the others work."""
MONTH = 8640
"""Most minutes of a full-time person in four weeks: eighteen shifts of eight hours."""
SHIFT = 480
NEVER = 0.35
"""How likely it is that somebody works no shifts of a type."""
UNDER, OVER = 100, 1


class _Ward(NamedTuple):
    people: list[str]
    shifts: list[str]
    days: int
    chance: random.Random


def ward(people: int, weeks: int, shifts: int, seed: int) -> str:
    """Return an instance of people × weeks with some types of shifts, at least one, the same for the same arguments."""
    chance = random.Random(f"{people}x{weeks}x{shifts}-{seed}")
    nights = 0 if shifts < len(KINDS) else max(1, shifts // 8)
    kinds = [min(len(KINDS) - 1, (len(KINDS) - 1) * at // (shifts - nights)) for at in range(shifts)]
    names = [KINDS[kind] + str(at + 1) for at, kind in enumerate(kinds)]
    made = _Ward([f"p{number}" for number in range(1, people + 1)], names, 7 * weeks, chance)
    staff, most = _staff(made, weeks)
    parts = {
        "HORIZON": [str(made.days)],
        "SHIFTS": _shifts(names),
        "STAFF": staff,
        "DAYS_OFF": _days_off(made, weeks),
        "SHIFT_ON_REQUESTS": _wishes(made, weeks, 5),
        "SHIFT_OFF_REQUESTS": _wishes(made, weeks, 2.5),
        "COVER": _cover(made, most),
    }
    return "\n".join(f"SECTION_{name}\n" + "\n".join(lines) + "\n" for name, lines in parts.items())


def _shifts(names: Sequence[str]) -> list[str]:
    rank = {name: KINDS.index(name[0]) for name in names}
    before = {name: "|".join(one for one in names if rank[one] < rank[name]) for name in names}
    return [f"{name},{SHIFT},{before[name]}" for name in names]


def _staff(made: _Ward, weeks: int) -> tuple[list[str], int]:
    """Return everybody's line, and how many shifts they can give together."""
    lines, most = list[str](), 0
    for number, name in enumerate(made.people):
        full = number < FULL * len(made.people)
        minutes = round(MONTH * weeks / 4 * (1 if full else PART) / SHIFT) * SHIFT
        limits = [_limit(shift, made, weeks) for shift in made.shifts]
        if made.days not in limits:  # nobody lives on nights alone
            limits[made.chance.randrange(sum(shift[0] != KINDS[-1] for shift in made.shifts))] = made.days
        each = "|".join(f"{shift}={limit}" for shift, limit in zip(made.shifts, limits, strict=True))
        longest, rest = made.chance.choice(((5, 2), (5, 2), (6, 3)))
        runs = f"{longest},{2 if full else 1},{rest if full else 2},{(2 if full else 3) * weeks // 4}"
        lines.append(f"{name},{each},{minutes},{minutes - SHIFT * max(1, weeks // 2)},{runs}")
        most += minutes // SHIFT
    return lines, most


def _limit(shift: str, made: _Ward, weeks: int) -> int:
    if len(made.shifts) > 1 and made.chance.random() < NEVER:
        return 0
    return max(1, weeks) if shift[0] == KINDS[-1] else made.days


def _days_off(made: _Ward, weeks: int) -> list[str]:
    return [
        ",".join([name, *map(str, sorted(made.chance.sample(range(made.days), max(1, weeks // 2))))])
        for name in made.people
    ]


def _wishes(made: _Ward, weeks: int, a_month: float) -> list[str]:
    """Draw wishes of one to five days on end for one shift."""
    lines = list[str]()
    for name in made.people:
        day = made.chance.randrange(7)
        while day < made.days:
            length = made.chance.randint(1, 5)
            shift, weight = made.chance.choice(made.shifts), made.chance.randint(1, 3)
            lines += [f"{name},{at},{shift},{weight}" for at in range(day, min(day + length, made.days))]
            day += length + made.chance.randint(1, round(2 * 28 * 3 / a_month) - 3)
    return lines


def _cover(made: _Ward, most: int) -> list[str]:
    """Spread all that people can give over days and shifts, nights getting least; vary it from day to day."""
    share = [0.4 if shift[0] == KINDS[-1] else made.chance.uniform(0.7, 1.3) for shift in made.shifts]
    left = most / made.days
    even = [left * part / sum(share) for part in share]
    return [
        f"{day},{shift},{max(0, int(number + made.chance.random() + made.chance.choice((-1, 0, 0, 1)) * number / 8))},"
        f"{UNDER},{OVER}"
        for day in range(made.days)
        for shift, number in zip(made.shifts, even, strict=True)
    ]
