"""A team's rules as rules of the solver, one function a kind."""

from collections.abc import Callable, Iterator
from typing import Final

from shiftapp.domain import compile_cells as cells
from shiftapp.domain import compile_days as days
from shiftapp.domain import compile_time as time
from shiftapp.domain.book import Book
from shiftapp.domain.compile_fairness import fairness
from shiftapp.domain.rule_settings import RuleKind, RuleSetting
from solver import rules as solver_rules
from solver.rules import AnyRule

FROM_CELLS: Final[frozenset[RuleKind]] = frozenset({"pins", "minimum_change"})
"""Kinds that are about the cells as they stand: a run's problem has them, not the price of the roster."""


def compile_rules(book: Book) -> Iterator[AnyRule]:
    """Yield the solver's rules for what the team has switched on, in the team's order.

    Those of ``FROM_CELLS`` are not among them.
    """
    for rule in sorted(book.rules, key=lambda rule: rule.rank):
        if rule.enabled and rule.kind in _COMPILE:
            yield from _COMPILE[rule.kind](book, rule)


def _one_shift(book: Book, rule: RuleSetting) -> Iterator[AnyRule]:
    yield solver_rules.OneShift(id=str(rule.id))


def _employment(book: Book, rule: RuleSetting) -> Iterator[AnyRule]:
    yield solver_rules.Employment(id=str(rule.id))


_COMPILE: Final[dict[RuleKind, Callable[[Book, RuleSetting], Iterator[AnyRule]]]] = {
    "one_shift": _one_shift,
    "employment": _employment,
    "calendar": cells.calendar,
    "eligibility": cells.eligibility,
    "sequences": cells.sequences,
    "requests": cells.requests,
    "priority": cells.priority,
    "pair": cells.pair,
    "group_cover": days.group_cover,
    "daily_limits": days.daily_limits,
    "staff_type_limits": days.staff_type_limits,
    "coverage": days.coverage,
    "backup_cover": days.backup_cover,
    "after_closure": days.after_closure,
    "period_limits": time.period_limits,
    "rolling_limits": time.rolling_limits,
    "consecutive_work": time.consecutive_work,
    "minimum_rest": time.minimum_rest,
    "run_lengths": time.run_lengths,
    "weekends": time.weekends,
    "hours": time.hours,
    "fairness": fairness,
}
