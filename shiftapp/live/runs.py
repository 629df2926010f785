"""What the page shows of a period's run: the vars of ``RunState`` and ``PreviewState``.

The truth is the run's row. Each server keeps the latest state of the runs of its open periods, so that somebody who
joins is shown it at once, and so that an edit can redraw the preview of its rows without a look into the database.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from shiftapp.domain.cell import Cells
from shiftapp.domain.run import Rebased, Run, rebase

NOTHING: Final = -1
"""Stands for a number that is not known yet."""
SLOTS: Final = 200
UNCHANGED: Final = "."

PREVIEWED: Final = frozenset({"queued", "running", "finished"})
"""States in which the run's roster is a proposal; afterwards it is applied, thrown away or worth nothing."""


class RunReplica:
    """The latest state of one period's run in this process.

    Attributes
    ----------
    run : Run or None
        None where the period never had one.
    """

    def __init__(self, run: Run | None = None) -> None:
        self.run = run

    def take(self, run: Run | None) -> bool:
        """Take a state that was read from the database; False where it is older than what is known.

        Notifications may overtake one another: a run that is over does not start again, and of two reports the one of
        the later attempt, or of more seconds, is the newer.
        """
        known = self.run
        if run is not None and known is not None and _age(run) < _age(known):
            return False
        self.run = run
        return True

    def rebased(self, cells: Cells) -> Rebased:
        """Return what applying the proposal would change now; nothing where there is no proposal."""
        if self.run is None or self.run.status not in PREVIEWED or self.run.roster is None:
            return Rebased()
        return rebase(self.run, cells)


def _age(run: Run) -> tuple[int, int, bool, int, float]:
    over = ("queued", "running").count(run.status) == 0
    closed = run.status in ("applied", "discarded")
    return (run.id, over + closed, run.finished_at is not None, run.attempt, run.spent)


def run_values(run: Run | None, rebased: Rebased) -> dict[str, Any]:
    """Return the vars of ``RunState``.

    ``started_at`` is in milliseconds since 1970, 0 before a worker took it; ``gap`` is a share of the cost, 0–1;
    numbers that are not known are -1. ``clashes`` are [staff id, ISO date, proposed shift id, standing shift id].
    """
    if run is None:
        return dict(EMPTY_RUN)
    applied = run.status == "applied"
    clashes = run.clashes if applied else [(*c.place, c.proposed, c.standing) for c in rebased.clashes]
    return {
        "run_id": run.id,
        "status": run.status,
        "finishing": run.finishing,
        "who": run.user_name,
        "scope": run.scope,
        "seconds": run.seconds,
        "started_at": _milliseconds(run.started_at),
        "finished_at": _milliseconds(run.finished_at),
        "outcome": run.outcome,
        "cost": _known(run.cost),
        "bound": _known(run.bound),
        "gap": NOTHING if run.gap is None else round(run.gap, 4),
        "hard": _known(run.hard),
        "changed": len(rebased.changes),
        "points": [[seconds, _known(cost), _known(bound)] for seconds, cost, bound in run.progress],
        "error": run.error_code,
        "error_args": {name: str(value) for name, value in run.error_args.items()},
        "applied": applied,
        "clashes": [[str(item.isoformat() if isinstance(item, date) else item) for item in row] for row in clashes],
    }


EMPTY_RUN: Final[Mapping[str, Any]] = {
    "run_id": 0,
    "status": "",
    "finishing": False,
    "who": "",
    "scope": "",
    "seconds": 0,
    "started_at": 0,
    "finished_at": 0,
    "outcome": "",
    "cost": NOTHING,
    "bound": NOTHING,
    "gap": NOTHING,
    "hard": NOTHING,
    "changed": 0,
    "points": [],
    "error": "",
    "error_args": {},
    "applied": False,
    "clashes": [],
}
"""The vars of ``RunState`` where there is no run."""


def preview_values(
    rebased: Rebased, slots: Iterable[tuple[int, int]], days: Sequence[date], letters: Mapping[int, str]
) -> dict[str, str]:
    """Return the vars of ``PreviewState`` for some rows.

    Parameters
    ----------
    slots : iterable of (slot, staff id)
        The rows to draw.
    days : sequence of date
        The columns.
    letters : mapping
        Shift type id → its letter in row strings.

    Returns
    -------
    dict
        ``p000``… → one character a day: the letter the cell would get, ``.`` where it stays; empty where the whole row
        stays.
    """
    rows: dict[int, dict[date, int]] = {}
    for (staff_id, day), shift in rebased.changes.items():
        rows.setdefault(staff_id, {})[day] = shift
    return {f"p{slot:03d}": _row(rows.get(staff_id), days, letters) for slot, staff_id in slots}


def _row(changes: Mapping[date, int] | None, days: Sequence[date], letters: Mapping[int, str]) -> str:
    if not changes:
        return ""
    return "".join(letters.get(changes[day], UNCHANGED) if day in changes else UNCHANGED for day in days)


def _known(number: int | None) -> int:
    return NOTHING if number is None else number


def _milliseconds(moment: datetime | None) -> int:
    return 0 if moment is None else int(moment.timestamp() * 1000)
