"""Runs: one generation of a roster, and what applying its roster would change."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal, NamedTuple
from uuid import UUID, uuid5

from shiftapp.domain.absence import from_spans
from shiftapp.domain.cell import EMPTY, Cells, Place
from shiftapp.domain.compile import Scope
from solver.roster import Violation

RunKind = Literal["generate", "repair", "alternatives"]
RunStatus = Literal["queued", "running", "finished", "failed", "cancelled", "applied", "discarded"]
ACTIVE: frozenset[RunStatus] = frozenset({"queued", "running"})

SHORTEST, LONGEST, USUAL = 1, 600, 30
"""Seconds a run may take, and takes unless somebody says otherwise."""
MOST_POINTS = 120

Rows = Mapping[str, Sequence[str | None]]
"""A roster as the solver's wire format has it: staff id → one shift type id a day from the run's first day."""

Point = tuple[float, int | None, int | None]
"""Seconds, cost, bound: one point of the progress curve."""

_EDITS = UUID("6b1f6f0e-6f0c-5d0e-9d5a-3a4d9a5c9c11")


@dataclass(frozen=True, slots=True)
class Run:
    """One generation as it stands.

    Attributes
    ----------
    user_name : str
        Who started it, as that person was called then.
    finishing : bool
        Whether somebody wants its best so far.
    attempt : int
        How many times a worker took it; fences what workers write.
    starts : date
        The date of the first day of ``roster``.
    base_seq : int
        The period's seq that the problem was read at.
    spent : float
        Seconds searched so far, of ``seconds``.
    outcome : str
        The solver's last word: optimal, feasible, infeasible, cancelled, unknown; empty before.
    cost, bound, hard : int or None
        Price of ``roster``; what no roster can undercut; hard rules ``roster`` breaks.
    error_code, error_args
        A text and its values, where something went wrong.
    kind : str
        What was asked for: a roster, who covers an absence, or what would do nearly as well.
    question : mapping
        Of a repair: ``away``, a list of {staff_id, first, last}, and ``asked``, a
        `shiftapp.services.questions.Repair`, both as JSON. Of alternatives: ``asked`` alone. Of a roster: ``start``,
        another run's, where it goes on from that one.
    answer : mapping or None
        Where no roster keeps the hard rules: a `solver.explain.Explanation` as JSON. Of a repair: a
        `solver.repair.Repair` as JSON. Of alternatives: ``options``, the roster itself and the alternatives to it.
    choice : int or None
        Which option of ``answer`` ``roster`` is from.
    wishes : mapping or None
        What is proved of them: at most ``granted`` of ``wishes`` can be met together.
    clashes : sequence
        [staff id, ISO date, shift type id of the run, shift type id that stands, seq and author's name of the edit] of
        cells that were left alone.
    """

    id: int
    team_id: int
    period_id: int
    user_id: int | None
    user_name: str
    scope: Scope
    seconds: int
    workers: int
    seed: int
    status: RunStatus
    finishing: bool
    attempt: int
    starts: date
    base_seq: int
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    spent: float
    outcome: str
    cost: int | None
    bound: int | None
    hard: int | None
    first_seconds: float | None
    error_code: str
    error_args: Mapping[str, str | int]
    roster: Rows | None
    violations: Sequence[Mapping[str, object]] = ()
    progress: Sequence[Point] = ()
    applied_seq: int | None = None
    clashes: Sequence[Sequence[Any]] = ()
    answer: Mapping[str, Any] | None = None
    choice: int | None = None
    wishes: Mapping[str, int] | None = None
    kind: RunKind = "generate"
    question: Mapping[str, Any] = field(default_factory=dict[str, Any])

    @property
    def active(self) -> bool:
        """Whether it waits or works."""
        return self.status in ACTIVE

    @property
    def gap(self) -> float | None:
        """How much of the cost might still be saved, 0–1; None while a cost or a bound is missing."""
        if self.cost is None or self.bound is None:
            return None
        return max(0.0, (self.cost - self.bound) / self.cost) if self.cost > 0 else 0.0

    @property
    def edit_id(self) -> UUID:
        """The id of the edit that applies it: always the same, so that it is applied once."""
        return uuid5(_EDITS, f"run {self.id}")

    def option(self, choice: int) -> Mapping[str, Any] | None:
        """Return a `solver.explain.Relaxation` or `solver.repair.Option` of its answer; None where there is none."""
        found = (self.answer or {}).get("relaxations" if self.kind == "generate" else "options", ())
        return found[choice] if 0 <= choice < len(found) else None

    def away(self) -> frozenset[Place]:
        """Return the cells of the absence that a repair is for."""
        return from_spans(self.question.get("away", ()))

    def lifted(self) -> frozenset[Place]:
        """Return the cells whose pins give way: those its relaxation takes off, those of the absence."""
        chosen = None if self.choice is None else self.option(self.choice)
        unpinned = (step for step in (chosen or {}).get("steps", ()) if step["act"] == "unpin")
        cells = ((int(step["people"][0]), self.starts + timedelta(days=step["days"][0])) for step in unpinned)
        return self.away() | frozenset(cells)

    def broken(self) -> Iterator[Violation]:
        """Yield what its roster breaks, as its row has it."""
        for kept in self.violations:
            given: Any = dict(kept)
            given |= {"people": tuple(given["people"]), "days": tuple(given["days"])}
            yield Violation(**given)

    def left_alone(self) -> tuple["Clash", ...]:
        """Return ``clashes`` as values."""
        return tuple(Clash((staff_id, date.fromisoformat(day)), *found) for staff_id, day, *found in self.clashes)

    def cells(self, staff: Iterable[int] | None = None) -> Iterator[tuple[Place, int]]:
        """Yield every decided cell of the best roster, or of some rows: its place and its shift type id."""
        roster = self.roster or {}
        for staff_id in map(int, roster) if staff is None else staff:
            for day, shift in enumerate(roster.get(str(staff_id), ())):
                if shift is not None:
                    yield (staff_id, self.starts + timedelta(days=day)), int(shift)


class Clash(NamedTuple):
    """A cell that was edited since the run began: the edit stands, the run's shift type does not.

    ``version`` is the seq of that edit; ``who`` made it, as that person is called, empty where nobody did.
    """

    place: Place
    proposed: int
    standing: int | None
    version: int = 0
    who: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A roster as its run shows it: what it costs and breaks by the rules as they were when the run was asked for."""

    roster: Rows
    cost: int
    violations: Sequence[Violation]


@dataclass(frozen=True, slots=True)
class Rebased:
    """What is left to change when a run's roster meets the cells as they stand now."""

    changes: Mapping[Place, int] = field(default_factory=dict[Place, int])
    clashes: tuple[Clash, ...] = ()
    stay: frozenset[Place] = frozenset()
    """Cells of an absence that hold what they should and are not pinned yet."""


def rebase(run: Run, cells: Cells, staff: Iterable[int] | None = None) -> Rebased:
    """Return what applying ``run`` to ``cells`` would change, in all rows or some, and what stands in its way.

    A cell that already holds the run's shift type is neither. A pinned cell stays, unless its pin is `Run.lifted`. A
    cell whose version is newer than ``run.base_seq`` was edited while the run worked: the edit stands and is a clash.
    """
    lifted, away = run.lifted(), run.away()
    stay: set[Place] = set()
    changes: dict[Place, int] = {}
    clashes: list[Clash] = []
    for place, shift in run.cells(staff):
        cell = cells.get(place, EMPTY)
        if cell.shift == shift:
            if place in away and not cell.pinned:
                stay.add(place)
            continue
        if cell.version > run.base_seq:
            clashes.append(Clash(place, shift, cell.shift, cell.version))
        elif not cell.pinned or place in lifted:
            changes[place] = shift
    return Rebased(changes, tuple(clashes), frozenset(stay))


def thinned(points: Sequence[Point]) -> list[Point]:
    """Return the curve with at most `MOST_POINTS` points: every other one goes, the first and the last stay."""
    kept = list(points)
    while len(kept) > MOST_POINTS:
        kept = [*kept[:-1:2], kept[-1]]
    return kept
