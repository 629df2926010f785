"""Kitchen problems: JSON with the letters W work, O off, E early, L late; rosters as one string a person.

The price of a roster is that of the kitchen scorer: group, daily, monthly, rest, adjacent and cover excesses by
weight, and the weight of each wish not granted. Pins, closures, must-work days and ``cannot`` are hard.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field, RootModel

from solver.frozen import Frozen, HorizonDay
from solver.problem import Person, Problem, Shift
from solver.roster import Roster
from solver.rules import (
    AnyRule,
    Bounds,
    Calendar,
    ConsecutiveWork,
    Coverage,
    DailyLimits,
    Eligibility,
    Employment,
    GroupCover,
    OneShift,
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

MONDAY = date(2026, 1, 5)
SHIFTS = (
    Shift(id="W", kind="work", minutes=480),
    Shift(id="O", kind="off", absence=2, rest=True),
    Shift(id="E", kind="early", minutes=240, absence=1),
    Shift(id="L", kind="late", minutes=480),
)
Letter = Literal["W", "O", "E", "L"]
Row = Annotated[int, Field(ge=0, description="position in staff")]
Count = Annotated[int, Field(ge=0)]


class Staff(Frozen):
    """A person of a kitchen file."""

    id: int
    type: str = ""
    cannot: str = Field(default="", pattern="^[WOEL]*$")
    off_per_month: tuple[Count, Count]


class PerDay(Frozen):
    """Least and most people off, for each day."""

    min: tuple[Count, ...]
    max: tuple[Count, ...]


class Weights(Frozen):
    """Cost of a unit of each excess."""

    group: Count
    daily: Count
    monthly: Count
    rest: Count
    adjacent: Count
    cover: Count


class Kitchen(Frozen):
    """A kitchen file, as it is written."""

    staff: tuple[Staff, ...] = Field(min_length=1)
    days: int = Field(ge=1)
    first_weekday: int = Field(ge=0, le=6)
    months: tuple[tuple[Count, Count], ...]
    must_off: tuple[HorizonDay, ...] = ()
    must_work: tuple[HorizonDay, ...] = ()
    groups: tuple[tuple[Row, ...], ...] = ()
    group_limit_half_days: Count = 2
    off_per_day: PerDay
    early_per_day_min: Count = 0
    late_per_day_min: Count = 0
    early_per_month_max: Count
    max_days_without_off: int = Field(ge=1)
    pins: tuple[tuple[Row, HorizonDay, Letter], ...] = ()
    wishes: tuple[tuple[Row, HorizonDay, Letter, int], ...] = ()
    weights: Weights


def problem(kitchen: Kitchen) -> Problem:
    """Return the problem that a kitchen file states.

    Raises
    ------
    ValueError
        When the file names people or days that it does not have.
    """
    people = tuple(
        Person(id=str(row), name=str(staff.id), staff_type=staff.type) for row, staff in enumerate(kitchen.staff)
    )
    for name, given in (("off_per_day.min", kitchen.off_per_day.min), ("off_per_day.max", kitchen.off_per_day.max)):
        if len(given) != kitchen.days:
            raise ValueError(f"{name}: expected {kitchen.days} numbers, found {len(given)}")
    _know_their_names(kitchen)
    return Problem(
        start=MONDAY + timedelta(days=kitchen.first_weekday),
        days=kitchen.days,
        shifts=SHIFTS,
        people=people,
        rules=(*_hard(kitchen), *_daily(kitchen), *_personal(kitchen)),
    )


def _know_their_names(kitchen: Kitchen) -> None:
    """Refuse people and days that the file does not have, where it names them."""
    named: list[tuple[str, Sequence[int], Sequence[int]]] = [
        *((f"groups[{number}]", members, ()) for number, members in enumerate(kitchen.groups)),
        *((f"pins[{number}]", (row,), (day,)) for number, (row, day, _) in enumerate(kitchen.pins)),
        *((f"wishes[{number}]", (row,), (day,)) for number, (row, day, _, _) in enumerate(kitchen.wishes)),
        ("must_off", (), kitchen.must_off),
        ("must_work", (), kitchen.must_work),
    ]
    for where, rows, days in named:
        for row in rows:
            if row >= len(kitchen.staff):
                raise ValueError(f"{where}: there is no person {str(row)!r}")
        for day in days:
            if day >= kitchen.days:
                raise ValueError(f"{where}: there is no day {day}")


def _hard(kitchen: Kitchen) -> list[AnyRule]:
    rules: list[AnyRule] = [OneShift(id="one_shift"), Employment(id="employment")]
    pins = tuple(Pin(person=str(row), day=day, shift=shift) for row, day, shift in kitchen.pins)
    rules.append(Pins(id="pins", cells=pins))
    rules.append(
        Calendar(id="calendar", must_off=kitchen.must_off, must_work=kitchen.must_work, off=("O",), away=("O",))
    )
    for letters in sorted({staff.cannot for staff in kitchen.staff} - {""}):
        people = tuple(str(row) for row, staff in enumerate(kitchen.staff) if staff.cannot == letters)
        rules.append(Eligibility(id="cannot", scope=Scope(people=people), refused=tuple(letters)))
    return rules


def _daily(kitchen: Kitchen) -> list[AnyRule]:
    weights, opened = kitchen.weights, Scope(except_days=kitchen.must_off)
    rules: list[AnyRule] = [
        GroupCover(
            id="group", weight=weights.group, scope=opened,
            members=tuple(map(str, members)), limit=kitchen.group_limit_half_days,
        )
        for members in kitchen.groups
    ]  # fmt: skip
    by_day = {
        day: Bounds(minimum=low if low <= high else None, maximum=high)
        for day, (low, high) in enumerate(zip(kitchen.off_per_day.min, kitchen.off_per_day.max, strict=True))
    }
    rules.append(
        DailyLimits(
            id="daily", weight=weights.daily, scope=opened,
            shifts=("O",), by_day=by_day, no_minimum_days=kitchen.must_work,
        )
    )  # fmt: skip
    for letter, minimum in (("E", kitchen.early_per_day_min), ("L", kitchen.late_per_day_min)):
        bounds = Bounds(minimum=minimum)
        rules.append(Coverage(id="cover", weight=weights.cover, scope=opened, shifts=(letter,), every_day=bounds))
    return rules


def _personal(kitchen: Kitchen) -> list[AnyRule]:
    weights, opened = kitchen.weights, Scope(except_days=kitchen.must_off)
    spans = [
        (str(row), staff, first, end - 1) for row, staff in enumerate(kitchen.staff) for first, end in kitchen.months
    ]
    off = tuple(
        SpanLimit(person=person, first=first, last=last, minimum=staff.off_per_month[0], maximum=staff.off_per_month[1])
        for person, staff, first, last in spans
    )
    early = tuple(
        SpanLimit(person=person, first=first, last=last, maximum=kitchen.early_per_month_max)
        for person, _, first, last in spans
    )
    adjacent = tuple(Pattern(steps=((a,), (b,))) for a, b in ("OO", "OE", "EO"))
    wishes = tuple(
        Wish(person=str(row), day=day, shift=shift, weight=weight) for row, day, shift, weight in kitchen.wishes
    )
    return [
        PeriodLimits(id="monthly", weight=weights.monthly, units={"O": 1}, limits=off),
        PeriodLimits(id="monthly", weight=weights.monthly, units={"E": 1}, limits=early),
        ConsecutiveWork(id="rest", weight=weights.rest, limit=kitchen.max_days_without_off),
        Sequences(id="adjacent", weight=weights.adjacent, scope=opened, patterns=adjacent),
        Requests(id="wishes", weight=1, wishes=wishes),
    ]


class RosterFile(RootModel[tuple[Annotated[str, Field(pattern=r"^[WOEL.]*$")], ...]]):
    """A roster file: one string of letters a person, a dot where nothing is decided."""


def read_problem(text: str) -> Problem:
    """Return the problem that the kitchen file in ``text`` states."""
    return problem(Kitchen.model_validate_json(text))


def read_roster(problem: Problem, text: str) -> Roster:
    """Return the roster written in ``text``.

    Raises
    ------
    ValueError
        When it has not one string a person and one letter a day.
    """
    rows = RosterFile.model_validate_json(text).root
    if len(rows) != len(problem.people):
        raise ValueError(f"expected {len(problem.people)} strings, one a person, found {len(rows)}")
    return Roster(
        problem,
        {
            person.id: [None if letter == "." else letter for letter in row]
            for person, row in zip(problem.people, rows, strict=True)
        },
    )


def write_roster(roster: Roster) -> list[str]:
    """Return the roster as one string of letters a person, a dot where nothing is decided."""
    return ["".join(shift or "." for shift in row) for row in roster.rows().values()]
