"""Fewer moved cells at nearly the same cost: each that moves must be worth its while."""

from __future__ import annotations

from copy import copy

from solver.frozen import Frozen
from solver.grid import Cell, Code, Grid
from solver.improve import Improver
from solver.nearby import Move, moves
from solver.roster import Roster
from solver.rules import Pin
from solver.run import Limits
from solver.standing import written
from solver.state import State
from solver.watch import Watch

WORTH = 10
"""A moved cell must save a part of this of what the shift would break alone."""
NEAR = 300
"""Cells that are freed at most."""


class Fewer(Frozen):
    """A way with fewer moved cells, each of them worth its while.

    Attributes
    ----------
    difference : int
        Of what becomes worse, less what the shift itself mends.
    moved : tuple of Move
        The cell itself first.
    """

    difference: int
    moved: tuple[Move, ...]


def weighed(best: State, alone: State, roster: Roster, pin: Pin, paid: int, watch: Watch) -> tuple[State, Fewer | None]:
    """Return the best roster, a better one where one turns up, and a way in which fewer cells move for a little more.

    Parameters
    ----------
    best, alone : State
        Rosters with the shift, other cells moved and not, on a grid on which a cell of ``roster`` that moves costs 1,
        and all of them together less than a unit of the rules.
    roster : Roster
        As it stands.
    pin : Pin
        The cell asked about.
    paid : int
        What is added to the rules' cost on the grid to make it a difference.
    watch : Watch
        Ends the search.
    """
    grid = best.grid
    factor = 1 + len(grid.places)
    if best.cost % factor <= 2:
        return best, None
    worth = -(-(alone if alone.feasible else best).cost // (factor * WORTH))
    state = State(grid, _worthwhile(best, roster, worth * factor, watch))
    leave_out(state, roster)
    if state.cost <= best.cost:
        return state, None
    moved = moved_cells(roster, written(roster, grid, state.codes), pin)
    if not 1 < len(moved) < best.cost % factor:
        return best, None
    return best, Fewer(difference=state.cost // factor + paid, moved=moved)


def _worthwhile(best: State, roster: Roster, price: int, watch: Watch) -> list[Code]:
    """Return the shifts of the cheapest roster found where a cell that moves costs ``price``, near to the best."""
    grid = best.grid
    charged = copy(grid)
    charged.price = [_charged(grid, cell, roster, price) for cell in range(len(grid.places))]
    state = State(charged, best.codes)
    short = Watch(Limits(max(0.05, watch.left), 1, watch.limits.seed), None, watch.stop)
    with short:
        improver = Improver(charged, state, short, watch.limits.seed)
        for free in (_moved(state, roster), _beside(state, roster)):
            if free and not short.over:
                improver.solve(free)
    return state.codes


def _charged(grid: Grid, cell: Cell, roster: Roster, price: int) -> dict[Code, int]:
    """Return the prices of a cell's shifts, that of its own one aside raised."""
    own = _own(grid, cell, roster)
    known = grid.price[cell]
    if own is None or len(grid.left[cell]) < 2:
        return dict(known)
    return {code: known.get(code, 0) + (price if code != own else 0) for code in grid.left[cell]}


def _own(grid: Grid, cell: Cell, roster: Roster) -> Code | None:
    person, day = grid.places[cell]
    return grid.code.get(roster.cells[person][day] or "")


def _moved(state: State, roster: Roster) -> set[Cell]:
    """Return the cells that hold another shift than they did and may hold another."""
    grid = state.grid
    return {
        cell
        for cell, code in enumerate(state.codes)
        if len(grid.left[cell]) > 1 and _own(grid, cell, roster) not in (None, code)
    }


def _beside(state: State, roster: Roster) -> set[Cell]:
    """Return the cells of the people who move, and on the days of moves, nearest days first, as many as are freed."""
    grid = state.grid
    moved = [grid.places[cell] for cell in _moved(state, roster)]
    people, days = {person for person, _ in moved}, {day for _, day in moved}

    def away(cell: Cell) -> int:
        return min(abs(grid.places[cell][1] - day) for day in days)

    beside = [
        cell
        for cell, (person, day) in enumerate(grid.places)
        if len(grid.left[cell]) > 1 and (person in people or day in days)
    ]
    return set(sorted(beside, key=away)[:NEAR])


def leave_out(state: State, roster: Roster) -> None:
    """Give a moved cell back what it held, as long as one is as well without its move."""
    grid = state.grid
    moved = True
    while moved:
        moved = False
        for cell, (person, day) in enumerate(grid.places):
            code = grid.code.get(roster.cells[person][day] or "", -1)
            if code in grid.left[cell] and code != state.codes[cell] and state.delta(cell, code) < 0:
                state.move(cell, code)
                moved = True


def moved_cells(before: Roster, after: Roster, pin: Pin) -> tuple[Move, ...]:
    """Return the decided cells that move, the cell asked about first."""
    moved = (move for move in moves(before, after) if move.before is not None)
    return tuple(sorted(moved, key=lambda move: (move.person, move.day) != (pin.person, pin.day)))
