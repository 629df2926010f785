"""The list of rules: every kind has its place in it, and what was removed comes back as it was."""

from dataclasses import replace
from datetime import date

import pytest
from pydantic import ValidationError

from shiftapp.domain.presets import PRESETS
from shiftapp.domain.rule_settings import ALWAYS_HARD, RULE_KINDS, RuleSetting, default_rules
from shiftapp.domain.rule_values import RuleScope
from shiftapp.ui.components.rule_themes import THEMES
from shiftapp.ui.state.rule_undo import Former
from shiftapp.ui.text import table


def test_every_kind_that_is_not_always_kept_has_one_theme() -> None:
    placed = [kind for kinds in THEMES.values() for kind in kinds]
    assert sorted(placed) == sorted(set(RULE_KINDS) - ALWAYS_HARD)


def test_every_theme_kind_and_preset_has_a_text() -> None:
    wanted = {f"rules.theme.{theme}" for theme in THEMES} | {f"rules.preset.{preset}" for preset in (*PRESETS, "own")}
    wanted |= {f"rules.{kind}{part}" for kinds in THEMES.values() for kind in kinds for part in ("", ".says")}
    assert wanted - table().keys() == set()


@pytest.mark.parametrize("rule", default_rules(), ids=lambda rule: rule.kind)
def test_a_removed_rule_comes_back_from_the_page_as_it_was(rule: RuleSetting) -> None:
    scope = RuleScope(staff=(3,), weekdays=(0, 6), dates=(date(2026, 12, 24),), last=date(2027, 1, 9))
    removed = replace(rule, id=7, name="平日", scope=scope)
    told = Former.of(removed).model_dump(mode="json")
    assert Former.model_validate(told).rule() == replace(removed, id=0)


@pytest.mark.parametrize(
    "wrong", [{"kind": "surprise"}, {"params": {"limit": "many"}}, {"rank": -1}, {"scope": {"staff": "all"}}]
)
def test_what_no_rule_ever_was_is_not_understood(wrong: dict[str, object]) -> None:
    rule = next(one for one in default_rules() if one.kind == "group_cover")
    told = Former.of(rule).model_dump(mode="json") | wrong
    with pytest.raises(ValidationError):
        Former.model_validate(told)
