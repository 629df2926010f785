"""Rosters nearly as cheap as the best one, and measurably different."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from math import ceil

from pydantic import Field

from solver.check import Checker
from solver.diverge import diverge
from solver.frozen import Frozen, ShiftId
from solver.grid import Grid
from solver.nearby import Move, Rows, moves, rows_of, unlike, with_rules
from solver.problem import Problem
from solver.roster import Roster, Violation
from solver.rules import Eligibility
from solver.run import Limits, Stop
from solver.search import solve
from solver.watch import Watch

SHARE = 0.5
"""Of an alternative's part of the time, for one search for it; what is too dear or too near then is searched on."""
LEAST = 1.0
"""Seconds of a search."""
FAMILIAR = 0.6
"""Of the time, for rosters of the shift types that the best one uses."""
STRANGE = "strange"
"""Id of the rule that keeps the others out."""


class RuleCost(Frozen):
    """What a rule costs in two rosters; rules that cost the same in both are not told."""

    rule: str
    kind: str
    best: int
    here: int


class Spread(Frozen):
    """Of a shift type, the most that one person has less the fewest, among those employed throughout."""

    shift: ShiftId
    best: int
    here: int


class Alternative(Frozen):
    """A roster unlike the others.

    Attributes
    ----------
    roster : dict
    cost, difference : int
        The checker's price, and less that of the best roster.
    moved : tuple of Move
        Cells that differ from the best roster.
    nearest : int
        Cells in which it differs from whichever of the others it is most like, the best one included.
    rules : tuple of RuleCost
    fairness : tuple of Spread
    """

    roster: Rows
    cost: int
    difference: int
    moved: tuple[Move, ...]
    nearest: int
    rules: tuple[RuleCost, ...]
    fairness: tuple[Spread, ...]


class Alternatives(Frozen):
    """What was found.

    Attributes
    ----------
    found : tuple of Alternative
        In the order found.
    free : int
        Cells with a choice.
    distance : int
        Cells in which each two rosters differ, at least.
    most : int
        What an alternative may cost.
    exhausted : bool
        Whether it is proved that there is no further one beside those found.
    seconds : float
    """

    found: tuple[Alternative, ...]
    free: int
    distance: int
    most: int
    exhausted: bool
    seconds: float = Field(ge=0)


def alternatives(
    problem: Problem, best: Roster, within: float = 5.0, count: int = 3, apart: float = 10.0,
    seconds: float = 30.0, seed: int = 0, stop: Stop | None = None,
) -> Alternatives:  # fmt: skip
    """Search rosters that cost at most ``within`` percent more than the best, each unlike the others.

    Parameters
    ----------
    problem : Problem
    best : Roster
        Without empty cells.
    within : float
        Percent, ≥ 0, of the best roster's cost.
    count : int
        Alternatives wanted, ≥ 1.
    apart : float
        Percent of the free cells, above 0 and at most 100, in which each two rosters differ at least.
    seconds : float
        Wall time in all, > 0.
    seed : int
        One thread searches: the same seed gives the same rosters, unless time runs out.
    stop : Stop, optional
        Ends the search from outside.

    Raises
    ------
    ValueError
        When a percentage or the count makes no sense, or the best roster has empty cells or breaks a hard rule.
    """
    if within < 0 or not 0 < apart <= 100 or count < 1:
        raise ValueError("expected within ≥ 0, 0 < apart ≤ 100 and count ≥ 1")
    judge = Checker(problem, best)
    if judge.undecided or judge.hard:
        raise ValueError("expected a roster without empty cells that keeps the hard rules")
    watch = Watch(Limits(seconds, 1, seed), None, stop)
    grid = Grid(problem)
    grid.post()
    free = sum(len(left) > 1 for left in grid.left)
    distance = max(1, ceil(free * apart / 100))
    most = int(judge.cost * (1 + within / 100))
    search = _Search(judge, distance, most, watch)
    familiar = _of_its_shifts(problem, best)
    if familiar is not problem:
        search.find(familiar, count, FAMILIAR * seconds)
    search.find(problem, count, watch.left)
    return Alternatives(
        found=tuple(search.found), free=free, distance=distance, most=most, exhausted=search.exhausted,
        seconds=watch.seconds,
    )  # fmt: skip


def _of_its_shifts(problem: Problem, best: Roster) -> Problem:
    """Return the problem in which nobody has a shift type that the roster gives nobody, itself where there is none.

    A type that no rule tells from another makes a roster unlike the best at no cost, and of no use.
    """
    held = {shift for row in best.cells for shift in row}
    strange = tuple(shift for shift in problem.index.shift if shift not in held)
    if not strange:
        return problem
    return with_rules(problem, (*problem.rules, Eligibility(id=STRANGE, hard=True, refused=strange)))


class _Search:
    """Finds alternatives one after another, each unlike those before."""

    def __init__(self, best: Checker, distance: int, most: int, watch: Watch) -> None:
        self.best = best
        self.distance, self.most = distance, most
        self.watch = watch
        self.rosters = [best.roster]
        self.found: list[Alternative] = []
        self.exhausted = False

    def find(self, problem: Problem, count: int, seconds: float) -> None:
        """Find rosters of a problem until there are ``count``, no further one, or no time."""
        until = self.watch.left - seconds
        self.exhausted = False
        while len(self.found) < count and self.watch.left > until and not self.watch.over and not self.exhausted:
            self._find_one(problem, count - len(self.found), until)

    def _find_one(self, problem: Problem, wanted: int, until: float) -> None:
        """Find one more of some that are wanted, from the best roster on: in steps, or by a search of the whole."""
        asked = unlike(problem, map(rows_of, self.rosters), self.distance)
        spare, reached, stop = self.most - self.best.cost, self.best.roster, self.watch.stop
        while self.watch.left > until and not self.watch.over and not self.exhausted:
            limits = self._limits(wanted)
            reached = diverge(problem, reached, self.rosters, self.distance, spare, limits, stop)
            if self._take(reached):
                return
            outcome = solve(asked, self._limits(wanted), reached, stop=stop)
            self.exhausted = outcome.status == "infeasible" or (outcome.bound or 0) > self.most
            if outcome.roster is not None:
                reached = outcome.roster  # where it is too dear yet, search on from there
                if self._take(reached):
                    return

    def _limits(self, wanted: int) -> Limits:
        left = self.watch.left
        part = min(left, max(LEAST, SHARE * left / wanted))
        return Limits(max(0.05, part), 1, self.watch.limits.seed + len(self.found))

    def _take(self, roster: Roster) -> bool:
        """Keep a roster if it is cheap enough and unlike all others; return whether it is."""
        here = Checker(self.best.problem, roster.rows())
        nearest = min(len(moves(other, here.roster)) for other in self.rosters)
        if here.cost > self.most or nearest < self.distance:
            return False
        self.found.append(_alternative(self.best, here, nearest))
        self.rosters.append(here.roster)
        return True


def _alternative(best: Checker, here: Checker, nearest: int) -> Alternative:
    """Tell how a roster differs from the best one."""
    mine, theirs = _costs(here.violations()), _costs(best.violations())
    kinds = {rule.id: rule.kind for rule in best.problem.rules}
    changed = [rule for rule in kinds if mine[rule] != theirs[rule]]
    spread, before = _spreads(here.roster), _spreads(best.roster)
    return Alternative(
        roster=rows_of(here.roster), cost=here.cost, difference=here.cost - best.cost,
        moved=moves(best.roster, here.roster), nearest=nearest,
        rules=tuple(RuleCost(rule=rule, kind=kinds[rule], best=theirs[rule], here=mine[rule]) for rule in changed),
        fairness=tuple(Spread(shift=shift, best=before[shift], here=spread[shift]) for shift in spread),
    )  # fmt: skip


def _costs(violations: Collection[Violation]) -> Counter[str]:
    costs: Counter[str] = Counter()
    for violation in violations:
        costs[violation.rule] += violation.cost
    return costs


def _spreads(roster: Roster) -> dict[ShiftId, int]:
    days = roster.problem.days
    throughout = [row for row, own in zip(roster.cells, roster.index.employed, strict=True) if len(own) == days]
    return {
        shift: max(counts) - min(counts) if (counts := [row.count(shift) for row in throughout]) else 0
        for shift in roster.index.shift
    }
