"""How change sets and their cells are written for the list of a period's history: see ``PastState``."""

from collections.abc import Iterable
from datetime import datetime

from shiftapp.domain.cell import Cell
from shiftapp.domain.edit import Change
from shiftapp.domain.past import MOST_TOLD, LoggedSet


def milliseconds(at: datetime) -> str:
    """Write a time as milliseconds since 1970."""
    return str(int(at.timestamp() * 1000))


def set_line(one: LoggedSet) -> list[str]:
    """Write a change set as in ``PastState.lines``."""
    run = "" if one.run_id is None else str(one.run_id)
    head = [str(one.seq), one.kind, run, one.run_kind, milliseconds(one.at), one.name, one.undoes or ""]
    head += [str(one.cells), str(one.people), str(one.staff_id), one.first.isoformat(), one.last.isoformat()]
    return head + (cell_lines([one.one])[0] if one.one is not None else [])


def cell_lines(changes: Iterable[Change]) -> list[list[str]]:
    """Write the first cells of a change set, a comparison or a plan as in ``PastState.cells``."""
    return [
        [
            str(change.staff_id),
            change.day.isoformat(),
            *_held(change.before),
            *_held(change.after),
            *_noted(change.before.note, change.after.note),
        ]
        for change in list(changes)[:MOST_TOLD]
    ]


def _noted(before: str, after: str) -> list[str]:
    return ["1", before, after] if before != after else ["", "", ""]


def _held(cell: Cell) -> list[str]:
    return ["" if cell.shift is None else str(cell.shift), "1" if cell.pinned else ""]
