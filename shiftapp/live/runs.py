"""What the page shows of a period's run: the vars of its three states.

The truth is the run's row. Each replica of a period carries the latest state of its run, so that somebody who joins is
shown it at once, and so that an edit redraws the preview of its rows without a look into the database.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, Protocol

from shiftapp.domain.book import Book
from shiftapp.domain.cell import Cells
from shiftapp.domain.edit import Patch
from shiftapp.domain.run import Clash, Rebased, Run, rebase
from shiftapp.live import broken
from shiftapp.live.answers import ANSWER, answer_values
from shiftapp.live.lines import WHOLE_DAYS, Lines
from shiftapp.live.proved import proved_values
from shiftapp.live.view import SLOTS, outside_days

RUN, PREVIEW = "RunState", "PreviewState"
NOTHING: Final = -1
"""Stands for a number that is not known yet."""
UNCHANGED: Final = "."
PREVIEWED: Final = frozenset({"queued", "running", "finished"})
"""States in which the run's roster is a proposal; afterwards it is applied, thrown away or worth nothing."""


def is_row(name: str) -> bool:
    """Whether a var of ``PreviewState`` is a row of the preview: ``p000`` …."""
    return name.startswith("p") and name[1:].isdecimal()


class Sheet(Protocol):
    """What a run is drawn onto: the replica of its period."""

    @property
    def book(self) -> Book:
        """Staff and dates."""
        ...

    @property
    def cells(self) -> Cells:
        """The cells as they stand."""
        ...

    @property
    def slots(self) -> Mapping[int, int]:
        """Staff id → row slot."""
        ...

    @property
    def letters(self) -> Mapping[int, str]:
        """Shift type id → letter."""
        ...

    @property
    def lines(self) -> Lines:
        """How rules are written for the page."""
        ...


class RunReplica:
    """The latest state of one period's run in this process.

    Attributes
    ----------
    run : Run or None
        None where the period never had one.
    known : bool
        Whether it was read from the database yet.
    names : dict of int to str
        Seq → who made that change set, of those since the run began.
    """

    def __init__(self) -> None:
        self.run: Run | None = None
        self.known = False
        self.names: dict[int, str] = {}
        self._rows: dict[int, Rebased] = {}

    def take(self, run: Run | None) -> bool:
        """Take in what was read from the database; False where it is older than what is known.

        Notifications may overtake one another.
        """
        self.known = True
        if run is None or (self.run is not None and _age(run) < _age(self.run)):
            return False
        self.run = run
        self.names = {seq: name for seq, name in self.names.items() if seq > run.base_seq}
        return True

    def hear(self, patch: Patch) -> None:
        """Remember who made a change set that the proposal meets, or the roster that is still to come."""
        if patch.author and self.run is not None and self.run.status in PREVIEWED:
            self.names[patch.seq] = patch.author

    def unnamed(self) -> frozenset[int]:
        """Return the seqs of the edits that the proposal met and whose authors are not known yet."""
        return frozenset(clash.version for clash in self._clashes() if clash.version not in self.names)

    def take_names(self, names: Mapping[int, str]) -> dict[str, dict[str, Any]]:
        """Take in who made some change sets; return the vars that may be different."""
        self.names.update(names)
        return {RUN: self._values()}

    def draw(self, sheet: Sheet) -> dict[str, dict[str, Any]]:
        """Compare every row with the cells as they stand; return every var."""
        self._rows = {}
        preview = {f"p{slot:03}": "" for slot in range(SLOTS)} | self._remaining(sheet)
        return {
            PREVIEW: preview | self._compare(map(int, self._proposed()), sheet),
            RUN: self._values(),
            ANSWER: answer_values(self.run, sheet.lines),
        }

    def draw_rows(self, staff: Iterable[int], sheet: Sheet) -> dict[str, dict[str, Any]]:
        """Compare some rows again after an edit of their cells; return the vars that may be different."""
        proposed = self._proposed()
        if not proposed:
            return {}
        preview = self._compare((staff_id for staff_id in staff if str(staff_id) in proposed), sheet)
        return {PREVIEW: preview, RUN: self._values()}

    def _proposed(self) -> Mapping[str, object]:
        """Return the rows of the proposal, if there is one."""
        return self.run.roster or {} if self.run is not None and self.run.status in PREVIEWED else {}

    def _compare(self, staff: Iterable[int], sheet: Sheet) -> dict[str, str]:
        days, preview = sheet.book.period.dates(), dict[str, str]()
        for staff_id in staff:
            assert self.run is not None
            rebased = self._rows[staff_id] = rebase(self.run, sheet.cells, (staff_id,))
            if staff_id in sheet.slots:
                preview[f"p{sheet.slots[staff_id]:03}"] = _row(rebased, days, sheet.letters)
        return preview

    def _remaining(self, sheet: Sheet) -> dict[str, Any]:
        """Return what the proposal breaks, once it is final: as the run left it, whatever was edited since."""
        final = self.run is not None and self.run.status == "finished"
        found = sorted(self.run.broken(), key=broken.worst_first) if self.run is not None and final else []
        outside = {violation.days[0] for violation in found if violation.kind in WHOLE_DAYS}
        return {
            "after": [sheet.lines.text(violation) for violation in found[: broken.SLOTS]],
            "after_count": len(found) if final else NOTHING,
            "outside": outside_days(sheet.book, outside.__contains__),
        }

    def _values(self) -> dict[str, Any]:
        changed = sum(len(rebased.changes) for rebased in self._rows.values())
        named = [clash._replace(who=self.names.get(clash.version, "")) for clash in self._clashes()]
        return run_values(self.run, changed, named)

    def _clashes(self) -> Iterator[Clash]:
        return (clash for rebased in self._rows.values() for clash in rebased.clashes)


def _age(run: Run) -> tuple[int, int, int, float]:
    """Order the states of a period's runs: a later run, one that is over, a later attempt, more seconds."""
    over = 0 if run.active else 2 if run.status in ("applied", "discarded") else 1
    return (run.id, over, run.attempt, run.spent)


def run_values(run: Run | None, changed: int, clashes: Sequence[Clash]) -> dict[str, Any]:
    """Return the vars of ``RunState``; ``changed`` and ``clashes`` are those of the proposal as the cells stand.

    ``started_at`` is in milliseconds since 1970, 0 before a worker took it; ``gap`` is a share of the cost, 0–1;
    numbers that are not known are -1. `shiftapp.live.proved` says what the vars of a proof are. ``clashes`` are [staff
    id, ISO date, proposed shift type id, standing one or empty, who made it so].
    """
    if run is None:
        return dict(NO_RUN)
    applied = run.status == "applied"
    shown = run.left_alone() if applied else clashes
    return {
        "run_id": run.id,
        "status": run.status,
        "finishing": run.finishing,
        "who": run.user_name,
        "kind": run.kind,
        "scope": run.scope,
        "seconds": run.seconds,
        "started_at": _milliseconds(run.started_at),
        "finished_at": _milliseconds(run.finished_at),
        "spent": round(run.spent, 1),
        "outcome": run.outcome,
        "cost": _known(run.cost),
        "bound": _known(run.bound),
        "gap": NOTHING if run.gap is None else round(run.gap, 4),
        "hard": _known(run.hard),
        "changed": changed,
        "points": [[seconds, _known(cost), _known(bound)] for seconds, cost, bound in run.progress],
        **proved_values(run),
        "error": run.error_code,
        "error_args": {name: str(value) for name, value in run.error_args.items()},
        "applied": applied,
        "clashes": [
            [str(staff_id), day.isoformat(), str(proposed), "" if standing is None else str(standing), who]
            for (staff_id, day), proposed, standing, _, who in shown
        ],
    }


NO_RUN: Final[Mapping[str, Any]] = {
    "run_id": 0,
    "status": "",
    "finishing": False,
    "who": "",
    "kind": "",
    "scope": "",
    "seconds": 0,
    "started_at": 0,
    "finished_at": 0,
    "spent": 0.0,
    "outcome": "",
    "cost": NOTHING,
    "bound": NOTHING,
    "gap": NOTHING,
    "hard": NOTHING,
    "changed": 0,
    "points": [],
    "proof": "",
    "proof_args": {},
    "wishes": {},
    "error": "",
    "error_args": {},
    "applied": False,
    "clashes": [],
}
"""The vars of ``RunState`` where there is no run."""


def _row(rebased: Rebased, days: Sequence[date], letters: Mapping[int, str]) -> str:
    """Return a row of ``PreviewState``: a letter where a cell would change, empty where none of the row would."""
    if not rebased.changes:
        return ""
    changes = {day: shift for (_, day), shift in rebased.changes.items()}
    return "".join(letters.get(changes[day], UNCHANGED) if day in changes else UNCHANGED for day in days)


def _known(number: int | None) -> int:
    return NOTHING if number is None else number


def _milliseconds(moment: datetime | None) -> int:
    return 0 if moment is None else int(moment.timestamp() * 1000)
