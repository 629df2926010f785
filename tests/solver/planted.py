"""Contradictions planted into a problem that is otherwise solvable."""

from __future__ import annotations

import random

from solver.problem import Person, Problem
from solver.rules import (
    AnyRule,
    Bounds,
    ConsecutiveWork,
    Coverage,
    Eligibility,
    GroupCover,
    OneShift,
    Pin,
    Pins,
    Requests,
    Scope,
    Wish,
)
from tests.solver.contradictions import DAYS, KINDS, PEOPLE, Made, Plant
from tests.solver.tiny import SHIFTS, START


def background(people: tuple[str, ...]) -> Made:
    """Rules that all can be kept, and that the planted ones do not meet."""
    loose = Bounds(minimum=1, maximum=len(people) - 1)
    return (
        OneShift(id="one shift"),
        Coverage(id="somebody works", hard=True, scope=Scope(people=people[4:]), shifts=("work",), every_day=loose),
        ConsecutiveWork(id="week", hard=True, limit=6),
        Pins(id="other pins", cells=(Pin(person="p4", day=3, shift="work"), Pin(person="p5", day=9, shift="off"))),
        Eligibility(id="no nights", scope=Scope(people=("p6",)), refused=("night",)),
        GroupCover(id="wish for cover", weight=7, members=PEOPLE[:3], limit=2),
        Requests(id="wishes", wishes=(Wish(person="p2", day=5, shift="leave", weight=4),)),
    )


def fifty() -> list[tuple[str, ...]]:
    """Return the kinds of fifty problems: each kind alone, and pairs of kinds in which each is at least once."""
    kinds = list(KINDS)
    alone: list[tuple[str, ...]] = [(kind,) for kind in kinds]
    return alone + [(kinds[number], kinds[(number + 11) % len(kinds)]) for number in range(50 - len(alone))]


def problem(kinds: tuple[str, ...], seed: int, size: int = 8, length: int = DAYS) -> tuple[Problem, list[set[str]]]:
    """Return a problem with a contradiction of each kind, and the ids of the rules of each.

    Parameters
    ----------
    kinds : tuple of str
        One or two.
    seed : int
    size, length : int
        People, at least 8, and days, at least 14.
    """
    names = tuple(f"p{number}" for number in range(size))
    chance = random.Random(f"{kinds}-{seed}")
    people = tuple(
        Person(id=name, name=name.upper(), staff_type="cook" if number < 4 else "waiter")
        for number, name in enumerate(names)
    )
    rules: list[AnyRule] = list(background(names))
    planted: list[set[str]] = []
    begins = chance.sample((3, 8), 2)
    for number, kind in enumerate(kinds):
        pair = (PEOPLE[0], PEOPLE[1]) if number == 0 else (PEOPLE[2], PEOPLE[3])
        made = KINDS[kind](Plant(f"{number} {kind}", pair, begins[number] + chance.randint(0, 1)))
        planted.append({rule.id for rule in made})
        rules += made
    before = dict.fromkeys(PEOPLE[:4], ("off", "work", "work"))
    return Problem(start=START, days=length, shifts=SHIFTS, people=people, before=before, rules=tuple(rules)), planted
