"""The team's rules: reading and changing them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from shiftapp.domain.permission import Action
from shiftapp.domain.refusal import Refused, authorise
from shiftapp.domain.rule_change import rewritten
from shiftapp.domain.rule_settings import RuleSetting, default_rule
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
        changed = rewritten(rule, enabled=enabled, hard=hard, weight=weight, params=params, scope=scope, name=name)
        return changed if isinstance(changed, Refused) else await _save(session, who.team_id, changed)


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
        numbers, concerned = before.params.model_dump(), before.scope.model_dump()
        changed = rewritten(
            rule,
            enabled=before.enabled,
            hard=before.hard,
            weight=before.weight,
            params=numbers,
            scope=concerned,
        )
        return changed if isinstance(changed, Refused) else await _save(session, who.team_id, changed)


def _usual(rule: RuleSetting) -> RuleSetting:
    return replace(default_rule(rule.kind), id=rule.id, rank=rule.rank, name=rule.name)


async def _find(session: AsyncSession, rule_id: int) -> RuleSetting | None:
    return next((rule for rule in await rules.all_rules(session) if rule.id == rule_id), None)


async def _save(session: AsyncSession, team_id: int, rule: RuleSetting) -> RuleSetting:
    await rules.save_rule(session, rule)
    await notify_team(session, team_id, "rules")
    return rule
