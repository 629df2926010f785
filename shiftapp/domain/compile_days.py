"""Rules about how many people there are on a day."""

from collections.abc import Iterator

from shiftapp.domain.book import Book
from shiftapp.domain.compile_common import common, days_of, scope_of, shifts_of, staff_in_scope
from shiftapp.domain.rule_params_days import (
    AfterClosureParams,
    BackupCoverParams,
    Cover,
    CoverageParams,
    DailyLimitsParams,
    GroupCoverParams,
    StaffTypeLimitsParams,
)
from shiftapp.domain.rule_settings import RuleSetting
from shiftapp.domain.rule_values import AWAY, Between
from solver import rules as solver_rules
from solver.rules import AnyRule, Bounds


def group_cover(book: Book, rule: RuleSetting) -> Iterator[AnyRule]:
    """Yield one rule a staff group; closures do not count."""
    assert isinstance(rule.params, GroupCoverParams)
    concerned = {member.id for member in staff_in_scope(book, rule)}
    for group in book.groups:
        members = tuple(str(member) for member in group.members if member in concerned)
        if len(members) > 1:
            yield solver_rules.GroupCover(
                id=f"{rule.id}/{group.id}",
                hard=rule.hard,
                weight=rule.weight,
                members=members,
                limit=rule.params.limit,
                scope=scope_of(book, rule, but_closures=True).model_copy(update={"people": None}),
            )


def daily_limits(book: Book, rule: RuleSetting) -> Iterator[AnyRule]:
    """Yield the limits on who is off; closures have none."""
    assert isinstance(rule.params, DailyLimitsParams)
    off = shifts_of(book, AWAY)
    if off:
        yield solver_rules.DailyLimits(
            **common(rule),
            shifts=off,
            every_day=_bounds(rule.params.every_day),
            by_weekday={weekday: _bounds(between) for weekday, between in rule.params.by_weekday.items()},
            no_minimum_days=days_of(book, "must_work"),
            scope=scope_of(book, rule, but_closures=True),
        )


def _bounds(between: Between) -> Bounds:
    return Bounds(minimum=between.minimum, maximum=between.maximum)


def staff_type_limits(book: Book, rule: RuleSetting) -> Iterator[AnyRule]:
    """Yield one rule a staff type; closures do not count."""
    assert isinstance(rule.params, StaffTypeLimitsParams)
    present = {member.staff_type for member in staff_in_scope(book, rule)}
    for staff_type, limit in rule.params.by_staff_type.items():
        if staff_type in present:
            yield solver_rules.StaffTypeLimits(
                id=f"{rule.id}/{staff_type}",
                hard=rule.hard,
                weight=rule.weight,
                staff_type=staff_type,
                limit=limit,
                scope=scope_of(book, rule, but_closures=True),
            )


def coverage(book: Book, rule: RuleSetting) -> Iterator[AnyRule]:
    """Yield the limits, and what is preferred softly, for a preference cannot be hard.

    Closures have no limits but those of their own date.
    """
    assert isinstance(rule.params, CoverageParams)
    shifts = shifts_of(book, rule.params.shifts)
    dated = {book.index(day): cover for day, cover in rule.params.by_date.items() if day in book.period}
    scope = scope_of(book, rule, but_closures=True)
    scope = scope.model_copy(update={"except_days": tuple(day for day in scope.except_days if day not in dated)})
    every = (rule.params.every_day, *rule.params.by_weekday.values(), *dated.values())
    parts = ((rule.hard, not rule.hard), (False, True)) if rule.hard else ((False, True),)
    for hard, prefers in parts:
        if shifts and (hard or not rule.hard or any(cover.preferred is not None for cover in every)):
            limits = hard or not rule.hard
            yield solver_rules.Coverage(
                id=str(rule.id),
                hard=hard,
                weight=rule.weight,
                shifts=shifts,
                skill=rule.params.skill,
                every_day=_cover(rule.params.every_day, limits, prefers),
                by_weekday={day: _cover(cover, limits, prefers) for day, cover in rule.params.by_weekday.items()},
                by_day={day: _cover(cover, limits, prefers) for day, cover in dated.items()},
                scope=scope,
            )


def _cover(cover: Cover, limits: bool, prefers: bool) -> Bounds:
    return Bounds(
        minimum=cover.minimum if limits else None,
        preferred=cover.preferred if prefers else None,
        maximum=cover.maximum if limits else None,
    )


def backup_cover(book: Book, rule: RuleSetting) -> Iterator[AnyRule]:
    """Yield one rule for each staff group that has backups; closures do not count."""
    assert isinstance(rule.params, BackupCoverParams)
    concerned = {member.id for member in staff_in_scope(book, rule)}
    away, working = shifts_of(book, rule.params.away), shifts_of(book, rule.params.working)
    for group in book.groups:
        members = tuple(str(member) for member in group.members if member in concerned)
        if members and group.backups and away and working:
            yield solver_rules.BackupCover(
                id=f"{rule.id}/{group.id}",
                hard=rule.hard,
                weight=rule.weight,
                members=members,
                backups=tuple(str(backup) for backup in group.backups),
                away=away,
                working=working,
                scope=scope_of(book, rule, but_closures=True).model_copy(update={"people": None}),
            )


def after_closure(book: Book, rule: RuleSetting) -> Iterator[AnyRule]:
    """Yield the rule where the team has closures, those just before the period among them."""
    assert isinstance(rule.params, AfterClosureParams)
    away = shifts_of(book, rule.params.away)
    closures = tuple(book.index(day.day) for day in book.calendar if day.kind == "must_off" and day.day in book.period)
    closures = (*(book.index(day) for day in book.closed_before), *closures)
    if away and closures:
        yield solver_rules.AfterClosure(
            **common(rule),
            closures=closures,
            length=rule.params.length,
            days=rule.params.days,
            away=away,
            scope=scope_of(book, rule),
        )
