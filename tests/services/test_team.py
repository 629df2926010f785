"""Rules, staff and groups: what can be kept is kept, the rest is refused with its reason."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from shiftapp.domain.refusal import Refused
from shiftapp.domain.rule_settings import (
    ALWAYS_HARD,
    HIGHEST_WEIGHT,
    LONGEST_NAME,
    PARAMS,
    RULE_KINDS,
    RuleSetting,
    default_rules,
    read_params,
)
from shiftapp.domain.rule_values import RuleScope
from shiftapp.domain.staff import StaffGroup, StaffMember
from shiftapp.services import groups, rules, staff
from shiftapp.store.database import Database
from tests.factories import Kitchen, kitchen, member


def test_every_kind_has_numbers_and_a_default_and_both_survive_storing() -> None:
    assert set(PARAMS) == set(RULE_KINDS) == {rule.kind for rule in default_rules()}
    for rule in default_rules():
        assert read_params(rule.kind, rule.params.model_dump(mode="json")) == rule.params


@given(some.dictionaries(some.text(max_size=8), some.integers() | some.text(max_size=8), max_size=3))
def test_numbers_of_no_kind_take_unknown_names(given: dict[str, int | str]) -> None:
    for kind, model in PARAMS.items():
        if given.keys() - model.model_fields.keys():
            with pytest.raises(ValueError, match="validation error"):
                read_params(kind, given)


async def rule_of(k: Kitchen, kind: str) -> RuleSetting:
    every = await rules.list_rules(k.owner)
    assert not isinstance(every, Refused)
    return next(rule for rule in every if rule.kind == kind)


async def test_a_rule_is_changed_in_what_is_given_and_reset_to_what_a_new_team_has(database: Database) -> None:
    k = await kitchen(database)
    before = await rule_of(k, "group_cover")
    await rules.change_rule(k.owner, before.id, weight=7)
    await rules.change_rule(k.owner, before.id, enabled=False, params={"limit": 3})
    after = await rule_of(k, "group_cover")
    assert (after.weight, after.enabled, after.hard) == (7, False, False)
    assert after.params.model_dump() == {"limit": 3}
    assert await rules.reset_rule(k.owner, before.id) == after
    assert await rule_of(k, "group_cover") == before


async def test_a_reset_is_undone_unless_somebody_has_changed_the_rule_since(database: Database) -> None:
    k = await kitchen(database)
    rule = await rule_of(k, "group_cover")
    await rules.change_rule(k.owner, rule.id, weight=7, params={"limit": 3}, scope={"weekdays": (5,)}, name="焼場")
    before = await rules.reset_rule(k.owner, rule.id)
    assert isinstance(before, RuleSetting)
    assert await rules.undo_reset(k.owner, rule.id, replace(before, weight=-1)) == Refused(
        "rule.weight", {"highest": HIGHEST_WEIGHT}
    )
    assert await rules.undo_reset(k.owner, rule.id, before) == before == await rule_of(k, "group_cover")
    await rules.reset_rule(k.owner, rule.id)
    theirs = await rules.change_rule(k.owner, rule.id, weight=9)
    assert await rules.undo_reset(k.owner, rule.id, before) == Refused("rule.changed")
    assert await rule_of(k, "group_cover") == theirs


async def test_a_rule_is_given_a_name_and_a_scope_part_by_part(database: Database) -> None:
    k = await kitchen(database)
    before = await rule_of(k, "group_cover")
    await rules.change_rule(k.owner, before.id, scope={"weekdays": (5, 6), "dates": (date(2026, 12, 24),)})
    await rules.change_rule(k.owner, before.id, scope={"weekdays": (5,), "staff_types": ("regular",)}, name="Saturdays")
    after = await rule_of(k, "group_cover")
    expected = RuleScope(weekdays=(5,), dates=(date(2026, 12, 24),), staff_types=("regular",))
    assert (after.scope, after.name, after.params) == (expected, "Saturdays", before.params)
    await rules.change_rule(k.owner, before.id, scope={"weekdays": None, "dates": None, "staff_types": None}, name="")
    assert await rule_of(k, "group_cover") == before


async def test_what_a_rule_cannot_be_is_refused_and_changes_nothing(database: Database) -> None:
    k, other = await kitchen(database), await kitchen(database)
    for kind in ALWAYS_HARD:
        rule = await rule_of(k, kind)
        assert await rules.change_rule(k.owner, rule.id, enabled=False) == Refused("rule.always")
        assert await rules.change_rule(k.owner, rule.id, hard=False) == Refused("rule.always")
    limits = await rule_of(k, "daily_limits")
    crossed = {"every_day": {"minimum": 5, "maximum": 2}}
    answers = [
        await rules.change_rule(k.owner, limits.id, weight=-1),
        await rules.change_rule(k.owner, limits.id, params=crossed),
        await rules.change_rule(k.owner, limits.id, params={"surprise": 1}),
        await rules.change_rule(k.owner, limits.id, scope={"weekdays": (7,)}),
        await rules.change_rule(k.owner, limits.id, scope={"surprise": 1}),
        await rules.change_rule(k.owner, limits.id, name="n" * (LONGEST_NAME + 1)),
        await rules.change_rule(other.owner, limits.id, weight=1),
        await rules.find_rule(other.owner, limits.id),
    ]
    codes = [answer.code if isinstance(answer, Refused) else answer for answer in answers]
    about = ["rule.weight", "rule.params", "rule.params", "rule.scope", "rule.scope", "rule.name"]
    assert codes == [*about, "rule.unknown", "rule.unknown"]
    assert await rule_of(k, "daily_limits") == limits


async def test_staff_that_cannot_be_kept_is_refused_with_its_field(database: Database) -> None:
    k = await kitchen(database)
    wrong = {
        "form.required": member(""),
        "form.long": member("x" * 81),
        "staff.same_name": member("Person 1"),
        "form.dates": member("A", employed_from=k.day(3), employed_to=k.day(2)),
        "form.range": member("A", weekly_minutes=10_081),
    }
    for code, asked in wrong.items():
        for answer in (
            await staff.add_staff(k.owner, asked),
            await staff.change_staff(k.owner, replace(asked, id=k.staff[0].id)),
        ):
            assert isinstance(answer, Refused)
            assert answer.code == code
            assert "field" in answer.args
    assert await staff.change_staff(k.owner, replace(k.staff[0], id=999_999)) == Refused("staff.unknown")


async def test_the_grid_has_two_hundred_rows_and_no_more_people_are_active(database: Database) -> None:
    k = await kitchen(database, 200)
    answer = await staff.add_staff(k.owner, member("One more"))
    assert isinstance(answer, Refused)
    assert answer.code == "staff.many"
    assert isinstance(await staff.add_staff(k.owner, member("Asleep", active=False)), StaffMember)


async def test_groups_that_cannot_be_kept_are_refused(database: Database) -> None:
    k, other = await kitchen(database, groups=[[0, 1]]), await kitchen(database)
    one, two, three = (person.id for person in k.staff)
    wrong = {
        "groups.two": StaffGroup(0, 0, "A", (one,)),
        "groups.both": StaffGroup(0, 0, "A", (one, two), (two,)),
        "groups.same_name": StaffGroup(0, 0, "Group 0", (one, two)),
        "groups.unknown": StaffGroup(999_999, 0, "A", (one, two)),
        "staff.unknown": StaffGroup(0, 0, "A", (one, other.staff[0].id)),
        "form.required": StaffGroup(0, 0, "", (one, two)),
    }
    for code, asked in wrong.items():
        answer = await groups.save_group(k.owner, asked)
        assert isinstance(answer, Refused)
        assert answer.code == code
    assert await groups.save_group(k.owner, StaffGroup(0, 0, "New", (one, two), (three,))) is None
    assert await groups.delete_group(other.owner, 1) == Refused("groups.unknown")
