"""A team's rules as the solver gets them, priced by the solver's own checker."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from shiftapp.domain.book import Book, Team
from shiftapp.domain.calendar import CalendarDay
from shiftapp.domain.cell import Cell, Place
from shiftapp.domain.compile import compile_problem, roster_rows
from shiftapp.domain.period import Period
from shiftapp.domain.request import Request
from shiftapp.domain.rule_params_time import PeriodLimitsParams
from shiftapp.domain.rule_settings import RuleKind, default_rules
from shiftapp.domain.rule_values import Between, RuleScope
from shiftapp.domain.shift_type import default_shift_types
from shiftapp.domain.staff import StaffGroup, StaffMember
from solver.check import Checker
from solver.rules import PeriodLimits
from tests.factories import STARTS, member

SHIFTS = tuple(shift.with_id(number) for number, shift in enumerate(default_shift_types(), 1))
ID = {shift.symbol: shift.id for shift in SHIFTS}
RULE = {rule.kind: 100 + rule.rank for rule in default_rules()}
REGULAR, CONTRACT, PART_TIME = 11, 12, 13


def day(index: int) -> date:
    return STARTS + timedelta(days=index)


def person(id: int, **given: object) -> StaffMember:
    return replace(member(f"P{id}", id), id=id, **given)  # type: ignore[arg-type]


def book(days: int = 31, **given: object) -> Book:
    """One business month of a regular, a contract and a part-time person, under the default rules."""
    plain = Book(
        team=Team(1, "Kitchen"),
        period=Period(7, 1, "", STARTS, day(days - 1)),
        staff=(person(REGULAR), person(CONTRACT, staff_type="contract"), person(PART_TIME, staff_type="part_time")),
        shift_types=SHIFTS,
        rules=tuple(replace(rule, id=RULE[rule.kind]) for rule in default_rules()),
    )
    return replace(plain, **given)  # type: ignore[arg-type]


def only(kind: RuleKind, **changed: object) -> Book:
    """The book with one rule, changed as given."""
    one = next(rule for rule in book().rules if rule.kind == kind)
    return book(rules=(replace(one, **changed),))  # type: ignore[arg-type]


def cells(**rows: str) -> dict[Place, Cell]:
    """Return cells by row: ``r11="○×."`` puts two symbols for person 11; ``.`` is empty."""
    return {
        (int(name[1:]), day(index)): Cell(ID[symbol], version=1)
        for name, row in rows.items()
        for index, symbol in enumerate(row)
        if symbol != "."
    }


def cost(of: Book, held: Mapping[Place, Cell]) -> int:
    checker = Checker(compile_problem(of, held), roster_rows(of, held))
    assert checker.hard == 0, checker.violations()
    return checker.cost


def hard(of: Book, held: Mapping[Place, Cell]) -> int:
    return Checker(compile_problem(of, held), roster_rows(of, held)).hard


def test_people_shifts_and_dates_keep_their_names() -> None:
    late = person(14, employed_from=day(5), employed_to=day(40), skills=("grill",))
    problem = compile_problem(book(staff=(late,)), {})
    assert [(one.id, one.first_day, one.last_day, one.skills) for one in problem.people] == [("14", 5, 40, ("grill",))]
    assert (problem.start, problem.days) == (STARTS, 31)
    assert [shift.id for shift in problem.shifts] == [str(number) for number in range(1, 10)]
    rested = {shift.id for shift in problem.shifts if shift.rest}
    assert rested == {str(ID[symbol]) for symbol in "×★⊘"}


def test_without_staff_there_is_nothing_to_decide() -> None:
    with pytest.raises(ValueError, match="nothing to decide"):
        compile_problem(book(staff=()), {})


def test_a_rule_that_is_switched_off_is_not_obeyed() -> None:
    off = cells(r11="××××")
    assert cost(only("sequences"), off) == 3 * 30
    assert cost(only("sequences", enabled=False), off) == 0


def test_groups_may_have_two_half_days_of_absence_a_day() -> None:
    grouped = replace(only("group_cover"), groups=(StaffGroup(3, 0, "Grill", (REGULAR, CONTRACT)),))
    assert cost(grouped, cells(r11="×", r12="○")) == 0
    assert cost(grouped, cells(r11="×", r12="△")) == 100
    assert cost(grouped, cells(r11="×", r12="★")) == 200
    closed = replace(grouped, calendar=(CalendarDay(day(0), "must_off"),))
    assert cost(closed, cells(r11="×", r12="×")) == 0


def test_a_group_of_one_person_of_the_period_binds_nobody() -> None:
    alone = replace(only("group_cover"), groups=(StaffGroup(3, 0, "Grill", (REGULAR, 99)),))
    assert compile_problem(alone, {}).rules == ()


def test_daily_limits_hold_but_on_closures_and_have_no_minimum_on_must_work_days() -> None:
    limits = only("daily_limits")
    assert cost(limits, cells(r11="×", r12="×", r13="○")) == 0
    assert cost(limits, cells(r11="○", r12="×", r13="○")) == 50
    assert cost(limits, cells(r11="○", r12="○", r13="○")) == 100
    for kind in ("must_work", "must_off"):
        assert cost(replace(limits, calendar=(CalendarDay(day(0), kind),)), cells(r11="○", r12="○", r13="○")) == 0
    crowd = replace(limits, staff=tuple(person(20 + number) for number in range(7)))
    assert cost(crowd, cells(**{f"r{20 + number}": "×" for number in range(7)})) == 2 * 50


def test_days_off_count_by_halves_and_limits_by_staff_type() -> None:
    limits = only("period_limits")
    sixteen = "×" * 6 + "★" + "△△" + "○" * 22  # 6 + 1 + 2 × ½ days off: 8
    assert cost(limits, cells(r11=sixteen)) == 0
    assert cost(limits, cells(r11=sixteen.replace("○", "△", 1))) == 80
    assert cost(limits, cells(r12=sixteen.replace("○", "△", 1))) == 0
    assert cost(limits, cells(r13=sixteen)) == 2 * 80, "part-time: 9 days off at least"
    assert cost(limits, cells(r11="×" * 6 + "○" * 25)) == 2 * 80


def test_somebodys_own_limits_come_before_the_types_and_these_before_everyones() -> None:
    params = PeriodLimitsParams(
        everyone=Between(maximum=2),
        by_staff_type={"contract": Between(maximum=4)},
        by_staff={PART_TIME: Between(maximum=6)},
    )
    limits = only("period_limits", params=params)
    for number, most in ((REGULAR, 1), (CONTRACT, 2), (PART_TIME, 3)):
        row = "×" * most + "○" * (31 - most)
        assert cost(limits, cells(**{f"r{number}": row})) == 0
        assert cost(limits, cells(**{f"r{number}": row.replace("○", "△", 1)})) == 80


def span_limits(of: Book) -> list[tuple[str, int, int, int | None, int | None]]:
    rule = next(rule for rule in compile_problem(of, {}).rules if isinstance(rule, PeriodLimits))
    return [(limit.person, limit.first, limit.last, limit.minimum, limit.maximum) for limit in rule.limits]


def test_each_business_month_has_its_own_limits() -> None:
    two = replace(only("period_limits"), staff=(person(REGULAR),), period=Period(7, 1, "", STARTS, day(61)))
    assert span_limits(two) == [("11", 0, 30, 14, 16), ("11", 31, 61, 14, 16)]


def test_a_month_employed_or_covered_in_part_is_asked_for_its_share() -> None:
    """Of 31 days 10 are left: ⌊14 · 10/31⌋ = 4 and ⌈16 · 10/31⌉ = 6 half days."""
    joins = replace(only("period_limits"), staff=(person(REGULAR, employed_from=day(21)),))
    assert span_limits(joins) == [("11", 21, 30, 4, 6)]
    short = replace(only("period_limits"), staff=(person(REGULAR),), period=Period(7, 1, "", STARTS, day(9)))
    assert span_limits(short) == [("11", 0, 9, 4, 6)]


def test_six_working_days_in_a_row_cost_counting_the_days_before_the_period() -> None:
    rule = only("consecutive_work")
    assert cost(rule, cells(r11="○○○○○×")) == 0
    assert cost(rule, cells(r11="○○◎△◇●")) == 200
    before = {(REGULAR, day(index)): ID["○"] for index in (-3, -2, -1)}
    assert cost(replace(rule, before=before), cells(r11="○○")) == 0
    assert cost(replace(rule, before=before), cells(r11="○○○")) == 200
    gap = {place: shift for place, shift in before.items() if place[1] != day(-1)}
    assert cost(replace(rule, before=gap), cells(r11="○○○")) == 0, "an unknown day breaks the run"


@pytest.mark.parametrize(
    ("row", "times"), [("××", 1), ("×△", 1), ("△×", 1), ("△△", 1), ("×○×", 0), ("★×", 0), ("×××△", 3), ("○△○", 0)]
)
def test_unwanted_sequences_cost_each_time(row: str, times: int) -> None:
    assert cost(only("sequences"), cells(r11=row)) == 30 * times


def test_sequences_over_a_closure_do_not_count() -> None:
    closed = replace(only("sequences"), calendar=(CalendarDay(day(1), "must_off"),))
    assert cost(closed, cells(r11="×××")) == 0


def test_contract_and_part_time_have_no_early_or_late() -> None:
    rule = only("eligibility")
    assert cost(rule, cells(r11="△◇", r12="△◇", r13="△○")) == 3 * 150


def test_a_shift_type_of_some_staff_types_is_refused_to_the_others() -> None:
    mine = tuple(replace(shift, staff_types=("regular",)) if shift.symbol == "●" else shift for shift in SHIFTS)
    rule = replace(only("eligibility"), shift_types=mine)
    assert hard(rule, cells(r11="●")) == 0
    assert hard(rule, cells(r12="●")) == 1


def test_nobody_works_on_a_closure_and_nobody_is_off_on_a_must_work_day() -> None:
    calendar = (CalendarDay(day(0), "must_off"), CalendarDay(day(1), "must_work"))
    rule = replace(only("calendar"), calendar=calendar)
    assert hard(rule, cells(r11="×○", r12="★△", r13="⊘⊘")) == 0
    assert hard(rule, cells(r11="○×", r12="△★")) == 4
    lenient = only("calendar", params=type(rule.rules[0].params)(early_on_closure=True))  # type: ignore[call-arg]
    assert hard(replace(lenient, calendar=calendar), cells(r12="△○")) == 0


def test_requests_cost_their_weight_when_not_kept() -> None:
    asked = (
        Request(1, REGULAR, day(0), ID["×"], True, 20),
        Request(2, REGULAR, day(1), ID["△"], False, 5),
        Request(3, CONTRACT, day(0), ID["★"], True, 7, state="declined"),
    )
    rule = replace(only("requests"), requests=asked)
    assert cost(rule, cells(r11="×○", r12="○")) == 0
    assert cost(rule, cells(r11="○△", r12="○")) == 25
    assert cost(replace(only("requests", weight=3), requests=asked), cells(r11="○△")) == 75


def test_a_rule_concerns_whom_and_when_its_scope_says() -> None:
    rows = cells(r11="××○××", r12="××")
    assert cost(only("sequences", scope=RuleScope(staff=(CONTRACT,))), rows) == 30
    assert cost(only("sequences", scope=RuleScope(staff_types=("regular",))), rows) == 60
    assert cost(only("sequences", scope=RuleScope(first=day(2))), rows) == 30
    assert cost(only("sequences", scope=RuleScope(weekdays=(3, 4))), rows) == 30, "Thursday and Friday"
    assert cost(only("sequences", scope=RuleScope(dates=(day(0), day(1), day(3)))), rows) == 60
    grouped = replace(only("sequences", scope=RuleScope(groups=(3,))), groups=(StaffGroup(3, 0, "Grill", (CONTRACT,)),))
    assert cost(grouped, rows) == 30
    assert cost(only("sequences", scope=RuleScope(groups=(3,))), rows) == 0, "a group that is gone concerns nobody"


def test_sequences_and_refusals_name_single_shift_types_too() -> None:
    late_then_special = type(only("sequences").rules[0].params)(patterns=((("late",), (ID["●"],)),))  # type: ignore[call-arg]
    assert cost(only("sequences", params=late_then_special), cells(r11="◇●", r12="◇○")) == 30
