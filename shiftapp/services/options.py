"""Runs that offer several rosters: who covers an absence, and which of a run's options everybody is shown."""

import asyncio
from collections.abc import Iterator, Set
from datetime import date, timedelta
from typing import Any, Final

from shiftapp.domain.absence import absence, to_spans, without_pins
from shiftapp.domain.book import Book, Reading
from shiftapp.domain.cell import Place
from shiftapp.domain.compile import compile_problem, roster_rows
from shiftapp.domain.permission import Action
from shiftapp.domain.refusal import Refused, authorise
from shiftapp.domain.run import Proposal, Run
from shiftapp.domain.visitor import Visitor
from shiftapp.services.questions import Alternatives, Repair
from shiftapp.services.runs import queue_run, told
from shiftapp.services.schedule import today
from shiftapp.store import runs
from shiftapp.store.books import read_period
from shiftapp.store.database import database
from solver.check import Checker
from solver.problem import Problem

REPAIR_SECONDS: Final = 8.0
"""Seconds of the search; with the start of its process it stays below `REPAIR_LIMIT`."""
REPAIR_LIMIT: Final = 10
ALTERNATIVES_SECONDS, ALTERNATIVES_LIMIT = 25.0, 30
"""Seconds of the search for alternatives, and with the start of its process."""
NOTICE: Final = 7
"""Days from today in which a published cell is changed at short notice."""
PAST, SHORT, PUBLISHED = 20, 4, 2
"""How much changing a cell counts against one of a draft: worked already, at short notice, published."""


async def start_repair(who: Visitor, period_id: int, staff_id: int, first: date, last: date) -> Run | Refused:
    """Queue a run that finds who covers while somebody is away from ``first`` to ``last``, both inclusive.

    It may change what is not pinned; dates outside the period are left out.
    """
    if (refused := authorise(who, Action.GENERATE)) is not None:
        return refused
    reading = await read_period(database(), who.team_id, period_id)
    if reading is None:
        return Refused("period.unknown")
    book = reading.book
    if (refused := no_repair(book, staff_id, first, last)) is not None:
        return refused
    away = absence(staff_id, max(first, book.period.starts), min(last, book.period.ends))

    def compiled() -> Problem:
        return compile_problem(book, without_pins(reading.cells, away), "unpinned")

    new = await new_repair(who, reading, await asyncio.to_thread(compiled), away)
    async with database().raw_transaction(who.team_id, who.user_id) as connection:
        return await queue_run(connection, new)


def no_repair(book: Book, staff_id: int, first: date, last: date) -> Refused | None:
    """Say why nobody can be asked to cover an absence, if that is so."""
    if book.period.state == "archived":
        return Refused("edit.archived")
    if not any(member.id == staff_id and member.active for member in book.staff):
        return Refused("repair.unknown")
    if last < first or last < book.period.starts or first > book.period.ends:
        return Refused("repair.dates")
    if all(shift.absence != 2 for shift in book.shift_types) or all(shift.absence == 2 for shift in book.shift_types):
        return Refused("repair.no_absence")
    return None


async def new_repair(
    who: Visitor, reading: Reading, problem: Problem, away: Set[Place], held: Set[Place] = frozenset()
) -> runs.NewRun:
    """Return the run that looks for cover, near to the cells as they stand.

    Parameters
    ----------
    problem : Problem
        Without the pins of ``away``.
    held : set of Place
        Cells that ``problem`` holds: those of the absence have a day off already.
    """
    period, day = reading.book.period, today(reading.book.team.zone)

    def asked() -> dict[str, Any]:
        return {
            "problem": problem.model_dump(mode="json"),
            "asked": _question(reading, problem, away - held, day).model_dump(mode="json"),
        }

    compiled = await asyncio.to_thread(asked)
    return runs.NewRun(
        team_id=who.team_id,
        period_id=period.id,
        user_id=who.user_id,
        user_name=who.name,
        scope="unpinned",
        seconds=REPAIR_LIMIT,
        workers=1,
        seed=0,
        base_seq=period.seq,
        problem=compiled["problem"],
        kind="repair",
        question={"away": to_spans(away), "asked": compiled["asked"]},
    )


async def start_alternatives(who: Visitor, run_id: int, within: float) -> Run | Refused:
    """Queue a run for rosters that cost at most ``within`` percent more than a run's, and differ from it.

    Of a run that was applied, the roster is the period's as it stands now.
    """
    if (refused := authorise(who, Action.GENERATE)) is not None:
        return refused
    async with database().raw_transaction(who.team_id, who.user_id) as connection:
        run = await runs.read_run(connection, run_id)
        problem: Any = await runs.problem_of(connection, run_id)
    if run is None or problem is None:
        return Refused("run.unknown")
    if run.status not in ("finished", "applied") or run.roster is None:
        return Refused("run.nothing_found")
    rows, base_seq = {person: tuple(row) for person, row in run.roster.items()}, run.base_seq
    if run.status == "applied":
        reading = await read_period(database(), who.team_id, run.period_id)
        if reading is None or reading.book.period.state == "archived":
            return Refused("edit.archived" if reading else "period.unknown")
        compiled = await asyncio.to_thread(compile_problem, reading.book, reading.cells, "unpinned")
        problem, base_seq = compiled.model_dump(mode="json"), reading.book.period.seq
        held = roster_rows(reading.book.planned(), reading.cells)
        rows = {person: tuple(row) for person, row in held.items()}
    if not await asyncio.to_thread(_whole, problem, rows):
        return Refused("others.broken")
    asked = Alternatives(seconds=ALTERNATIVES_SECONDS, best=rows, within=within)
    new = runs.NewRun(
        team_id=who.team_id, period_id=run.period_id, user_id=who.user_id, user_name=who.name, scope=run.scope,
        seconds=ALTERNATIVES_LIMIT, workers=1, seed=0, base_seq=base_seq, problem=problem, kind="alternatives",
        question={"asked": asked.model_dump(mode="json")},
    )  # fmt: skip
    async with database().raw_transaction(who.team_id, who.user_id) as connection:
        return await queue_run(connection, new)


def _whole(problem: Any, rows: Any) -> bool:
    """Say whether a roster has no empty cell and keeps the hard rules."""
    asked = Problem.model_validate(problem)
    shifts = {shift.id for shift in asked.shifts}
    if any(shift is not None and shift not in shifts for row in rows.values() for shift in row):
        return False
    checker = Checker(asked, rows)
    return not checker.undecided and not checker.hard


def _question(reading: Reading, problem: Problem, away: Set[Place], now: date) -> Repair:
    book, days = reading.book, dict[str, list[int]]()
    for staff_id, day in sorted(away):
        days.setdefault(str(staff_id), []).append(book.index(day))
    shifts = {shift.id for shift in problem.shifts}
    rows = roster_rows(book.planned(), reading.cells)
    return Repair(
        seconds=REPAIR_SECONDS,
        published={person: tuple(shift if shift in shifts else None for shift in row) for person, row in rows.items()},
        away={person: tuple(gone) for person, gone in days.items()},
        weights=tuple((person, day, weight) for day, weight in _weights(book, now) for person in rows),
    )


def _weights(book: Book, now: date) -> Iterator[tuple[int, int]]:
    """Yield the days, by position, on which a changed cell counts more than one, and how much."""
    published = book.period.state == "published"
    for position, day in enumerate(book.period.dates()):
        if day < now:
            yield position, PAST
        elif published:
            yield position, SHORT if day < now + timedelta(days=NOTICE) else PUBLISHED


async def choose_option(who: Visitor, run_id: int, choice: int) -> Run | Refused:
    """Make the roster of a way out or of a repair the run's proposal: everybody sees it, and may apply it.

    It was verified when it was found, so nothing has to be searched again. It is priced by the rules as they were when
    the run was asked for: a rule that a way out gives up is among what it breaks.
    """
    if (refused := authorise(who, Action.GENERATE)) is not None:
        return refused
    async with database().raw_transaction(who.team_id, who.user_id) as connection:
        run = await runs.read_run(connection, run_id, lock=True)
        if run is None:
            return Refused("run.unknown")
        if run.status not in ("failed", "finished"):
            return Refused("run.active" if run.active else "run.over", {"who": run.user_name})
        option = run.option(choice)
        if option is None:
            return Refused("run.no_option")
        problem = await runs.problem_of(connection, run_id)
        shown = await asyncio.to_thread(_proposal, problem, option["roster"])
        await runs.propose(connection, run_id, choice, shown)
        return await told(connection, run_id)


def _proposal(problem: Any, roster: Any) -> Proposal:
    checker = Checker(Problem.model_validate(problem), roster)
    return Proposal(roster, checker.cost, tuple(checker.violations()))
