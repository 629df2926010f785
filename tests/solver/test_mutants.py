"""The controls of the agreement test: an encoding that misreads one number of its rule is convicted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import pytest

from solver.grid import Grid
from solver.rules import AnyRule, Bounds, Minutes
from tests.solver import mutation, small
from tests.solver.test_agreement import disagree

DRAWS = 80
RULES = {rule.model_fields["kind"].default: rule for rule in get_args(AnyRule)}


def up(number: int | None) -> int | None:
    return None if number is None else number + 1


def next_weekday(weekday: int) -> int:
    return (weekday + 1) % 7


def without_last(items: tuple[Any, ...]) -> tuple[Any, ...]:
    return items[:-1]


def a_day_early(rows: dict[str, tuple[Any, ...]]) -> dict[str, tuple[Any, ...]]:
    return {name: (*row[1:], None) for name, row in rows.items()}


def wider(bounds: Bounds) -> Bounds:
    return bounds.model_copy(update={"maximum": up(bounds.maximum)})


def longer(minutes: Minutes) -> Minutes:
    return minutes.model_copy(update={"maximum": None if minutes.maximum is None else minutes.maximum + 240})


MISREADINGS = [
    ("pins", "cells", without_last),
    ("calendar", "must_off", lambda days: tuple(day + 1 for day in days)),
    ("eligibility", "refused", without_last),
    ("group_cover", "limit", up),
    ("daily_limits", "every_day", wider),
    ("coverage", "skill", lambda skill: "cut"),
    ("coverage", "by_day", lambda bounds: bounds | {3: Bounds(preferred=1)}),
    ("period_limits", "limits", without_last),
    ("consecutive_work", "limit", up),
    ("sequences", "patterns", without_last),
    ("requests", "wishes", without_last),
    ("staff_type_limits", "limit", up),
    ("backup_cover", "backups", lambda backups: (*backups[:-1], "ann")),
    ("backup_cover", "away", without_last),
    ("backup_cover", "working", without_last),
    ("after_closure", "length", up),
    ("after_closure", "days", lambda days: days - 1),
    ("rolling_limits", "window", up),
    ("rolling_limits", "minimum", lambda minimum: None if minimum is None else 0),
    ("rolling_limits", "maximum", up),
    ("run_lengths", "minimum", up),
    ("run_lengths", "maximum", up),
    ("minimum_rest", "minutes", lambda minutes: minutes + 200),
    ("minimum_rest", "step", lambda step: 2 * step),
    ("priority", "preferences", without_last),
    ("pair", "together", lambda together: not together),
    ("pair", "same", lambda same: not same),
    ("minimum_change", "rows", a_day_early),
    ("minimum_change", "weights", lambda weights: {}),
    ("weekends", "maximum", up),
    ("weekends", "weekdays", lambda weekdays: tuple(sorted(map(next_weekday, weekdays)))),
    ("weekends", "whole", lambda whole: not whole),
    ("hours", "everybody", longer),
    ("hours", "by_person", lambda limits: {}),
    ("hours", "first_weekday", next_weekday),
    ("hours", "first_day_of_month", lambda day: 26 - day),
    ("hours", "basis", up),
    ("hours", "step", lambda step: 2 * step),
    ("fairness", "limit", up),
    ("fairness", "past", lambda past: {}),
    ("fairness", "shares", lambda shares: {}),
]
SOFT_ONLY = {("minimum_rest", "step"), ("hours", "step"), ("minimum_change", "weights")}


def misread(kind: str, field: str, wrong: Callable[[Any], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a rule post itself with one field changed."""
    true = RULES[kind].post

    def planted(rule: Any, grid: Grid, place: int) -> None:
        changed = rule.model_copy(update={field: wrong(getattr(rule, field))})
        if place in set(changed.places(grid.index)):
            true(changed, grid, place)

    monkeypatch.setattr(RULES[kind], "post", planted)


@pytest.mark.fault(18, control=True)
@pytest.mark.parametrize("hard", [False, True], ids=["soft", "hard"])
@pytest.mark.parametrize(
    ("kind", "field", "wrong"), MISREADINGS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_an_encoding_that_misreads_its_rule_is_caught(kind, field, wrong, hard, monkeypatch):
    if hard and (kind, field) in SOFT_ONLY:
        pytest.skip("a hard rule has no use for it")
    misread(kind, field, wrong, monkeypatch)
    assert disagree(kind, hard, DRAWS)


@pytest.mark.parametrize("kind", sorted({kind for kind, _, _ in MISREADINGS}))
def test_an_encoding_that_reads_its_rule_is_not(kind, monkeypatch):
    """The control of the controls: the detour alone changes nothing."""
    field = next(field for one, field, _ in MISREADINGS if one == kind)
    misread(kind, field, lambda value: value, monkeypatch)
    assert not disagree(kind, False, 20)


@pytest.mark.parametrize("hard", [False, True], ids=["soft", "hard"])
@pytest.mark.parametrize("kind", ["weekends", "fairness"])
def test_a_measure_off_by_one_is_caught(kind, hard, monkeypatch):
    true = Grid.measure
    monkeypatch.setattr(
        Grid, "measure", lambda grid, form, limit, *rest, **named: true(grid, form, limit + 1, *rest, **named)
    )
    assert disagree(kind, hard, DRAWS)


def test_every_kind_that_is_drawn_has_a_mutant():
    assert {kind for kind, _, _ in MISREADINGS} == set(small.KINDS)


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.fault(19)
def test_of_mutants_of_the_rules_95_per_cent_are_caught():
    assert mutation.share_caught(small.KINDS) >= mutation.ENOUGH


@pytest.mark.fault(19, control=True)
def test_tests_that_never_tell_catch_no_mutants(monkeypatch):
    monkeypatch.setattr(mutation, "caught", lambda kind: False)
    assert mutation.share_caught(["eligibility"]) == 0
