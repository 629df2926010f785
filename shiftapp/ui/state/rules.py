"""The rules page: what the team's room feeds into it, and what it asks for."""

from typing import Any

import reflex as rx
from pydantic import BaseModel, ConfigDict

from shiftapp.domain.permission import Action
from shiftapp.domain.refusal import Refused
from shiftapp.domain.rule_settings import LONGEST_NAME
from shiftapp.domain.visitor import Visitor
from shiftapp.services import rules
from shiftapp.ui.gate import handler
from shiftapp.ui.state.answers import Sent, answer, reject
from shiftapp.ui.state.board import Board
from shiftapp.ui.state.form import Form
from shiftapp.ui.state.live import live
from shiftapp.ui.state.rule_form import read_numbers, read_weight
from shiftapp.ui.state.rule_scope import read_scope


class Switched(BaseModel):
    """A rule is switched on or off."""

    model_config = ConfigDict(extra="forbid")

    rule: int
    enabled: bool


class Saved(Sent):
    """The form of one rule."""

    rule: int


@live
class RulesState(Board, rx.State):
    """The team's rules by rank: id, kind, name, enabled, hard, weight, params, scope.

    ``symbols`` gives the symbol that stands for each kind of shift; ``shifts`` lists the shift types as [id, symbol,
    Japanese name, English name], ``staff`` the staff and ``groups`` the staff groups as [id, name].
    """

    rules: rx.Field[list[dict[str, Any]]] = rx.field(default_factory=list)
    symbols: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    shifts: rx.Field[list[list[str]]] = rx.field(default_factory=list)
    staff: rx.Field[list[list[str]]] = rx.field(default_factory=list)
    groups: rx.Field[list[list[str]]] = rx.field(default_factory=list)

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
        rule = await rules.find_rule(who, asked.rule)
        if isinstance(rule, Refused):
            return await reject(self, asked, rule)
        form = Form(asked.fields)
        hard, weight = read_weight(form)
        params = rule.params.model_dump() | read_numbers(rule.kind, form)
        scope, name = read_scope(form), form.text("name", LONGEST_NAME)
        if form.wrong:
            return await reject(self, asked, form.wrong)
        changed = await rules.change_rule(
            who, asked.rule, hard=hard, weight=weight, params=params, scope=scope, name=name
        )
        return await answer(self, asked, changed)

    @handler(Action.EDIT_RULES, Saved)
    async def reset_rule(self, who: Visitor, asked: Saved) -> Any:
        """Give a rule the values that a new team starts with."""
        return await answer(self, asked, await rules.reset_rule(who, asked.rule))
