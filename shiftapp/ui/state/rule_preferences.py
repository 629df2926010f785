"""What people prefer and avoid, as its form sends it: a field ``preference.N`` a row, which holds one JSON text."""

from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shiftapp.domain.rule_values import Id, Weekday
from shiftapp.domain.shift_type import Kind
from shiftapp.ui.state.form import Form
from shiftapp.ui.state.rule_scope import read_dates

FIELD: Final = "preference"
MOST: Final = 300
"""Rows of one rule: more would not be found again on the page."""
WEEK = 7


class Row(BaseModel):
    """A row as the browser holds it: nobody chosen is empty, no weekday is every day, dates are as typed."""

    model_config = ConfigDict(extra="forbid")

    staff: Annotated[str, Field(pattern=r"^\d{0,18}$")]
    prefers: bool
    shifts: list[Kind | Id] = Field(max_length=200)
    weekdays: list[Weekday] = Field(max_length=WEEK)
    dates: str
    level: int = Field(ge=1, le=5)
    hard: bool


def read_preferences(form: Form) -> dict[str, Any]:
    """Return the preferences; what is wrong with a row stands in ``form.wrong`` under the row's field."""
    names = (name.split(".") for name in form.names())
    places = sorted(int(name[1]) for name in names if len(name) == 2 and name[0] == FIELD and name[1].isdecimal())
    if len(places) > MOST:
        form.blame("preferences", "rules.priority.many", most=MOST)
    return {"preferences": [found for place in places[:MOST] if (found := _read(form, f"{FIELD}.{place}"))]}


def _read(form: Form, at: str) -> dict[str, Any] | None:
    try:
        row = Row.model_validate_json(form.sent(at))
    except ValidationError:
        form.blame(at, "rules.priority.broken")
        return None
    if not row.staff:
        form.blame(at, "rules.priority.who")
    elif not row.shifts:
        form.blame(at, "rules.priority.which")
    typed = Form({at: row.dates})
    dates = read_dates(typed, at)
    for why in typed.wrong.values():
        form.blame(at, why.code, **why.args)
    days = sorted(set(row.weekdays))
    return {
        "staff": int(row.staff or 0),
        "shifts": row.shifts,
        "prefers": row.prefers,
        "weekdays": days if 0 < len(days) < WEEK else None,
        "dates": dates,
        "level": row.level,
        "hard": row.hard,
    }
