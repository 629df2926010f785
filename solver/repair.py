"""The fewest changes to a published roster when somebody is away."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Literal, NamedTuple

from pydantic import Field

from solver.check import Checker
from solver.clash import Clash, part, shrink
from solver.demands import Demands
from solver.frozen import Day, Frozen, PersonId, ShiftId
from solver.meeting import satisfy
from solver.nearby import Move, Rows, compared, moves, pinned, rows_of, staying, with_rules
from solver.problem import Problem
from solver.roster import Roster, Violation
from solver.rules import AnyRule, Eligibility, Pin, Pins, Scope
from solver.run import Limits, Stop
from solver.search import solve
from solver.watch import Watch

AWAY, LOCKED, OTHERS = "away", "locked", "others"
"""Ids of the rules that a repair adds: who is away, what may not change, who is not asked again."""
SHARE = 0.3
"""Of the time left, for each option."""
ENDING = 0.05
"""Of the time, for the last search to end and its roster to be compared."""
NEARBY = 3
"""Days before and after the absence that a repair nearby may change."""


class Mending(Frozen):
    """One way to live with the absence.

    Attributes
    ----------
    changed : tuple of Move
        Published cells that others get, or the absent on other days; not the absence itself.
    absence : tuple of Move
        What the absent have instead.
    cost : int
        The checker's price of the roster under the problem's rules.
    difference : int
        Cost less that of the published roster.
    broken, mended : tuple of Violation
        Against the published roster.
    roster : dict
        Keeps all hard rules but those that the absence lifts (pins of the absent).
    fewest : bool
        Whether it is proved that no repair changes less.
    """

    changed: tuple[Move, ...]
    absence: tuple[Move, ...]
    cost: int
    difference: int
    broken: tuple[Violation, ...]
    mended: tuple[Violation, ...]
    roster: Rows
    fewest: bool = False


class Repair(Frozen):
    """Ways to live with an absence, the fewest changed cells first.

    ``status``: ``repaired``; ``clash``: no roster keeps the hard rules, and why; ``unknown``: out of time.
    """

    status: Literal["repaired", "clash", "unknown"]
    options: tuple[Mending, ...] = ()
    clash: Clash | None = None
    seconds: float = Field(ge=0)


def repair(
    problem: Problem,
    published: Roster,
    away: Mapping[PersonId, Collection[Day]],
    locked: Collection[tuple[PersonId, Day]] = (),
    seconds: float = 10.0,
    absent: Collection[ShiftId] | None = None,
    weights: Mapping[tuple[PersonId, Day], int] | None = None,
    seed: int = 0,
    stop: Stop | None = None,
) -> Repair:
    """Find up to three rosters without those who are away, near to the published one.

    The first changes as little as can be (then it is cheap); the others are cheaper and change more, on the days of the
    absence or near them where that helps, or ask nobody whom the first asked.

    Parameters
    ----------
    problem : Problem
    published : Roster
        Its empty cells are free.
    away : mapping of PersonId to days
    locked : collection of (PersonId, Day)
        Published cells that stay, those of the absence excepted.
    seconds : float
        Wall time in all, > 0.
    absent : collection of ShiftId, optional
        Shifts one who is away may have; those with two half days of absence when not given.
    weights : mapping of (PersonId, Day) to int, optional
        How much a changed cell counts, ≥ 0, where not 1: more for tomorrow than for next month.
    seed : int
        One thread searches: the same seed gives the same options, unless time runs out.
    stop : Stop, optional
        Ends the search from outside.

    Raises
    ------
    ValueError
        When there is nobody of that name, or no shift to be away with.
    """
    _known(problem, away)
    watch = Watch(Limits(seconds, 1, seed), None, stop)
    asked = _asked(problem, published, away, locked, absent)
    with watch:
        grid = Demands(asked)
        verdict = satisfy(grid, grid.found, watch, seconds / 3).verdict
        if verdict == "no":
            demands, minimal = shrink(grid, grid.found, watch)
            clash = Clash(parts=tuple(part(grid, demand) for demand in demands), minimal=minimal)
            return Repair(status="clash", clash=clash, seconds=watch.seconds)
    gone = {(person, day): 0 for person, days in away.items() for day in days}
    counts = {**(weights or {}), **gone}
    options = _Options(problem, asked, published, counts, watch).run(frozenset(gone))
    return Repair(status="repaired" if options else "unknown", options=options, seconds=watch.seconds)


def _known(problem: Problem, away: Mapping[PersonId, Collection[Day]]) -> None:
    for person, days in away.items():
        if person not in problem.index.person:
            raise ValueError(f"away: there is no person {person!r}")
        for day in days:
            if not 0 <= day < problem.days:
                raise ValueError(f"away[{person}]: there is no day {day}")


def _asked(
    problem: Problem, published: Roster, away: Mapping[PersonId, Collection[Day]],
    locked: Collection[tuple[PersonId, Day]], absent: Collection[ShiftId] | None,
) -> Problem:  # fmt: skip
    """Return the problem with the absence and the locked cells; pins of the absent are lifted."""
    allowed = absent if absent is not None else [shift.id for shift in problem.shifts if shift.absence == 2]
    present = tuple(shift.id for shift in problem.shifts if shift.id not in allowed)
    if len(present) == len(problem.shifts):
        raise ValueError("absent: expected a shift type that one who is away may have")
    gone = {(person, day) for person, days in away.items() for day in days}
    rules: list[AnyRule] = [_unpinned(rule, gone) for rule in problem.rules]
    for person, days in away.items():
        if present:
            rules.append(Eligibility(id=AWAY, scope=Scope(people=(person,), days=tuple(sorted(days))), refused=present))
    kept = ((person, day, published.cells[problem.index.person[person]][day]) for person, day in sorted(locked))
    pins = tuple(
        Pin(person=person, day=day, shift=shift)
        for person, day, shift in kept
        if shift is not None and (person, day) not in gone
    )
    return with_rules(problem, (*rules, Pins(id=LOCKED, cells=pins)))


def _unpinned(rule: AnyRule, gone: set[tuple[PersonId, Day]]) -> AnyRule:
    if not isinstance(rule, Pins):
        return rule
    return rule.model_copy(update={"cells": tuple(pin for pin in rule.cells if (pin.person, pin.day) not in gone)})


class _Aim(NamedTuple):
    """What a changed cell costs, what soft weights are multiplied with, and what may not be changed.

    Of ``days``, where they are given, cells may change; none gives the absence alone.
    """

    price: int
    factor: int
    others: tuple[Pin, ...] = ()
    days: frozenset[Day] | None = None


class _Options:
    """Searches options one after another, each from what is known."""

    def __init__(
        self, problem: Problem, asked: Problem, published: Roster, counts: Mapping[tuple[PersonId, Day], int],
        watch: Watch,
    ) -> None:  # fmt: skip
        self.problem, self.asked, self.published = problem, asked, published
        self.counts = counts
        self.watch = watch
        self.now = Checker(problem, published)
        self.found: list[Mending] = []

    def run(self, gone: frozenset[tuple[PersonId, Day]]) -> tuple[Mending, ...]:
        """Return the options found, no two alike, the fewest changed cells first."""
        for aim in self._aims(gone):
            if self.watch.stop.asked or (self.found and self._left < 0.1) or len(self.found) == 3:
                break
            self._search(aim, gone)
        return tuple(sorted(self.found, key=lambda one: (len(one.changed), one.cost)))

    @property
    def _left(self) -> float:
        return self.watch.left - ENDING * self.watch.limits.seconds

    def _aims(self, gone: frozenset[tuple[PersonId, Day]]) -> Iterator[_Aim]:
        """The absence alone or else the fewest changes, some on its days or near them, the cheapest, then others.

        On few days a search is soon at its end; what it finds is where the next one begins.
        """
        cells = 1 + sum(map(len, self.problem.index.employed))
        heaviest = max((rule.weight for rule in self.problem.rules if not rule.hard), default=1)
        yield _Aim(1, 1, days=frozenset())
        if not self.found:
            yield _Aim(1 + sum(rule.weight for rule in self.asked.rules if not rule.hard) * 10, 1)
        days = {day for _, day in gone}
        near = frozenset(day + more for day in days for more in range(-NEARBY, NEARBY + 1))
        yield _Aim(max(1, heaviest // 4), 1, days=frozenset(days))
        yield _Aim(max(1, heaviest // 8), 1, days=near)
        yield _Aim(1, cells, days=near)
        yield _Aim(1, cells)
        for price in (heaviest, max(1, heaviest // 4)):
            yield _Aim(price, 1)
        kept: list[Pin] = []
        for option in tuple(self.found):
            for move in option.changed[:2]:
                if move.before is not None:
                    kept.append(Pin(person=move.person, day=move.day, shift=move.before))
                    yield _Aim(heaviest, 1, (kept[-1],))

    def _search(self, aim: _Aim, gone: frozenset[tuple[PersonId, Day]]) -> None:
        pins = aim.others
        if aim.days is not None:
            free = gone | {(person, day) for person in self.problem.index.ids for day in aim.days}
            pins = (*pins, *pinned(self.published, free))
        asked = with_rules(self.asked, (*self.asked.rules, Pins(id=OTHERS, cells=pins)))
        near = staying(asked, self.published, aim.price, aim.factor, self.counts)
        limits = Limits(max(0.1, self._left * SHARE), 1, self.watch.limits.seed)
        begin = self.found[-1].roster if self.found and not pins else self.published
        outcome = solve(near, limits, begin, stop=self.watch.stop)
        if outcome.roster is None:
            return
        best = Checker(self.problem, outcome.roster.rows())
        changed = moves(self.published, best.roster)
        own = [move for move in changed if (move.person, move.day) in gone]
        other = [move for move in changed if (move.person, move.day) not in gone and move.before is not None]
        broken, mended = compared(self.now.violations(), best.violations())
        option = Mending(
            changed=tuple(other), absence=tuple(own), cost=best.cost, difference=best.cost - self.now.cost,
            broken=broken, mended=mended, roster=rows_of(best.roster),
            fewest=not other or (not self.found and outcome.status == "optimal" and aim.days is None),
        )  # fmt: skip
        if all(option.changed != one.changed for one in self.found):
            self.found.append(option)
