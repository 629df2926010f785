"""The rules page: what the team's room feeds into it, and what it asks for."""

from typing import Any

import reflex as rx
from pydantic import BaseModel, ConfigDict

from shiftapp.domain.permission import Action
from shiftapp.domain.presets import Preset
from shiftapp.domain.refusal import Refused
from shiftapp.domain.rule_change import rewritten
from shiftapp.domain.rule_settings import LONGEST_NAME, RuleKind, RuleSetting
from shiftapp.domain.visitor import Visitor
from shiftapp.services import rule_list, rules
from shiftapp.ui.gate import handler
from shiftapp.ui.state.answers import Sent, answer, reject
from shiftapp.ui.state.board import Board
from shiftapp.ui.state.form import Form
from shiftapp.ui.state.live import live
from shiftapp.ui.state.rule_form import read_numbers, read_weight
from shiftapp.ui.state.rule_scope import read_scope
from shiftapp.ui.state.rule_undo import Former, Reset, Reweighed, offer, open_rule


class Switched(BaseModel):
    """A rule is switched on or off."""

    model_config = ConfigDict(extra="forbid")

    rule: int
    enabled: bool


class Saved(Sent):
    """The form of one rule; ``former`` is what it was, where a colleague removed it: then it is made anew."""

    rule: int
    former: Former | None = None


class Added(Sent):
    """A kind of rule to add: the answer to its dialog."""

    kind: RuleKind


class Chosen(BaseModel):
    """One of the rules."""

    model_config = ConfigDict(extra="forbid")

    rule: int


class Weighed(BaseModel):
    """The weights of a preset for all rules."""

    model_config = ConfigDict(extra="forbid")

    preset: Preset


@live
class RulesState(Board, rx.State):
    """The team's rules by rank: id, kind, name, enabled, hard, weight, params, scope.

    ``symbols`` gives the symbol that stands for each kind of shift; ``shifts`` lists the shift types as [id, symbol,
    Japanese name, English name], ``staff`` the staff and ``groups`` the staff groups as [id, name]. ``preset`` is the
    one whose weights the rules have, or ``own``.

    One page alone is told ``made``, the rule to open, as {number, rule}, and ``undo``, what undoing its last step would
    send, as {number, removed, reset, reweighed} (`shiftapp.ui.state.rule_undo`).
    """

    rules: rx.Field[list[dict[str, Any]]] = rx.field(default_factory=list)
    symbols: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    shifts: rx.Field[list[list[str]]] = rx.field(default_factory=list)
    staff: rx.Field[list[list[str]]] = rx.field(default_factory=list)
    groups: rx.Field[list[list[str]]] = rx.field(default_factory=list)
    preset: str = ""
    made: rx.Field[dict[str, int]] = rx.field(default_factory=dict)
    undo: rx.Field[dict[str, Any]] = rx.field(default_factory=dict)

    @handler(Action.SEE_SCHEDULE)
    async def open(self, who: Visitor) -> Any:
        """Show the team's rules and follow what becomes of them: on every load and every reconnect."""
        return await self._join(who, "rules")

    @handler(Action.EDIT_RULES, Switched)
    async def switch(self, who: Visitor, asked: Switched) -> Any:
        """Switch a rule on or off."""
        changed = await rules.change_rule(who, asked.rule, enabled=asked.enabled)
        return changed if isinstance(changed, Refused) else None

    @handler(Action.EDIT_RULES, Saved)
    async def save(self, who: Visitor, asked: Saved) -> Any:
        """Save the strictness, numbers, scope and name of a rule, or say beside the fields what is wrong."""
        rule = await rules.find_rule(who, asked.rule) if asked.former is None else asked.former.rule()
        if isinstance(rule, Refused):
            return await reject(self, asked, rule)
        form = Form(asked.fields)
        hard, weight = read_weight(form)
        params = rule.params.model_dump() | read_numbers(rule.kind, form)
        scope, name = read_scope(form), form.text("name", LONGEST_NAME)
        if form.wrong:
            return await reject(self, asked, form.wrong)
        given: dict[str, Any] = {"hard": hard, "weight": weight, "params": params, "scope": scope, "name": name}
        if asked.former is None:
            return await answer(self, asked, await rules.change_rule(who, asked.rule, **given))
        anew = rewritten(rule, **given)
        made = anew if isinstance(anew, Refused) else await rule_list.restore_rule(who, anew)
        return await answer(self, asked, made)

    @handler(Action.EDIT_RULES, Saved)
    async def reset_rule(self, who: Visitor, asked: Saved) -> Any:
        """Give a rule the values that a new team starts with, and offer to undo it."""
        before = await rules.reset_rule(who, asked.rule)
        if isinstance(before, RuleSetting):
            await offer(self.router.session.session_id, Reset(rule=before.id, former=Former.of(before)))
        return await answer(self, asked, before)

    @handler(Action.EDIT_RULES, Reset)
    async def undo_reset(self, who: Visitor, asked: Reset) -> Any:
        """Give a rule the values back that it had before it was reset."""
        back = await rules.undo_reset(who, asked.rule, asked.former.rule())
        return back if isinstance(back, Refused) else await offer(self.router.session.session_id, None)

    @handler(Action.EDIT_RULES, Added)
    async def add(self, who: Visitor, asked: Added) -> Any:
        """Add a rule of a kind and open it, or say in the dialog why not."""
        added = await rule_list.add_rule(who, asked.kind)
        if isinstance(added, Refused):
            return await reject(self, asked, added)
        return await open_rule(self.router.session.session_id, added)

    @handler(Action.EDIT_RULES, Chosen)
    async def copy_rule(self, who: Visitor, asked: Chosen) -> Any:
        """Put a copy after a rule and open it."""
        copy = await rule_list.copy_rule(who, asked.rule)
        return copy if isinstance(copy, Refused) else await open_rule(self.router.session.session_id, copy)

    @handler(Action.EDIT_RULES, Chosen)
    async def remove(self, who: Visitor, asked: Chosen) -> Any:
        """Remove a rule and offer to undo it."""
        gone = await rule_list.remove_rule(who, asked.rule)
        return gone if isinstance(gone, Refused) else await offer(self.router.session.session_id, Former.of(gone))

    @handler(Action.EDIT_RULES, Former)
    async def restore(self, who: Visitor, asked: Former) -> Any:
        """Bring back a rule that was removed."""
        restored = await rule_list.restore_rule(who, asked.rule())
        return restored if isinstance(restored, Refused) else await offer(self.router.session.session_id, None)

    @handler(Action.EDIT_RULES, Weighed)
    async def weigh(self, who: Visitor, asked: Weighed) -> Any:
        """Give every rule the weight of a preset and offer to undo it."""
        before = await rule_list.apply_preset(who, asked.preset)
        if isinstance(before, Refused) or not before:
            return before or None
        weights = {rule.id: rule.weight for rule in before}
        return await offer(self.router.session.session_id, Reweighed(preset=asked.preset, weights=weights))

    @handler(Action.EDIT_RULES, Reweighed)
    async def reweigh(self, who: Visitor, asked: Reweighed) -> Any:
        """Give rules the weights back that they had before a preset."""
        changed = await rule_list.undo_preset(who, asked.preset, asked.weights)
        return changed if isinstance(changed, Refused) else await offer(self.router.session.session_id, None)
