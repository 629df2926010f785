"""Minimal sets of demands that cannot be met together."""

from __future__ import annotations

from collections.abc import Sequence

from solver.cp import cp_model
from solver.cpsat import core
from solver.demands import Demand, Demands
from solver.frozen import Day, Frozen, PersonId, ShiftId
from solver.meeting import Meeting, satisfy, searcher
from solver.watch import Watch

SHORTLIST = 0.03
"""Deterministic time given to the shortlist by assumptions, a tenth of a second; without presolve some take minutes.

Those that come at 50 people take a fifteenth of it at most, and where none comes the filter alone takes 0.2 s.
"""
CHECK = 3.0
"""Seconds given to one check of the deletion filter; a demand that is not shown to be superfluous stays."""


class Part(Frozen):
    """One rule at one place of a clash.

    ``people`` is empty where the rule speaks of everybody; ``days`` is one day, or the first and the last of a span;
    ``shift`` is what the rule leaves in a single cell, where it leaves just one.
    """

    rule: str
    kind: str
    people: tuple[PersonId, ...]
    days: tuple[Day, ...]
    shift: ShiftId | None = None


class Clash(Frozen):
    """Rules at places that no roster keeps together.

    ``minimal``: without any one of its parts, the others can be kept together (each was tried).
    """

    parts: tuple[Part, ...]
    minimal: bool


def shrink(grid: Demands, demands: Sequence[Demand], watch: Watch) -> tuple[list[Demand], bool]:
    """Return some of ``demands``, known not to be met together, that clash too, and whether that set is minimal.

    The assumptions that CP-SAT says suffice make a shortlist, which counts only if a search without assumptions finds
    it to clash: the core can be wrong [1]_. A deletion filter then leaves out runs of demands, halving their length,
    and keeps what is left out for good only where the rest clashes.

    Parameters
    ----------
    grid : Demands
    demands : sequence of Demand
        That clash.
    watch : Watch
        Once it is over the set found so far is returned, which clashes and may not be minimal.

    References
    ----------
    .. [1] J. W. Chinneck, Feasibility and Infeasibility in Optimization, Springer 2008 (deletion filter);
       OR-Tools issues on sufficient_assumptions_for_infeasibility.
    """
    kept = _shortlist(grid, list(demands), watch)
    length = max(1, len(kept) // 2)
    while True:
        certain = True
        first = 0
        while first < len(kept):
            if watch.over:
                return kept, False
            rest = kept[:first] + kept[first + length :]
            answer = satisfy(grid, rest, watch, CHECK)
            if answer.verdict == "no":
                kept = rest
                continue
            certain &= length == 1 and answer.verdict == "yes"
            first += length
        if length == 1:
            return kept, certain
        length = max(1, min(length, len(kept)) // 2)


def _shortlist(grid: Demands, demands: list[Demand], watch: Watch) -> list[Demand]:
    """Return the demands of a core by assumptions, again and again while it gets smaller, or all of them."""
    while not watch.over:
        model = Meeting(grid, demands, assumed=True)
        solver = searcher(watch, None)
        solver.parameters.max_deterministic_time = SHORTLIST
        solver.parameters.cp_model_presolve = False
        solver.parameters.linearization_level = 1
        with watch.ticking(lambda solver=solver: solver.stop_search() if watch.over else None):
            status = solver.solve(model.cp)
        if status != cp_model.INFEASIBLE:
            return demands
        named = core(solver)
        listed = [one for one, switch in zip(demands, model.switches, strict=True) if switch.index in named]
        if len(listed) == len(demands) or not listed or satisfy(grid, listed, watch, CHECK).verdict != "no":
            return demands
        demands = listed
    return demands


def part(grid: Demands, demand: Demand) -> Part:
    """Return a demand as it is told: the rule, whom and when it concerns."""
    rule = grid.problem.rules[demand.rule]
    places = [grid.places[cell] for cell in demand.cells]
    days = sorted({day for _, day in places})
    rows = sorted({person for person, _ in places})
    employed = {row for row, own in enumerate(grid.index.employed) if any(day in own for day in days)}
    people = () if len(rows) > 1 and employed <= {*rows} else tuple(grid.index.ids[row] for row in rows)
    span = tuple(days) if len(days) < 2 else (days[0], days[-1])
    return Part(rule=rule.id, kind=rule.kind, people=people, days=span, shift=_only_shift(grid, demand))


def _only_shift(grid: Demands, demand: Demand) -> ShiftId | None:
    if len(demand.cells) != 1 or not demand.refused:
        return None
    (cell,) = demand.cells
    left = [code for code in grid.left[cell] if code not in demand.refused[cell]]
    return grid.shifts[left[0]] if len(left) == 1 else None
