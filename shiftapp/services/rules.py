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
    LONGEST_NAME,
    RuleSetting,
    default_rule,
    read_params,
)
from shiftapp.domain.rule_values import RuleScope
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


async def find_rule(who: Visitor, rule_id: int) -> RuleSetting | Refused:
    """Return a rule; ``rule.unknown`` where the team has no such rule."""
    found = await list_rules(who)
    if isinstance(found, Refused):
        return found
    return next((rule for rule in found if rule.id == rule_id), Refused("rule.unknown"))


async def change_rule(
    who: Visitor,
    rule_id: int,
    *,
    enabled: bool | None = None,
    hard: bool | None = None,
    weight: int | None = None,
    params: Mapping[str, Any] | None = None,
    scope: Mapping[str, Any] | None = None,
    name: str | None = None,
) -> RuleSetting | Refused:
    """Change a rule in what is given; every open period of the team is priced anew.

    The parts of ``scope`` that are not given stay, too.

    Returns
    -------
    RuleSetting or Refused
        ``rule.unknown``; ``rule.always`` for switching off or softening what a roster is; ``rule.weight`` out of
        0–100000; ``rule.params`` and ``rule.scope`` with the first thing that is wrong with the numbers, or with whom
        and when the rule concerns; ``rule.name`` that is too long.
    """
    if (refused := authorise(who, Action.EDIT_RULES)) is not None:
        return refused
    async with database().transaction(who.team_id, who.user_id) as session:
        await hold_book(session, who.team_id)
        rule = await _find(session, rule_id)
        if rule is None:
            return Refused("rule.unknown")
        changed = _switched(rule, enabled, hard, weight)
        if not isinstance(changed, Refused):
            changed = _described(changed, params, scope, name)
        if isinstance(changed, Refused):
            return changed
        return await _save(session, who.team_id, changed)


async def reset_rule(who: Visitor, rule_id: int) -> RuleSetting | Refused:
    """Give a rule the values that a new team starts with; its place and its name stay.

    Returns
    -------
    RuleSetting or Refused
        The rule as it was, for ``undo_reset``; ``rule.unknown``.
    """
    if (refused := authorise(who, Action.EDIT_RULES)) is not None:
        return refused
    async with database().transaction(who.team_id, who.user_id) as session:
        await hold_book(session, who.team_id)
        rule = await _find(session, rule_id)
        if rule is None:
            return Refused("rule.unknown")
        await _save(session, who.team_id, _usual(rule))
        return rule


async def undo_reset(who: Visitor, rule_id: int, before: RuleSetting) -> RuleSetting | Refused:
    """Give a rule the values back that it had before it was reset.

    Returns
    -------
    RuleSetting or Refused
        ``rule.unknown``; ``rule.changed``: somebody changed it since; ``rule.always``, ``rule.weight``, ``rule.params``
        and ``rule.scope`` as for ``change_rule``.
    """
    if (refused := authorise(who, Action.EDIT_RULES)) is not None:
        return refused
    async with database().transaction(who.team_id, who.user_id) as session:
        await hold_book(session, who.team_id)
        rule = await _find(session, rule_id)
        if rule is None or rule.kind != before.kind:
            return Refused("rule.unknown")
        if rule != _usual(rule):
            return Refused("rule.changed")
        changed = _switched(rule, before.enabled, before.hard, before.weight)
        if not isinstance(changed, Refused):
            changed = _described(changed, before.params.model_dump(), before.scope.model_dump(), None)
        if isinstance(changed, Refused):
            return changed
        return await _save(session, who.team_id, changed)


def _usual(rule: RuleSetting) -> RuleSetting:
    return replace(default_rule(rule.kind), id=rule.id, rank=rule.rank, name=rule.name)


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


async def _find(session: AsyncSession, rule_id: int) -> RuleSetting | None:
    return next((rule for rule in await rules.all_rules(session) if rule.id == rule_id), None)


async def _save(session: AsyncSession, team_id: int, rule: RuleSetting) -> RuleSetting:
    await rules.save_rule(session, rule)
    await notify_team(session, team_id, "rules")
    return rule
