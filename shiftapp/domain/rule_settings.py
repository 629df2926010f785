"""A team's rules as it keeps them: kind, switch, hardness, weight, numbers.

The numbers of each kind are a model of their own (``PARAMS``), so that what is stored can always be obeyed. Days off
are counted in half days, as everywhere; pages show them halved.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, get_args

from shiftapp.domain import rule_params_cells as cells
from shiftapp.domain import rule_params_days as days
from shiftapp.domain import rule_params_time as time
from shiftapp.domain.rule_values import NoParams, Params, RuleScope

RuleKind = Literal[
    "one_shift",
    "pins",
    "calendar",
    "employment",
    "eligibility",
    "group_cover",
    "daily_limits",
    "period_limits",
    "consecutive_work",
    "sequences",
    "requests",
    "rolling_limits",
    "minimum_rest",
    "staff_type_limits",
    "coverage",
    "backup_cover",
    "after_closure",
    "weekends",
    "run_lengths",
    "hours",
    "priority",
    "pair",
    "fairness",
    "minimum_change",
]
RULE_KINDS: Final[tuple[RuleKind, ...]] = get_args(RuleKind)
HIGHEST_WEIGHT = 100_000
LONGEST_NAME = 60
MOST_RULES = 200

ALWAYS_HARD: Final[frozenset[RuleKind]] = frozenset({"one_shift", "employment"})
"""Kinds that say what a roster is: they can be neither softened nor switched off."""


PARAMS: Final[Mapping[RuleKind, type[Params]]] = {
    "one_shift": NoParams,
    "pins": NoParams,
    "calendar": cells.CalendarParams,
    "employment": NoParams,
    "eligibility": cells.EligibilityParams,
    "group_cover": days.GroupCoverParams,
    "daily_limits": days.DailyLimitsParams,
    "period_limits": time.PeriodLimitsParams,
    "consecutive_work": time.ConsecutiveWorkParams,
    "sequences": cells.SequencesParams,
    "requests": NoParams,
    "rolling_limits": time.RollingLimitsParams,
    "minimum_rest": time.MinimumRestParams,
    "staff_type_limits": days.StaffTypeLimitsParams,
    "coverage": days.CoverageParams,
    "backup_cover": days.BackupCoverParams,
    "after_closure": days.AfterClosureParams,
    "weekends": time.WeekendsParams,
    "run_lengths": time.RunLengthsParams,
    "hours": time.HoursParams,
    "priority": cells.PriorityParams,
    "pair": cells.PairParams,
    "fairness": time.FairnessParams,
    "minimum_change": cells.MinimumChangeParams,
}


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """One rule of a team.

    Attributes
    ----------
    id : int
        0 while it is not stored yet.
    name : str
        The team's own name for it; empty: the page names the kind.
    weight : int
        Cost of one unit of excess, 0–100000; without meaning where hard. For ``requests`` it multiplies the weight of
        each request.
    """

    id: int
    rank: int
    kind: RuleKind
    name: str
    enabled: bool
    hard: bool
    weight: int
    params: Params
    scope: RuleScope = field(default_factory=RuleScope)


def read_params(kind: RuleKind, stored: Mapping[str, Any]) -> Params:
    """Return the numbers of a rule from what is stored or was sent.

    Raises
    ------
    pydantic.ValidationError
        They are not those of ``kind``.
    """
    return PARAMS[kind].model_validate(stored)


_DEFAULTS: Final[tuple[tuple[RuleKind, bool, bool, int], ...]] = (
    ("one_shift", True, True, 0),
    ("pins", True, True, 0),
    ("calendar", True, True, 0),
    ("employment", True, True, 0),
    ("eligibility", True, False, 150),
    ("group_cover", True, False, 100),
    ("daily_limits", True, False, 50),
    ("period_limits", True, False, 80),
    ("consecutive_work", True, False, 200),
    ("sequences", True, False, 30),
    ("requests", True, False, 1),
    ("rolling_limits", False, False, 80),
    ("minimum_rest", False, True, 200),
    ("staff_type_limits", False, False, 60),
    ("coverage", False, False, 50),
    ("backup_cover", False, False, 500),
    ("after_closure", False, False, 50),
    ("weekends", False, False, 40),
    ("run_lengths", False, False, 30),
    ("hours", False, False, 20),
    ("priority", False, False, 10),
    ("pair", False, False, 30),
    ("fairness", False, False, 30),
    ("minimum_change", False, False, 5),
)
"""Kind, whether it is on, whether it is hard, and its weight where it is soft."""


def default_rule(kind: RuleKind) -> RuleSetting:
    """Return the rule of a kind as a new team has it."""
    return next(rule for rule in default_rules() if rule.kind == kind)


def default_rules() -> tuple[RuleSetting, ...]:
    """Return the rules a new team starts with: those of a hotel kitchen are on."""
    return tuple(
        RuleSetting(0, rank, kind, "", enabled, hard, weight, PARAMS[kind]())
        for rank, (kind, enabled, hard, weight) in enumerate(_DEFAULTS)
    )
