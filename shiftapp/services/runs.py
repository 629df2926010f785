"""Generate: start a run, take its best so far, stop it, apply what it found or throw it away."""

import asyncio
import os
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from shiftapp.domain.cell import Place
from shiftapp.domain.compile import Scope, compile_problem
from shiftapp.domain.edit import CellAsked, EditAsked, EditDone
from shiftapp.domain.permission import Action
from shiftapp.domain.refusal import Refused, authorise
from shiftapp.domain.run import LONGEST, SHORTEST, USUAL, Clash, Run, rebase
from shiftapp.domain.visitor import Visitor
from shiftapp.services.edits import show
from shiftapp.store import queue, runs
from shiftapp.store.books import read_period
from shiftapp.store.database import Connection, database
from shiftapp.store.edits import Author, edit_inside

MOST_WORKERS: Final = 8
"""Threads of one search at most; further ones help less than they take from others."""


@dataclass(frozen=True, slots=True)
class Applied:
    """A run has become one change set.

    Attributes
    ----------
    done : EditDone or None
        The change set; None where there was nothing left to change, or it had been applied before.
    clashes : tuple of Clash
        Cells that were edited since the run began: the edits stand.
    gone : int
        Cells of the run's roster that no longer exist, or whose staff member or shift type was made inactive.
    repeated : bool
        Whether it had been applied before.
    """

    run: Run
    done: EditDone | None
    clashes: tuple[Clash, ...]
    gone: int = 0
    repeated: bool = False

    @property
    def seq(self) -> int | None:
        """The change set's number."""
        return self.run.applied_seq


def threads() -> int:
    """Return how many threads a search uses on this machine; two at least, since they search in different ways."""
    return max(2, min(MOST_WORKERS, os.cpu_count() or 1))


async def start_run(
    who: Visitor,
    period_id: int,
    scope: Scope,
    seconds: int = USUAL,
    *,
    selection: Collection[Place] = (),
    workers: int | None = None,
    seed: int = 0,
) -> Run | Refused:
    """Queue a run for a period: the run, the problem as it stands now and the job, in one transaction.

    Parameters
    ----------
    scope : {"blanks", "unpinned", "selection"}
        Which cells it may decide; ``selection`` names them for the last.
    seconds : int
        Time limit, 1–600.
    workers : int, optional
        Threads of its search, `threads` unless given.

    Returns
    -------
    Run or Refused
        Refused with who is at it where the period has a run that waits or works.
    """
    if (refused := authorise(who, Action.GENERATE)) is not None:
        return refused
    if not SHORTEST <= seconds <= LONGEST:
        return Refused("run.limit", {"shortest": SHORTEST, "longest": LONGEST})
    reading = await read_period(database(), who.team_id, period_id)
    if reading is None:
        return Refused("period.unknown")
    book = reading.book
    if book.period.state == "archived":
        return Refused("edit.archived")
    if not any(member.active for member in book.staff) or not book.shift_types:
        return Refused("run.nothing_to_decide")

    def compiled() -> dict[str, Any]:
        return compile_problem(book, reading.cells, scope, selection).model_dump(mode="json")

    new = runs.NewRun(
        team_id=who.team_id,
        period_id=period_id,
        user_id=who.user_id,
        user_name=who.name,
        scope=scope,
        seconds=seconds,
        workers=workers or threads(),
        seed=seed,
        base_seq=book.period.seq,
        problem=await asyncio.to_thread(compiled),
    )
    async with database().raw_transaction(who.team_id, who.user_id) as connection:
        return await queue_run(connection, new)


async def queue_run(connection: Connection, new: runs.NewRun) -> Run | Refused:
    """Write a run and its job; refused with who is at it where the period has a run that waits or works."""
    run_id = await runs.add_run(connection, new)
    if run_id is None:
        other = await runs.newest_run(connection, new.period_id)
        return Refused("run.active", {"who": other.user_name if other else ""})
    job_id = await queue.enqueue_run(connection, run_id, new.team_id)
    await runs.set_job(connection, run_id, job_id)
    return await told(connection, run_id)


async def finish_run(who: Visitor, run_id: int) -> Run | Refused:
    """End a run with the best roster so far; one that has none yet ends cancelled."""
    if (refused := authorise(who, Action.GENERATE)) is not None:
        return refused
    async with database().raw_transaction(who.team_id, who.user_id) as connection:
        run = await runs.read_run(connection, run_id, lock=True)
        if run is None or not run.active:
            return Refused("run.unknown" if run is None else "run.over")
        if not await runs.ask_to_finish(connection, run_id):
            await runs.stop_run(connection, run_id, "cancelled" if run.roster is None else "finished")
            await _drop_job(connection, run_id)
        return await told(connection, run_id)


async def cancel_run(who: Visitor, run_id: int) -> Run | Refused:
    """End a run for nothing, whether it waits or works; its worker sees that and stops the search."""
    if (refused := authorise(who, Action.GENERATE)) is not None:
        return refused
    async with database().raw_transaction(who.team_id, who.user_id) as connection:
        run = await runs.read_run(connection, run_id, lock=True)
        if run is None:
            return Refused("run.unknown")
        if not await runs.stop_run(connection, run_id, "cancelled"):
            return Refused("run.over")
        await _drop_job(connection, run_id)
        return await told(connection, run_id)


async def apply_run(who: Visitor, run_id: int) -> Applied | Refused:
    """Make a run's roster the period's, in one change set, without touching what was edited or pinned meanwhile.

    Applied a second time it answers as before and changes nothing.
    """
    if (refused := authorise(who, Action.APPLY_RUN)) is not None:
        return refused
    async with database().raw_transaction(who.team_id, who.user_id) as connection:
        run = await runs.read_run(connection, run_id, lock=True)
        if run is None:
            return Refused("run.unknown")
        if run.status == "applied":
            return Applied(run, None, run.left_alone(), repeated=True)
        if run.status != "finished" or run.roster is None:
            return Refused("run.nothing_found")
        applied = await _apply(connection, who, run)
    if isinstance(applied, Applied) and applied.done is not None:
        await show(run.period_id, applied.done)
    return applied


async def _apply(connection: Connection, who: Visitor, run: Run) -> Applied | Refused:
    """Rebase the run on the cells as they stand, which no edit can change until the transaction ends."""
    rebased = rebase(run, await runs.hold_cells(connection, run.period_id))
    possible = await runs.possible(connection, run.period_id, rebased.changes)
    cells = tuple(_asked(run, place, shift) for place, shift in sorted(rebased.changes.items()) if place in possible)
    gone = len(rebased.changes) - len(cells)
    cells += tuple(CellAsked(staff_id=staff_id, day=day, pinned=True) for staff_id, day in sorted(rebased.stay))
    done = None
    if cells:
        asked = EditAsked(period_id=run.period_id, edit_id=run.edit_id, kind="run", run_id=run.id, cells=cells)
        done = await edit_inside(connection, Author(who.team_id, who.user_id, who.name), asked)
        if isinstance(done, Refused):
            return done
    names = await runs.authors_of(connection, run.period_id, {clash.version for clash in rebased.clashes})
    clashes = tuple(clash._replace(who=names.get(clash.version, "")) for clash in rebased.clashes)
    await runs.close_run(connection, run.id, "applied", None if done is None else done.seq, clashes)
    run = await told(connection, run.id)
    return Applied(run, done, clashes, gone)


def _asked(run: Run, place: Place, shift: int) -> CellAsked:
    """Ask for a cell of the run's roster: a way out takes pins off, and who is away is pinned to be so."""
    given = CellAsked(staff_id=place[0], day=place[1], shift=shift)
    pinned = place in run.away()
    return given.model_copy(update={"pinned": pinned}) if pinned or place in run.lifted() else given


async def discard_run(who: Visitor, run_id: int) -> Run | Refused:
    """Throw away what a run found; a run that failed or was cancelled is put out of sight."""
    if (refused := authorise(who, Action.APPLY_RUN)) is not None:
        return refused
    async with database().raw_transaction(who.team_id, who.user_id) as connection:
        run = await runs.read_run(connection, run_id, lock=True)
        if run is None:
            return Refused("run.unknown")
        if run.active or run.status == "applied":
            return Refused("run.active" if run.active else "run.over", {"who": run.user_name})
        await runs.close_run(connection, run_id, "discarded")
        return await told(connection, run_id)


async def run_state(team_id: int, period_id: int) -> Run | None:
    """Return the latest run of a period as its row has it; None where it never had one."""
    async with database().raw_transaction(team_id) as connection:
        return await runs.newest_run(connection, period_id)


async def told(connection: Connection, run_id: int) -> Run:
    """Tell every server of the change that the transaction makes; return the run after it."""
    run = await runs.read_run(connection, run_id)
    assert run is not None
    await runs.notify(connection, run.team_id, run.period_id, run.id)
    return run


async def _drop_job(connection: Connection, run_id: int) -> None:
    if (job_id := await runs.job_of(connection, run_id)) is not None:
        await queue.drop_job(connection, job_id)
