"""Rosters nearly as cheap as the best one, and measurably different."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from math import ceil

from pydantic import Field

from solver.check import Checker
from solver.frozen import Frozen, ShiftId
from solver.grid import Grid
from solver.nearby import Move, Rows, moves, rows_of, unlike
from solver.problem import Problem
from solver.roster import Roster, Violation
from solver.run import Limits, Stop
from solver.search import solve
from solver.watch import Watch

SHARE = 0.5
"""Of an alternative's part of the time, after which it is taken if it is cheap enough, and searched on otherwise."""
LEAST = 1.0
"""Seconds of a search."""


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
        In the order found; each as cheap as could be found at its distance from those before.
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
    rosters, found, exhausted = [judge.roster], list[Alternative](), False
    begin = judge.roster
    while len(found) < count and not watch.over and not exhausted:
        part = max(LEAST, SHARE * watch.left / (count - len(found)))
        limits = Limits(max(0.05, min(part, watch.left)), 1, seed)
        asked = unlike(problem, map(rows_of, rosters), distance)
        outcome = solve(asked, limits, begin, stop=watch.stop)
        priced = None if outcome.roster is None else Checker(problem, outcome.roster.rows())
        if priced is None or priced.cost > most:
            exhausted = outcome.status == "infeasible" or (outcome.bound is not None and outcome.bound > most)
            begin = begin if priced is None else priced.roster  # too dear yet: search on from there
            continue
        found.append(_alternative(judge, priced, rosters))
        rosters.append(priced.roster)
        begin = priced.roster
    return Alternatives(
        found=tuple(found), free=free, distance=distance, most=most, exhausted=exhausted, seconds=watch.seconds
    )


def _alternative(best: Checker, here: Checker, others: Collection[Roster]) -> Alternative:
    """Tell how a roster differs from the best one, and from all others."""
    mine, theirs = _costs(here.violations()), _costs(best.violations())
    kinds = {rule.id: rule.kind for rule in best.problem.rules}
    changed = [rule for rule in kinds if mine[rule] != theirs[rule]]
    spread, before = _spreads(here.roster), _spreads(best.roster)
    return Alternative(
        roster=rows_of(here.roster), cost=here.cost, difference=here.cost - best.cost,
        moved=moves(best.roster, here.roster), nearest=min(len(moves(other, here.roster)) for other in others),
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
