"""The rules a team switches on as it needs them, as the solver gets them, priced by the solver's own checker."""

from dataclasses import replace

import pytest

from shiftapp.domain.book import past_days
from shiftapp.domain.calendar import CalendarDay
from shiftapp.domain.cell import Cell, Place
from shiftapp.domain.compile import compile_problem, roster_rows
from shiftapp.domain.rule_params_cells import MinimumChangeParams, PairParams, Preference, PriorityParams
from shiftapp.domain.rule_params_days import (
    AfterClosureParams,
    BackupCoverParams,
    Cover,
    CoverageParams,
    StaffTypeLimitsParams,
)
from shiftapp.domain.rule_params_time import (
    FairnessParams,
    HoursParams,
    MinimumRestParams,
    RollingLimitsParams,
    RunLengthsParams,
    WeekendsParams,
)
from shiftapp.domain.rule_settings import RULE_KINDS, RuleKind
from shiftapp.domain.rule_values import Between, Params, RuleScope
from shiftapp.domain.staff import StaffGroup
from solver.check import Checker
from solver.problem import Problem
from tests.domain.test_compile import (
    CONTRACT,
    ID,
    PART_TIME,
    REGULAR,
    SHIFTS,
    book,
    cells,
    cost,
    day,
    hard,
    only,
    person,
)

CLOSED = (CalendarDay(day(0), "must_off"), CalendarDay(day(1), "must_off"))


def filled(**rows: str) -> dict[Place, Cell]:
    """Cells of all three people for the whole month: ○ where nothing else is given, for only whole rows compare."""
    return cells(**{f"r{one}": rows.get(f"r{one}", "").ljust(31, "○") for one in (REGULAR, CONTRACT, PART_TIME)})


def on(kind: RuleKind, params: Params, **given: object):
    """The book with one rule that is switched on, soft and costs 10 a unit."""
    return only(kind, **{"enabled": True, "hard": False, "weight": 10, "params": params} | given)


def test_rolling_limits_count_days_off_working_days_or_minutes_in_any_window() -> None:
    off = on("rolling_limits", RollingLimitsParams(window=4, limits=Between(minimum=2)))
    assert cost(off, cells(r11="○○○×○○○")) == 0
    assert cost(off, cells(r11="○○○○×")) == 20
    assert cost(off, cells(r11="○○△○○")) == 2 * 10, "an early shift is half a day off"
    worked = on("rolling_limits", RollingLimitsParams(window=3, count="days_worked", limits=Between(maximum=2)))
    assert cost(worked, cells(r11="○○×○○")) == 0
    assert cost(worked, cells(r11="○○○○")) == 20
    minutes = on("rolling_limits", RollingLimitsParams(window=2, count="minutes", limits=Between(maximum=960)))
    assert cost(minutes, cells(r11="○○")) == 0
    assert cost(replace(minutes, before={(REGULAR, day(-1)): ID["○"]}), cells(r11="○○")) == 0


def test_the_rest_between_two_shifts_is_that_of_the_teams_clock() -> None:
    rest = on("minimum_rest", MinimumRestParams(minutes=660))
    assert cost(rest, cells(r11="◇○")) == 0, "22:00 to 9:00 is eleven hours"
    longer = on("minimum_rest", MinimumRestParams(minutes=720))
    assert cost(longer, cells(r11="◇○")) == 10
    assert cost(longer, cells(r11="◇×○")) == 0
    assert compile_problem(rest, {}).zone == "Asia/Tokyo"
    spring = replace(longer, team=replace(longer.team, zone="Nowhere/Never"))
    assert compile_problem(spring, {}).zone is None, "a zone this machine does not know is no zone"
    timeless = replace(rest, shift_types=tuple(replace(one, start_minute=None, end_minute=None) for one in SHIFTS))
    assert compile_problem(timeless, {}).rules == ()


def test_a_staff_type_has_its_own_limit_of_absence_a_day() -> None:
    limits = on("staff_type_limits", StaffTypeLimitsParams(by_staff_type={"contract": 2, "part_time": 0}))
    assert cost(limits, cells(r11="×", r12="×")) == 0
    assert cost(limits, cells(r13="△")) == 10
    assert cost(replace(limits, calendar=CLOSED), cells(r13="×")) == 0


def test_coverage_asks_for_people_with_a_skill_by_weekday_and_date() -> None:
    skilled = (person(REGULAR, skills=("grill",)), person(CONTRACT), person(PART_TIME, skills=("grill",)))
    wanted = CoverageParams(
        shifts=("work",), skill="grill", every_day=Cover(minimum=2),
        by_weekday={1: Cover(minimum=1)}, by_date={day(2): Cover(minimum=0, maximum=0)},
    )  # fmt: skip
    asked = replace(on("coverage", wanted), staff=skilled)
    full = {"r11": "○" * 31, "r12": "○" * 31, "r13": "○" * 31}
    assert cost(asked, cells(**full)) == 10 * 2, "nobody on the third day, where two are"
    assert cost(asked, cells(**full | {"r11": "×" + "○" * 30})) == 10 * (1 + 2)
    assert cost(asked, cells(**full | {"r11": "○×" + "○" * 29})) == 10 * 2, "one is enough on a Tuesday"
    hard_one = on("coverage", CoverageParams(every_day=Cover(minimum=1, preferred=3)), hard=True)
    lone = cells(r11="○" * 31, r12="×" * 31, r13="×" * 31)
    assert cost(hard_one, lone) == 31 * 2 * 10, "what is preferred is never hard"
    assert hard(hard_one, lone | cells(r11="×")) == 1


def test_a_member_of_a_group_is_away_only_while_a_backup_works() -> None:
    group = StaffGroup(3, 0, "Grill", (REGULAR,), (CONTRACT,))
    backed = replace(on("backup_cover", BackupCoverParams()), groups=(group,))
    assert cost(backed, cells(r11="×", r12="○")) == 0
    assert cost(backed, cells(r11="×", r12="×")) == 10
    assert compile_problem(replace(backed, groups=(replace(group, backups=()),)), {}).rules == ()


def test_everyone_works_after_a_closure_also_after_one_that_began_before_the_period() -> None:
    after = replace(on("after_closure", AfterClosureParams(length=2, days=1)), calendar=CLOSED)
    assert cost(after, cells(r11="××○")) == 0
    assert cost(after, cells(r11="×××", r12="××★")) == 20
    split = replace(after, calendar=CLOSED[:1], closed_before=(day(-1),))
    assert cost(split, cells(r11="××")) == 10
    assert cost(replace(split, closed_before=()), cells(r11="××")) == 0


def test_weekends_are_few_and_whole() -> None:
    few = on("weekends", WeekendsParams(maximum=1, whole=True))
    week = "×××××"
    assert cost(few, cells(r11=f"{week}○○{week}")) == 0
    assert cost(few, cells(r11=f"{week}○×{week}")) == 10
    assert cost(few, cells(r11=f"{week}○○{week}○○")) == 10


def test_runs_of_days_are_neither_too_short_nor_too_long() -> None:
    pairs = on("run_lengths", RunLengthsParams(shifts=("off",), minimum=2, maximum=3))
    assert cost(pairs, cells(r11="○××○")) == 0
    assert cost(pairs, cells(r11="○×○")) == 10
    assert cost(pairs, cells(r11="○××××○")) == 10


def test_hours_are_ones_own_those_of_the_contract_or_the_types() -> None:
    weeks = HoursParams(everyone=Between(maximum=2400), by_staff={CONTRACT: Between(maximum=480)})
    limited = on("hours", weeks)
    assert cost(limited, cells(r11="○○○○○××", r12="○××××××")) == 0
    assert cost(limited, cells(r12="○○×××××")) == 10 * 8, "hours above one's own"
    contracted = on("hours", HoursParams(contracted=True, margin=0, everyone=Between()))
    assert cost(contracted, cells(r11="○○○○○××")) == cost(contracted, {})
    assert cost(contracted, cells(r11="○○○○○○×")) > cost(contracted, {})
    monthly = compile_problem(on("hours", HoursParams(span="business_month", everyone=Between(maximum=9600))), {})
    assert [rule.model_dump(include={"span", "first_day_of_month"}) for rule in monthly.rules] == [
        {"span": "month", "first_day_of_month": 21}
    ]


def test_what_somebody_prefers_costs_its_level_and_what_must_be_kept_is_hard() -> None:
    asked = PriorityParams(
        preferences=(
            Preference(staff=REGULAR, shifts=("late",), level=4),
            Preference(staff=CONTRACT, shifts=(ID["○"],), prefers=False, weekdays=(0,), hard=True),
            Preference(staff=99, shifts=("late",)),
        )
    )
    priority = on("priority", asked)
    assert cost(priority, cells(r11="◇×○")) == 40
    assert hard(priority, cells(r12="○")) == 1
    assert hard(priority, cells(r12="×○")) == 0


def test_people_are_together_or_apart_two_by_two() -> None:
    apart = on("pair", PairParams(staff=(REGULAR, CONTRACT, PART_TIME)))
    assert cost(apart, cells(r11="○", r12="◇", r13="×")) == 0
    assert cost(apart, cells(r11="○", r12="○", r13="○")) == 30
    together = on("pair", PairParams(staff=(REGULAR, CONTRACT), together=True))
    assert cost(together, cells(r11="○×", r12="○×")) == 0
    assert cost(together, cells(r11="○○", r12="○◇")) > 0


def test_counts_are_compared_as_full_posts_would_have_them_the_past_included() -> None:
    fair = on("fairness", FairnessParams(shifts=("late",), limit=1, per_fte=False))
    assert cost(fair, filled(r11="◇", r12="×", r13="×")) == 0
    assert cost(fair, filled(r11="◇◇◇", r12="××◇", r13="×××")) == 20
    counted = on("fairness", FairnessParams(shifts=("late",), limit=1, per_fte=False, past_days=40))
    assert past_days(counted.rules) == 40
    assert past_days(fair.rules) == 0
    late = {(CONTRACT, day(-40 + index)): ID["◇"] for index in range(3)}
    assert cost(replace(counted, past=late), filled()) == 20
    assert cost(replace(counted, past={(CONTRACT, day(-41)): ID["◇"]} | late), filled()) == 20, "no day further back"
    part = (person(REGULAR), person(CONTRACT, weekly_minutes=1200))
    shared = replace(on("fairness", FairnessParams(shifts=("late",), limit=0)), staff=part)
    assert cost(shared, filled(r11="◇◇", r12="×◇")) == 0, "one of a half post is two of a full one"


@pytest.mark.parametrize("days", ["weekends", "holidays"])
def test_fairness_counts_weekends_or_holidays_alone(days: str) -> None:
    fair = on("fairness", FairnessParams(shifts=("off",), limit=0, per_fte=False, days=days))  # type: ignore[arg-type]
    feast = replace(fair, calendar=(CalendarDay(day(2), "holiday"),))
    counted, other = (5, 2) if days == "weekends" else (2, 5)
    assert cost(feast, filled(r11="○" * counted + "×")) == 10
    assert cost(feast, filled(r11="○" * other + "×")) == 0


def test_a_run_leaves_what_stands_unless_there_is_a_reason() -> None:
    stay = on("minimum_change", MinimumChangeParams())
    stands = cells(r11="○×", r12="◇")
    assert compile_problem(stay, stands).rules == (), "the price of a roster knows no change"
    problem = compile_problem(stay, stands, "unpinned")
    assert price(problem, roster_rows(stay, stands)) == 0
    assert price(problem, roster_rows(stay, cells(r11="××", r12="×"))) == 20
    only_late = on("minimum_change", MinimumChangeParams(shifts=("late",)))
    narrowed = compile_problem(only_late, stands, "unpinned")
    assert price(narrowed, roster_rows(stay, cells(r11="××", r12="×"))) == 10


def price(problem: Problem, rows: dict[str, list[str | None]]) -> int:
    return Checker(problem, rows).cost


@pytest.mark.parametrize(
    ("scope", "broken"),
    [
        (RuleScope(), 3),
        (RuleScope(staff=(REGULAR,)), 1),
        (RuleScope(staff_types=("contract", "part_time")), 2),
        (RuleScope(groups=(3,)), 1),
        (RuleScope(groups=(3,), staff=(REGULAR,)), 0),
        (RuleScope(dates=(day(3),)), 0),
        (RuleScope(first=day(0), last=day(1)), 0),
        (RuleScope(weekdays=(6,)), 0),
    ],
)
def test_a_scope_says_whom_and_when_a_rule_concerns(scope: RuleScope, broken: int) -> None:
    pairs = replace(
        on(
            "rolling_limits", RollingLimitsParams(window=2, count="days_worked", limits=Between(maximum=1)), scope=scope
        ),
        groups=(StaffGroup(3, 0, "Grill", (CONTRACT,)),),
    )
    assert cost(pairs, cells(r11="×○○", r12="×○○", r13="×○○")) == 10 * broken


def test_every_kind_switched_on_makes_a_problem_that_can_be_priced() -> None:
    of = book(rules=tuple(replace(rule, enabled=True) for rule in book().rules))
    assert {rule.kind for rule in of.rules} == set(RULE_KINDS)
    held = cells(r11="○" * 31, r12="×" * 31, r13="◇" * 31)
    for scope in (None, "unpinned"):
        checker = Checker(compile_problem(of, held, scope), roster_rows(of, held))
        assert checker.cost > 0
