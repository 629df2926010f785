"""A patch as it travels between servers: one line of JSON, small enough for a notification where it can be."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from shiftapp.domain.edit import EditKind, Patch, PatchCell

MOST_BYTES = 7_500
"""PostgreSQL refuses notifications from 8,000 bytes on."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What a server hears of another's commit; a large patch is left out, to be read from the change log.

    ``user_id`` is whose it is: None where nobody's.
    """

    team_id: int
    period_id: int
    seq: int
    kind: EditKind
    user_id: int | None
    patch: Patch | None


def encode(team_id: int, period_id: int, patch: Patch, user_id: int | None) -> str:
    """Return the notification of one change set, at most ``MOST_BYTES`` long."""
    head: dict[str, Any] = {"t": team_id, "p": period_id, "s": patch.seq, "k": patch.kind, "u": user_id}
    if len(patch.cells) <= MOST_BYTES // 30:
        cells = [[cell.staff_id, cell.day.toordinal(), cell.shift, int(cell.pinned), cell.note] for cell in patch.cells]
        whole = _line(head | {"w": patch.author, "c": cells})
        if len(whole.encode()) <= MOST_BYTES:
            return whole
    return _line(head)


def decode(line: str) -> Notice:
    """Return the notice that ``encode`` wrote.

    Raises
    ------
    ValueError, KeyError
        Somebody else wrote it.
    """
    given = cast("dict[str, Any]", json.loads(line))
    patch = None
    if "c" in given:
        cells = tuple(
            PatchCell(staff_id, date.fromordinal(day), shift, bool(pinned), note)
            for staff_id, day, shift, pinned, note in given["c"]
        )
        patch = Patch(given["s"], cast("EditKind", given["k"]), cells, given.get("w", ""))
    return Notice(given["t"], given["p"], given["s"], cast("EditKind", given["k"]), given["u"], patch)


def _line(given: dict[str, Any]) -> str:
    return json.dumps(given, ensure_ascii=False, separators=(",", ":"))
