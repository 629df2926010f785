"""What a page is told of its own last step on the rules: the rule to open, and what undoing the step would send."""

import time
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from shiftapp.domain.presets import Preset
from shiftapp.domain.rule_settings import MOST_RULES, RuleKind, RuleSetting, read_params
from shiftapp.domain.rule_values import RuleScope
from shiftapp.live import rooms

STATE = "RulesState"
HIGHEST_RANK = 1_000_000


class Former(BaseModel):
    """A rule as it was."""

    model_config = ConfigDict(extra="forbid")

    rank: int = Field(ge=0, le=HIGHEST_RANK)
    kind: RuleKind
    name: str
    enabled: bool
    hard: bool
    weight: int
    params: dict[str, Any]
    scope: RuleScope

    @model_validator(mode="after")
    def _readable(self) -> Self:
        read_params(self.kind, self.params)
        return self

    @classmethod
    def of(cls, rule: RuleSetting) -> Self:
        """Return what has to be kept of a rule to bring it back."""
        return cls(
            rank=rule.rank,
            kind=rule.kind,
            name=rule.name,
            enabled=rule.enabled,
            hard=rule.hard,
            weight=rule.weight,
            params=rule.params.model_dump(mode="json"),
            scope=rule.scope,
        )

    def rule(self) -> RuleSetting:
        """Return the rule, without an id."""
        given = {name: getattr(self, name) for name in ("rank", "kind", "name", "enabled", "hard", "weight", "scope")}
        return RuleSetting(id=0, params=read_params(self.kind, self.params), **given)


class Reset(BaseModel):
    """A rule that was reset, and what it was."""

    model_config = ConfigDict(extra="forbid")

    rule: int
    former: Former


class Reweighed(BaseModel):
    """A preset that was applied, and the weights of the rules it changed, by id, as they were."""

    model_config = ConfigDict(extra="forbid")

    preset: Preset
    weights: dict[int, int] = Field(max_length=MOST_RULES)


async def open_rule(sid: str, rule: RuleSetting) -> None:
    """Open the form of a rule that a page has just made."""
    await rooms.tell(sid, {STATE: {"made": {"number": _number(), "rule": rule.id}}})


async def offer(sid: str, undone_by: Former | Reset | Reweighed | None) -> None:
    """Offer to undo what a page has just done; ``None`` takes the offer back."""
    told: dict[str, Any] = {}
    if undone_by is not None:
        told = {"number": _number(), "removed": None, "reset": None, "reweighed": None}
        step = {Former: "removed", Reset: "reset", Reweighed: "reweighed"}[type(undone_by)]
        told[step] = undone_by.model_dump(mode="json")
    await rooms.tell(sid, {STATE: {"undo": told}})


def _number() -> int:
    """Return a number that is new each time, so that the same thing shows twice."""
    return time.time_ns() // 1_000_000
