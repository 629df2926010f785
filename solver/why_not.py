"""What it would cost that a cell held another shift."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from solver.check import Checker
from solver.clash import Clash, part, shrink
from solver.demands import Demands
from solver.frozen import Day, Frozen, PersonId, ShiftId
from solver.meeting import satisfy
from solver.nearby import Move, compared, moves, staying, with_rules
from solver.problem import Problem
from solver.roster import Outcome, Roster, Violation
from solver.rules import Pin, Pins
from solver.run import Limits, Stop
from solver.search import solve
from solver.watch import Watch

ASKED = "asked"
"""Id of the rule that holds the cell to the shift asked about."""
ENDING = 0.1
"""Of the time, for the search to end and the rosters to be compared."""
SHARE = 0.4
"""Of the time, for whether the hard rules allow the shift, and which do not."""


class Alone(Frozen):
    """What one cell, all others as they are, adds to the cost, and to the number of hard rules broken."""

    cost: int
    hard: int


class WhyNot(Frozen):
    """What a shift in a cell would mean.

    Attributes
    ----------
    status : str
        ``possible``: a roster that keeps the hard rules has the shift there. ``clash``: none has. ``unknown``: out of
        time.
    alone : Alone
    difference : int or None
        Cost of the best roster found with the shift, less that of the roster as it is.
    exact : bool
        Whether no roster with the shift costs less than that.
    at_least : int or None
        No roster with the shift has a smaller difference, where a bound was proved.
    broken, mended : tuple of Violation
        Between the two rosters, or of the cell alone where none was found.
    moved : tuple of Move
        Cells that the best roster changes, the cell itself first.
    clash : Clash or None
        The rules that do not allow it.
    seconds : float
    """

    status: Literal["possible", "clash", "unknown"]
    alone: Alone
    difference: int | None = None
    exact: bool = False
    at_least: int | None = None
    broken: tuple[Violation, ...] = ()
    mended: tuple[Violation, ...] = ()
    moved: tuple[Move, ...] = ()
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
    watch = Watch(Limits(seconds, 1, seed), None, stop)
    now = Checker(problem, roster)
    edited = Checker(problem, roster)
    change = edited.set(person, day, shift)
    alone = Alone(cost=edited.cost - now.cost, hard=edited.hard - now.hard)
    asked = with_rules(problem, (*problem.rules, Pins(id=ASKED, cells=(Pin(person=person, day=day, shift=shift),))))
    kept = not edited.hard and not edited.undecided
    clash = None if kept else _clash(asked, watch)
    if clash is not None:
        return WhyNot(
            status="clash", alone=alone, broken=change.appeared, mended=change.disappeared, clash=clash,
            seconds=watch.seconds,
        )  # fmt: skip
    factor = 1 + sum(map(len, problem.index.employed))
    if watch.stop.asked:
        return WhyNot(status="unknown", alone=alone, seconds=watch.seconds)
    outcome = solve(
        staying(asked, roster, 1, factor),
        Limits(max(0.05, watch.left - ENDING * seconds), 1, seed), edited.roster, stop=watch.stop,
    )  # fmt: skip
    return _answer(now, outcome, factor, (person, day), alone, watch)


def _clash(asked: Problem, watch: Watch) -> Clash | None:
    """Return the rules that clash with the shift; None where the hard rules are not shown to forbid it."""
    with watch:
        grid = Demands(asked)
        if satisfy(grid, grid.found, watch, watch.limits.seconds * SHARE).verdict != "no":
            return None
        demands, minimal = shrink(grid, grid.found, watch)
    parts = (part(grid, demand) for demand in demands if asked.rules[demand.rule].id != ASKED)
    return Clash(parts=tuple(parts), minimal=minimal)


def _answer(
    now: Checker, outcome: Outcome, factor: int, cell: tuple[PersonId, Day], alone: Alone, watch: Watch
) -> WhyNot:
    """Compare the best roster with the one as it is, by the checker."""
    if outcome.roster is None:
        return WhyNot(status="unknown", alone=alone, seconds=watch.seconds)
    best = Checker(now.problem, outcome.roster.rows())
    broken, mended = compared(now.violations(), best.violations())
    # Changed cells cost less than one unit of the weights multiplied, so the bound less all of them is one of costs.
    least = None if outcome.bound is None else max(0, -(-(outcome.bound - factor + 1) // factor)) - now.cost
    difference = best.cost - now.cost
    moved = [move for move in moves(now.roster, best.roster) if move.before is not None]
    return WhyNot(
        status="possible", alone=alone, difference=difference, exact=least is not None and least >= difference,
        at_least=least, broken=broken, mended=mended,
        moved=tuple(sorted(moved, key=lambda move: (move.person, move.day) != cell)), seconds=watch.seconds,
    )  # fmt: skip
