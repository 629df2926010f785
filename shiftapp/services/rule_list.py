"""Which rules a team has: adding, copying, removing and bringing back, and the weights of all of them at once."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlmodel.ext.asyncio.session import AsyncSession

from shiftapp.domain.permission import Action
from shiftapp.domain.presets import PRESETS, Preset, with_preset
from shiftapp.domain.refusal import Refused, authorise
from shiftapp.domain.rule_change import rewritten
from shiftapp.domain.rule_settings import (
    ALWAYS_HARD,
    HIGHEST_WEIGHT,
    MOST_RULES,
    RULE_KINDS,
    RuleKind,
    RuleSetting,
    default_rule,
)
from shiftapp.domain.visitor import Visitor
from shiftapp.store import rules
from shiftapp.store.books import hold_book
from shiftapp.store.database import database
from shiftapp.store.notices import Removed, notify_team


async def add_rule(who: Visitor, kind: RuleKind) -> RuleSetting | Refused:
    """Add a rule of a kind as the last one, with a new team's numbers.

    It is switched off: nothing is priced by numbers that nobody has looked at.

    Returns
    -------
    RuleSetting or Refused
        ``rule.unknown``: no such kind; ``rule.always``: every team has its one rule of that kind; ``rule.many``.
    """
    if (refused := authorise(who, Action.EDIT_RULES)) is not None:
        return refused
    if kind not in RULE_KINDS:
        return Refused("rule.unknown")
    async with database().transaction(who.team_id, who.user_id) as session:
        await hold_book(session, who.team_id)
        last = max((rule.rank for rule in await rules.all_rules(session)), default=-1)
        return await _insert(session, who.team_id, replace(default_rule(kind), rank=last + 1, enabled=False))


async def copy_rule(who: Visitor, rule_id: int) -> RuleSetting | Refused:
    """Put a copy right after a rule, switched off: nothing costs twice before the copy is told what differs.

    Returns
    -------
    RuleSetting or Refused
        ``rule.unknown``, ``rule.always`` or ``rule.many``.
    """
    if (refused := authorise(who, Action.EDIT_RULES)) is not None:
        return refused
    async with database().transaction(who.team_id, who.user_id) as session:
        await hold_book(session, who.team_id)
        rule = await _find(session, rule_id)
        if rule is None:
            return Refused("rule.unknown")
        return await _insert(session, who.team_id, replace(rule, rank=rule.rank + 1, enabled=False))


async def remove_rule(who: Visitor, rule_id: int) -> RuleSetting | Refused:
    """Remove a rule; return it as it was, for ``restore_rule``.

    Returns
    -------
    RuleSetting or Refused
        ``rule.unknown``; ``rule.always`` for what a roster is.
    """
    if (refused := authorise(who, Action.EDIT_RULES)) is not None:
        return refused
    async with database().transaction(who.team_id, who.user_id) as session:
        await hold_book(session, who.team_id)
        rule = await _find(session, rule_id)
        if rule is None:
            return Refused("rule.unknown")
        if rule.kind in ALWAYS_HARD:
            return Refused("rule.always")
        await rules.drop_rule(session, rule_id)
        await notify_team(session, who.team_id, "rules", Removed(rule_id, who.name))
        return rule


async def restore_rule(who: Visitor, removed: RuleSetting) -> RuleSetting | Refused:
    """Bring a removed rule back to its place; it has a new id.

    Returns
    -------
    RuleSetting or Refused
        ``rule.unknown``, ``rule.always``, ``rule.many``; ``rule.weight``, ``rule.name`` or ``rule.params`` where it is
        none that a team could have had.
    """
    if (refused := authorise(who, Action.EDIT_RULES)) is not None:
        return refused
    if (refused := _wrong(removed)) is not None:
        return refused
    async with database().transaction(who.team_id, who.user_id) as session:
        await hold_book(session, who.team_id)
        return await _insert(session, who.team_id, removed)


async def apply_preset(who: Visitor, preset: Preset) -> tuple[RuleSetting, ...] | Refused:
    """Give every rule the weight of a preset; return those that changed, as they were.

    Returns
    -------
    tuple of RuleSetting or Refused
        ``rule.preset``: no such preset.
    """
    if (refused := authorise(who, Action.EDIT_RULES)) is not None:
        return refused
    if preset not in PRESETS:
        return Refused("rule.preset")
    async with database().transaction(who.team_id, who.user_id) as session:
        await hold_book(session, who.team_id)
        before = [rule for rule in await rules.all_rules(session) if with_preset(rule, preset) != rule]
        await _save(session, who.team_id, [with_preset(rule, preset) for rule in before])
        return tuple(before)


async def undo_preset(who: Visitor, preset: Preset, weights: Mapping[int, int]) -> int | Refused:
    """Give rules the weights back that they had before a preset: those that still have the preset's.

    Parameters
    ----------
    weights : mapping of int to int
        Rule id → weight.

    Returns
    -------
    int or Refused
        How many changed. ``rule.preset``: no such preset; ``rule.weight``: none that a rule could have had.
    """
    if (refused := authorise(who, Action.EDIT_RULES)) is not None:
        return refused
    if preset not in PRESETS:
        return Refused("rule.preset")
    if not all(0 <= weight <= HIGHEST_WEIGHT for weight in weights.values()):
        return Refused("rule.weight", {"highest": HIGHEST_WEIGHT})
    async with database().transaction(who.team_id, who.user_id) as session:
        await hold_book(session, who.team_id)
        same = [rule for rule in await rules.all_rules(session) if with_preset(rule, preset) == rule]
        changed = [replace(rule, weight=weights[rule.id]) for rule in same if rule.id in weights]
        await _save(session, who.team_id, changed)
        return len(changed)


def _wrong(rule: RuleSetting) -> Refused | None:
    if rule.kind not in RULE_KINDS:
        return Refused("rule.unknown")
    same = rewritten(rule, weight=rule.weight, params=rule.params.model_dump(mode="json"), name=rule.name)
    return same if isinstance(same, Refused) else None


async def _insert(session: AsyncSession, team_id: int, rule: RuleSetting) -> RuleSetting | Refused:
    if rule.kind in ALWAYS_HARD:
        return Refused("rule.always")
    if len(await rules.all_rules(session)) >= MOST_RULES:
        return Refused("rule.many", {"most": MOST_RULES})
    stored = await rules.insert_rule(session, team_id, rule)
    await notify_team(session, team_id, "rules")
    return stored


async def _save(session: AsyncSession, team_id: int, changed: Iterable[RuleSetting]) -> None:
    every = tuple(changed)
    for rule in every:
        await rules.save_rule(session, rule)
    if every:
        await notify_team(session, team_id, "rules")


async def _find(session: AsyncSession, rule_id: int) -> RuleSetting | None:
    return next((rule for rule in await rules.all_rules(session) if rule.id == rule_id), None)
