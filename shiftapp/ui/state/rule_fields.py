"""The fields of a rule's form, kind by kind, and how what was typed into them is read.

The page draws the same table (`shiftapp.ui.components.rule_numbers`). A field's label is the text
``rules.{kind}.{name}``. Numbers that no field shows stay as they are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from shiftapp.domain.rule_settings import RuleKind
from shiftapp.domain.rule_values import MOST
from shiftapp.domain.shift_type import KINDS, STAFF_TYPES
from shiftapp.ui.state.form import Form

ONES, HALVES, HOURS = 1, 2, 60
"""By how much a number is divided to be shown: as it is, half days as days, minutes as hours."""
COUNTS: Final[Mapping[str, int]] = {"days_off": HALVES, "days_worked": ONES, "minutes": HOURS}
"""What rolling limits may count, and in which unit it is typed."""
ENDS = ("minimum", "maximum")
COVERS = ("minimum", "preferred", "maximum")
MOST_PEOPLE = 400


@dataclass(frozen=True, slots=True)
class Field:
    """One part of a rule's numbers."""

    name: str

    def read(self, form: Form) -> Any:
        """Return the value; what is wrong with it stands in ``form.wrong``."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Number(Field):
    """A number ``low``–``high`` in its unit; empty is None where ``optional``."""

    low: int
    high: int
    unit: int = ONES
    optional: bool = False

    def read(self, form: Form) -> int | None:
        """Read the number."""
        found = read_number(form, self.name, self.high, self.unit, self.low)
        if found is None and not self.optional:
            form.blame(self.name, "form.required")
        return found


@dataclass(frozen=True, slots=True)
class Limits(Field):
    """A minimum and a maximum of which one may be missing; unit 0: as what rolling limits count."""

    unit: int = ONES

    def read(self, form: Form) -> dict[str, int | None]:
        """Read both ends."""
        unit = self.unit or COUNTS.get(form.typed("count"), ONES)
        return read_ends(form, self.name, ENDS, MOST if unit == HOURS else 366 * unit, unit)


@dataclass(frozen=True, slots=True)
class ByStaffType(Field):
    """For each staff type a most (``ends`` empty), or limits; a type for which nothing is typed has none."""

    unit: int
    ends: tuple[str, ...] = ()

    def read(self, form: Form) -> dict[str, Any]:
        """Read the types that have something."""
        found: dict[str, Any] = {}
        for staff_type in STAFF_TYPES:
            at = f"{self.name}.{staff_type}"
            if not self.ends:
                found[staff_type] = read_number(form, at, 2 * MOST_PEOPLE, self.unit)
            else:
                found[staff_type] = given(read_ends(form, at, self.ends, MOST, self.unit))
        return {staff_type: value for staff_type, value in found.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Covers(Field):
    """Fewest, best and most people on every day."""

    def read(self, form: Form) -> dict[str, int | None]:
        """Read the three."""
        return read_ends(form, self.name, COVERS, MOST_PEOPLE, ONES)


@dataclass(frozen=True, slots=True)
class CoversByWeekday(Field):
    """The same for single weekdays; a weekday for which nothing is typed is as every day."""

    def read(self, form: Form) -> dict[int, dict[str, int | None]]:
        """Read the weekdays that have something."""
        found = {day: given(read_ends(form, f"{self.name}.{day}", COVERS, MOST_PEOPLE, ONES)) for day in range(7)}
        return {day: ends for day, ends in found.items() if ends is not None}


@dataclass(frozen=True, slots=True)
class OneOf(Field):
    """One of a few words; an option's text is ``rules.{kind}.{name}.{option}``."""

    options: tuple[str, ...]

    def read(self, form: Form) -> str:
        """Read the option."""
        return form.choice(self.name, self.options)


@dataclass(frozen=True, slots=True)
class Flag(Field):
    """A box to tick."""

    def read(self, form: Form) -> bool:
        """Read the box."""
        return form.ticked(self.name)


@dataclass(frozen=True, slots=True)
class Line(Field):
    """A line of text; empty is None."""

    most: int

    def read(self, form: Form) -> str | None:
        """Read the line."""
        return form.text(self.name, self.most) or None


@dataclass(frozen=True, slots=True)
class ShiftTypes(Field):
    """Kinds of shift, and shift types of the team; at least one unless ``optional``."""

    optional: bool = False

    def read(self, form: Form) -> tuple[str | int, ...]:
        """Read the boxes."""
        found = (*form.ticks(self.name, KINDS), *ticked_ids(form, self.name))
        if not found and not self.optional:
            form.blame(self.name, "form.tick_one")
        return found


@dataclass(frozen=True, slots=True)
class People(Field):
    """Staff members, ``least`` or more."""

    least: int

    def read(self, form: Form) -> tuple[int, ...]:
        """Read the boxes."""
        found = ticked_ids(form, self.name)
        if len(found) < self.least:
            form.blame(self.name, "rules.people.few", least=self.least)
        return found


def read_number(form: Form, at: str, high: int, unit: int, low: int = 0) -> int | None:
    """Read a number in the unit in which it is shown; None where nothing was typed."""
    if unit == HALVES:
        return form.maybe_halves(at, high)
    if unit == HOURS:
        found = form.minutes(at, high) if form.typed(at) else None
        if found is not None and found < low:
            form.blame(at, "form.range", low=f"{low / HOURS:.2g}", high=f"{high / HOURS:g}")
        return found
    return form.maybe_number(at, low, high)


def read_ends(form: Form, at: str, ends: tuple[str, ...], high: int, unit: int) -> dict[str, int | None]:
    """Read numbers that must not fall: ``at.minimum`` ≤ ``at.maximum``."""
    found = {end: read_number(form, f"{at}.{end}", high, unit) for end in ends}
    given = [value for value in found.values() if value is not None]
    if given != sorted(given):
        form.blame(f"{at}.{ends[0]}", "form.order")
    return found


def given(ends: dict[str, int | None]) -> dict[str, int | None] | None:
    """Return ``ends``, or None where nothing was typed."""
    return None if all(end is None for end in ends.values()) else ends


def ticked_ids(form: Form, prefix: str) -> tuple[int, ...]:
    """Return the numbers whose boxes ``prefix.number`` are ticked."""
    names = (name.partition(f"{prefix}.")[2] for name in form.names() if name.startswith(f"{prefix}."))
    return tuple(sorted(int(name) for name in names if name.isdecimal() and form.ticked(f"{prefix}.{name}")))


FIELDS: Final[Mapping[RuleKind, tuple[Field, ...]]] = {
    "rolling_limits": (Number("window", 2, 62), OneOf("count", tuple(COUNTS)), Limits("limits", unit=0)),
    "minimum_rest": (Number("minutes", 1, 4320, HOURS),),
    "staff_type_limits": (ByStaffType("by_staff_type", HALVES),),
    "coverage": (ShiftTypes("shifts"), Line("skill", 60), Covers("every_day"), CoversByWeekday("by_weekday")),
    "backup_cover": (ShiftTypes("away"), ShiftTypes("working")),
    "after_closure": (Number("length", 1, 31), Number("days", 1, 31), ShiftTypes("away")),
    "weekends": (Number("maximum", 0, 14, optional=True), Flag("whole"), ShiftTypes("working")),
    "run_lengths": (ShiftTypes("shifts"), Number("minimum", 1, 31), Number("maximum", 1, 62, optional=True)),
    "hours": (
        OneOf("span", ("week", "business_month", "calendar_month", "period")),
        Limits("everyone", HOURS),
        ByStaffType("by_staff_type", HOURS, ENDS),
        Flag("contracted"),
        Number("margin", 0, 10080, HOURS),
    ),
    "pair": (People("staff", 2), OneOf("together", ("apart", "together")), ShiftTypes("shifts"), Flag("same")),
    "fairness": (
        ShiftTypes("shifts"),
        OneOf("days", ("all", "weekends", "holidays")),
        Number("limit", 0, 366),
        Flag("per_fte"),
        Number("full_time", 60, 10080, HOURS),
        Number("past_days", 0, 366),
    ),
    "minimum_change": (ShiftTypes("shifts", optional=True),),
}


def read_fields(kind: RuleKind, form: Form) -> dict[str, Any]:
    """Return what the fields of a kind's form hold, by name."""
    found = {field.name: field.read(form) for field in FIELDS[kind]}
    if kind == "pair":
        found["together"] = found["together"] == "together"
    low, high = found.get("minimum"), found.get("maximum")
    if kind == "run_lengths" and low is not None and high is not None and low > high:
        form.blame("minimum", "form.order")
    return found
