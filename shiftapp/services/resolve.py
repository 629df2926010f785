"""Searching again around the edits that a run met: they are held, the rest of what it decided is decided anew."""

import asyncio
from collections.abc import Mapping
from typing import Any

from shiftapp.domain.book import Reading
from shiftapp.domain.cell import Place
from shiftapp.domain.permission import Action
from shiftapp.domain.refusal import Refused, authorise
from shiftapp.domain.resolve import around_edits, former_roster, held_edits, still_away
from shiftapp.domain.run import Rows, Run, rebase
from shiftapp.domain.visitor import Visitor
from shiftapp.services.options import new_repair, no_repair
from shiftapp.services.runs import queue_run
from shiftapp.store import runs
from shiftapp.store.books import read_period
from shiftapp.store.database import database
from solver.problem import Problem


async def resolve_clashes(who: Visitor, run_id: int) -> Run | Refused:
    """Queue a run over the cells of another, applied or not, that holds what was edited since that one began.

    It has the other's limits and starts from its roster; of a repair, it looks for cover again, near to the cells as
    they stand, on the days of the absence on which nobody was given work.

    Returns
    -------
    Run or Refused
        ``run.unknown``, ``run.active``, ``run.nothing_found``, ``edit.archived``; ``run.no_clashes`` where no edit
        stands against the run; of a repair, ``repair.at_work`` where no day of the absence is left.
    """
    if (refused := authorise(who, Action.GENERATE)) is not None:
        return refused
    async with database().raw_transaction(who.team_id, who.user_id) as connection:
        run = await runs.read_run(connection, run_id)
        before = await runs.problem_of(connection, run_id)
    if run is None or before is None:
        return Refused("run.unknown")
    reading = await read_period(database(), who.team_id, run.period_id)
    if reading is None:
        return Refused("period.unknown")
    if (refused := _refused(run, reading)) is not None:
        return refused
    new = await (_cover if run.kind == "repair" else _roster)(who, run, before, reading)
    async with database().raw_transaction(who.team_id, who.user_id) as connection:
        return await queue_run(connection, new)


def _refused(run: Run, reading: Reading) -> Refused | None:
    if reading.book.period.state == "archived":
        return Refused("edit.archived")
    if run.active:
        return Refused("run.active", {"who": run.user_name})
    if run.status not in ("finished", "applied") or run.roster is None:
        return Refused("run.nothing_found")
    met = run.left_alone() if run.status == "applied" else rebase(run, reading.cells).clashes
    if not met:
        return Refused("run.no_clashes")
    if not any(member.active for member in reading.book.staff) or not reading.book.shift_types:
        return Refused("run.nothing_to_decide")
    return _not_away(run, reading) if run.kind == "repair" else None


def _not_away(run: Run, reading: Reading) -> Refused | None:
    first, last = min(run.away()), max(run.away())
    if (refused := no_repair(reading.book, first[0], first[1], last[1])) is not None:
        return refused
    return None if still_away(run, reading.book, reading.cells) else Refused("repair.at_work")


async def _roster(who: Visitor, run: Run, before: Mapping[str, Any], reading: Reading) -> runs.NewRun:
    def compiled() -> tuple[dict[str, Any], Rows]:
        held = held_edits(run, Problem.model_validate(before), reading.cells)
        problem = around_edits(run, reading.book, reading.cells, held)
        return problem.model_dump(mode="json"), former_roster(run, problem)

    problem, start = await asyncio.to_thread(compiled)
    return runs.NewRun(
        team_id=who.team_id,
        period_id=run.period_id,
        user_id=who.user_id,
        user_name=who.name,
        scope="selection",
        seconds=run.seconds,
        workers=run.workers,
        seed=run.seed,
        base_seq=reading.book.period.seq,
        problem=problem,
        question={"start": start},
    )


async def _cover(who: Visitor, run: Run, before: Mapping[str, Any], reading: Reading) -> runs.NewRun:
    away = still_away(run, reading.book, reading.cells)

    def compiled() -> tuple[Problem, frozenset[Place]]:
        held = held_edits(run, Problem.model_validate(before), reading.cells)
        return around_edits(run, reading.book, reading.cells, held, away), held

    problem, held = await asyncio.to_thread(compiled)
    return await new_repair(who, reading, problem, away, held)
