"""A rule with other settings, or what is wrong with them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from shiftapp.domain.refusal import Refused
from shiftapp.domain.rule_settings import ALWAYS_HARD, HIGHEST_WEIGHT, LONGEST_NAME, RuleSetting, read_params
from shiftapp.domain.rule_values import RuleScope


def rewritten(
    rule: RuleSetting,
    *,
    enabled: bool | None = None,
    hard: bool | None = None,
    weight: int | None = None,
    params: Mapping[str, Any] | None = None,
    scope: Mapping[str, Any] | None = None,
    name: str | None = None,
) -> RuleSetting | Refused:
    """Return a rule with what is given changed; the parts of ``scope`` that are not given stay, too.

    Returns
    -------
    RuleSetting or Refused
        ``rule.always`` for switching off or softening what a roster is; ``rule.weight`` out of 0–100000;
        ``rule.params`` and ``rule.scope`` with the first thing that is wrong with the numbers, or with whom and when
        the rule concerns; ``rule.name`` that is too long.
    """
    changed = _switched(rule, enabled, hard, weight)
    return changed if isinstance(changed, Refused) else _described(changed, params, scope, name)


def _switched(rule: RuleSetting, enabled: bool | None, hard: bool | None, weight: int | None) -> RuleSetting | Refused:
    if rule.kind in ALWAYS_HARD and (enabled is False or hard is False):
        return Refused("rule.always")
    if weight is not None and not 0 <= weight <= HIGHEST_WEIGHT:
        return Refused("rule.weight", {"highest": HIGHEST_WEIGHT})
    return replace(
        rule,
        enabled=rule.enabled if enabled is None else enabled,
        hard=rule.hard if hard is None else hard,
        weight=rule.weight if weight is None else weight,
    )


def _described(
    rule: RuleSetting, params: Mapping[str, Any] | None, scope: Mapping[str, Any] | None, name: str | None
) -> RuleSetting | Refused:
    if name is not None and len(name) > LONGEST_NAME:
        return Refused("rule.name", {"longest": LONGEST_NAME})
    try:
        numbers = rule.params if params is None else read_params(rule.kind, params)
    except ValidationError as wrong:
        return _wrong("rule.params", wrong)
    try:
        concerned = rule.scope if scope is None else RuleScope.model_validate({**rule.scope.model_dump(), **scope})
    except ValidationError as wrong:
        return _wrong("rule.scope", wrong)
    return replace(rule, params=numbers, scope=concerned, name=rule.name if name is None else name)


def _wrong(code: str, wrong: ValidationError) -> Refused:
    first = wrong.errors(include_url=False)[0]
    return Refused(code, {"field": ".".join(map(str, first["loc"])), "reason": first["msg"]})
