"""A team's list of rules: what is added, copied, removed and brought back, and the weights of a preset."""

from dataclasses import replace
from typing import Any

import pytest

from shiftapp.domain.permission import Role
from shiftapp.domain.presets import PRESETS, preset_of, with_preset
from shiftapp.domain.refusal import Refused
from shiftapp.domain.rule_settings import ALWAYS_HARD, MOST_RULES, RuleSetting, default_rule, default_rules
from shiftapp.domain.rule_values import RuleScope
from shiftapp.services import rule_list, rules
from shiftapp.store import rules as rule_rows
from shiftapp.store.database import Database
from tests.factories import Kitchen, kitchen


@pytest.fixture
async def team(database: Database) -> Kitchen:
    return await kitchen(database, people=1, days=2)


async def every(k: Kitchen) -> tuple[RuleSetting, ...]:
    found = await rules.list_rules(k.owner)
    assert not isinstance(found, Refused)
    return found


async def of_kind(k: Kitchen, kind: str) -> RuleSetting:
    return next(rule for rule in await every(k) if rule.kind == kind)


def placed(found: tuple[RuleSetting, ...]) -> list[RuleSetting]:
    """Return the rules without ids and ranks: what they say, in order."""
    return [replace(rule, id=0, rank=0) for rule in found]


def test_a_preset_scales_the_weights_and_is_recognised_by_them() -> None:
    group = default_rule("group_cover")
    assert [with_preset(group, preset).weight for preset in PRESETS] == [200, 100, 50]
    for preset in PRESETS:
        scaled = [with_preset(rule, preset) for rule in default_rules()]
        assert preset_of(scaled) == preset
        assert all(rule.weight > 0 for rule, usual in zip(scaled, default_rules(), strict=True) if usual.weight)
    assert preset_of([replace(group, weight=7)]) == "own"


async def test_an_added_rule_comes_last_and_is_off(team: Kitchen) -> None:
    before = await every(team)
    added = await rule_list.add_rule(team.owner, "coverage")
    assert isinstance(added, RuleSetting)
    assert await every(team) == (*before, added)
    assert replace(added, id=0, rank=0) == replace(default_rule("coverage"), rank=0, enabled=False)


async def test_a_copy_stands_after_its_rule_and_is_off(team: Kitchen) -> None:
    rule = await of_kind(team, "group_cover")
    before = placed(await every(team))
    copy = await rule_list.copy_rule(team.owner, rule.id)
    assert isinstance(copy, RuleSetting)
    after = await every(team)
    at = after.index(rule)
    assert after[at + 1] == copy == replace(rule, id=copy.id, rank=rule.rank + 1, enabled=False)
    assert placed(after[: at + 1] + after[at + 2 :]) == before


async def test_a_removed_rule_comes_back_to_its_place_as_it_was(database: Database, team: Kitchen) -> None:
    rule = await of_kind(team, "daily_limits")
    async with database.transaction(team.team_id) as session:
        await rule_rows.save_rule(session, replace(rule, name="平日", scope=RuleScope(weekdays=(0, 1))))
    before = await every(team)
    removed = await rule_list.remove_rule(team.owner, rule.id)
    assert isinstance(removed, RuleSetting)
    assert await every(team) == tuple(one for one in before if one.id != rule.id)
    restored = await rule_list.restore_rule(team.owner, removed)
    assert isinstance(restored, RuleSetting)
    assert restored.id != removed.id
    assert placed(await every(team)) == placed(before)


async def test_a_preset_changes_only_weights_and_returns_the_rules_it_changed(team: Kitchen) -> None:
    before = await every(team)
    changed = await rule_list.apply_preset(team.owner, "strict")
    after = await every(team)
    assert changed == tuple(one for one, other in zip(before, after, strict=True) if one != other) != ()
    assert [replace(rule, weight=0) for rule in after] == [replace(rule, weight=0) for rule in before]
    assert preset_of(after) == "strict"
    assert await rule_list.apply_preset(team.owner, "strict") == ()
    await rule_list.apply_preset(team.owner, "balanced")
    assert await every(team) == before


async def test_undoing_a_preset_brings_the_weights_back_that_nobody_changed_since(team: Kitchen) -> None:
    mine, theirs = await of_kind(team, "group_cover"), await of_kind(team, "coverage")
    for rule in (mine, theirs):
        await rules.change_rule(team.owner, rule.id, weight=7)
    changed = await rule_list.apply_preset(team.owner, "flexible")
    assert isinstance(changed, tuple)
    weights = {rule.id: rule.weight for rule in changed}
    assert weights[mine.id] == 7
    await rules.change_rule(team.owner, theirs.id, weight=9)
    assert await rule_list.undo_preset(team.owner, "flexible", weights) == len(changed) - 1
    now = {rule.kind: rule.weight for rule in await every(team)}
    assert (now["group_cover"], now["coverage"]) == (7, 9)
    assert now["daily_limits"] == default_rule("daily_limits").weight


async def test_what_a_list_cannot_hold_is_refused_and_changes_nothing(team: Kitchen) -> None:
    unknown: Any = "surprise"
    rule = await of_kind(team, "coverage")
    before = await every(team)
    codes = [
        await rule_list.add_rule(team.owner, unknown),
        await rule_list.apply_preset(team.owner, unknown),
        await rule_list.undo_preset(team.owner, unknown, {}),
        await rule_list.undo_preset(team.owner, "strict", {rule.id: -1}),
        await rule_list.copy_rule(team.owner, 0),
        await rule_list.remove_rule(team.owner, 0),
        await rule_list.restore_rule(team.owner, replace(rule, kind=unknown)),
        await rule_list.restore_rule(team.owner, replace(rule, weight=-1)),
        await rule_list.restore_rule(team.owner, replace(rule, name="x" * 61)),
        await rule_list.restore_rule(team.owner, replace(default_rule("pins"), params=rule.params)),
    ]
    assert [answer.code for answer in codes if isinstance(answer, Refused)] == [
        "rule.unknown", "rule.preset", "rule.preset", "rule.weight", "rule.unknown", "rule.unknown",
        "rule.unknown", "rule.weight", "rule.name", "rule.params",
    ]  # fmt: skip
    for kind in ALWAYS_HARD:
        one = await of_kind(team, kind)
        assert await rule_list.add_rule(team.owner, kind) == Refused("rule.always")
        assert await rule_list.copy_rule(team.owner, one.id) == Refused("rule.always")
        assert await rule_list.remove_rule(team.owner, one.id) == Refused("rule.always")
        assert await rule_list.restore_rule(team.owner, one) == Refused("rule.always")
    assert await every(team) == before


async def test_a_team_has_so_many_rules_and_no_more(database: Database, team: Kitchen) -> None:
    async with database.transaction(team.team_id) as session:
        spare = MOST_RULES - len(await rule_rows.all_rules(session))
        await rule_rows.add_rules(session, team.team_id, [default_rule("pair")] * spare)
    rule = await of_kind(team, "pair")
    full = Refused("rule.many", {"most": MOST_RULES})
    assert await rule_list.add_rule(team.owner, "pair") == full
    assert await rule_list.copy_rule(team.owner, rule.id) == full
    assert await rule_list.restore_rule(team.owner, rule) == full
    assert len(await every(team)) == MOST_RULES


async def test_another_team_and_a_viewer_change_no_list(database: Database, team: Kitchen) -> None:
    other = await kitchen(database, people=1, days=2)
    rule = await of_kind(team, "coverage")
    before = await every(team)
    viewer = replace(team.owner, role=Role.VIEWER)
    right = Refused("refused.right", {"action": "edit_rules"})
    assert await rule_list.copy_rule(other.owner, rule.id) == Refused("rule.unknown")
    assert await rule_list.remove_rule(other.owner, rule.id) == Refused("rule.unknown")
    await rule_list.apply_preset(other.owner, "flexible")
    await rule_list.undo_preset(other.owner, "flexible", {rule.id: 1})
    await rule_list.restore_rule(other.owner, replace(rule, rank=0))
    assert [
        await rule_list.add_rule(viewer, "coverage"),
        await rule_list.copy_rule(viewer, rule.id),
        await rule_list.remove_rule(viewer, rule.id),
        await rule_list.restore_rule(viewer, rule),
        await rule_list.apply_preset(viewer, "strict"),
        await rule_list.undo_preset(viewer, "strict", {rule.id: 1}),
    ] == [right] * 6
    assert await every(team) == before
