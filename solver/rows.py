"""Rows that keep their hard rules, one person after another, where no change of a single cell leads to one.

With hard run lengths or hours, almost every step between two legal rows is illegal, so a descent cell by cell stops
half-way. A row by itself is a small model: its hard rules, and the cover that the rows before it have left.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from solver.cp import cp_model
from solver.cpsat import one_thread, solution
from solver.grid import Cell, Grid
from solver.model import Model
from solver.state import State

WORK = 0.02
"""Deterministic time (about seconds) for the cover of one row, once it is legal."""
SHARE = 20
"""How many times as long to look for any legal row."""


def legal_rows(state: State, seed: int, stopped: Callable[[], bool]) -> None:
    """Give everyone with a broken hard rule a legal row, as cheap as is found at once.

    Parameters
    ----------
    state : State
        Changed in place.
    seed : int
        Orders the people.
    stopped : callable
        Polled between people.
    """
    rows = rows_of(state.grid)
    people = [person for person, cells in enumerate(rows) if cells]
    random.Random(seed).shuffle(people)
    for person in people:
        if stopped() or state.feasible:
            return
        if _broken(state, rows[person]):
            _settle(state, rows[person], seed)


def rows_of(grid: Grid) -> list[list[Cell]]:
    """Return the cells with a choice of each person."""
    rows: list[list[Cell]] = [[] for _ in grid.index.ids]
    for cell, (person, _) in enumerate(grid.places):
        if len(grid.left[cell]) > 1:
            rows[person].append(cell)
    return rows


def _broken(state: State, cells: Sequence[Cell]) -> bool:
    """Whether a hard rule that looks at one of the cells is broken."""
    rows, measures = state.grid.rows, state.grid.measures
    return any(
        rows[row].weight is None and state.excess[row] for cell in cells for row, _, _ in state.looks[cell]
    ) or any(
        measures[number].weight is None and state.gauge.excess[number]
        for cell in cells
        for number, _, _ in state.gauge.looks.get(cell, ())
    )


def _settle(state: State, cells: Sequence[Cell], seed: int) -> None:
    model = Model(state, cells)
    solver = one_thread(seed)
    solver.parameters.relative_gap_limit = 0.02
    for work in (WORK, WORK * SHARE):
        solver.parameters.max_deterministic_time = work
        if solver.solve(model.cp) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            state.become(model.read(solution(solver)))
            return
