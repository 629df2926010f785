"""Faults to plant into a served program, so that the verdict on the real one means something."""

import asyncio
from typing import Any

from shiftapp.domain.edit import EditDone, Patch
from shiftapp.services import edits

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
