"""How a period as it was is written for the page: the vars of the grid, with what differs as a preview over it."""

from collections.abc import Iterable
from typing import Any, Final

from shiftapp.domain.book import Reading
from shiftapp.domain.edit import Change
from shiftapp.live.replica import GRID, Replica, Values
from shiftapp.live.runs import PREVIEW, UNCHANGED

EMPTIED: Final = "_"
"""The letter of a cell that will hold no shift."""
OWN: Final = frozenset({"seq", "ack"})
"""What a page knows of the period as it is."""


def past_view(reading: Reading, changes: Iterable[Change] = (), before: Replica | None = None) -> Values:
    """Return every var of the grid at a moment, and in the preview what ``changes`` make of its cells.

    Parameters
    ----------
    before : Replica, optional
        Of the same period: rows keep the slots they have there.
    """
    replica = Replica(reading, before)
    view = replica.snapshot()
    view[GRID] = {name: value for name, value in view[GRID].items() if name not in OWN}
    view.setdefault(PREVIEW, {}).update(_rows(replica, changes))
    return view


def _rows(replica: Replica, changes: Iterable[Change]) -> dict[str, Any]:
    rows: dict[int, list[str]] = {}
    for change in changes:
        slot = replica.slots.get(change.staff_id)
        if slot is None or change.day not in replica.book.period or change.before.shift == change.after.shift:
            continue
        row = rows.setdefault(slot, [UNCHANGED] * replica.book.period.days)
        shift = change.after.shift
        row[replica.book.index(change.day)] = EMPTIED if shift is None else replica.letters.get(shift, EMPTIED)
    return {f"p{slot:03}": "".join(row) for slot, row in rows.items()}
