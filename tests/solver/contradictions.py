"""Contradictions to be planted: rules that no roster keeps together, by name."""

from __future__ import annotations

from collections.abc import Callable

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
    Fairness,
    GroupCover,
    Hours,
    MinimumChange,
    MinimumRest,
    Minutes,
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

DAYS = 14
PEOPLE = tuple(f"p{number}" for number in range(8))
WORKING = ("work", "early", "night")
AWAY = ("off", "leave")


class Plant:
    """Names for the rules of one planted contradiction: a first and a second person, a day, and an id prefix."""

    def __init__(self, name: str, people: tuple[str, str], day: int) -> None:
        self.name = name
        self.one, self.two = people
        self.day = day
        self.his = Scope(people=(self.one,))
        self.today = Scope(days=(day,))
        self.five = tuple(range(day, day + 5))

    def id(self, what: str) -> dict[str, object]:
        return {"id": f"{self.name}/{what}", "hard": True}

    def pins(self, *cells: tuple[str, int, str], what: str = "pins") -> Pins:
        return Pins(**self.id(what), cells=tuple(Pin(person=p, day=d, shift=s) for p, d, s in cells))

    def each(self, **limits: int) -> tuple[SpanLimit, ...]:
        """Limits of each of the two over five days."""
        return tuple(
            SpanLimit(person=name, first=self.five[0], last=self.five[-1], **limits) for name in (self.one, self.two)
        )

    def refused(self, *people: str, shift: str = "night") -> Eligibility:
        scope = Scope(people=people, days=(self.day,))
        return Eligibility(**self.id("refused"), scope=scope, refused=(shift,))


Made = tuple[AnyRule, ...]


def two_pins(p: Plant) -> Made:
    return p.pins((p.one, p.day, "off")), p.pins((p.one, p.day, "work"), what="more pins")


def refused_pin(p: Plant) -> Made:
    return p.pins((p.one, p.day, "night")), p.refused(p.one)


def pinned_on_a_closure(p: Plant) -> Made:
    return p.pins((p.one, p.day, "work")), Calendar(**p.id("calendar"), scope=p.his, must_off=(p.day,), off=AWAY)


def wish_on_a_working_day(p: Plant) -> Made:
    wishes = (Wish(person=p.one, day=p.day, shift="off"),)
    return Requests(**p.id("wish"), wishes=wishes), Calendar(
        **p.id("calendar"), scope=p.his, must_work=(p.day,), away=AWAY
    )


def too_many_in_a_row(p: Plant) -> Made:
    pins = p.pins(*((p.one, p.day + more, "work") for more in range(3)))
    return pins, ConsecutiveWork(**p.id("row"), scope=p.his, limit=2)


def group_away(p: Plant) -> Made:
    pins = p.pins((p.one, p.day, "off"), (p.two, p.day, "off"))
    return pins, GroupCover(**p.id("group"), members=(p.one, p.two), limit=2)


def nobody_may(p: Plant) -> Made:
    scope = Scope(people=(p.one, p.two), days=(p.day,))
    cover = Coverage(**p.id("cover"), scope=scope, shifts=("early",), every_day=Bounds(minimum=1))
    return cover, p.refused(p.one, p.two, shift="early")


def too_few_and_too_many(p: Plant) -> Made:
    many = Coverage(**p.id("cover"), scope=p.today, shifts=("night",), every_day=Bounds(minimum=3))
    return many, DailyLimits(**p.id("daily"), scope=p.today, shifts=("night",), every_day=Bounds(maximum=2))


def pinned_in_a_holiday(p: Plant) -> Made:
    limits = (SpanLimit(person=p.one, first=p.day, last=p.day + 2, minimum=3),)
    return p.pins((p.one, p.day + 1, "work")), PeriodLimits(**p.id("period"), units={"off": 1}, limits=limits)


def rest_without_days_off(p: Plant) -> Made:
    limits = (SpanLimit(person=p.one, first=p.day, last=p.day + 2, maximum=0),)
    period = PeriodLimits(**p.id("period"), units={"off": 1, "leave": 1}, limits=limits)
    scope = Scope(people=(p.one,), days=tuple(range(p.day, p.day + 3)))
    return period, RollingLimits(**p.id("rolling"), scope=scope, window=3, units={"off": 1, "leave": 1}, minimum=1)


def forbidden_sequence(p: Plant) -> Made:
    pins = p.pins((p.one, p.day, "night"), (p.one, p.day + 1, "early"))
    return pins, Sequences(**p.id("sequence"), scope=p.his, patterns=(Pattern(steps=(("night",), ("early",))),))


def short_rest(p: Plant) -> Made:
    pins = p.pins((p.one, p.day, "night"), (p.one, p.day + 1, "early"))
    return pins, MinimumRest(**p.id("rest"), scope=p.his, minutes=660)


def type_away(p: Plant) -> Made:
    scope = Scope(people=(p.one,), days=(p.day,))
    return p.pins((p.one, p.day, "off")), StaffTypeLimits(**p.id("type"), scope=scope, staff_type="cook", limit=1)


def no_backup(p: Plant) -> Made:
    pins = p.pins((p.one, p.day, "off"), (p.two, p.day, "leave"))
    return pins, BackupCover(**p.id("backup"), members=(p.one,), backups=(p.two,), away=AWAY, working=WORKING)


def off_after_a_closure(p: Plant) -> Made:
    closures = (p.day - 2, p.day - 1)
    return p.pins((p.one, p.day, "off")), AfterClosure(**p.id("after"), scope=p.his, closures=closures, away=AWAY)


def too_long_days(p: Plant) -> Made:
    pins = p.pins((p.one, p.day, "work"), (p.one, p.day + 1, "work"))
    return pins, RollingLimits(**p.id("rolling"), scope=p.his, window=2, units={"work": 480, "night": 500}, maximum=900)


def single_night(p: Plant) -> Made:
    pins = p.pins((p.one, p.day - 1, "off"), (p.one, p.day, "night"), (p.one, p.day + 1, "off"))
    return pins, RunLengths(**p.id("run"), scope=p.his, shifts=("night",), minimum=2)


def avoided(p: Plant) -> Made:
    preferences = (Preference(person=p.one, shifts=("work",), prefers=False, days=(p.day,)),)
    return p.pins((p.one, p.day, "work")), Priority(**p.id("priority"), preferences=preferences)


def not_apart(p: Plant) -> Made:
    pins = p.pins((p.one, p.day, "work"), (p.two, p.day, "work"))
    return pins, Pair(**p.id("pair"), people=(p.one, p.two), shifts=("work",), together=False)


def weekend_worked(p: Plant) -> Made:
    saturday = 5 if p.day < 7 else 12
    rule = Weekends(**p.id("weekends"), scope=p.his, working=WORKING, maximum=0)
    return p.pins((p.one, saturday, "work")), rule


def too_many_hours(p: Plant) -> Made:
    pins = p.pins(*((p.one, p.day // 7 * 7 + more, "work") for more in range(3)))
    limits = {p.one: Minutes(maximum=1000)}
    return pins, Hours(**p.id("hours"), scope=p.his, by_person=limits, basis=7)


def unfair(p: Plant) -> Made:
    scope = Scope(people=(p.one, p.two), days=(p.day,))
    pins = p.pins((p.one, p.day, "night"), (p.two, p.day, "off"))
    return pins, Fairness(**p.id("fairness"), scope=scope, shifts=("night",), limit=0)


def kept_but_refused(p: Plant) -> Made:
    rows = {p.one: (*(None,) * p.day, "night")}
    return MinimumChange(**p.id("kept"), rows=rows), p.refused(p.one)


def since_before(p: Plant) -> Made:
    """The two days before the horizon are worked by everybody."""
    return p.pins((p.one, 0, "work")), ConsecutiveWork(**p.id("row"), scope=p.his, limit=2)


def nights_for_two(p: Plant) -> Made:
    """Five nights, two people, two nights each."""
    scope = Scope(people=(p.one, p.two), days=p.five)
    cover = Coverage(**p.id("cover"), scope=scope, shifts=("night",), every_day=Bounds(minimum=1))
    return cover, PeriodLimits(**p.id("few"), units={"night": 1}, limits=p.each(maximum=2))


def days_off_for_two(p: Plant) -> Made:
    """Three days off each of five, one at a time."""
    scope = Scope(days=p.five)
    group = GroupCover(**p.id("group"), scope=scope, members=(p.one, p.two), limit=2)
    return group, PeriodLimits(**p.id("off"), units={"off": 1, "leave": 1}, limits=p.each(minimum=3))


def odd_nights_shared_evenly(p: Plant) -> Made:
    """Five nights cannot be two equal shares."""
    scope = Scope(people=(p.one, p.two), days=p.five)
    cover = Coverage(**p.id("cover"), scope=scope, shifts=("night",), every_day=Bounds(minimum=1, maximum=1))
    return cover, Fairness(**p.id("even"), scope=scope, shifts=("night",), limit=0)


COUNTING = ("nights_for_two", "days_off_for_two", "odd_nights_shared_evenly")
"""Clashes of which no two parts clash: only counting over days and people shows them."""


KINDS: dict[str, Callable[[Plant], Made]] = {
    plant.__name__: plant
    for plant in (
        two_pins, refused_pin, pinned_on_a_closure, wish_on_a_working_day, too_many_in_a_row, group_away, nobody_may,
        too_few_and_too_many, pinned_in_a_holiday, rest_without_days_off, forbidden_sequence, short_rest, type_away,
        no_backup, off_after_a_closure, too_long_days, single_night, avoided, not_apart, weekend_worked,
        too_many_hours, unfair, kept_but_refused, since_before, nights_for_two, days_off_for_two,
        odd_nights_shared_evenly,
    )
}  # fmt: skip
