"""The fewest changes to a published roster when somebody is away."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Literal, NamedTuple

from pydantic import Field

from solver.absence import expect_known, without_absent
from solver.check import Checker
from solver.clash import Clash, part, shrink
from solver.demands import Demands
from solver.frozen import Day, Frozen, PersonId, ShiftId
from solver.meeting import satisfy
from solver.nearby import Move, Rows, compared, moves, pinned, rows_of, staying, unlike, with_rules
from solver.problem import Problem
from solver.roster import Roster, Violation
from solver.rules import Pins
from solver.run import Limits, Stop
from solver.search import solve
from solver.watch import Watch

OTHERS = "others"
"""Id of the rule that keeps all but some days as they are."""
MOST = 3
"""Options."""
SHARE = 0.3
"""Of the time left, for each option."""
LAST = 0.25
"""Of the time, for options that only have to be unlike the others."""
ENDING = 0.05
"""Of the time, for the last search to end and its roster to be compared."""
NEARBY = 3
"""Days before and after the absence that a repair nearby may change."""


class Option(Frozen):
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
    ``exhausted``: whether it is proved that every other roster that keeps the hard rules changes what an option does.
    """

    status: Literal["repaired", "clash", "unknown"]
    options: tuple[Option, ...] = ()
    clash: Clash | None = None
    exhausted: bool = False
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
    """Find three rosters without those who are away, near to the published one; fewer only where there are no others.

    The first changes as little as can be (then it is cheap); the others are cheaper and change more, on the days of the
    absence or near them where that helps. Each changes at least one cell otherwise than each other.

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
    expect_known(problem, away)
    watch = Watch(Limits(seconds, 1, seed), None, stop)
    asked = without_absent(problem, published, away, locked, absent)
    with watch:
        grid = Demands(asked)
        verdict = satisfy(grid, grid.found, watch, seconds / 3).verdict
        if verdict == "no":
            demands, minimal = shrink(grid, grid.found, watch)
            clash = Clash(parts=tuple(part(grid, demand) for demand in demands), minimal=minimal)
            return Repair(status="clash", clash=clash, seconds=watch.seconds)
    gone = {(person, day): 0 for person, days in away.items() for day in days}
    counts = {**(weights or {}), **gone}
    search = _Options(problem, asked, published, counts, watch)
    options = search.run(frozenset(gone))
    status = "repaired" if options else "unknown"
    return Repair(status=status, options=options, exhausted=search.exhausted, seconds=watch.seconds)


class _Aim(NamedTuple):
    """What a changed cell costs, what soft weights are multiplied with, and where cells may change.

    Of ``days``, where they are given, cells may change; none gives the absence alone. ``unlike``: otherwise than in any
    option found.
    """

    price: int
    factor: int
    days: frozenset[Day] | None = None
    unlike: bool = False


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
        self.heaviest = max((rule.weight for rule in problem.rules if not rule.hard), default=1)
        self.found: list[Option] = []
        self.exhausted = False

    def run(self, gone: frozenset[tuple[PersonId, Day]]) -> tuple[Option, ...]:
        """Return the options found, no two alike, the fewest changed cells first."""
        for aim in self._aims(gone):
            if self._enough or (self.found and self._left < LAST * self.watch.limits.seconds):
                break
            self._search(aim, gone, SHARE)
        while self.found and not self._enough and not self.exhausted and self._left >= 0.1:
            self._search(_Aim(self.heaviest, 1, unlike=True), gone, 1 / (MOST - len(self.found)))
        return tuple(sorted(self.found, key=lambda one: (len(one.changed), one.cost)))

    @property
    def _left(self) -> float:
        return self.watch.left - ENDING * self.watch.limits.seconds

    @property
    def _enough(self) -> bool:
        return self.watch.stop.asked or len(self.found) == MOST

    def _aims(self, gone: frozenset[tuple[PersonId, Day]]) -> Iterator[_Aim]:
        """The absence alone or else the fewest changes, some on its days or near them, the cheapest.

        On few days a search is soon at its end; what it finds is where the next one begins.
        """
        cells = 1 + sum(map(len, self.problem.index.employed))
        yield _Aim(1, 1, days=frozenset())
        if not self.found:
            yield _Aim(1 + sum(rule.weight for rule in self.asked.rules if not rule.hard) * 10, 1)
        days = {day for _, day in gone}
        near = frozenset(day + more for day in days for more in range(-NEARBY, NEARBY + 1))
        yield _Aim(max(1, self.heaviest // 4), 1, days=frozenset(days))
        yield _Aim(max(1, self.heaviest // 8), 1, days=near)
        yield _Aim(1, cells, days=near)
        yield _Aim(1, cells)

    def _search(self, aim: _Aim, gone: frozenset[tuple[PersonId, Day]], share: float) -> None:
        asked = self.asked
        if aim.days is not None:
            free = gone | {(person, day) for person in self.problem.index.ids for day in aim.days}
            asked = with_rules(asked, (*asked.rules, Pins(id=OTHERS, cells=pinned(self.published, free))))
        near = staying(asked, self.published, aim.price, aim.factor, self.counts)
        if aim.unlike:
            near = unlike(near, (self._moving(option.roster, gone) for option in self.found), 1)
        limits = Limits(max(0.1, self._left * share), 1, self.watch.limits.seed)
        begin = self.found[-1].roster if self.found and aim.days is None else self.published
        outcome = solve(near, limits, begin, stop=self.watch.stop)
        self.exhausted = aim.unlike and outcome.status == "infeasible"
        if outcome.roster is None:
            return
        fewest = not self.found and outcome.status == "optimal" and aim.days is None
        option = self._option(outcome.roster, gone, fewest)
        if all(option.changed != one.changed for one in self.found):
            self.found.append(option)

    def _moving(self, rows: Rows, gone: frozenset[tuple[PersonId, Day]]) -> Rows:
        """Return a roster's shifts where a cell that changes is a move: one that was decided, the absence apart."""
        return {
            person: tuple(
                None if was is None or (person, day) in gone else shift
                for day, (was, shift) in enumerate(zip(before, rows[person], strict=True))
            )
            for person, before in self.published.rows().items()
        }

    def _option(self, roster: Roster, gone: frozenset[tuple[PersonId, Day]], fewest: bool) -> Option:
        """Tell what a roster changes and costs."""
        best = Checker(self.problem, roster.rows())
        changed = moves(self.published, best.roster)
        own = [move for move in changed if (move.person, move.day) in gone]
        other = [move for move in changed if (move.person, move.day) not in gone and move.before is not None]
        broken, mended = compared(self.now.violations(), best.violations())
        return Option(
            changed=tuple(other), absence=tuple(own), cost=best.cost, difference=best.cost - self.now.cost,
            broken=broken, mended=mended, roster=rows_of(best.roster), fewest=fewest or not other,
        )  # fmt: skip
