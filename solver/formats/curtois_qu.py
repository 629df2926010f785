"""Instances of Curtois and Qu: text in sections, one shift or none a day; rosters as JSON lists of shift ids or null.

Hard are successions, shifts of a type, minutes, runs of work and of rest (one at an end of the horizon may go on beyond
it, so it may be short), weekends and days off; requests and cover have weights. A day without a shift is a shift here.

References
----------
.. [1] T. Curtois, R. Qu, Computational results on new staff scheduling benchmark instances (2014).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from pydantic import RootModel

from solver.formats.sections import Line, sections
from solver.frozen import Day, PersonId, ShiftId
from solver.problem import Person, Problem, Shift
from solver.roster import Roster
from solver.rules import (
    AnyRule,
    Bounds,
    Coverage,
    Eligibility,
    Employment,
    Hours,
    Minutes,
    OneShift,
    Pattern,
    PeriodLimits,
    Requests,
    RunLengths,
    Scope,
    Sequences,
    SpanLimit,
    Weekends,
    Wish,
)

MONDAY = date(2026, 1, 5)
"""Every instance begins on a Monday, whichever."""
FREE = "-"
"""The shift of a day without one."""
FORMS = {
    "HORIZON": "DAYS",
    "SHIFTS": "ID,MINUTES,SHIFTS",
    "STAFF": "ID,MAX_SHIFTS,MAX_MINUTES,MIN_MINUTES,MAX_RUN,MIN_RUN,MIN_REST,MAX_WEEKENDS",
    "DAYS_OFF": "ID,DAY,…",
    "SHIFT_ON_REQUESTS": "ID,DAY,SHIFT,WEIGHT",
    "SHIFT_OFF_REQUESTS": "ID,DAY,SHIFT,WEIGHT",
    "COVER": "DAY,SHIFT,NUMBER,WEIGHT_UNDER,WEIGHT_OVER",
}
Found = dict[str, list[Line]]


def read_problem(text: str) -> Problem:
    """Return the problem that the instance in ``text`` states.

    Raises
    ------
    BadFile
        Naming the line, and what was expected there.
    """
    found = sections(text, FORMS)
    days = found["HORIZON"][0].number(0, least=1)
    shifts = {line.new(0, {FREE}): line.number(1) for line in found["SHIFTS"]}
    staff = [line.new(0) for line in found["STAFF"]]
    return Problem(
        start=MONDAY,
        days=days,
        shifts=(
            *(Shift(id=name, minutes=minutes) for name, minutes in shifts.items()),
            Shift(id=FREE, kind="off", absence=2, rest=True),
        ),
        people=tuple(Person(id=name) for name in staff),
        rules=(
            OneShift(id="one_shift"),
            Employment(id="employment"),
            *_days_off(found, days, staff, tuple(shifts)),
            *_shifts_of_a_type(found, days, tuple(shifts)),
            *_successions(found, tuple(shifts)),
            *_runs(found, tuple(shifts)),
            *_weekends(found, days, tuple(shifts)),
            _minutes(found),
            _requests(found, days, staff, tuple(shifts)),
            *_cover(found, days, tuple(shifts)),
        ),
    )


def _days_off(found: Found, days: int, staff: Sequence[PersonId], shifts: tuple[ShiftId, ...]) -> list[AnyRule]:
    return [
        Eligibility(
            id="day_off",
            scope=Scope(people=(line.one_of(0, staff),), days=tuple(line.day(at, days) for at in line.from_(1))),
            refused=shifts,
        )
        for line in found["DAYS_OFF"]
    ]


def _shifts_of_a_type(found: Found, days: int, shifts: tuple[ShiftId, ...]) -> list[AnyRule]:
    """At most so many of each: none at all is no choice, and as many as there are days is no limit."""
    never: dict[tuple[ShiftId, ...], list[PersonId]] = defaultdict(list)
    limits: dict[ShiftId, list[SpanLimit]] = defaultdict(list)
    for line in found["STAFF"]:
        most = {shift: line.count_of(1, shift) for shift in line.names_of(1, shifts)}
        none = tuple(shift for shift in shifts if most.get(shift) == 0)
        if none:
            never[none].append(line.fields[0])
        for shift, number in most.items():
            if 0 < number < days:
                limits[shift].append(SpanLimit(person=line.fields[0], first=0, last=days - 1, maximum=number))
    return [
        *(
            Eligibility(id="shifts_of_a_type", scope=Scope(people=tuple(people)), refused=none)
            for none, people in never.items()
        ),
        *(
            PeriodLimits(id="shifts_of_a_type", hard=True, units={shift: 1}, limits=tuple(all_limits))
            for shift, all_limits in limits.items()
        ),
    ]


def _successions(found: Found, shifts: tuple[ShiftId, ...]) -> list[AnyRule]:
    patterns = tuple(
        Pattern(steps=((line.fields[0],), refused))
        for line in found["SHIFTS"]
        if (refused := tuple(line.names(2, shifts)))
    )
    return [Sequences(id="successions", hard=True, patterns=patterns)] if patterns else []


def _runs(found: Found, shifts: tuple[ShiftId, ...]) -> list[AnyRule]:
    work: dict[tuple[int, int], list[PersonId]] = defaultdict(list)
    rest: dict[int, list[PersonId]] = defaultdict(list)
    for line in found["STAFF"]:
        low = line.number(5, least=1)
        work[low, line.number(4, least=low)].append(line.fields[0])
        rest[line.number(6, least=1)].append(line.fields[0])
    return [
        *(
            RunLengths(
                id="runs_of_work", hard=True, scope=Scope(people=tuple(people)),
                shifts=shifts, minimum=low, maximum=high,
            )
            for (low, high), people in work.items()
        ),
        *(
            RunLengths(id="runs_of_rest", hard=True, scope=Scope(people=tuple(people)), shifts=(FREE,), minimum=low)
            for low, people in rest.items()
        ),
    ]  # fmt: skip


def _weekends(found: Found, days: int, shifts: tuple[ShiftId, ...]) -> list[AnyRule]:
    """A Saturday that is the last day of the horizon is no weekend."""
    alone = (days - 1,) if days % 7 == 6 else ()
    most: dict[int, list[PersonId]] = defaultdict(list)
    for line in found["STAFF"]:
        most[line.number(7)].append(line.fields[0])
    return [
        Weekends(
            id="weekends", hard=True, scope=Scope(people=tuple(people), except_days=alone),
            working=shifts, maximum=number,
        )
        for number, people in most.items()
    ]  # fmt: skip


def _minutes(found: Found) -> AnyRule:
    limits: dict[PersonId, Minutes] = {}
    for line in found["STAFF"]:
        low = line.number(3)
        limits[line.fields[0]] = Minutes(minimum=low, maximum=line.number(2, least=low))
    return Hours(id="minutes", hard=True, span="horizon", by_person=limits)


def _requests(found: Found, days: int, staff: Sequence[PersonId], shifts: tuple[ShiftId, ...]) -> AnyRule:
    wishes = [
        Wish(
            person=line.one_of(0, staff), day=line.day(1, days), shift=line.one_of(2, shifts),
            wanted=wanted, weight=weight,
        )
        for name, wanted in (("SHIFT_ON_REQUESTS", True), ("SHIFT_OFF_REQUESTS", False))
        for line in found[name]
        if (weight := line.number(3))
    ]  # fmt: skip
    return Requests(id="requests", wishes=tuple(wishes))


def _cover(found: Found, days: int, shifts: tuple[ShiftId, ...]) -> list[AnyRule]:
    wanted: dict[ShiftId, dict[Day, Bounds]] = defaultdict(dict)
    for line in found["COVER"]:
        day, shift = line.day(0, days), line.one_of(1, shifts)
        if day in wanted[shift]:
            raise line.bad(f"expected the cover of {shift} on day {day} once")
        number, under, over = (line.number(at) for at in (2, 3, 4))
        wanted[shift][day] = Bounds(
            minimum=number if under else None, minimum_weight=under or 1,
            maximum=number if over else None, maximum_weight=over or 1,
        )  # fmt: skip
    return [Coverage(id="cover", shifts=(shift,), by_day=by_day) for shift, by_day in wanted.items()]


class RosterFile(RootModel[dict[PersonId, tuple[ShiftId | None, ...]]]):
    """A roster file: for each person one shift id a day, null on a day without a shift."""


def read_roster(problem: Problem, text: str) -> Roster:
    """Return the roster written in ``text``.

    Raises
    ------
    ValueError
        When somebody is missing or unknown, or has not one shift of the instance, or null, a day.
    """
    rows = RosterFile.model_validate_json(text).root
    missing = [name for name in problem.index.ids if name not in rows]
    if missing:
        raise ValueError(f"expected a row for each person, found none for {missing[0]!r}")
    return Roster(problem, {name: [shift or FREE for shift in row] for name, row in rows.items()})


def write_roster(roster: Roster) -> dict[PersonId, list[ShiftId | None]]:
    """Return the roster as JSON values, null on a day without a shift."""
    return {name: [None if shift == FREE else shift for shift in row] for name, row in roster.rows().items()}
