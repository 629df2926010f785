"""What it would cost that a cell held another shift."""

from __future__ import annotations

from typing import Literal, NamedTuple

from pydantic import Field

from solver.check import Checker
from solver.clash import Clash, part, shrink
from solver.frozen import Day, Frozen, PersonId, ShiftId
from solver.grid import Code, Grid
from solver.meeting import satisfy
from solver.nearby import Move, compared, staying, with_rules
from solver.problem import Problem
from solver.roster import Roster, Violation
from solver.rules import Pin, Pins
from solver.run import Limits, Stop
from solver.search import solve
from solver.standing import Standing, StandingDemands, filled, written
from solver.state import State
from solver.watch import Watch
from solver.worthwhile import Fewer, leave_out, moved_cells, weighed

ASKED = "asked"
"""Id of the rule that holds the cell to the shift asked about."""
ENDING = 0.3
"""Of the time, for the search to end, moves to be weighed and the rosters to be compared."""
SHARE = 0.4
"""Of the time, for whether the hard rules allow the shift, and which do not."""


Stands = tuple[Roster, Roster]
"""The roster as it stands, empty cells filled in, and the same with the shift asked about."""


class Found(NamedTuple):
    """A roster with the shift, its difference, the least that is proved, and a way with fewer moves."""

    roster: Roster
    difference: int
    least: int | None
    fewer: Fewer | None = None


class Alone(Frozen):
    """What one cell, all others as they are, adds to the cost, and to the number of hard rules broken."""

    cost: int
    hard: int


class WhyNot(Frozen):
    """What a shift in a cell would mean, other cells moved to make room for it.

    What is broken already is taken as it stands: other cells are moved only for what the shift breaks, and what the
    shift itself mends counts for it.

    Attributes
    ----------
    status : str
        ``possible``: a roster that keeps the hard rules has the shift there. ``clash``: none has. ``unknown``: out of
        time.
    alone : Alone
    difference : int or None
        What becomes worse in the best roster found with the shift, less what the shift itself mends.
    besides : int
        What else the cells that move happen to mend, ≥ 0: the roster costs ``difference - besides`` more than now.
    exact : bool
        Whether no roster with the shift has a smaller difference.
    at_least : int or None
        No roster with the shift has a smaller one, where a bound was proved.
    broken, mended : tuple of Violation
        Between the two rosters, or of the cell alone where none was found.
    moved : tuple of Move
        Cells that the best roster changes, the cell itself first; none of the others can be left as it is for less.
    fewer : Fewer or None
        Where cells move that save little: what it comes to without them.
    clash : Clash or None
        The rules that do not allow it.
    seconds : float
    """

    status: Literal["possible", "clash", "unknown"]
    alone: Alone
    difference: int | None = None
    besides: int = 0
    exact: bool = False
    at_least: int | None = None
    broken: tuple[Violation, ...] = ()
    mended: tuple[Violation, ...] = ()
    moved: tuple[Move, ...] = ()
    fewer: Fewer | None = None
    clash: Clash | None = None
    seconds: float = Field(ge=0)


def why_not(
    problem: Problem, roster: Roster, person: PersonId, day: Day, shift: ShiftId,
    seconds: float = 2.0, seed: int = 0, stop: Stop | None = None,
) -> WhyNot:  # fmt: skip
    """Say what it would cost, and which rules it would break, that a cell held ``shift``.

    Parameters
    ----------
    problem : Problem
    roster : Roster
        As it stands; empty cells are filled in and do not count as moved.
    person, day, shift : PersonId, Day, ShiftId
        The cell and what it would hold.
    seconds : float
        Wall time, > 0.
    seed : int
        One thread searches: the same seed gives the same answer, unless time runs out.
    stop : Stop, optional
        Ends the search from outside.

    Raises
    ------
    ValueError
        When the problem has no such shift, or the cell does not exist.
    """
    row = problem.index.person.get(person)
    if row is None or day not in problem.index.employed[row]:
        raise ValueError(f"there is no cell of {person!r} on day {day}")
    pin = Pin(person=person, day=day, shift=shift)
    return _told(problem, roster, pin, Watch(Limits(seconds, 1, seed), None, stop))


def _told(problem: Problem, roster: Roster, pin: Pin, watch: Watch) -> WhyNot:
    """Say whether the hard rules allow the shift, and what it comes to where they do."""
    alone = _alone(problem, roster, pin)
    whole = filled(problem, roster, watch.limits.seed, lambda: watch.over)
    now, edited = Checker(problem, whole), Checker(problem, whole)
    change = edited.set(pin.person, pin.day, pin.shift)
    stands = now.roster, edited.roster
    kept = not any(violation.hard for violation in change.appeared)
    clash = None if kept else _clash(problem, stands, pin, watch)
    if clash is not None:
        return WhyNot(
            status="clash", alone=alone, broken=change.appeared, mended=change.disappeared, clash=clash,
            seconds=watch.seconds,
        )  # fmt: skip
    found = _search(now, roster, stands, pin, watch)
    if found is None and kept:
        found = Found(edited.roster, edited.cost - now.cost, None)
    if found is None or watch.stop.cancelled:
        return WhyNot(status="unknown", alone=alone, seconds=watch.seconds)
    return _answer(now, roster, found, pin, alone, watch)


def _alone(problem: Problem, roster: Roster, pin: Pin) -> Alone:
    checker = Checker(problem, roster)
    cost, hard = checker.cost, checker.hard
    checker.set(pin.person, pin.day, pin.shift)
    return Alone(cost=checker.cost - cost, hard=checker.hard - hard)


def _clash(problem: Problem, stands: Stands, pin: Pin, watch: Watch) -> Clash | None:
    """Return the rules that clash with the shift; None where the hard rules are not shown to forbid it."""
    asked = with_rules(problem, (*problem.rules, Pins(id=ASKED, cells=(pin,))))
    with watch:
        grid = StandingDemands(asked, stands)
        if satisfy(grid, grid.found, watch, watch.limits.seconds * SHARE).verdict != "no":
            return None
        demands, minimal = shrink(grid, grid.found, watch)
    parts = (part(grid, demand) for demand in demands if asked.rules[demand.rule].id != ASKED)
    return Clash(parts=tuple(parts), minimal=minimal)


def _search(now: Checker, roster: Roster, stands: Stands, pin: Pin, watch: Watch) -> Found | None:
    """Search the roster with the shift in which least becomes worse, and fewest cells of ``roster`` change."""
    factor = 1 + sum(map(len, now.problem.index.employed))
    grid = Standing(staying(now.problem, roster, 1, factor), stands)
    grid.post(lambda: watch.over)
    if watch.over:
        return None
    grid.hold(pin.person, pin.day, pin.shift)
    paid = grid.standing // factor - now.cost
    if State(grid, _codes(grid, stands[1])).cost < factor:
        return Found(stands[1], paid, paid)  # nothing becomes worse
    limits = Limits(max(0.05, watch.left - ENDING * watch.limits.seconds), 1, watch.limits.seed)
    outcome = solve(grid.problem, limits, stands[1], stop=watch.stop, grid=grid)
    if outcome.roster is None:
        return None
    best = State(grid, _codes(grid, outcome.roster))
    leave_out(best, roster)
    best, fewer = weighed(best, State(grid, _codes(grid, stands[1])), roster, pin, paid, watch)
    # Changed cells cost less than one unit of the weights multiplied, so the bound less all of them is one of costs.
    least = None if outcome.bound is None else max(0, -(-(outcome.bound - factor + 1) // factor)) + paid
    return Found(written(roster, grid, best.codes), best.cost // factor + paid, least, fewer)


def _codes(grid: Grid, roster: Roster) -> list[Code]:
    return [grid.code[roster.cells[person][day] or ""] for person, day in grid.places]


def _answer(now: Checker, roster: Roster, found: Found, pin: Pin, alone: Alone, watch: Watch) -> WhyNot:
    """Compare the roster found with the one as it is, by the checker."""
    best = Checker(now.problem, found.roster)
    broken, mended = compared(now.violations(), best.violations())
    return WhyNot(
        status="possible", alone=alone, difference=found.difference,
        besides=found.difference - (best.cost - now.cost),
        exact=found.least is not None and found.least >= found.difference, at_least=found.least,
        broken=broken, mended=mended,
        moved=moved_cells(roster, best.roster, pin), fewer=found.fewer,
        seconds=watch.seconds,
    )  # fmt: skip
