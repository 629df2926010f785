"""Laws of the four conflict strategies: whoever loses something is told, and nobody else."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from shiftapp.domain.cell import LONGEST_NOTE, Cell
from shiftapp.domain.conflict import STRATEGIES, Strategy
from shiftapp.domain.edit import CellAsked, Change
from shiftapp.domain.verdict import FIELDS, Unseen, Verdict, decide

ANN, BEN, CAI = 1, 2, 3
DAY = date(2026, 12, 21)
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
EARLY, LATE, OFF = 11, 12, 13
SEEN = Cell(OFF, False, "", 4)


def asked(**fields: object) -> CellAsked:
    """Ask for a cell as it was seen at 4."""
    return CellAsked.model_validate({"staff_id": 7, "day": DAY, "seen": 4, **fields})


def log(*steps: tuple[int | None, dict[str, object]], start: Cell = SEEN) -> list[Unseen]:
    """Return changes since 4: who, and which fields."""
    found, before = [], start
    for number, (who, fields) in enumerate(steps, start=5):
        after = replace(before, version=number, **fields)
        found.append(Unseen(who, NOON + timedelta(minutes=number), Change(7, DAY, before, after)))
        before = after
    return found


def decided(strategy: Strategy, wanted: CellAsked, unseen: Sequence[Unseen], author: int = BEN) -> Verdict:
    """Decide what Ben asks for, or somebody else, as change set 9."""
    now = unseen[-1].change.after if unseen else SEEN
    return decide(strategy, author, wanted, now, unseen, 9)


def held(cell: Cell) -> tuple[object, ...]:
    return cell.shift, cell.pinned, cell.note


@pytest.mark.parametrize(
    ("strategy", "becomes", "loser", "lost"),
    [("last", LATE, ANN, EARLY), ("merge", LATE, ANN, EARLY), ("first", EARLY, BEN, LATE), ("ask", EARLY, BEN, LATE)],
)
def test_two_shifts_for_one_cell(strategy: Strategy, becomes: int, loser: int, lost: int) -> None:
    unseen = log((ANN, {"shift": EARLY}))
    verdict = decided(strategy, asked(shift=LATE), unseen)
    assert verdict.after.shift == becomes
    assert verdict.conflict is not None
    assert (verdict.conflict.lost.user_id, verdict.conflict.lost.cell.shift) == (loser, lost)
    assert verdict.conflict.stands.cell.shift == becomes
    assert verdict.conflict.open == (strategy == "ask")
    ann = verdict.conflict.lost if loser == ANN else verdict.conflict.stands
    assert ann.at == unseen[0].at


def test_edits_of_different_fields_combine_in_merge_alone() -> None:
    unseen = log((ANN, {"pinned": True, "note": "doctor"}))
    wanted = asked(shift=LATE)
    assert decided("merge", wanted, unseen) == Verdict(Cell(LATE, True, "doctor", 9))
    last, first, ask = (decided(strategy, wanted, unseen) for strategy in ("last", "first", "ask"))
    assert held(last.after) == (LATE, False, "")
    assert last.conflict is not None
    assert held(last.conflict.lost.cell) == (OFF, True, "doctor")
    for kept in (first, ask):
        assert held(kept.after) == (OFF, True, "doctor")
        assert kept.conflict is not None
        assert held(kept.conflict.lost.cell) == (LATE, False, "")


def test_two_notes_combine_in_merge_while_they_fit() -> None:
    merged = decided("merge", asked(note="late train"), log((ANN, {"note": "doctor"})))
    assert merged == Verdict(Cell(OFF, False, "doctor / late train", 9))
    long = "x" * LONGEST_NOTE
    too_long = decided("merge", asked(note="late train"), log((ANN, {"note": long})))
    assert too_long.after.note == "late train"
    assert too_long.conflict is not None
    assert too_long.conflict.lost.cell.note == long


def test_in_merge_who_changed_another_field_is_not_told() -> None:
    """The loser is whoever changed that field last."""
    verdict = decided("merge", asked(shift=LATE), log((ANN, {"shift": EARLY}), (CAI, {"pinned": True})))
    assert held(verdict.after) == (LATE, True, "")
    assert verdict.conflict is not None
    assert verdict.conflict.lost.user_id == ANN


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_ones_own_quick_edits_are_no_news(strategy: Strategy) -> None:
    """Two keys before the first answer: the second was typed on the same seen cell."""
    assert decided(strategy, asked(shift=LATE), log((BEN, {"shift": EARLY}))) == Verdict(Cell(LATE, False, "", 9))


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_who_wants_the_same_loses_nothing(strategy: Strategy) -> None:
    verdict = decided(strategy, asked(shift=EARLY), log((ANN, {"shift": EARLY})))
    assert verdict.conflict is None
    assert verdict.after.shift == EARLY


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_what_was_taken_back_is_no_news(strategy: Strategy) -> None:
    verdict = decided(strategy, asked(shift=LATE), log((ANN, {"shift": EARLY}), (ANN, {"shift": OFF})))
    assert verdict == Verdict(Cell(LATE, False, "", 9))


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_an_edit_that_saw_everything_is_applied(strategy: Strategy) -> None:
    assert decided(strategy, asked(shift=LATE), []) == Verdict(Cell(LATE, False, "", 9))


some_fields = some.fixed_dictionaries(
    {},
    optional={
        "shift": some.sampled_from([EARLY, LATE, OFF, None]),
        "pinned": some.booleans(),
        "note": some.sampled_from(["", "doctor", "x" * LONGEST_NOTE]),
    },
).filter(bool)
some_log = some.lists(some.tuples(some.sampled_from([ANN, BEN, CAI, None]), some_fields), min_size=1, max_size=4)


def silent(
    strategy: Strategy, author: int, wanted: CellAsked, now: Cell, unseen: Sequence[Unseen], seq: int
) -> Verdict:
    """Decide as the product does, and tell nobody."""
    return Verdict(decide(strategy, author, wanted, now, unseen, seq).after)


def untold(verdict: Verdict, wanted: CellAsked, unseen: Sequence[Unseen]) -> list[str]:
    """List whose change is neither in the cell nor told: theirs that stood until now, or the author's."""
    now, author = unseen[-1].change.after, BEN
    conflict = verdict.conflict
    found = []
    for field in FIELDS:
        latest = next((one for one in reversed(unseen) if _differs(one.change, field)), None)
        value = getattr(now, field)
        together = field == "note" and value in verdict.after.note
        own = [one.change.after for one in unseen if one.user_id == author and _differs(one.change, field)]
        known = getattr([SEEN, *own][-1], field)
        if latest is None or value == known or getattr(verdict.after, field) == value or together:
            continue
        if conflict is None or getattr(conflict.lost.cell, field) != value:
            found.append(f"{latest.user_id} is not told of {field}")
    for field in wanted.model_fields_set & set(FIELDS):
        value = getattr(wanted, field)
        if getattr(verdict.after, field) == value or (field == "note" and value in verdict.after.note):
            continue
        if conflict is None or conflict.lost.user_id != author or getattr(conflict.lost.cell, field) != value:
            found.append(f"the author is not told of {field}")
    return found


def _differs(change: Change, field: str) -> bool:
    return getattr(change.before, field) != getattr(change.after, field)


@given(some.sampled_from(STRATEGIES), some_fields, some_log)
def test_whoever_loses_something_is_told(
    strategy: Strategy, fields: dict[str, object], steps: list[tuple[int | None, dict[str, object]]]
) -> None:
    unseen, wanted = log(*steps), asked(**fields)
    assert untold(decided(strategy, wanted, unseen), wanted, unseen) == []


def test_a_decision_that_tells_nobody_is_convicted() -> None:
    """The control of the law above."""
    unseen, wanted = log((ANN, {"shift": EARLY})), asked(shift=LATE)
    for strategy in STRATEGIES:
        assert untold(silent(strategy, BEN, wanted, unseen[-1].change.after, unseen, 9), wanted, unseen)
