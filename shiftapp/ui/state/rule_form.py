"""What the form of each kind of rule sends, as its numbers. Days off are typed as days and kept in halves."""

from collections.abc import Callable
from typing import Annotated, Any, Final

from pydantic import Field, TypeAdapter, ValidationError

from shiftapp.domain.rule_settings import HIGHEST_WEIGHT, RuleKind
from shiftapp.domain.shift_type import KINDS, STAFF_TYPES, Kind
from shiftapp.ui.state.form import Form
from shiftapp.ui.state.rule_fields import FIELDS, read_fields
from shiftapp.ui.state.rule_preferences import read_preferences

MOST_HALVES = 368
MOST_PEOPLE = 200
LONGEST_RUN = 31
MOST_PATTERNS = 50
SPANS = ("business_month", "calendar_month", "period")

Numbers = dict[str, Any]

_PATTERNS: Final = TypeAdapter(list[Annotated[list[list[Kind]], Field(min_length=2, max_length=4)]])


def read_weight(form: Form) -> tuple[bool, int]:
    """Return whether the rule is hard, and its weight."""
    hard = form.choice("strictness", ("hard", "soft")) == "hard"
    weight = form.maybe_number("weight", 0, HIGHEST_WEIGHT)
    if weight is None and not hard:
        form.blame("weight", "form.required")
    return hard, weight or 0


def read_numbers(kind: RuleKind, form: Form) -> Numbers:
    """Return the numbers of a rule of ``kind``; what is wrong with them stands in ``form.wrong``."""
    if kind in FIELDS:
        return read_fields(kind, form)
    return _READERS[kind](form) if kind in _READERS else {}


def _between(form: Form, prefix: str, halves: bool) -> Numbers | None:
    """Return a minimum and maximum; None where neither was typed."""
    low, high = f"{prefix}.minimum", f"{prefix}.maximum"
    if halves:
        found = form.maybe_halves(low, MOST_HALVES), form.maybe_halves(high, MOST_HALVES)
    else:
        found = form.maybe_number(low, 0, MOST_PEOPLE), form.maybe_number(high, 0, MOST_PEOPLE)
    minimum, maximum = found
    if minimum is not None and maximum is not None and minimum > maximum:
        form.blame(low, "form.order")
    if found == (None, None):
        return None
    return {"minimum": minimum, "maximum": maximum}


def _calendar(form: Form) -> Numbers:
    return {"early_on_closure": form.ticked("early_on_closure")}


def _eligibility(form: Form) -> Numbers:
    kinds = form.ticks("kind", KINDS)
    if not kinds:
        form.blame("kind", "form.tick_one")
    return {"staff_types": form.ticks("type", STAFF_TYPES), "shift_kinds": kinds}


def _group_cover(form: Form) -> Numbers:
    limit = form.maybe_halves("limit", MOST_HALVES)
    if limit is None:
        form.blame("limit", "form.required")
    return {"limit": limit}


def _daily_limits(form: Form) -> Numbers:
    own = {day: _between(form, f"day{day}", halves=False) for day in range(7)}
    return {
        "every_day": _between(form, "every", halves=False) or {},
        "by_weekday": {day: found for day, found in own.items() if found},
    }


def _period_limits(form: Form) -> Numbers:
    by_type = {kind: _between(form, f"type.{kind}", halves=True) for kind in STAFF_TYPES}
    by_staff = {staff: _between(form, f"staff.{staff}", halves=True) for staff in _staff(form)}
    return {
        "span": form.choice("span", SPANS),
        "everyone": _between(form, "everyone", halves=True) or {},
        "by_staff_type": {kind: found for kind, found in by_type.items() if found},
        "by_staff": {staff: found for staff, found in by_staff.items() if found},
    }


def _staff(form: Form) -> tuple[int, ...]:
    """Return the staff members whose own limits the form holds."""
    names = (name.split(".") for name in form.names() if name.startswith("staff."))
    return tuple(sorted({int(name[1]) for name in names if len(name) == 3 and name[1].isdecimal()}))


def _consecutive_work(form: Form) -> Numbers:
    return {"limit": form.number("limit", 1, LONGEST_RUN)}


def _sequences(form: Form) -> Numbers:
    """Read the patterns, which come as one JSON text: patterns of 2–4 steps of kinds."""
    try:
        patterns = _PATTERNS.validate_json(form.typed("patterns") or "[]")
    except ValidationError:
        form.blame("patterns", "rules.pattern.broken")
        return {}
    if any(not step for pattern in patterns for step in pattern):
        form.blame("patterns", "rules.pattern.empty_step")
    if len(patterns) > MOST_PATTERNS:
        form.blame("patterns", "rules.pattern.many", most=MOST_PATTERNS)
    return {"patterns": patterns}


_READERS: Final[dict[RuleKind, Callable[[Form], Numbers]]] = {
    "calendar": _calendar,
    "eligibility": _eligibility,
    "group_cover": _group_cover,
    "daily_limits": _daily_limits,
    "period_limits": _period_limits,
    "consecutive_work": _consecutive_work,
    "sequences": _sequences,
    "priority": read_preferences,
}
