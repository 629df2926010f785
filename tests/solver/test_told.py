"""What is told of a breach: whom, when, by how much; and the edges of rules that look at several days."""

from __future__ import annotations

from datetime import date

from solver.problem import Person
from solver.rules import (
    AfterClosure,
    BackupCover,
    Calendar,
    ConsecutiveWork,
    Fairness,
    Hours,
    MinimumChange,
    MinimumRest,
    Minutes,
    Pair,
    Pattern,
    PeriodLimits,
    Preference,
    Priority,
    RollingLimits,
    RunLengths,
    Scope,
    Sequences,
    SpanLimit,
    StaffTypeLimits,
    Weekends,
)
from tests.solver.test_rules import WORKING, amounts, told, violations


def test_what_is_broken_is_told_with_people_and_days():
    nights = RunLengths(id="r", shifts=("night",), minimum=3, maximum=3)
    assert told(nights, "wnnwnnnnw") == [("ann", (1, 2), 1), ("ann", (4, 7), 1)]
    assert told(RollingLimits(id="r", window=3, units={"off": 1}, maximum=1), "wowow") == [("ann", (1, 3), 1)]
    week = Weekends(id="r", working=WORKING, maximum=1, whole=True)
    assert told(week, "o" * 5 + "wwooooowo") == [("ann", (5, 13), 1), ("ann", (12, 13), 1)]
    assert told(MinimumRest(id="r", minutes=660), "oneo") == [("ann", (1, 2), 12)]  # 6:20 to 6:00
    assert told(Fairness(id="r", shifts=("night",), limit=0), "nnw", "wwn", "www") == [("ann cy", (0, 2), 2)]
    assert told(Hours(id="r", everybody=Minutes(maximum=0), step=480), "oooooww" "woooooo") == [
        ("ann", (0, 6), 2), ("ann", (7, 13), 1),
    ]  # fmt: skip
    pair = Pair(id="r", people=("ann", "bo"), shifts=("work",), together=False)
    assert told(pair, "ow", "ow") == [("ann bo", (1,), 1)]
    backup = BackupCover(id="r", members=("ann",), backups=("bo",), away=("off",), working=WORKING)
    assert told(backup, "wo", "oo") == [("ann", (1,), 1)]
    closure = AfterClosure(id="r", closures=(0, 1), away=("off",))
    assert told(closure, "ooo", "oow") == [("ann", (2,), 1)]
    types = tuple(Person(id=name, staff_type="cook") for name in ("ann", "bo", "cy"))
    assert told(StaffTypeLimits(id="r", staff_type="cook"), "wo", "ew", "oe", people=types) == [
        ("bo cy", (0,), 1), ("ann cy", (1,), 1),
    ]  # fmt: skip
    change = MinimumChange(id="r", rows={"ann": ("work", "off")})
    assert told(change, "wn") == [("ann", (1,), 1)]


def test_two_people_are_compared_only_while_both_are_employed():
    people = (Person(id="ann", last_day=1), Person(id="bo", first_day=1))
    apart = Pair(id="r", people=("ann", "bo"), shifts=("work",), together=False)
    assert told(apart, "ww.", ".ww", people=people) == [("ann bo", (1,), 1)]
    fair = Fairness(id="r", shifts=("night",), limit=0, scope=Scope(days=(0,)))
    assert told(fair, "n..", "...", people=people) == []


def test_working_days_in_a_row_are_told_by_their_window():
    rule = ConsecutiveWork(id="r", limit=2)
    assert told(rule, "wwwo", before="w") == [("ann", (-1, 1), 1), ("ann", (0, 2), 1)]
    assert told(rule, "wwwo", before="w..ow") == [("ann", (-1, 1), 1), ("ann", (0, 2), 1)]
    closed = ConsecutiveWork(id="r", limit=2, scope=Scope(except_days=(0,)))
    assert told(closed, "wwwo", before="ww") == []


def test_a_pattern_is_told_by_its_days_and_shifts():
    rule = Sequences(id="r", patterns=(Pattern(steps=(("off",), ("early", "night"))),))
    found = violations(rule, "eowoe", before="o")
    assert [(violation.days, violation.detail["shifts"]) for violation in found] == [
        ((-1, 0), "off early"), ((3, 4), "off early"),
    ]  # fmt: skip
    closed = Sequences(id="r", patterns=rule.patterns, scope=Scope(except_days=(0,)))
    assert told(closed, "eowoe", before="o") == [("ann", (3, 4), 1)]
    longer = Sequences(id="r", patterns=(Pattern(steps=(("off",), ("work",), ("off",)), weight=3),))
    assert told(longer, "woww", before="o") == [("ann", (-1, 1), 3)]


def test_the_calendar_says_which_day_it_was():
    rule = Calendar(id="r", must_off=(0,), must_work=(2,), off=("off",), away=("off",))
    found = violations(rule, "wwo")
    assert [(violation.days, violation.detail["day"]) for violation in found] == [
        ((0,), "must_off"),
        ((2,), "must_work"),
    ]


def test_days_out_of_scope_do_not_count_towards_a_span():
    span = SpanLimit(person="ann", first=0, last=3, minimum=2)
    rule = PeriodLimits(id="r", units={"off": 1}, limits=(span,), scope=Scope(except_days=(0,)))
    assert told(rule, "owwo") == [("ann", (0, 3), 1)]
    assert told(rule, "wowo") == []
    assert told(rule, ".w.o") == []


def test_empty_days_may_still_mend_a_window_and_days_that_are_not_there_may_not():
    rule = RollingLimits(id="r", window=3, units={"off": 1}, minimum=2)
    assert amounts(rule, "..w") == []
    assert amounts(rule, "ow.w") == [1]
    assert amounts(rule, "w.www") == [1, 1, 2]
    left = (Person(id="ann", last_day=1),)
    assert amounts(rule, "ww.", people=left) == []
    closed = RollingLimits(id="r", window=3, units={"off": 1}, minimum=1, scope=Scope(except_days=(0,)))
    assert amounts(closed, "wwww") == [1]


def test_preferences_keep_to_their_dates_and_the_scope():
    dated = Preference(person="ann", shifts=("off",), days=(1,), level=2)
    assert told(Priority(id="r", preferences=(dated,)), "www") == [("ann", (1,), 2)]
    others = Priority(id="r", preferences=(dated,), scope=Scope(people=("bo",)))
    assert told(others, "www", "www") == []


def test_what_is_just_within_its_limit_is_not_told():
    assert told(Hours(id="r", everybody=Minutes(minimum=960, maximum=960)), "wwooooo") == []
    assert told(Hours(id="r", everybody=Minutes(maximum=960)), "wooooo", before="nnnnnnno") == []
    assert told(Fairness(id="r", shifts=("night",), limit=0, shares={"bo": 40}), "nnnnn", "nnwww") == []
    assert told(Fairness(id="r", shifts=("night",), limit=0, shares={"bo": 40}), "nnnnn", "nwwww") == [
        ("ann bo", (0, 4), 3)
    ]  # 5 and 2.5: the step begun counts
    assert told(MinimumRest(id="r", minutes=880), "we") == [("ann", (0, 1), 3)]  # 18:00 to 6:00
    assert told(MinimumRest(id="r", minutes=720), "we") == []


def test_a_week_begun_before_the_horizon_counts_whole_where_it_is_known():
    wednesday = date(2026, 11, 4)
    rule = Hours(id="r", everybody=Minutes(maximum=960))
    assert told(rule, "wwwoo", before="ww", start=wednesday) == [("ann", (-2, 4), 24)]
    assert told(rule, "wwwoo", before=".w", start=wednesday) == [("ann", (-1, 4), 19)]  # 6/7 of 960: 823
    assert told(rule, "wwwoo", start=wednesday) == [("ann", (0, 4), 13)]


def test_the_counts_that_are_compared_are_told():
    (found,) = violations(Fairness(id="r", shifts=("night",), limit=1, past={"bo": 2}), "nnnn", "wwww")
    assert found.detail == {"limit": 1, "most": 4, "least": 2}
