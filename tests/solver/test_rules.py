"""What each rule means, by example: laws that people would state, at the edges where they are easily broken."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from solver.check import Checker
from solver.clock import Clock
from solver.problem import Person, Problem, Shift
from solver.roster import Violation
from solver.rules import (
    AfterClosure,
    BackupCover,
    Bounds,
    Coverage,
    Fairness,
    Hours,
    MinimumChange,
    MinimumRest,
    Minutes,
    Pair,
    Preference,
    Priority,
    RollingLimits,
    Rule,
    RunLengths,
    Scope,
    StaffTypeLimits,
    Weekends,
)
from solver.spans import spans
from tests.solver import small

LETTERS = {"w": "work", "o": "off", "e": "early", "l": "leave", "n": "night", ".": None}
WORKING = ("work", "early", "night")
MONDAY = date(2026, 11, 2)


def told(rule: Rule, *rows: str, **more: Any) -> list[tuple[str, tuple[int, ...], int]]:
    """Whom, when and by how much a roster breaks a rule."""
    found = violations(rule, *rows, **more)
    return [(" ".join(violation.people), violation.days, violation.amount) for violation in found]


def amounts(rule: Rule, *rows: str, **more: Any) -> list[int]:
    """By how much a roster breaks a rule, place after place."""
    return [violation.amount for violation in violations(rule, *rows, **more)]


def violations(rule: Rule, *rows: str, before: str = "", start: date = MONDAY, **more: Any) -> list[Violation]:
    """What a roster, one letter a day and one row a person, breaks of a rule; ``before`` is of the first."""
    people = more.pop("people", tuple(Person(id=name) for name in small.PEOPLE[: len(rows)]))
    problem = Problem(
        start=start,
        days=len(rows[0]),
        shifts=small.SHIFTS,
        people=people,
        before={people[0].id: tuple(LETTERS[letter] for letter in before)},
        rules=(rule,),
        **more,
    )
    cells = {person.id: [LETTERS[letter] for letter in row] for person, row in zip(people, rows, strict=True)}
    return Checker(problem, cells).violations()


def test_a_window_reaches_back_before_the_horizon():
    rule = RollingLimits(id="r", window=3, units={"off": 1}, maximum=1, minimum=1)
    assert amounts(rule, "oww", before="wo") == [1, 1]  # wo|o and o|ow have two
    assert amounts(rule, "www", before="wo") == [1]  # www has none
    assert amounts(rule, "www") == [1]
    assert amounts(rule, ".ww") == []  # it may still be off


def test_a_run_at_an_edge_of_what_is_known_is_not_too_short():
    rule = RunLengths(id="r", shifts=("night",), minimum=3, maximum=4)
    assert amounts(rule, "nwwwnn") == []  # may have begun before, may go on
    assert amounts(rule, "nwwwww", before="w") == [2]
    assert amounts(rule, "nwwwww", before="wn") == [1]
    assert amounts(rule, "wwwwww", before="wnn") == [1]  # day 0 could have gone on with it
    assert amounts(rule, "wwwwww", before="wnnw") == []  # over before the horizon
    assert amounts(rule, "nnnwww", before="nnn") == [1, 1]  # six nights, four allowed
    assert amounts(rule, "wn.wnn") == [1]  # at most two, whatever comes
    assert amounts(rule, "wn..nn") == []


@pytest.mark.parametrize(
    ("day", "zone", "rest"),
    [(date(2027, 3, 27), "Europe/Berlin", 420), (date(2027, 10, 30), "Europe/Berlin", 540), (MONDAY, None, 480)],
    ids=["forward", "back", "no zone"],
)
def test_a_night_is_as_long_as_it_is(day, zone, rest):
    """From 22:00 to 6:00 it is 7, 9 or 8 hours, by what the clocks do."""
    shifts = (Shift(id="late", start=840, end=1320), Shift(id="early", start=360, end=720), Shift(id="off"))
    for minutes, broken in ((rest, False), (rest + 1, True)):
        rule = MinimumRest(id="r", minutes=minutes)
        people = (Person(id="ann"),)
        problem = Problem(start=day, days=2, zone=zone, shifts=shifts, people=people, rules=(rule,))
        assert bool(Checker(problem, {"ann": ["late", "early"]}).cost) is broken


def test_rest_is_counted_from_the_last_shift_with_times():
    """A shift of a day and a half, a day off, and an early one: 6 hours in between."""
    shifts = (Shift(id="long", start=1200, end=2880), Shift(id="early", start=360, minutes=300), Shift(id="off"))
    rule = MinimumRest(id="r", minutes=660, step=60)
    problem = Problem(start=MONDAY, days=3, shifts=shifts, people=(Person(id="ann"),), rules=(rule,))
    assert Checker(problem, {"ann": ["long", "off", "early"]}).cost == 5
    assert Checker(problem, {"ann": ["long", None, "early"]}).cost == 0  # nobody knows what is between
    assert Checker(problem, {"ann": ["long", "early", "off"]}).cost == 29  # they overlap by 18 hours


def test_rest_before_the_horizon_counts():
    assert amounts(MinimumRest(id="r", minutes=660), "ww", before="n") == [9]  # 6:20 to 9:00 is 160 minutes


def test_the_absence_of_a_staff_type_is_counted_in_half_days():
    people = (Person(id="ann", staff_type="cook"), Person(id="bo", staff_type="cook"), Person(id="cy"))
    rule = StaffTypeLimits(id="r", staff_type="cook", limit=2)
    assert amounts(rule, "oow", "weo", "ooo", people=people) == [1]


def test_nobody_is_his_own_backup():
    rule = BackupCover(id="r", members=("ann", "bo"), backups=("bo", "cy"), away=("off",), working=WORKING)
    assert amounts(rule, "ooow", "wooo", "oowo") == [2, 1]
    assert amounts(rule, "o", "o", ".") == []


def test_days_after_a_long_closure_are_worked_also_one_begun_before():
    rule = AfterClosure(id="r", closures=(-1, 0, 4), length=2, days=2, away=("off",))
    assert amounts(rule, "oowoooo") == [1]
    assert rule.opened == {1, 2}
    longer = AfterClosure(id="r", closures=(0, 1, 3, 4, 5), length=3, away=("off",))
    assert longer.opened == {6}
    assert AfterClosure(id="r", closures=(0, 1, 3), away=("off",)).opened == {2}
    assert amounts(longer, "ooooooo") == [1]


def test_a_weekend_is_worked_once_and_belongs_to_where_its_days_are():
    rule = Weekends(id="r", working=WORKING, maximum=1, whole=True)
    assert amounts(rule, "wwwwwww" * 2) == [1]
    assert amounts(rule, "wwwwwwoooooooo") == [1]  # worked in part
    sunday = date(2026, 11, 8)
    assert amounts(rule, "owwwwoo", before="w", start=sunday) == [1]  # Saturday worked, Sunday free; counted before
    assert amounts(rule, "wwwwwww", before="o", start=sunday) == [1, 1]  # two weekends, one in part


def test_weeks_begin_when_they_are_said_to_and_parts_are_scaled():
    assert amounts(Hours(id="r", everybody=Minutes(maximum=960)), "wwwoooo") == [8]
    assert amounts(Hours(id="r", everybody=Minutes(maximum=960), first_weekday=2), "wwwoooo") == [12]  # 2/7 of 960: 275
    assert amounts(Hours(id="r", everybody=Minutes(maximum=960)), "oowww", before="w") == [13]  # 5/7 of it: 686
    assert amounts(Hours(id="r", everybody=Minutes(minimum=960)), "w..oooo") == []
    contract = Hours(id="r", span="month", by_person={"ann": Minutes(minimum=2400)}, basis=7)
    assert amounts(contract, "wwwwwoo" * 4, start=date(2027, 2, 1)) == []  # 28 days, four weeks
    assert amounts(contract, "wwwwooo" * 4, start=date(2027, 2, 1)) == [32]


def test_business_months_are_cut_at_their_first_day():
    found = spans(date(2026, 12, 25), 62, "month", 0, 21)
    assert [(span.start, len(span)) for span in found] == [(-4, 31), (27, 31), (58, 28)]
    assert spans(date(2026, 11, 4), 9, "week", 0, 1) == [range(-2, 5), range(5, 12)]
    assert spans(date(2026, 11, 4), 9, "horizon", 0, 1) == [range(9)]


def test_fairness_is_per_post_and_remembers():
    def night(**more: Any) -> Fairness:
        return Fairness(id="r", shifts=("night",), **more)

    assert amounts(night(), "nnnw", "wwwn") == [1]  # 3 and 1, one apart is free
    assert amounts(night(limit=0), "nnnw", "wwwn") == [2]
    assert amounts(night(limit=0, shares={"bo": 50}), "nnww", "wwwn") == []  # half a post, half the nights
    assert amounts(night(limit=0, past={"bo": 2}), "nnww", "wwww") == []
    assert amounts(night(), "nnnw", "w...") == []
    assert amounts(night(limit=0, scope=Scope(people=("ann",))), "nnnn", "wwww") == []


def test_preferences_come_back_every_week():
    monday = Preference(person="ann", shifts=("early",), weekdays=(0,), level=4, neutral=("off",))
    assert amounts(Priority(id="r", preferences=(monday,)), "ewwwwwwwwwwwwwo") == [4]
    never = Preference(person="ann", shifts=("night",), prefers=False, level=5)
    assert amounts(Priority(id="r", preferences=(never,)), "nwn") == [5, 5]


def test_together_and_apart():
    def pair(**more: Any) -> Pair:
        return Pair(id="r", people=("ann", "bo"), shifts=("work", "night"), **more)

    assert amounts(pair(together=True), "wwnno.", "wnno.w") == [1, 1]
    assert amounts(pair(together=True, same=False), "wwnno.", "wnno.w") == [1]
    assert amounts(pair(together=False), "wwno", "wnno") == [1, 1]
    assert amounts(pair(together=False, same=False), "wwno", "wnno") == [1, 1, 1]


def test_a_change_costs_what_its_cell_weighs():
    rows, weights = {"ann": ("work", "off", None, "night")}, {"ann": (1, 7, 3, 0)}
    assert amounts(MinimumChange(id="r", rows=rows), "ooww") == [1, 1]
    assert amounts(MinimumChange(id="r", rows=rows, weights=weights), "wwww") == [7]
    assert amounts(MinimumChange(id="r", rows=rows, weights=weights), "w...") == []


def test_a_number_is_preferred_within_its_bounds():
    bounds = Bounds(minimum=1, preferred=2, maximum=3, minimum_weight=10, preferred_weight=2, maximum_weight=5)
    rule = Coverage(id="r", shifts=("work",), every_day=bounds)
    assert amounts(rule, "owwww", "oowww", "oooww", "oooow") == [10, 4, 2, 2, 5, 4]


def refused(**rule: Any) -> str:
    shifts = [{"id": "work"}, {"id": "off"}]
    problem = {"start": "2026-11-02", "days": 3, "shifts": shifts, "people": [{"id": "ann"}, {"id": "bo"}]}
    with pytest.raises(ValidationError) as error:
        Problem.model_validate(problem | {"rules": [{"id": "r", **rule}]})
    return str(error.value)


def test_what_makes_no_sense_is_refused_with_a_reason():
    every = {"minimum": 2, "preferred": 1}
    assert "the minimum 2 is above the preferred 1" in refused(kind="coverage", shifts=["work"], every_day=every)
    every = {"preferred": 1}
    assert "cannot prefer" in refused(kind="coverage", shifts=["work"], hard=True, every_day=every)
    assert "above the maximum" in refused(kind="rolling_limits", units={"off": 1}, minimum=2, maximum=1)
    assert "from 0" in refused(kind="rolling_limits", units={"off": -1}, maximum=1)
    assert "above the maximum" in refused(kind="run_lengths", shifts=["off"], minimum=3, maximum=2)
    assert "above the maximum" in refused(kind="hours", everybody={"minimum": 3, "maximum": 2})
    assert "'ann' twice" in refused(kind="pair", people=["ann", "ann"], shifts=["work"], together=True)
    assert "expected 1 numbers as in rows, found 2" in refused(
        kind="minimum_change", rows={"ann": ["work"]}, weights={"ann": [1, 2]}
    )
    assert "there is no day 3" in refused(kind="minimum_change", rows={"ann": ["work"] * 4})
    assert "there is no person 'zoe'" in refused(kind="fairness", shifts=["work"], past={"zoe": 1})
    assert "there is no shift 'nap'" in refused(kind="weekends", working=["nap"])
    assert "there is no day 9" in refused(kind="after_closure", closures=[9], away=["off"])


def test_a_time_zone_that_does_not_exist_and_an_end_before_the_start_are_refused():
    people = (Person(id="ann"),)
    with pytest.raises(ValidationError, match="there is no time zone 'Mars/Olympus'"):
        Problem(start=MONDAY, days=1, zone="Mars/Olympus", shifts=small.SHIFTS, people=people)
    with pytest.raises(ValidationError, match="expected an end after the start, found 600 to 540"):
        Shift(id="back", start=600, end=540)


def test_a_clock_counts_real_minutes():
    clock = Clock(date(2027, 3, 28), "Europe/Berlin")
    assert [clock.instant(0, minute) for minute in (0, 60, 180, 1440)] == [0, 60, 120, 1380]
    assert clock.instant(1, 0) == clock.instant(0, 1440) == 1380
    assert clock.instant(-1, 0) == -1440
    assert Clock(date(2027, 3, 28), None).instant(2, 30) == 2910
