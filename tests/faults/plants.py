"""Faults to plant into a served program, so that the verdict on the real one means something."""

import asyncio
from typing import Any

from shiftapp.domain.edit import EditDone, Patch
from shiftapp.services import edits, live_period

_tasks: set[asyncio.Task[Any]] = set()


def acknowledge_before_commit() -> None:
    """Answer an edit at once and commit it a moment later."""
    commit = edits.apply_edit

    async def later(*given: Any) -> None:
        await asyncio.sleep(0.3)
        await commit(*given)

    async def early(*given: Any) -> EditDone:
        task = asyncio.create_task(later(*given))
        _tasks.add(task)
        task.add_done_callback(_tasks.discard)
        return EditDone(0, Patch(0, "edit", ()))

    edits.apply_edit = early  # type: ignore[assignment]


def hear_no_other_server() -> None:
    """Never listen to the database: what other servers commit is not shown here."""

    async def deaf(*_given: Any) -> None:
        await asyncio.Event().wait()

    live_period.listen = deaf  # type: ignore[assignment]
