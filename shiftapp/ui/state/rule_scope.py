"""What a rule's form sends of whom and when the rule concerns."""

import re
from datetime import date
from typing import Any

from shiftapp.domain.shift_type import STAFF_TYPES
from shiftapp.ui.state.form import Form

WEEKDAYS = tuple(str(day) for day in range(7))
MOST_DATES = 366


def read_scope(form: Form) -> dict[str, Any] | None:
    """Return the scope as it is stored, None where the form has none; no box of a group ticked restricts nothing."""
    if not form.ticked("scope"):
        return None
    first, last = form.maybe_date("scope.first"), form.maybe_date("scope.last")
    if first is not None and last is not None and first > last:
        form.blame("scope.last", "form.dates")
    return {
        "staff": _numbers(form, "scope.staff"),
        "staff_types": form.ticks("scope.type", STAFF_TYPES) or None,
        "groups": _numbers(form, "scope.group"),
        "weekdays": tuple(int(day) for day in form.ticks("scope.day", WEEKDAYS)) or None,
        "dates": read_dates(form, "scope.dates"),
        "first": first,
        "last": last,
    }


def _numbers(form: Form, prefix: str) -> tuple[int, ...] | None:
    """Return the numbers of the boxes ``prefix.number`` that are ticked; None where none is."""
    ticked = (name.removeprefix(f"{prefix}.") for name in form.names() if name.startswith(f"{prefix}."))
    numbers = sorted(int(one) for one in ticked if one.isdecimal() and form.ticked(f"{prefix}.{one}"))
    return tuple(numbers) or None


def read_dates(form: Form, field: str) -> tuple[date, ...] | None:
    """Return dates typed in a line, apart by commas or spaces; None where there is none."""
    typed = [one for one in re.split(r"[\s,、;]+", form.typed(field).replace("/", "-")) if one]
    try:
        found = sorted({date.fromisoformat(one) for one in typed})
    except ValueError:
        form.blame(field, "rules.scope.dates_wrong")
        return None
    if len(found) > MOST_DATES:
        form.blame(field, "rules.scope.dates_many", most=MOST_DATES)
    return tuple(found) or None
