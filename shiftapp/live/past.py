"""How a period as it was is written for the page: the vars of the grid, with what differs as a preview over it.

The preview tells of shifts. What else differs is told by row slot, in ``PastState``: ``notes``, the other notes of its
cells as in ``n000`` of the grid, empty where there is none then; ``pins``, one of `DAYS` for each cell that is pinned
at one moment only.
"""

from collections.abc import Iterable
from typing import Any, Final

from shiftapp.domain.book import Reading
from shiftapp.domain.edit import Change
from shiftapp.live.replica import GRID, Replica, Values
from shiftapp.live.runs import PREVIEW, UNCHANGED
from shiftapp.live.view import BETWEEN_NOTES, DAYS

HISTORY: Final = "PastState"
EMPTIED: Final = "_"
"""The letter of a cell that will hold no shift."""
OWN: Final = frozenset({"seq", "ack"})
"""What a page knows of the period as it is."""
Drawn = tuple[int, int, Change]
"""Slot and column of a change."""


def past_view(reading: Reading, changes: Iterable[Change] = (), before: Replica | None = None) -> Values:
    """Return every var of the grid at a moment, and what ``changes`` make of its cells.

    Parameters
    ----------
    before : Replica, optional
        Of the same period: rows keep the slots they have there.
    """
    replica = Replica(reading, before)
    view = replica.snapshot()
    view[GRID] = {name: value for name, value in view[GRID].items() if name not in OWN}
    drawn = [
        (replica.slots[change.staff_id], replica.book.index(change.day), change)
        for change in changes
        if change.staff_id in replica.slots and change.day in replica.book.period
    ]
    view.setdefault(PREVIEW, {}).update(_rows(replica, drawn))
    view[HISTORY] = {"notes": _notes(drawn), "pins": _pins(drawn)}
    return view


def _rows(replica: Replica, changes: Iterable[Drawn]) -> dict[str, Any]:
    rows: dict[int, list[str]] = {}
    for slot, column, change in changes:
        shift = change.after.shift
        if change.before.shift != shift:
            row = rows.setdefault(slot, [UNCHANGED] * replica.book.period.days)
            row[column] = EMPTIED if shift is None else replica.letters.get(shift, EMPTIED)
    return {f"p{slot:03}": "".join(row) for slot, row in rows.items()}


def _notes(changes: Iterable[Drawn]) -> dict[str, str]:
    rows: dict[str, list[str]] = {}
    for slot, column, change in changes:
        if change.before.note != change.after.note:
            rows.setdefault(str(slot), []).append(DAYS[column] + change.after.note)
    return {slot: BETWEEN_NOTES.join(notes) for slot, notes in rows.items()}


def _pins(changes: Iterable[Drawn]) -> dict[str, str]:
    rows: dict[str, str] = {}
    for slot, column, change in changes:
        if change.before.pinned != change.after.pinned:
            rows[str(slot)] = rows.get(str(slot), "") + DAYS[column]
    return rows
