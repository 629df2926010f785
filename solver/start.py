"""A first roster, fast: descent cell by cell, so that there is always an answer."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from solver.grid import Code, Grid
from solver.rows import legal_rows
from solver.rowwise import Rowwise, settle
from solver.state import State

ROUNDS = 20
"""Times each cell is looked at, at most."""


def start(
    grid: Grid,
    seed: int,
    stopped: Callable[[], bool],
    hint: Sequence[Code | None] | None = None,
    rows: Rowwise | None = None,
) -> State:
    """Return a complete state that keeps the hard rules, if a descent of single cells leads to one.

    Cells begin with the hint where it has a shift they may hold, else with the cheapest working shift, and are then
    given the cheapest shift one after another, staff member by staff member, until a whole round keeps every hard rule
    or changes nothing.

    Parameters
    ----------
    grid : Grid
        Without clashes.
    seed : int
        Orders the staff and the days.
    stopped : callable
        Polled between staff members; once true the state is returned as it is.
    hint : sequence of (Code or None), optional
        A shift for each cell, or None.
    rows : Rowwise, optional
        Of the grid: whoever is described has the cheapest legal row beside the others in the end.
    """
    codes = [_first(grid, cell, hint) for cell in range(len(grid.places))]
    if rows is not None:
        settle(rows, codes, random.Random(seed), stopped, hint)
    state = State(grid, codes)
    if grid.runs:
        legal_rows(state, seed, stopped)
        if state.feasible:
            return state
    descend(state, random.Random(seed), stopped, legal=True)
    return state


def descend(state: State, chance: random.Random, stopped: Callable[[], bool], *, legal: bool = False) -> None:
    """Give cells their cheapest shift, one after another, until a whole round changes nothing.

    Parameters
    ----------
    state : State
        Changed in place.
    chance : random.Random
    stopped : callable
        Polled between staff members.
    legal : bool
        Whether a round that ends with every hard rule kept is the last.
    """
    grid = state.grid
    rows: dict[int, list[int]] = {}
    for cell, (person, _) in enumerate(grid.places):
        if len(grid.left[cell]) > 1:
            rows.setdefault(person, []).append(cell)
    people = list(rows)
    for _ in range(ROUNDS):
        chance.shuffle(people)
        before = state.cost
        for person in people:
            if stopped():
                return
            chance.shuffle(rows[person])
            for cell in rows[person]:
                _settle(state, cell)
        if state.cost == before or (legal and state.feasible):
            return


def _settle(state: State, cell: int) -> None:
    """Give one cell its cheapest shift."""
    best, code = 0, state.codes[cell]
    for other in state.grid.left[cell]:
        if other != state.codes[cell]:
            added = state.delta(cell, other)
            if added < best:
                best, code = added, other
    if best < 0:
        state.move(cell, code)


def _first(grid: Grid, cell: int, hint: Sequence[Code | None] | None) -> Code:
    wanted = hint[cell] if hint is not None else None
    if wanted in grid.left[cell]:
        return wanted
    shifts = grid.problem.shifts
    if grid.places[cell][0] in grid.runs:
        return max(grid.left[cell], key=lambda code: (shifts[code].absence, shifts[code].rest))
    return min(grid.left[cell], key=lambda code: (shifts[code].absence, grid.price[cell].get(code, 0)))
