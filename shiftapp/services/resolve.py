"""Searching again around the edits that a run met: they are held, the rest of what it decided is decided anew."""

import asyncio
from collections.abc import Mapping
from typing import Any

from shiftapp.domain.book import Reading
from shiftapp.domain.permission import Action
from shiftapp.domain.refusal import Refused, authorise
from shiftapp.domain.resolve import around_edits, former_roster
from shiftapp.domain.run import Rows, Run, rebase
from shiftapp.domain.visitor import Visitor
from shiftapp.services.runs import queue_run
from shiftapp.store import runs
from shiftapp.store.books import read_period
from shiftapp.store.database import database
from solver.problem import Problem


async def resolve_clashes(who: Visitor, run_id: int) -> Run | Refused:
    """Queue a run over the cells of another, applied or not, that holds what was edited since that one began.

    It starts from the other's roster and has its limits.

    Returns
    -------
    Run or Refused
        ``run.unknown``, ``run.active``, ``run.nothing_found``, ``edit.archived``; ``run.no_clashes`` where no edit
        stands against the run, or it was a repair, whose options are asked for anew.
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
    problem, start = await asyncio.to_thread(_compiled, run, before, reading)
    new = runs.NewRun(
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
    if run.kind == "repair" or not met:
        return Refused("run.no_clashes")
    if not any(member.active for member in reading.book.staff) or not reading.book.shift_types:
        return Refused("run.nothing_to_decide")
    return None


def _compiled(run: Run, before: Mapping[str, Any], reading: Reading) -> tuple[dict[str, Any], Rows]:
    problem = around_edits(run, Problem.model_validate(before), reading.book, reading.cells)
    return problem.model_dump(mode="json"), former_roster(run, problem)
