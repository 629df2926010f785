"""Wards made from a seed: read as they were meant, the same for the same seed, and never without a roster."""

from __future__ import annotations

import pytest

from solver.formats import curtois_qu
from solver.formats.generate_ward import KINDS, ward
from solver.run import Limits
from solver.search import solve


def test_a_ward_is_as_large_as_asked_and_the_same_for_the_same_seed():
    text = ward(6, 8, 5, 1)
    problem = curtois_qu.read_problem(text)
    assert (len(problem.people), problem.days, len(problem.shifts)) == (6, 56, 5 + 1)
    assert [shift.id[0] for shift in problem.shifts[:-1]] == sorted("aadpn", key=KINDS.index)
    assert ward(6, 8, 5, 1) == text != ward(6, 8, 5, 2)


@pytest.mark.parametrize("size", [(1, 4, 1), (5, 2, 2), (12, 4, 3), (7, 6, 9)])
def test_every_ward_has_a_roster(size):
    outcome = solve(curtois_qu.read_problem(ward(*size, seed=3)), Limits(4))
    assert outcome.roster is not None
    assert not any(violation.hard for violation in outcome.violations)
