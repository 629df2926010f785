"""Why no roster keeps the hard rules: minimal clashes, and what could be given up, each option tried."""

from __future__ import annotations

from typing import Literal

from solver.clash import Clash, part, shrink
from solver.demands import Demand, Demands
from solver.frozen import Frozen
from solver.meeting import satisfy
from solver.mending import Mending, Relaxation
from solver.problem import Problem
from solver.run import Limits, Stop
from solver.watch import Watch

SHARE = 0.5
"""Of the time, what may be spent on naming clashes; the rest is for options."""
CLASHES = 4
"""Clashes without a common part that are named at most."""


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
        mended = Mending(problem, watch, wanted).run(grid, [demands for demands, _ in found])
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
