"""Runs as values."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from shiftapp.domain.cell import Cell
from shiftapp.domain.run import MOST_POINTS, Run, rebase, thinned

STARTS = date(2026, 12, 21)
RUN = Run(
    id=12, team_id=1, period_id=2, user_id=3, user_name="Sato", scope="unpinned", seconds=30, workers=2, seed=0,
    status="finished", finishing=False, attempt=1, starts=STARTS, base_seq=10, created_at=datetime.now(UTC),
    started_at=None, finished_at=None, spent=0, outcome="feasible", cost=200, bound=150, hard=0, first_seconds=None,
    error_code="", error_args={}, roster={"1": ["5", "5", "5", "5", None]},
)  # fmt: skip


def test_a_rebase_changes_what_differs_keeps_newer_edits_as_clashes_and_leaves_pins():
    places = [(1, STARTS + timedelta(days=day)) for day in range(5)]
    held = {places[1]: Cell(6, version=10), places[2]: Cell(6, version=11), places[3]: Cell(6, pinned=True, version=3)}
    rebased = rebase(RUN, held)
    assert dict(rebased.changes) == {places[0]: 5, places[1]: 5}
    assert [(clash.place, clash.proposed, clash.standing) for clash in rebased.clashes] == [(places[2], 5, 6)]


def test_an_edit_to_what_the_run_proposes_is_no_clash():
    assert rebase(RUN, {(1, STARTS): Cell(5, version=99)}).clashes == ()


def test_an_emptied_cell_is_an_edit_too():
    (clash,) = rebase(RUN, {(1, STARTS): Cell(None, version=11)}).clashes
    assert clash.standing is None


@pytest.mark.parametrize(
    ("cost", "bound", "gap"), [(200, 150, 0.25), (0, 0, 0.0), (5, None, None), (None, 5, None), (7, 9, 0.0)]
)
def test_the_gap_is_the_share_of_the_cost_that_might_be_saved(cost: int | None, bound: int | None, gap: float | None):
    assert replace(RUN, cost=cost, bound=bound).gap == gap


def test_a_run_is_always_applied_under_the_same_id():
    assert RUN.edit_id == replace(RUN, status="applied").edit_id != replace(RUN, id=13).edit_id


@pytest.mark.parametrize("count", [0, 1, 2, MOST_POINTS, MOST_POINTS + 1, 10 * MOST_POINTS])
def test_a_thinned_curve_is_bounded_and_keeps_its_ends(count: int):
    points = [(float(second), 100 - second, second) for second in range(count)]
    kept = thinned(points)
    assert len(kept) <= MOST_POINTS
    assert kept[:1] == points[:1]
    assert kept[-1:] == points[-1:]
    assert kept == sorted(kept)


def test_a_pin_gives_way_only_to_the_relaxation_that_takes_it_off():
    place = (1, STARTS)
    pinned = {place: Cell(6, pinned=True, version=3)}
    unpin = {"act": "unpin", "people": ["1"], "days": [0]}
    answer = {"relaxations": [{"steps": [{"act": "drop", "people": [], "days": []}]}, {"steps": [unpin]}]}
    explained = replace(RUN, answer=answer)
    assert place not in rebase(explained, pinned).changes
    assert place not in rebase(replace(explained, choice=0), pinned).changes
    assert rebase(replace(explained, choice=1), pinned).changes[place] == 5
    assert replace(explained, choice=7).lifted() == frozenset()
