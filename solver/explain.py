"""Why no roster keeps the hard rules: minimal clashes, and what could be given up, each option tried."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

from solver.check import Checker
from solver.clash import Clash, part, shrink
from solver.demands import Demand, Demands
from solver.frozen import Frozen, PersonId, ShiftId
from solver.meeting import least_excess, satisfy
from solver.problem import Problem
from solver.relax import PRICE, Step, joined, relaxed, steps
from solver.roster import Roster
from solver.run import Limits, Stop
from solver.search import solve
from solver.watch import Watch

SHARE = 0.5
"""Of the time, what may be spent on naming clashes; the rest is for options."""
CLASHES = 4
"""Clashes without a common part that are named at most."""
TRYING = 0.5
"""Seconds that one set of steps gets, or a fifth of those left; one that takes longer is passed over."""
MANY = 25
"""Parts of a clash above which giving up a single one is not tried."""
PRICING = 1.0
"""Seconds at most for a good roster of an option, whose cost is told."""


class Relaxation(Frozen):
    """Steps after which the hard rules can be kept, shown by a roster.

    Attributes
    ----------
    steps : tuple of Step
    broken : int
        By how much the roster breaks the hard rules of the problem as it was, in the rules' units.
    cost : int
        The checker's price of the roster under the soft rules of the problem as it was.
    roster : dict
        Keeps all hard rules that are left.
    """

    steps: tuple[Step, ...]
    broken: int
    cost: int
    roster: dict[PersonId, tuple[ShiftId | None, ...]]


class Explanation(Frozen):
    """Why a problem has no roster.

    Attributes
    ----------
    status : str
        ``clash``: no roster keeps the hard rules. ``solvable``: one does. ``unknown``: neither was shown in time.
    clashes : tuple of Clash
        No two have a part in common. Of one clash, to mend it, one part must be given up; each clash must be mended.
    relaxations : tuple of Relaxation
        Cheapest first: what breaks the hard rules least, then what costs least.
    seconds : float
    """

    status: Literal["clash", "solvable", "unknown"]
    clashes: tuple[Clash, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    seconds: float


def explain(
    problem: Problem, seconds: float = 15.0, wanted: int = 5, seed: int = 0, stop: Stop | None = None
) -> Explanation:
    """Explain why no roster keeps the hard rules of a problem.

    Parameters
    ----------
    problem : Problem
    seconds : float
        Wall time, > 0. What is found by then is returned, and only what was shown.
    wanted : int
        Relaxations to look for.
    seed : int
        One thread searches: the same seed gives the same answer, unless time runs out.
    stop : Stop, optional
        Ends the search from outside.

    Returns
    -------
    Explanation
    """
    watch = Watch(Limits(seconds, 1, seed), None, stop)
    with watch:
        grid = Demands(problem)
        verdict = satisfy(grid, grid.found, watch).verdict
        if verdict != "no":
            return Explanation(status="solvable" if verdict == "yes" else "unknown", seconds=watch.seconds)
        half = Watch(Limits(max(0.01, watch.left * SHARE), 1, seed), None, watch.stop)
        with half:
            found = _clashes(grid, half)
        clashes = tuple(
            Clash(parts=tuple(part(grid, demand) for demand in demands), minimal=minimal) for demands, minimal in found
        )
        mended = _Mending(problem, watch, wanted).run(grid, [demands for demands, _ in found])
        return Explanation(status="clash", clashes=clashes, relaxations=mended, seconds=watch.seconds)


def _clashes(grid: Demands, watch: Watch) -> list[tuple[list[Demand], bool]]:
    """Return clashes that have no demand in common, until the rest can be met."""
    found: list[tuple[list[Demand], bool]] = []
    rest = grid.found
    while len(found) < CLASHES and (not found or (not watch.over and satisfy(grid, rest, watch).verdict == "no")):
        clash, minimal = shrink(grid, rest, watch)
        found.append((clash, minimal))
        named = {id(demand) for demand in clash}
        rest = [demand for demand in rest if id(demand) not in named]
    return found


class _Mending:
    """Searches sets of steps that mend all clashes, those given up most lightly first.

    A tree of hitting sets [1]_: a set of steps after which something still clashes is extended, in turn, by each step
    at each part of that clash.

    References
    ----------
    .. [1] R. Reiter, A theory of diagnosis from first principles, Artificial Intelligence 32 (1987).
    """

    def __init__(self, problem: Problem, watch: Watch, wanted: int) -> None:
        self.problem = problem
        self.watch = watch
        self.wanted = wanted
        self.queue: list[tuple[int, int, tuple[Step, ...]]] = []
        self.seen: set[frozenset[Step]] = set()
        self.found: list[Relaxation] = []

    def run(self, grid: Demands, clashes: Sequence[list[Demand]]) -> tuple[Relaxation, ...]:
        """Return the relaxations found, cheapest first."""
        self._extend((), 0, grid, clashes[0])
        while self.queue and len(self.found) < self.wanted and not self.watch.over:
            price, _, taken = heapq.heappop(self.queue)
            if any(frozenset(done.steps) <= frozenset(taken) for done in self.found):
                continue
            untouched = next((clash for clash in clashes if not _touched(taken, grid, clash)), None)
            if untouched is not None:
                self._extend(taken, price, grid, untouched)
            else:
                self._try(taken, price)
        return tuple(sorted(self.found, key=lambda one: (one.broken, one.cost, len(one.steps))))

    def _try(self, taken: tuple[Step, ...], price: int) -> None:
        """Keep the steps if a roster shows that they are enough, else look for what still clashes."""
        problem = relaxed(self.problem, taken)
        grid = Demands(problem)
        answer = satisfy(grid, grid.found, self.watch, max(TRYING, self.watch.left / 5))
        if answer.verdict == "no":
            short = Watch(Limits(max(TRYING, self.watch.left / 5), 1, self.watch.limits.seed), None, self.watch.stop)
            with short:
                clash, _ = shrink(grid, grid.found, short)
            self._extend(taken, price, grid, clash)
        elif answer.verdict == "yes":
            begin = Roster(problem)
            for cell, code in answer.codes.items():
                person, day = grid.places[cell]
                begin.cells[person][day] = grid.shifts[code]
            done = self._priced(problem, taken, begin)
            if done is not None:
                self.found.append(done)

    def _priced(self, problem: Problem, taken: tuple[Step, ...], begin: Roster) -> Relaxation | None:
        """Return the relaxation with the best roster of a short search, judged by the problem as it was."""
        share = min(PRICING, self.watch.left / (1 + self.wanted - len(self.found)))
        roster = solve(problem, Limits(max(0.1, share), 1, self.watch.limits.seed), begin, stop=self.watch.stop).roster
        roster = roster or _filled(begin)
        if Checker(problem, roster).hard:
            return None
        judge = Checker(self.problem, roster.rows())
        broken = sum(violation.amount for violation in judge.violations() if violation.hard)
        rows = {name: tuple(row) for name, row in judge.roster.rows().items()}
        return Relaxation(steps=taken, broken=broken, cost=judge.cost, roster=rows)

    def _extend(self, taken: tuple[Step, ...], price: int, grid: Demands, clash: list[Demand]) -> None:
        """Queue the steps at each part of a clash; the second of a kind is put after the first of others."""
        often: Counter[str] = Counter()
        for step in _at(grid, clash, self.watch):
            longer = joined(taken, step)
            if frozenset(longer) not in self.seen:
                self.seen.add(frozenset(longer))
                added = PRICE[step.act] + 2 * often[step.act] + (step.act == "loosen" and _width(step))
                often[step.act] += 1
                heapq.heappush(self.queue, (price + added, len(self.seen), longer))


def _at(grid: Demands, clash: list[Demand], watch: Watch) -> Iterator[Step]:
    """Yield what may be given up at a clash; of one of many parts, only rules as a whole."""
    many = len(clash) > MANY
    for demand in clash:
        if watch.over:
            return
        if many:
            yield from (step for step in steps(grid, demand, 1) if step.act in ("soften", "drop"))
        else:
            yield from steps(grid, demand, least_excess(grid, clash, demand, watch) if demand.sides else 1)


def _width(step: Step) -> int:
    return min(3, abs((step.after or 0) - (step.before or 0)))


def _touched(taken: Sequence[Step], grid: Demands, clash: list[Demand]) -> bool:
    """Whether any of the steps may mend the clash: it gives up something of a part, where and for whom that part is."""
    return any(_concerns(step, grid, demand) for demand in clash for step in taken if step.position == demand.rule)


def _concerns(step: Step, grid: Demands, demand: Demand) -> bool:
    places = [grid.places[cell] for cell in demand.cells]
    days = range(step.days[0], step.days[-1] + 1) if step.days else ()
    same_days = not step.days or any(day in days for _, day in places)
    return same_days and (not step.people or any(grid.index.ids[row] in step.people for row, _ in places))


def _filled(roster: Roster) -> Roster:
    """Return a roster in which the cells that no hard rule looks at hold the first shift."""
    filled = roster.copy()
    for person, employed in enumerate(roster.index.employed):
        for day in employed:
            if filled.undecided(person, day):
                filled.put(person, day, next(iter(roster.index.shift)))
    return filled
