"""Searching a run's cells again around what was edited since it began: which stay, and from where the search starts."""

from collections.abc import Sequence, Set
from datetime import date, timedelta

from shiftapp.domain.absence import without_pins
from shiftapp.domain.book import Book
from shiftapp.domain.cell import EMPTY, Cells, Place
from shiftapp.domain.compile import KEPT, compile_problem
from shiftapp.domain.run import Rows, Run
from solver.problem import Problem
from solver.rules import AnyRule, Pin, Pins


def edited_since(run: Run, cells: Cells) -> frozenset[Place]:
    """Return the cells that somebody changed since the run began; applying it is no edit."""
    return frozenset(
        place for place, cell in cells.items() if cell.version > run.base_seq and cell.version != run.applied_seq
    )


def held_edits(run: Run, before: Problem, cells: Cells) -> frozenset[Place]:
    """Return the cells that searching again may not change: edited since the run began, or held by the run itself.

    One that was emptied holds nothing: "not decided yet" is for the search to decide.

    Parameters
    ----------
    before : Problem
        What the run was given.
    cells : Cells
        As they stand.
    """
    kept = {_place(pin, before.start) for rule in before.rules if rule.id == KEPT for pin in _pins(rule)}
    return frozenset(place for place in kept | edited_since(run, cells) if cells.get(place, EMPTY).shift is not None)


def still_away(run: Run, book: Book, cells: Cells) -> frozenset[Place]:
    """Return the cells of a repair's absence, without those that somebody gave work since it began."""
    absent = {shift.id for shift in book.shift_types if shift.absence == 2}
    at_work = {place for place in edited_since(run, cells) if cells[place].shift not in {None, *absent}}
    return frozenset(place for place in run.away() - at_work if place[1] in book.period)


def around_edits(run: Run, book: Book, cells: Cells, held: Set[Place], away: Set[Place] = frozenset()) -> Problem:
    """Return the problem of the cells that ``run`` decided, as they stand, with ``held`` as it is.

    Edits are held whatever the rule of pins says.

    Parameters
    ----------
    held : set of Place
        See `held_edits`.
    away : set of Place
        Of a repair: see `still_away`. Pins there give way.

    Raises
    ------
    ValueError
        The book has no active staff or no shift types.
    """
    decided = {place for place, _ in run.cells()} - held
    # a pin obeys that rule, which may be soft; what is outside the selection is kept
    return compile_problem(book, without_pins(cells, held | away), "selection", decided)


def former_roster(run: Run, problem: Problem) -> Rows:
    """Return the run's roster as a start for ``problem``: who and what is gone left out, what must stay put in."""
    shifts, rows = {shift.id for shift in problem.shifts}, dict[str, list[str | None]]()
    for person in problem.people:
        first, last = person.first_day or 0, problem.days - 1 if person.last_day is None else person.last_day
        row = (run.roster or {}).get(person.id, (None,) * problem.days)
        rows[person.id] = [shift if shift in shifts and first <= day <= last else None for day, shift in enumerate(row)]
    for rule in problem.rules:
        for pin in _pins(rule):
            rows[pin.person][pin.day] = pin.shift
    return rows


def _pins(rule: AnyRule) -> Sequence[Pin]:
    return rule.cells if isinstance(rule, Pins) else ()


def _place(pin: Pin, starts: date) -> Place:
    return int(pin.person), starts + timedelta(days=pin.day)
