"""The two halves that a problem is decomposed into: a diagram of each person's row, and one of each day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from solver.decomposition import Decomposition
from solver.diagram import Diagram, diagram
from solver.grid import Grid, Row
from solver.layers import Layers
from solver.totals import Cell

NODES = 25_000
"""Of one diagram, at most: some milliseconds a round for a few dozen of them."""


def decomposed(grid: Grid, stopped: Callable[[], bool]) -> Decomposition | None:
    """Return the two halves of a grid, or None where a diagram would be too large.

    Parameters
    ----------
    grid : Grid
    stopped : callable
        Polled between diagrams; once true there is none.
    """
    of_person: dict[int, list[Row]] = {}
    of_day: dict[int, list[Row]] = {}
    for row in grid.rows:
        places = [grid.places[cell] for side in row.sides for cell in side.cells]
        people, days = {person for person, _ in places}, {day for _, day in places}
        if len(people) == 1:
            of_person.setdefault(people.pop(), []).append(row)
        elif len(days) == 1:
            of_day.setdefault(days.pop(), []).append(row)
    people = [
        (range(grid.cell[person, days[0]], grid.cell[person, days[-1]] + 1), of_person.get(person, []))
        for person, days in enumerate(grid.index.employed)
        if days
    ]
    days = [(_in_order(rows), rows) for rows in of_day.values()]
    if not people or not days:
        return None
    halves: list[Layers] = []
    for half in (days, people):  # of many people the days are too large
        diagrams: list[Diagram] = []
        for cells, rows in half:
            found = None if stopped() else diagram(grid, cells, rows, NODES)
            if found is None:
                return None
            diagrams.append(found)
        halves.append(Layers(diagrams, len(grid.shifts)))
    return Decomposition(grid, halves[1], halves[0])


def _in_order(rows: Iterable[Row]) -> Sequence[Cell]:
    """Return the cells of some rows in an order in which few rows of few cells reach across a place."""
    looks = [frozenset(cell for side in row.sides for cell in side.cells) for row in rows]
    left = set[Cell]().union(*looks)
    few = [cells for cells in dict.fromkeys(looks) if len(cells) * 2 <= len(left)]
    order: list[Cell] = []
    done: set[Cell] = set()

    def reaching(cell: Cell) -> tuple[int, Cell]:
        then = done | {cell}
        return sum(bool(cells & then) and not cells <= then for cells in few), cell

    while left:
        order.append(min(left, key=reaching))
        done.add(order[-1])
        left.discard(order[-1])
    return order
