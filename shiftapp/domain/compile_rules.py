"""A team's rules as rules of the solver, one function a kind."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any, Final

from shiftapp.domain.book import Book
from shiftapp.domain.compile_spans import span_limits
from shiftapp.domain.rule_params_cells import CalendarParams, EligibilityParams, SequencesParams
from shiftapp.domain.rule_params_days import DailyLimitsParams, GroupCoverParams
from shiftapp.domain.rule_params_time import ConsecutiveWorkParams, PeriodLimitsParams
from shiftapp.domain.rule_settings import RuleKind, RuleSetting
from shiftapp.domain.rule_values import Between
from shiftapp.domain.shift_type import Kind
from shiftapp.domain.staff import StaffMember
from solver import rules as solver_rules
from solver.rules import AnyRule, Bounds, Pattern, Wish
from solver.rules.rule import Scope

HALF_DAYS: Final[dict[Kind, int]] = {"off": 2, "leave": 2, "early": 1}
"""What counts towards somebody's days off."""


def compile_rules(book: Book) -> Iterator[AnyRule]:
    """Yield the solver's rules for what the team has switched on, in the team's order.

    Pins are not among them: they come from the cells.
    """
    for rule in sorted(book.rules, key=lambda rule: rule.rank):
        if rule.enabled and rule.kind in _COMPILE:
            yield from _COMPILE[rule.kind](book, rule)


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


def _scope(book: Book, rule: RuleSetting, *, but_closures: bool = False) -> Scope:
    scope = rule.scope
    everybody = scope.staff is None and scope.staff_types is None and scope.groups is None
    always = scope.first is None and scope.last is None and scope.dates is None
    return Scope(
        people=None if everybody else tuple(str(member.id) for member in staff_in_scope(book, rule)),
        days=None
        if always
        else tuple(
            index
            for index, day in enumerate(book.period.dates())
            if (scope.first is None or scope.first <= day)
            and (scope.last is None or day <= scope.last)
            and (scope.dates is None or day in scope.dates)
        ),
        weekdays=scope.weekdays,
        except_days=_days(book, "must_off") if but_closures else (),
    )


def _days(book: Book, kind: str) -> tuple[int, ...]:
    return tuple(book.index(day.day) for day in book.calendar if day.kind == kind and day.day in book.period)


def _shifts(book: Book, *named: Kind | int) -> tuple[str, ...]:
    return tuple(str(shift.id) for shift in book.shift_types if shift.kind in named or shift.id in named)


def _common(rule: RuleSetting) -> dict[str, Any]:
    return {"id": str(rule.id), "hard": rule.hard, "weight": rule.weight}


def _one_shift(book: Book, rule: RuleSetting) -> Iterator[AnyRule]:
    yield solver_rules.OneShift(id=str(rule.id))


def _employment(book: Book, rule: RuleSetting) -> Iterator[AnyRule]:
    yield solver_rules.Employment(id=str(rule.id))


def _calendar(book: Book, rule: RuleSetting) -> Iterator[AnyRule]:
    """On a closure nobody works; on a must-work day nobody is off or on leave (who is unavailable stays so)."""
    assert isinstance(rule.params, CalendarParams)
    off: tuple[Kind, ...] = ("off", "leave", "unavailable")
    must_off, must_work = _days(book, "must_off"), _days(book, "must_work")
    if must_off or must_work:
        yield solver_rules.Calendar(
            **_common(rule),
            must_off=must_off,
            must_work=must_work,
            off=_shifts(book, *off, *(("early",) if rule.params.early_on_closure else ())),
            away=_shifts(book, "off", "leave"),
            scope=_scope(book, rule),
        )


def _eligibility(book: Book, rule: RuleSetting) -> Iterator[AnyRule]:
    """The rule's own staff types at its own price; what a shift type itself restricts is hard."""
    assert isinstance(rule.params, EligibilityParams)
    scope, concerned = _scope(book, rule), staff_in_scope(book, rule)
    people = tuple(str(member.id) for member in concerned if member.staff_type in rule.params.staff_types)
    refused = _shifts(book, *rule.params.shift_kinds)
    if people and refused:
        own = scope.model_copy(update={"people": people})
        yield solver_rules.Eligibility(**_common(rule), refused=refused, scope=own)
    restricted: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for shift in book.shift_types:
        if shift.staff_types is not None:
            others = tuple(str(member.id) for member in concerned if member.staff_type not in shift.staff_types)
            restricted[others].append(str(shift.id))
    for others, shifts in restricted.items():
        if others:
            limited = scope.model_copy(update={"people": others})
            yield solver_rules.Eligibility(id=str(rule.id), hard=True, refused=tuple(shifts), scope=limited)


def _group_cover(book: Book, rule: RuleSetting) -> Iterator[AnyRule]:
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
                scope=_scope(book, rule, but_closures=True).model_copy(update={"people": None}),
            )


def _daily_limits(book: Book, rule: RuleSetting) -> Iterator[AnyRule]:
    assert isinstance(rule.params, DailyLimitsParams)
    off = _shifts(book, "off", "leave", "unavailable")
    if off:
        yield solver_rules.DailyLimits(
            **_common(rule),
            shifts=off,
            every_day=_bounds(rule.params.every_day),
            by_weekday={weekday: _bounds(between) for weekday, between in rule.params.by_weekday.items()},
            no_minimum_days=_days(book, "must_work"),
            scope=_scope(book, rule, but_closures=True),
        )


def _bounds(between: Between) -> Bounds:
    return Bounds(minimum=between.minimum, maximum=between.maximum)


def _period_limits(book: Book, rule: RuleSetting) -> Iterator[AnyRule]:
    assert isinstance(rule.params, PeriodLimitsParams)
    units = {str(shift.id): HALF_DAYS[shift.kind] for shift in book.shift_types if shift.kind in HALF_DAYS}
    limits = tuple(span_limits(book, rule.params, staff_in_scope(book, rule)))
    if units and limits:
        yield solver_rules.PeriodLimits(**_common(rule), units=units, limits=limits, scope=_scope(book, rule))


def _consecutive_work(book: Book, rule: RuleSetting) -> Iterator[AnyRule]:
    assert isinstance(rule.params, ConsecutiveWorkParams)
    yield solver_rules.ConsecutiveWork(**_common(rule), limit=rule.params.limit, scope=_scope(book, rule))


def _sequences(book: Book, rule: RuleSetting) -> Iterator[AnyRule]:
    """Leave out a pattern one of whose steps no shift type of the team can meet."""
    assert isinstance(rule.params, SequencesParams)
    steps = [tuple(_shifts(book, *kinds) for kinds in pattern) for pattern in rule.params.patterns]
    patterns = tuple(Pattern(steps=found) for found in steps if all(found))
    if patterns:
        scope = _scope(book, rule, but_closures=True)
        yield solver_rules.Sequences(**_common(rule), patterns=patterns, scope=scope)


def _requests(book: Book, rule: RuleSetting) -> Iterator[AnyRule]:
    concerned = {member.id for member in staff_in_scope(book, rule)}
    wishes = tuple(
        Wish(
            person=str(asked.staff_id),
            day=book.index(asked.day),
            shift=str(asked.shift),
            wanted=asked.wanted,
            weight=asked.weight,
        )
        for asked in book.requests
        if asked.staff_id in concerned and asked.weight > 0 and asked.state != "declined" and asked.day in book.period
    )
    if wishes:
        yield solver_rules.Requests(**_common(rule), wishes=wishes, scope=_scope(book, rule))


_COMPILE: Final[dict[RuleKind, Callable[[Book, RuleSetting], Iterator[AnyRule]]]] = {
    "one_shift": _one_shift,
    "employment": _employment,
    "calendar": _calendar,
    "eligibility": _eligibility,
    "group_cover": _group_cover,
    "daily_limits": _daily_limits,
    "period_limits": _period_limits,
    "consecutive_work": _consecutive_work,
    "sequences": _sequences,
    "requests": _requests,
}
