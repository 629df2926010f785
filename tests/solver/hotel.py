"""A hotel kitchen as its manager keeps it: 18 people, 62 days, the rules a new team starts with."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache

from solver.problem import Person, Problem, Shift
from solver.rules import (
    AnyRule,
    Bounds,
    Calendar,
    ConsecutiveWork,
    DailyLimits,
    Eligibility,
    Employment,
    GroupCover,
    OneShift,
    Pattern,
    PeriodLimits,
    Requests,
    Scope,
    Sequences,
    SpanLimit,
    Wish,
)

START = date(2026, 12, 21)
DAYS = 62
SHIFTS = (
    Shift(id="○", kind="work", start=540, minutes=480),
    Shift(id="×", kind="off", absence=2, rest=True),
    Shift(id="△", kind="early", start=360, minutes=240, absence=1),
    Shift(id="◇", kind="late", start=780, minutes=480),
    Shift(id="★", kind="leave", absence=2, rest=True),
)
OFF = ("×", "★")
DAYS_OFF = {"regular": (7, 8), "contract": (7, 9), "part_time": (9, 12)}
MONTHS = ((date(2026, 12, 21), date(2027, 1, 20)), (date(2027, 1, 21), date(2027, 2, 20)))
STAFF = """\
name,type,from,to
佐藤,regular,,
鈴木,regular,,
高橋,regular,,
田中,regular,,
伊藤,regular,,
渡辺,regular,,
山本,regular,,
中村,regular,,
小林,regular,,
加藤,regular,,
吉田,regular,,
山田,regular,,
佐々木,contract,,
山口,contract,,
松本,contract,,2027-01-31
井上,part_time,,
木村,part_time,2027-01-10,
林,part_time,,
"""
CALENDAR = {
    "must_work": ("2026-12-31", "2027-01-01", "2027-01-02", "2027-02-14"),
    "must_off": ("2027-01-19", "2027-01-20"),
}
GROUPS = (
    ("佐藤", "高橋", "山本"), ("田中", "中村"), ("鈴木", "伊藤", "小林"), ("渡辺", "加藤"), ("吉田", "山田"),
    ("佐藤", "鈴木"), ("松本", "井上"),
)  # fmt: skip
WISHES = """\
佐藤 12-24×5 12-25×5 01-18×20 01-25×20 02-02★5
鈴木 01-07×5 01-15★5 01-22△10 01-30△20 02-15×20
高橋 12-21×20 01-04×20 01-26×20 02-05×5 02-12×10
田中 01-06×20 01-18×20 02-06△20 02-12×-10 02-16△20
伊藤 01-28×-10 02-02△20 02-10△5
渡辺 12-24×20 12-25△20 01-16×-20 01-31×-5 02-01×10
山本 12-25×-5 01-04×10 02-03×5 02-16△20
中村 12-28×20 01-30×5 02-04×-10
小林 12-25×20 12-27×5 01-03×-10 01-12△10 01-26×20
加藤 01-03×10 01-14×5 01-18×5 01-22×5 02-18×-10
吉田 01-07★20 01-15×-20 02-01★5 02-05△5
山田 12-26×5 01-23×10 02-04×20 02-05★20 02-07×20
佐々木 01-26★20 02-02★20 02-05×-10 02-06×20 02-10×10
山口 12-25×5 02-03×-10 02-06★10 02-08×-20
松本 12-29×10 01-06×20 01-12★5 01-13×10 01-23×5
井上 01-21★5 01-31★10 02-17×10
木村 01-15×5 01-21×10 01-28×20 01-30×20 02-11★20
林 12-25×20 12-29★20 01-08×5 01-11×10 02-07★10
"""


def day(text: str) -> int:
    return (date.fromisoformat(text) - START).days


@cache
def kitchen() -> Problem:
    """The demonstration kitchen as a problem: groups, daily and period limits, runs, sequences, wishes."""
    staff = list(csv.DictReader(STAFF.splitlines()))
    people = tuple(
        Person(
            id=row["name"],
            staff_type=row["type"],
            first_day=day(row["from"]) if row["from"] else None,
            last_day=day(row["to"]) if row["to"] else None,
        )
        for row in staff
    )
    before = {row["name"]: ("○", "○", "×", "○", "○") for row in staff[:12]}
    return Problem(
        start=START, days=DAYS, shifts=SHIFTS, people=people, before=before, rules=(*_hard(staff), *_soft(people))
    )


def _hard(staff: list[dict[str, str]]) -> list[AnyRule]:
    closed, opened = (tuple(map(day, CALENDAR[kind])) for kind in ("must_off", "must_work"))
    irregular = tuple(row["name"] for row in staff if row["type"] != "regular")
    return [
        OneShift(id="one_shift"),
        Employment(id="employment"),
        Calendar(id="calendar", must_off=closed, must_work=opened, off=OFF, away=OFF),
        Eligibility(id="eligibility", hard=False, weight=150, scope=Scope(people=irregular), refused=("△", "◇")),
    ]


def _soft(people: tuple[Person, ...]) -> list[AnyRule]:
    closed, opened = (tuple(map(day, CALENDAR[kind])) for kind in ("must_off", "must_work"))
    scope = Scope(except_days=closed)
    groups = [GroupCover(id="group", weight=100, scope=scope, members=members, limit=2) for members in GROUPS]
    patterns = tuple(Pattern(steps=(tuple(a), tuple(b))) for a, b in ("××", "×△", "△×", "△△"))
    return [
        *groups,
        DailyLimits(
            id="daily", weight=50, scope=scope, shifts=OFF, every_day=Bounds(minimum=2, maximum=5),
            no_minimum_days=opened,
        ),
        PeriodLimits(id="period", weight=80, units={"×": 2, "★": 2, "△": 1}, limits=tuple(_limits(people))),
        ConsecutiveWork(id="consecutive", weight=200, limit=5),
        Sequences(id="sequences", weight=30, scope=scope, patterns=patterns),
        Requests(id="requests", wishes=tuple(_wishes())),
    ]  # fmt: skip


def _limits(people: tuple[Person, ...]) -> list[SpanLimit]:
    """Half days off a business month; for a month of which only a part is worked, the share of it."""
    limits: list[SpanLimit] = []
    for person in people:
        low, high = DAYS_OFF[person.staff_type]
        for first, last in MONTHS:
            span = range((first - START).days, (last - START).days + 1)
            since = person.first_day or 0
            until = DAYS - 1 if person.last_day is None else person.last_day
            worked = sum(since <= day <= until for day in span)
            if worked:
                share = worked / len(span)
                limits.append(
                    SpanLimit(
                        person=person.id, first=span[0], last=span[-1],
                        minimum=int(2 * low * share), maximum=-int(-2 * high * share // 1),
                    )
                )  # fmt: skip
    return limits


def _wishes() -> list[Wish]:
    wishes: list[Wish] = []
    for line in WISHES.splitlines():
        name, *items = line.split()
        for item in items:
            month, shift, weight = item[:5], item[5], int(item[6:])
            year = START.year + (month < "12")
            wishes.append(
                Wish(person=name, day=day(f"{year}-{month}"), shift=shift, wanted=weight > 0, weight=abs(weight))
            )
    return wishes
