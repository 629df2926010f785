"""What is typed into a form is read as it was meant, or refused beside its field."""

from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftapp.domain.rule_params_cells import SequencesParams
from shiftapp.domain.rule_params_days import DailyLimitsParams
from shiftapp.domain.rule_params_time import PeriodLimitsParams
from shiftapp.domain.rule_settings import RuleKind, default_rules, read_params
from shiftapp.domain.rule_values import Between
from shiftapp.ui.state.form import Form, days
from shiftapp.ui.state.rule_form import read_numbers, read_weight
from shiftapp.ui.state.shift_types import read_shift
from shiftapp.ui.state.staff import read_group, read_member
from shiftapp.ui.text import table


def bounds(prefix: str, between: Between, halves: bool) -> dict[str, str]:
    """Return the two fields that the page draws for limits."""
    shown = {"minimum": between.minimum, "maximum": between.maximum}
    return {
        f"{prefix}.{end}": "" if value is None else days(value) if halves else str(value)
        for end, value in shown.items()
    }


limits = st.tuples(st.none() | st.integers(0, 60), st.none() | st.integers(0, 60)).map(
    lambda two: Between(minimum=two[0], maximum=two[1]) if None in two else Between(minimum=min(two), maximum=max(two))  # type: ignore[type-var]
)


def given_limits(between: Between) -> bool:
    return between.minimum is not None or between.maximum is not None


@given(st.integers(0, 368))
def test_half_days_are_read_as_they_are_written(halves: int) -> None:
    form = Form({"limit": days(halves)})
    assert form.maybe_halves("limit", 368) == halves
    assert not form.wrong


@pytest.mark.parametrize(("typed", "halves"), [("7.5", 15), ("７．５", 15), ("7½", 15), (" 7 ", 14), ("7,5", 15)])
def test_half_days_may_be_typed_as_people_type_them(typed: str, halves: int) -> None:
    assert Form({"limit": typed}).maybe_halves("limit", 368) == halves


@pytest.mark.parametrize("typed", ["7.25", "x", "nan", "-1", "inf", "1e9"])
def test_what_is_no_number_of_half_days_is_refused(typed: str) -> None:
    form = Form({"limit": typed})
    assert form.maybe_halves("limit", 368) is None
    assert "limit" in form.wrong


@pytest.mark.parametrize(("typed", "number"), [("５", 5), ("12", 12), (" 3", 3)])
def test_full_width_digits_are_digits(typed: str, number: int) -> None:
    assert Form({"n": typed}).maybe_number("n", 0, 50) == number


@pytest.mark.parametrize("typed", ["1_0", "5.0", "51", "-1", "abc", "9" * 5000])
def test_what_is_no_whole_number_in_range_is_refused(typed: str) -> None:
    form = Form({"n": typed})
    assert form.maybe_number("n", 0, 50) is None
    assert "n" in form.wrong


@given(st.text(max_size=20))
def test_reading_never_breaks_and_every_fault_has_a_text(typed: str) -> None:
    form = Form({"a": typed})
    form.number("a", 0, 5), form.maybe_halves("a", 8), form.minutes("a", 60), form.clock("a")
    form.wrong, again = {}, form.wrong
    form.maybe_date("a"), form.text("a", 3), form.choice("a", ("x", "y"))
    assert {why.code for why in [*again.values(), *form.wrong.values()]} <= table().keys()


@given(limits, st.dictionaries(st.integers(0, 6), limits.filter(given_limits), max_size=7))
def test_daily_limits_come_back_as_the_page_shows_them(every: Between, own: dict[int, Between]) -> None:
    fields = bounds("every", every, halves=False)
    for day in range(7):
        fields |= bounds(f"day{day}", own.get(day, Between()), halves=False)
    form = Form(fields)
    assert read_params("daily_limits", read_numbers("daily_limits", form)) == DailyLimitsParams(
        every_day=every, by_weekday=own
    )
    assert not form.wrong


@given(limits, st.dictionaries(st.integers(1, 10**9), limits.filter(given_limits), max_size=4))
def test_period_limits_come_back_as_the_page_shows_them(everyone: Between, own: dict[int, Between]) -> None:
    fields = {"span": "period"} | bounds("everyone", everyone, halves=True) | bounds("type.contract", everyone, True)
    for staff, between in own.items():
        fields |= bounds(f"staff.{staff}", between, halves=True)
    form = Form(fields)
    wanted = PeriodLimitsParams(
        span="period",
        everyone=everyone,
        by_staff_type={"contract": everyone} if given_limits(everyone) else {},
        by_staff=own,
    )
    assert read_params("period_limits", read_numbers("period_limits", form)) == wanted
    assert not form.wrong


def test_a_minimum_above_the_maximum_is_told_beside_the_minimum() -> None:
    form = Form({"every.minimum": "6", "every.maximum": "5"})
    read_numbers("daily_limits", form)
    assert form.wrong["every.minimum"].code == "form.order"


def test_sequences_come_back_as_the_page_sends_them() -> None:
    form = Form({"patterns": '[[["off","leave"],["early"],["off"]]]'})
    wanted = SequencesParams(patterns=((("off", "leave"), ("early",), ("off",)),))
    assert read_params("sequences", read_numbers("sequences", form)) == wanted


@pytest.mark.parametrize(
    "sent", ["{}", "[[[]]]", '[[["off"],["nothing"]]]', "[[1,2]]", "no", '[[["off"],[]]]', "[" * 5000]
)
def test_sequences_that_cannot_be_kept_are_refused(sent: str) -> None:
    form = Form({"patterns": sent})
    read_numbers("sequences", form)
    assert "patterns" in form.wrong


@pytest.mark.parametrize("kind", get_args(RuleKind))
def test_an_empty_form_of_any_kind_is_read_or_refused_but_never_breaks(kind: RuleKind) -> None:
    form = Form({})
    numbers = read_numbers(kind, form)
    assert form.wrong or read_params(kind, numbers) is not None


@pytest.mark.parametrize("rule", default_rules(), ids=lambda rule: rule.kind)
def test_a_hard_rule_needs_no_weight_and_a_soft_one_does(rule: object) -> None:
    assert read_weight(Form({"strictness": "hard", "weight": ""})) == (True, 0)
    soft = Form({"strictness": "soft", "weight": ""})
    read_weight(soft)
    assert "weight" in soft.wrong


def test_a_staff_member_is_read_from_the_form() -> None:
    form = Form(
        {
            "name": "  佐藤　健一 ",
            "staff_type": "part_time",
            "skills": "lead、grill, lead",
            "hours": "37.5",
            "employed_from": "2026-12-21",
            "active": "on",
        }
    )
    member = read_member(form, 7)
    assert not form.wrong
    assert (member.name, member.skills, member.weekly_minutes) == ("佐藤 健一", ("lead", "grill"), 2250)
    assert (member.employed_from, member.employed_to, member.active) == (date(2026, 12, 21), None, True)


def test_an_employment_that_ends_before_it_begins_is_told_beside_its_end() -> None:
    form = Form({"name": "A", "staff_type": "regular", "employed_from": "2027-01-02", "employed_to": "2027-01-01"})
    read_member(form, 0)
    assert form.wrong.keys() == {"employed_to"}


def test_a_group_has_two_members_and_nobody_twice() -> None:
    one = Form({"name": "焼場", "member.1": "on", "backup.2": "on"})
    assert read_group(one, 0).backups == (2,)
    assert one.wrong["members"].code == "groups.two"
    both = Form({"name": "焼場", "member.1": "on", "member.2": "on", "backup.2": "on"})
    read_group(both, 0)
    assert both.wrong["members"].code == "groups.both"


def test_a_shift_over_midnight_ends_on_the_next_day() -> None:
    form = Form(
        {
            "symbol": "夜",
            "name_ja": "夜勤",
            "name_en": "Night",
            "kind": "work",
            "absence": "0",
            "colour": "blue",
            "start": "22:00",
            "end": "07:00",
            "hours": "8",
            "type.regular": "on",
        }
    )
    shift = read_shift(form, 0)
    assert not form.wrong
    assert (shift.start_minute, shift.end_minute, shift.staff_types) == (1320, 1860, ("regular",))
