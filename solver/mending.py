"""What could be given up so that the hard rules can be kept: sets of steps, each shown to be enough by a roster."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from solver.check import Checker
from solver.clash import shrink
from solver.demands import Demand, Demands
from solver.frozen import Frozen, PersonId, ShiftId
from solver.meeting import least_excess, satisfy
from solver.problem import Problem
from solver.relax import PRICE, Step, joined, numbered_before, relaxed, steps
from solver.roster import Roster
from solver.run import Limits
from solver.search import solve
from solver.watch import Watch

TRYING = 0.5
"""Seconds that one set of steps gets, or a fifth of those left; one that takes longer is passed over."""
MANY = 25
"""Parts of a clash above which giving up a single one is not tried."""
PRICING = 1.0
"""Seconds at most for a roster of an option, at first."""
SEARCHING = 3.0
"""Seconds at most to search on for a better one, once there are enough options."""
SPARED = 0.6
"""Of the time, what is not spent on that: somebody waits."""


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


class _Priced(NamedTuple):
    """A relaxation, the price of its roster once its steps are taken, and whether none is cheaper then."""

    told: Relaxation
    price: int
    best: bool


class _Clashing:
    """A clash of a problem after some steps, and what may be given up at it, numbered as in the problem before them."""

    def __init__(self, taken: tuple[Step, ...], grid: Demands, clash: list[Demand], watch: Watch) -> None:
        self.taken = taken
        self.grid = grid
        self.clash = clash
        self.watch = watch

    @cached_property
    def ways(self) -> list[Step]:
        """What may be given up; of one of many parts, only rules as a whole."""
        return [numbered_before(self.taken, step) for step in self._ways()]

    def _ways(self) -> Iterator[Step]:
        many = len(self.clash) > MANY
        for demand in self.clash:
            if self.watch.over:
                return
            if many:
                yield from (step for step in steps(self.grid, demand, 1) if step.act in ("soften", "drop"))
            else:
                eased = least_excess(self.grid, self.clash, demand, self.watch) if demand.sides else 1
                yield from steps(self.grid, demand, eased)

    def touched(self, taken: Sequence[Step]) -> bool:
        """Whether any of the steps may mend it: it gives up something of a part, where and for whom that part is."""
        return any(
            _concerns(step, self.grid, demand)
            for demand in self.clash
            for step in taken
            if step.position == demand.rule
        )


class Mending:
    """Searches sets of steps that mend all clashes, those given up most lightly first.

    A tree of hitting sets [1]_: a set of steps after which something still clashes is extended, in turn, by each step
    at each part of that clash. A clash that its steps did not touch is one of the problem as it was: it extends others
    without being searched again.

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
        self.found: dict[tuple[Step, ...], _Priced] = {}
        self.known: list[_Clashing] = []

    def run(self, grid: Demands, clashes: Sequence[list[Demand]]) -> tuple[Relaxation, ...]:
        """Return the relaxations found, cheapest first."""
        self.known = [_Clashing((), grid, clash, self.watch) for clash in clashes]
        self._extend((), 0, self.known[0])
        while self.queue and len(self.found) < self.wanted and not self.watch.over:
            price, _, taken = heapq.heappop(self.queue)
            if any(frozenset(done) <= frozenset(taken) for done in self.found):
                continue
            untouched = next((clashing for clashing in self.known if not clashing.touched(taken)), None)
            if untouched is not None:
                self._extend(taken, price, untouched)
            else:
                self._try(taken, price)
        self._search_on()
        return tuple(self._shared())

    def _try(self, taken: tuple[Step, ...], price: int) -> None:
        """Keep the steps if a roster shows that they are enough, else look for what still clashes."""
        problem = relaxed(self.problem, taken)
        grid = Demands(problem)
        answer = satisfy(grid, grid.found, self.watch, max(TRYING, self.watch.left / 5))
        if answer.verdict == "no":
            short = Watch(Limits(max(TRYING, self.watch.left / 5), 1, self.watch.limits.seed), None, self.watch.stop)
            with short:
                clash, _ = shrink(grid, grid.found, short)
            clashing = _Clashing(taken, grid, clash, self.watch)
            if not clashing.touched(taken):
                self.known.append(clashing)
            self._extend(taken, price, clashing)
        elif answer.verdict == "yes":
            begin = Roster(problem)
            for cell, code in answer.codes.items():
                person, day = grid.places[cell]
                begin.cells[person][day] = grid.shifts[code]
            share = min(PRICING, self.watch.left / (1 + self.wanted - len(self.found)))
            self._price(problem, taken, _filled(begin), share)

    def _price(self, problem: Problem, taken: tuple[Step, ...], begin: Roster, seconds: float) -> None:
        """Note the relaxation with the best roster of a search that begins with one."""
        limits = Limits(max(0.1, seconds), 1, self.watch.limits.seed)
        outcome = solve(problem, limits, begin, stop=self.watch.stop)
        self._note(Checker(problem, outcome.roster or begin), taken, outcome.status == "optimal")

    def _note(self, price: Checker, taken: tuple[Step, ...], best: bool) -> None:
        """Keep a roster of the relaxation, judged by the problem as it was, unless a cheaper one is known."""
        known = self.found.get(taken)
        if price.hard or (known is not None and known.price <= price.cost):
            return
        judge = Checker(self.problem, price.roster.rows())
        broken = sum(violation.amount for violation in judge.violations() if violation.hard)
        rows = {name: tuple(row) for name, row in judge.roster.rows().items()}
        told = Relaxation(steps=taken, broken=broken, cost=judge.cost, roster=rows)
        self.found[taken] = _Priced(told, price.cost, best)

    def _search_on(self) -> None:
        """Search better rosters where none is shown to be the best, so that their costs can be compared.

        What mends a clash by other steps is often a roster for these steps, too, and then the search begins with it:
        so the first may take long.
        """
        rest = [taken for taken, known in self.found.items() if not known.best]
        for number, taken in enumerate(rest):
            left = self.watch.left - SPARED * self.watch.limits.seconds
            if left <= 0:
                break
            problem = relaxed(self.problem, taken)
            share = min(SEARCHING, left / (len(rest) - number if number else 1))
            self._price(problem, taken, self._cheapest(problem).roster, share)

    def _shared(self) -> list[Relaxation]:
        """Return the relaxations cheapest first, each with a cheaper one's roster where that serves it too."""
        told = sorted((known.told for known in self.found.values()), key=_rank)
        for place, way in enumerate(told):
            problem = relaxed(self.problem, way.steps)
            for cheaper in told[:place]:
                if self.watch.over:
                    return told
                if not Checker(problem, cheaper.roster).hard:
                    told[place] = cheaper.model_copy(update={"steps": way.steps})
                    break
        return sorted(told, key=_rank)

    def _cheapest(self, problem: Problem) -> Checker:
        """Return the cheapest roster found that keeps the hard rules of a problem after some steps."""
        rosters = (Checker(problem, known.told.roster) for known in self.found.values())
        return min((one for one in rosters if not one.hard), key=lambda one: one.cost)

    def _extend(self, taken: tuple[Step, ...], price: int, clashing: _Clashing) -> None:
        """Queue the steps at each part of a clash; the second of a kind is put after the first of others."""
        often: Counter[str] = Counter()
        for step in clashing.ways:
            longer = joined(taken, step)
            if frozenset(longer) not in self.seen:
                self.seen.add(frozenset(longer))
                added = PRICE[step.act] + 2 * often[step.act] + (step.act == "loosen" and _width(step))
                often[step.act] += 1
                heapq.heappush(self.queue, (price + added, len(self.seen), longer))


def _rank(way: Relaxation) -> tuple[int, int, int]:
    return way.broken, way.cost, len(way.steps)


def _width(step: Step) -> int:
    return min(3, abs((step.after or 0) - (step.before or 0)))


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
