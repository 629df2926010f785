"""Searching a run's cells again around what was edited since it began: which stay, and from where the search starts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from shiftapp.domain.book import Book
from shiftapp.domain.cell import Cells, Place
from shiftapp.domain.compile import KEPT, compile_problem
from shiftapp.domain.run import Rows, Run
from solver.problem import Problem
from solver.rules import Pin, Pins


def edited_since(run: Run, cells: Cells) -> frozenset[Place]:
    """Return the cells that somebody changed since the run began; applying it is no edit."""
    return frozenset(
        place for place, cell in cells.items() if cell.version > run.base_seq and cell.version != run.applied_seq
    )


def around_edits(run: Run, before: Problem, book: Book, cells: Cells) -> Problem:
    """Return the problem of the cells that ``run`` decided, with what was edited since as it stands.

    Edits are held whatever the rule of pins says. One that emptied a cell holds nothing: "not decided yet" is for
    the search to decide.

    Parameters
    ----------
    before : Problem
        What the run was given: the cells that it had to keep are kept again.
    cells : Cells
        As they stand.

    Raises
    ------
    ValueError
        The book has no active staff or no shift types.
    """
    kept = {_place(pin, before.start) for pin in _pins(before, KEPT)}
    edited = edited_since(run, cells)
    decided = {place for place, _ in run.cells()} - kept - edited
    # a pin obeys that rule, which may be soft; what is outside the selection is kept
    plain = {place: replace(cell, pinned=cell.pinned and place not in edited) for place, cell in cells.items()}
    return compile_problem(book, plain, "selection", decided)


def former_roster(run: Run, problem: Problem) -> Rows:
    """Return the run's roster as a start for ``problem``: who and what is gone left out, what must stay put in."""
    shifts, rows = {shift.id for shift in problem.shifts}, dict[str, list[str | None]]()
    for person in problem.people:
        first, last = person.first_day or 0, problem.days - 1 if person.last_day is None else person.last_day
        row = (run.roster or {}).get(person.id, (None,) * problem.days)
        rows[person.id] = [shift if shift in shifts and first <= day <= last else None for day, shift in enumerate(row)]
    for pin in _pins(problem):
        rows[pin.person][pin.day] = pin.shift
    return rows


def _pins(problem: Problem, rule_id: str | None = None) -> Iterator[Pin]:
    """Yield the pins of a problem, or those of one rule."""
    for rule in problem.rules:
        if isinstance(rule, Pins) and rule_id in (None, rule.id):
            yield from rule.cells


def _place(pin: Pin, starts: date) -> Place:
    return int(pin.person), starts + timedelta(days=pin.day)
