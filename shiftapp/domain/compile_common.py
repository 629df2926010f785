"""What compiling any kind of rule needs: whom, when and which shift types it is about."""

from datetime import date
from typing import Any, Final

from shiftapp.domain.book import Book
from shiftapp.domain.rule_settings import RuleSetting
from shiftapp.domain.rule_values import Shifts
from shiftapp.domain.shift_type import Kind
from shiftapp.domain.staff import StaffMember
from solver.rules.rule import Scope

HALF_DAYS: Final[dict[Kind, int]] = {"off": 2, "leave": 2, "early": 1}
"""What counts towards somebody's days off."""


def staff_in_scope(book: Book, rule: RuleSetting) -> list[StaffMember]:
    """Return the rows a rule concerns."""
    scope = rule.scope
    grouped = {member for group in book.groups if group.id in (scope.groups or ()) for member in group.members}
    return [
        member
        for member in book.staff
        if (scope.staff is None or member.id in scope.staff)
        and (scope.staff_types is None or member.staff_type in scope.staff_types)
        and (scope.groups is None or member.id in grouped)
    ]


def date_in_scope(rule: RuleSetting, day: date) -> bool:
    """Whether a rule looks at a date, weekdays apart."""
    scope = rule.scope
    return (
        (scope.first is None or scope.first <= day)
        and (scope.last is None or day <= scope.last)
        and (scope.dates is None or day in scope.dates)
    )


def scope_of(book: Book, rule: RuleSetting, *, but_closures: bool = False) -> Scope:
    """Return whom and when a rule concerns; ``but_closures`` leaves the team's closures out."""
    scope = rule.scope
    everybody = scope.staff is None and scope.staff_types is None and scope.groups is None
    always = scope.first is None and scope.last is None and scope.dates is None
    return Scope(
        people=None if everybody else tuple(str(member.id) for member in staff_in_scope(book, rule)),
        days=None
        if always
        else tuple(index for index, day in enumerate(book.period.dates()) if date_in_scope(rule, day)),
        weekdays=scope.weekdays,
        except_days=days_of(book, "must_off") if but_closures else (),
    )


def days_of(book: Book, kind: str) -> tuple[int, ...]:
    """Return the days of the period that the team entered as ``kind``."""
    return tuple(book.index(day.day) for day in book.calendar if day.kind == kind and day.day in book.period)


def shifts_of(book: Book, named: Shifts) -> tuple[str, ...]:
    """Return the shift types that are named by kind or id, in the team's order."""
    return tuple(str(shift.id) for shift in book.shift_types if shift.kind in named or shift.id in named)


def half_days(book: Book) -> dict[str, int]:
    """Return what each shift type counts towards somebody's days off, where it does."""
    return {str(shift.id): HALF_DAYS[shift.kind] for shift in book.shift_types if shift.kind in HALF_DAYS}


def common(rule: RuleSetting) -> dict[str, Any]:
    """Return what every rule of the solver takes from the team's."""
    return {"id": str(rule.id), "hard": rule.hard, "weight": rule.weight}
