"""How strictly a team means its rules: one word for the weights of all of them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from math import ceil
from typing import Final, Literal, get_args

from shiftapp.domain.rule_settings import RuleKind, RuleSetting, default_rules

Preset = Literal["strict", "balanced", "flexible"]
PRESETS: Final[tuple[Preset, ...]] = get_args(Preset)

_FACTORS: Final[Mapping[Preset, Fraction]] = {
    "strict": Fraction(2),
    "balanced": Fraction(1),
    "flexible": Fraction(1, 2),
}
# A request carries a weight of its own, which the rule only multiplies: halving 1 would count none of them.
_USUAL: Final[Mapping[RuleKind, int]] = {
    rule.kind: rule.weight for rule in default_rules() if rule.weight and rule.kind != "requests"
}


def with_preset(rule: RuleSetting, preset: Preset) -> RuleSetting:
    """Return the rule with the weight of a preset; switch, hardness, numbers and scope stay.

    Kinds that a new team keeps as hard without a weight, and ``requests``, stay as they are.
    """
    usual = _USUAL.get(rule.kind)
    return rule if usual is None else replace(rule, weight=ceil(usual * _FACTORS[preset]))


def preset_of(rules: Iterable[RuleSetting]) -> Preset | Literal["own"]:
    """Return the preset whose weights the rules have; ``own`` where they have those of none."""
    every = tuple(rules)
    for preset in PRESETS:
        if all(with_preset(rule, preset) == rule for rule in every):
            return preset
    return "own"
