"""The team's rules: reading and changing them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError
from sqlmodel.ext.asyncio.session import AsyncSession

from shiftapp.domain.permission import Action
from shiftapp.domain.refusal import Refused, authorise
from shiftapp.domain.rule_settings import (
    ALWAYS_HARD,
    HIGHEST_WEIGHT,
    RuleKind,
    RuleSetting,
    default_rules,
    read_params,
)
from shiftapp.domain.visitor import Visitor
from shiftapp.store import rules
from shiftapp.store.books import hold_book
from shiftapp.store.database import database
from shiftapp.store.notices import notify_team


async def list_rules(who: Visitor) -> tuple[RuleSetting, ...] | Refused:
    """Return the team's rules, in order."""
    if (refused := authorise(who, Action.SEE_SCHEDULE)) is not None:
        return refused
    async with database().transaction(who.team_id, who.user_id) as session:
        return tuple(await rules.all_rules(session))


async def rule_kind(who: Visitor, rule_id: int) -> RuleKind | Refused:
    """Return the kind of a rule; ``rule.unknown`` where the team has no such rule."""
    found = await list_rules(who)
    if isinstance(found, Refused):
        return found
    return next((rule.kind for rule in found if rule.id == rule_id), Refused("rule.unknown"))


async def change_rule(
    who: Visitor,
    rule_id: int,
    *,
    enabled: bool | None = None,
    hard: bool | None = None,
    weight: int | None = None,
    params: Mapping[str, Any] | None = None,
) -> RuleSetting | Refused:
    """Change a rule in what is given; every open period of the team is priced anew.

    Returns
    -------
    RuleSetting or Refused
        ``rule.unknown``; ``rule.always`` for switching off or softening what a roster is; ``rule.weight`` out of
        0–100000; ``rule.params`` with the first thing that is wrong with the numbers.
    """
    if (refused := authorise(who, Action.EDIT_RULES)) is not None:
        return refused
    async with database().transaction(who.team_id, who.user_id) as session:
        await hold_book(session, who.team_id)
        rule = await _find(session, rule_id)
        if rule is None:
            return Refused("rule.unknown")
        changed = _changed(rule, enabled, hard, weight, params)
        if isinstance(changed, Refused):
            return changed
        return await _save(session, who.team_id, changed)


async def reset_rule(who: Visitor, rule_id: int) -> RuleSetting | Refused:
    """Give a rule the values that a new team starts with; its place and its name stay."""
    if (refused := authorise(who, Action.EDIT_RULES)) is not None:
        return refused
    async with database().transaction(who.team_id, who.user_id) as session:
        await hold_book(session, who.team_id)
        rule = await _find(session, rule_id)
        if rule is None:
            return Refused("rule.unknown")
        usual = next(one for one in default_rules() if one.kind == rule.kind)
        return await _save(session, who.team_id, replace(usual, id=rule.id, rank=rule.rank, name=rule.name))


def _changed(
    rule: RuleSetting, enabled: bool | None, hard: bool | None, weight: int | None, params: Mapping[str, Any] | None
) -> RuleSetting | Refused:
    if rule.kind in ALWAYS_HARD and (enabled is False or hard is False):
        return Refused("rule.always")
    if weight is not None and not 0 <= weight <= HIGHEST_WEIGHT:
        return Refused("rule.weight", {"highest": HIGHEST_WEIGHT})
    try:
        numbers = rule.params if params is None else read_params(rule.kind, params)
    except ValidationError as wrong:
        first = wrong.errors(include_url=False)[0]
        return Refused("rule.params", {"field": ".".join(map(str, first["loc"])), "reason": first["msg"]})
    return replace(
        rule,
        enabled=rule.enabled if enabled is None else enabled,
        hard=rule.hard if hard is None else hard,
        weight=rule.weight if weight is None else weight,
        params=numbers,
    )


async def _find(session: AsyncSession, rule_id: int) -> RuleSetting | None:
    return next((rule for rule in await rules.all_rules(session) if rule.id == rule_id), None)


async def _save(session: AsyncSession, team_id: int, rule: RuleSetting) -> RuleSetting:
    await rules.save_rule(session, rule)
    await notify_team(session, team_id, "rules")
    return rule
