"""Why this, why not: what another shift in a cell would cost, alone and with other cells moved.

It is asked beside the period's run, by one person for that person alone; what is made of the answer is an edit.
"""

import asyncio
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from shiftapp.domain.book import Book
from shiftapp.domain.cell import Cells, Place
from shiftapp.domain.compile import compile_problem, roster_rows
from shiftapp.domain.permission import Action
from shiftapp.domain.refusal import Refused, authorise
from shiftapp.domain.visitor import Visitor
from shiftapp.live import hub
from shiftapp.live.replica import Replica
from shiftapp.live.why import found_values, tried_values
from shiftapp.services.questions import WhyNot
from shiftapp.services.solver_process import Spare
from shiftapp.services.solving import MEMORY_MB, SolverDied, ask_child
from shiftapp.store.books import read_period
from shiftapp.store.database import database
from solver.problem import Problem
from solver.run import Stop

SECONDS: Final = 1.6
"""Of the search; with the way there and back they are two at most."""
KEPT: Final = 120.0
"""Seconds that a process waits for a question."""
AT_ONCE: Final = 2
"""Questions that are worked on at a time; others wait for their turn."""

_turns: Final = asyncio.Semaphore(AT_ONCE)
_spare: Final = Spare(MEMORY_MB, KEPT)


@dataclass(frozen=True, slots=True)
class Question:
    """A problem with what is asked of it, and how many cells it has empty."""

    problem: Problem
    asked: WhyNot
    empty: int


async def look(who: Visitor, period_id: int, place: Place) -> dict[str, Any] | Refused:
    """Return what each shift type in a cell would change with every other cell as it is, as the page reads it."""
    if (refused := authorise(who, Action.GENERATE)) is not None:
        return refused
    replica = await _replica(who, period_id)
    if replica is None:
        return Refused("period.unknown")
    return tried_values(replica, place) or Refused("why.no_cell")


async def expect() -> None:
    """Have a process started for the question that will likely be asked next."""
    await _spare.prepare()


async def why_not(who: Visitor, period_id: int, place: Place, shift: int, stop: Stop) -> dict[str, Any] | Refused:
    """Return what a shift in a cell would cost at best, other cells moved, as the page reads it.

    Pinned cells stay, but for the cell itself. Takes `SECONDS` once it is its turn, and, unless a question
    was expected, the start of a process.

    Parameters
    ----------
    stop : Stop
        Ends the search early: the answer is then of no use.

    Returns
    -------
    dict or Refused
        ``why.no_cell`` where there is no such cell or shift, ``run.`` and why where the solver's process died.
    """
    if (refused := authorise(who, Action.GENERATE)) is not None:
        return refused
    async with _turns:
        reading = await read_period(database(), who.team_id, period_id)
        if reading is None or reading.book.period.state == "archived":
            return Refused("edit.archived" if reading else "period.unknown")
        question = await asyncio.to_thread(_compiled, reading.book, reading.cells, place, shift)
        if question is None:
            return Refused("why.no_cell")
        try:
            answer = await ask_child(question.problem, question.asked, stop, spare=_spare)
        except SolverDied as died:
            return Refused(f"run.{died.reason}")
    replica = await _replica(who, period_id)
    if replica is None:
        return Refused("period.unknown")
    if answer is None:
        return {"verdict": "unknown"}
    return found_values(answer, question.empty, replica.lines) | {"seq": reading.book.period.seq}


async def _replica(who: Visitor, period_id: int) -> Replica | None:
    held = hub.current()
    if held is None:
        raise RuntimeError("this process serves no pages: no hub is bound")
    return await held.open(who.team_id, period_id)


def _compiled(book: Book, cells: Cells, place: Place, shift: int) -> Question | None:
    """Return the question with the cell itself unpinned; None where there is no such cell or shift to plan with."""
    lifted = {at: replace(cell, pinned=cell.pinned and at != place) for at, cell in cells.items()}
    problem = compile_problem(book, lifted, "unpinned")
    shifts = {one.id for one in problem.shifts}
    person, day = str(place[0]), _index(book, place[1])
    row = problem.index.person.get(person)
    if row is None or day not in problem.index.employed[row] or str(shift) not in shifts:
        return None
    rows = {
        name: tuple(held if held in shifts else None for held in line)
        for name, line in roster_rows(book.planned(), cells).items()
    }
    empty = sum(
        rows[name][at] is None for name, at_work in zip(problem.index.ids, problem.index.employed, strict=True)
        for at in at_work
    )  # fmt: skip
    asked = WhyNot(seconds=SECONDS, roster=rows, person=person, day=day, shift=str(shift))
    return Question(problem, asked, empty)


def _index(book: Book, day: date) -> int:
    return book.index(day) if day in book.period else -1
