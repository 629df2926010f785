"""What may be given up at a part of a clash: one step, and the problem after some steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Literal, TypeVar, cast

from pydantic import Field

from solver.demands import Demand, Demands
from solver.frozen import Day, Frozen, PersonId, ShiftId
from solver.problem import Problem
from solver.rules import (
    AnyRule,
    Calendar,
    Coverage,
    DailyLimits,
    PeriodLimits,
    Pins,
    Priority,
    Requests,
)
from solver.rules.minimum_rest import instants

Act = Literal["unpin", "withdraw", "open", "loosen", "exempt", "soften", "drop"]
PRICE: dict[Act, int] = {"unpin": 2, "withdraw": 2, "open": 4, "loosen": 4, "exempt": 5, "soften": 9, "drop": 15}
"""How much is given up, roughly: what is tried first, not what is told."""
SOFT = 200
"""Weight of a unit of a hard rule made soft, or that of the heaviest soft rule where that is more."""
FIXED = ("one_shift", "employment")
BY_DAY = ("group_cover", "staff_type_limits", "daily_limits", "coverage", "pair", "backup_cover", "after_closure")
"""Rules that look at each day on its own, so that one day can be left out."""
BY_PERSON = (
    "consecutive_work", "sequences", "eligibility", "minimum_rest", "rolling_limits", "run_lengths", "weekends",
    "hours", "fairness",
)  # fmt: skip
"""Rules that look at each person's row, so that one person can be left out."""
LIMITS = ("limit", "minimum", "maximum", "minutes")


class Step(Frozen):
    """One thing given up, so that what clashed no longer does.

    ``unpin`` a cell, ``withdraw`` a hard wish or preference, ``open`` a date of the calendar or leave a date out of a
    rule, ``loosen`` a limit from ``before`` to ``after``, ``exempt`` somebody from a rule, ``soften`` a rule to a
    weight (``after``), ``drop`` it.

    Attributes
    ----------
    position : int
        Of the rule among the problem's rules.
    item : int or None
        Of the pin, wish, preference or limit in the rule's data.
    """

    act: Act
    rule: str
    kind: str
    position: int = Field(ge=0)
    people: tuple[PersonId, ...] = ()
    days: tuple[Day, ...] = ()
    shifts: tuple[ShiftId, ...] = ()
    item: int | None = None
    limit: Literal["limit", "minimum", "maximum", "minutes"] | None = None
    before: int | None = None
    after: int | None = None


def steps(grid: Demands, demand: Demand, excess: int) -> Iterator[Step]:
    """Yield what may be given up of a demand, without knowing whether it is enough.

    Parameters
    ----------
    grid : Demands
    demand : Demand
        One of the grid's.
    excess : int
        By how much its sum must be exceeded for the other parts of its clash to be met, ≥ 1.
    """
    rule = grid.problem.rules[demand.rule]
    places = [grid.places[cell] for cell in demand.cells]
    days = tuple(sorted({day for _, day in places}))
    people = tuple(grid.index.ids[row] for row in sorted({row for row, _ in places}))
    if rule.kind in FIXED:
        return

    def step(act: Act, **more: Any) -> Step:
        return Step(act=act, rule=rule.id, kind=rule.kind, position=demand.rule, **more)

    if isinstance(rule, Pins):
        pin = rule.cells[demand.place]
        yield step("unpin", people=(pin.person,), days=(pin.day,), shifts=(pin.shift,), item=demand.place)
    if isinstance(rule, Requests | Priority):
        shifts = _asked(rule, demand.place)
        yield step("withdraw", people=people, days=days if len(days) == 1 else (), shifts=shifts, item=demand.place)
    if len(days) == 1 and (rule.kind == "calendar" or rule.kind in BY_DAY):
        yield step("open", days=days)
    yield from (step("loosen", **found) for found in _looser(grid, demand, excess, days, people))
    if rule.kind in BY_PERSON and len(people) == 1:
        yield step("exempt", people=people)
    yield step("soften", after=max(SOFT, *(other.weight for other in grid.problem.rules if not other.hard), 0))
    yield step("drop")


def _asked(rule: Requests | Priority, place: int) -> tuple[ShiftId, ...]:
    return (rule.wishes[place].shift,) if isinstance(rule, Requests) else rule.preferences[place].shifts


def _looser(
    grid: Demands, demand: Demand, excess: int, days: Sequence[Day], people: Sequence[PersonId]
) -> Iterator[dict[str, Any]]:
    """Yield the limits of a rule that a demand may come from, and what they would have to be."""
    rule: Any = grid.problem.rules[demand.rule]
    known: dict[str, Any] = {"people": people if len(people) == 1 else (), "days": (), "item": None}
    if isinstance(rule, DailyLimits | Coverage):
        rule, known = rule.bounds(grid.index, days[0]), {"days": days[:1]}
    elif isinstance(rule, PeriodLimits):
        limit = rule.limits[demand.place]
        rule, known = limit, {"people": (limit.person,), "days": (limit.first, limit.last), "item": demand.place}
    elif rule.kind == "hours":
        rule = rule.by_person.get(people[0], rule.everybody)
    elif rule.kind == "minimum_rest":
        rest = _longest_rest(grid, rule.minutes, days)
        if rest is not None:
            yield {"limit": "minutes", "before": rule.minutes, "after": rest}
        return
    floor = any(unit < 0 for total, _ in demand.sides for units in total.units for unit in units)
    for name in LIMITS:
        now = getattr(rule, name, None)
        if now is None or ((name == "minimum") != floor and name != "limit" and rule_is_sum(demand, rule)):
            continue
        after = now - excess if name == "minimum" else now + excess
        if name == "minimum" and after < _least(rule):
            continue
        yield {**known, "limit": name, "before": now, "after": after}


def rule_is_sum(demand: Demand, rule: Any) -> bool:
    """Whether the sign of a demand's units tells its minimum from its maximum; not so for runs of shifts."""
    return bool(demand.sides) and getattr(rule, "kind", "") != "run_lengths"


def _least(rule: Any) -> int:
    return 1 if getattr(rule, "kind", "") == "run_lengths" else 0


def _longest_rest(grid: Demands, minutes: int, days: Sequence[Day]) -> int | None:
    """Return the longest rest below ``minutes`` between shifts of the first and the last of some days."""
    if not days:
        return None
    times = instants(grid.index)
    ends = [(day, end) for day in (days[0] - 1, days[0]) for _, end in times.get(day, {}).values()]
    rests = [start - end for day, end in ends for start, _ in times[days[-1]].values() if day < days[-1]]
    return max((rest for rest in rests if 1 <= rest < minutes), default=None)


def relaxed(problem: Problem, taken: Sequence[Step]) -> Problem:
    """Return the problem in which all of ``taken`` is given up; its rules keep their positions."""
    rules: list[AnyRule] = list(problem.rules)
    for step in sorted(taken, key=lambda step: -1 if step.item is None else step.item, reverse=True):
        rules[step.position] = APPLY[step.act](problem, rules[step.position], step)
    return problem.model_copy(update={"rules": tuple(rules)})


def numbered_before(taken: Sequence[Step], step: Step) -> Step:
    """Return a step on the problem relaxed by ``taken`` with its item counted among those of the problem as it was."""
    if step.item is None:
        return step
    item = step.item
    gone = (one for one in taken if one.position == step.position and one.act in ("unpin", "withdraw"))
    for removed in sorted(cast(int, one.item) for one in gone):
        item += removed <= item
    return step.model_copy(update={"item": item})


def joined(taken: Sequence[Step], step: Step) -> tuple[Step, ...]:
    """Return ``taken`` and another step on the same problem; a limit loosened twice is one step."""
    for number, one in enumerate(taken):
        if (
            one.act == step.act == "loosen"
            and one.model_copy(update={"before": step.before, "after": step.after}) == step
        ):
            longer = step.model_copy(update={"before": one.before})
            return (*taken[:number], longer, *taken[number + 1 :])
    return (*taken, step)


def _without_item(problem: Problem, rule: Any, step: Step) -> AnyRule:
    name = {"pins": "cells", "requests": "wishes", "priority": "preferences"}[rule.kind]
    items: tuple[object, ...] = getattr(rule, name)
    place = cast(int, step.item)
    return rule.model_copy(update={name: (*items[:place], *items[place + 1 :])})


def _opened(problem: Problem, rule: Any, step: Step) -> AnyRule:
    if isinstance(rule, Calendar):
        return rule.model_copy(
            update={name: _but(getattr(rule, name), step.days) for name in ("must_off", "must_work")}
        )
    scope = rule.scope.model_copy(update={"except_days": (*rule.scope.except_days, *step.days)})
    return rule.model_copy(update={"scope": scope})


T = TypeVar("T")


def _but(items: Iterable[T], left_out: Sequence[T]) -> tuple[T, ...]:
    return tuple(item for item in items if item not in left_out)


def _exempted(problem: Problem, rule: Any, step: Step) -> AnyRule:
    names = problem.index.ids if rule.scope.people is None else rule.scope.people
    return rule.model_copy(update={"scope": rule.scope.model_copy(update={"people": _but(names, step.people)})})


def _loosened(problem: Problem, rule: Any, step: Step) -> AnyRule:
    looser = {cast(str, step.limit): step.after}
    if isinstance(rule, DailyLimits | Coverage):
        bounds = rule.bounds(problem.index, step.days[0]).model_copy(update=looser)
        return rule.model_copy(update={"by_day": {**rule.by_day, step.days[0]: bounds}})
    if isinstance(rule, PeriodLimits):
        place = cast(int, step.item)
        limit = rule.limits[place].model_copy(update=looser)
        return rule.model_copy(update={"limits": (*rule.limits[:place], limit, *rule.limits[place + 1 :])})
    if rule.kind == "hours":
        own = rule.by_person.get(step.people[0], rule.everybody).model_copy(update=looser)
        return rule.model_copy(update={"by_person": {**rule.by_person, step.people[0]: own}})
    return rule.model_copy(update=looser)


def _softened(problem: Problem, rule: Any, step: Step) -> AnyRule:
    return rule.model_copy(update={"hard": False, "weight": step.after})


def _dropped(problem: Problem, rule: Any, step: Step) -> AnyRule:
    return rule.model_copy(update={"hard": False, "weight": 0})


APPLY: dict[Act, Callable[[Problem, Any, Step], AnyRule]] = {
    "unpin": _without_item,
    "withdraw": _without_item,
    "open": _opened,
    "loosen": _loosened,
    "exempt": _exempted,
    "soften": _softened,
    "drop": _dropped,
}
