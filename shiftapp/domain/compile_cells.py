"""Rules about single cells, about what follows what, and about who is together."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from shiftapp.domain.book import Book
from shiftapp.domain.compile_common import common, days_of, scope_of, shifts_of, staff_in_scope
from shiftapp.domain.rule_params_cells import (
    CalendarParams,
    EligibilityParams,
    PairParams,
    Preference,
    PriorityParams,
    SequencesParams,
)
from shiftapp.domain.rule_settings import RuleSetting
from shiftapp.domain.rule_values import AWAY, Shifts
from solver import rules as solver_rules
from solver.rules import AnyRule, Pattern, Wish


def calendar(book: Book, rule: RuleSetting) -> Iterator[AnyRule]:
    """On a closure nobody works; on a must-work day nobody is off or on leave (who is unavailable stays so)."""
    assert isinstance(rule.params, CalendarParams)
    early: Shifts = ("early",) if rule.params.early_on_closure else ()
    off = (*AWAY, *early)
    must_off, must_work = days_of(book, "must_off"), days_of(book, "must_work")
    if must_off or must_work:
        yield solver_rules.Calendar(
            **common(rule),
            must_off=must_off,
            must_work=must_work,
            off=shifts_of(book, off),
            away=shifts_of(book, ("off", "leave")),
            scope=scope_of(book, rule),
        )


def eligibility(book: Book, rule: RuleSetting) -> Iterator[AnyRule]:
    """The rule's own staff types at its own price; what a shift type itself restricts is hard."""
    assert isinstance(rule.params, EligibilityParams)
    scope, concerned = scope_of(book, rule), staff_in_scope(book, rule)
    people = tuple(str(member.id) for member in concerned if member.staff_type in rule.params.staff_types)
    refused = shifts_of(book, rule.params.shift_kinds)
    if people and refused:
        own = scope.model_copy(update={"people": people})
        yield solver_rules.Eligibility(**common(rule), refused=refused, scope=own)
    restricted: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for shift in book.shift_types:
        if shift.staff_types is not None:
            others = tuple(str(member.id) for member in concerned if member.staff_type not in shift.staff_types)
            restricted[others].append(str(shift.id))
    for others, shifts in restricted.items():
        if others:
            limited = scope.model_copy(update={"people": others})
            yield solver_rules.Eligibility(id=str(rule.id), hard=True, refused=tuple(shifts), scope=limited)


def sequences(book: Book, rule: RuleSetting) -> Iterator[AnyRule]:
    """Leave out a pattern one of whose steps no shift type of the team can meet."""
    assert isinstance(rule.params, SequencesParams)
    steps = [tuple(shifts_of(book, kinds) for kinds in pattern) for pattern in rule.params.patterns]
    patterns = tuple(Pattern(steps=found) for found in steps if all(found))
    if patterns:
        scope = scope_of(book, rule, but_closures=True)
        yield solver_rules.Sequences(**common(rule), patterns=patterns, scope=scope)


def requests(book: Book, rule: RuleSetting) -> Iterator[AnyRule]:
    """Yield what is asked for and not declined."""
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
        yield solver_rules.Requests(**common(rule), wishes=wishes, scope=scope_of(book, rule))


def priority(book: Book, rule: RuleSetting) -> Iterator[AnyRule]:
    """Yield what people prefer and avoid, and what of it must be kept as a hard rule of its own."""
    assert isinstance(rule.params, PriorityParams)
    concerned = {member.id for member in staff_in_scope(book, rule)}
    scope = scope_of(book, rule)
    for hard in (False, True):
        asked = [one for one in rule.params.preferences if one.staff in concerned and (one.hard or rule.hard) == hard]
        found = tuple(preference for one in asked for preference in _preference(book, one))
        if found:
            yield solver_rules.Priority(id=str(rule.id), hard=hard, weight=rule.weight, preferences=found, scope=scope)


def _preference(book: Book, asked: Preference) -> Iterator[solver_rules.Preference]:
    """Yield nothing for shift types, or dates, that are not there."""
    shifts = shifts_of(book, asked.shifts)
    days = None if asked.dates is None else tuple(book.index(day) for day in asked.dates if day in book.period)
    if shifts and days != ():
        yield solver_rules.Preference(
            person=str(asked.staff),
            shifts=shifts,
            prefers=asked.prefers,
            weekdays=asked.weekdays,
            days=days,
            level=asked.level,
            neutral=shifts_of(book, AWAY),
        )


def pair(book: Book, rule: RuleSetting) -> Iterator[AnyRule]:
    """Yield one rule for each two people; closures do not count."""
    assert isinstance(rule.params, PairParams)
    shifts = shifts_of(book, rule.params.shifts)
    concerned = [str(member.id) for member in staff_in_scope(book, rule) if member.id in rule.params.staff]
    scope = scope_of(book, rule, but_closures=True).model_copy(update={"people": None})
    for one, other in combinations(concerned, 2):
        if shifts:
            yield solver_rules.Pair(
                **common(rule),
                people=(one, other),
                shifts=shifts,
                together=rule.params.together,
                same=rule.params.same,
                scope=scope,
            )
