"""The wire format: what it refuses, and that it survives the wire."""

from __future__ import annotations

import random

import pytest
from pydantic import ValidationError

from solver.problem import Problem
from solver.roster import Roster
from tests.solver import hotel, small


def test_a_problem_survives_the_wire():
    for problem in (
        hotel.kitchen(),
        small.problem([small.rule(k, True, random.Random(1)) for k in small.KINDS], random.Random(1)),
    ):
        assert Problem.model_validate_json(problem.model_dump_json()) == problem


def test_a_roster_survives_the_wire():
    problem = hotel.kitchen()
    roster = Roster(problem)
    roster.put(16, 0, "○")  # before the employment
    roster.put(0, 0, "×")
    assert Roster(problem, roster.rows()) == roster


def broken(**changes) -> str:
    """The message of a problem with some fields replaced."""
    data = {
        "start": "2026-12-21",
        "days": 3,
        "shifts": [{"id": "work"}, {"id": "off", "absence": 2, "rest": True}],
        "people": [{"id": "ann"}, {"id": "bo"}],
        "rules": [],
    }
    with pytest.raises(ValidationError) as error:
        Problem.model_validate(data | changes)
    return str(error.value)


def test_unknown_and_repeated_names_are_refused_by_name():
    assert "there is no person 'zoe'" in broken(rules=[{"kind": "group_cover", "id": "g", "members": ["ann", "zoe"]}])
    assert "there is no shift 'nap'" in broken(rules=[{"kind": "eligibility", "id": "e", "refused": ["nap"]}])
    pins = [{"person": "ann", "day": 3, "shift": "off"}]
    assert "rules[0] (p): there is no day 3" in broken(rules=[{"kind": "pins", "id": "p", "cells": pins}])
    liked = [{"person": "ann", "shifts": ["off"], "days": [3]}]
    assert "there is no day 3" in broken(rules=[{"kind": "priority", "id": "p", "preferences": liked}])
    assert "there is no person 'zoe'" in broken(before={"zoe": ["off"]})
    assert "'ann' is given 2 times" in broken(people=[{"id": "ann"}, {"id": "ann"}])


def test_values_out_of_range_are_refused():
    assert "above the maximum" in broken(
        rules=[{"kind": "daily_limits", "id": "d", "shifts": ["off"], "every_day": {"minimum": 2, "maximum": 1}}]
    )
    assert "union_tag_invalid" in broken(rules=[{"kind": "magic", "id": "m"}])
    assert "extra_forbidden" in broken(rules=[{"kind": "pins", "id": "p", "colour": "red"}])
    assert "greater than or equal to 0" in broken(rules=[{"kind": "requests", "id": "r", "weight": -1}])
    assert "no roster can break this rule" in broken(rules=[{"kind": "one_shift", "id": "o", "hard": False}])


def test_a_copy_with_other_people_looks_them_up_anew():
    problem = hotel.kitchen()
    assert len(problem.index.ids) == 18
    assert len(problem.model_copy(update={"people": problem.people[:3]}).index.ids) == 3


def test_rows_of_the_wrong_length_and_unknown_people_are_refused():
    problem = hotel.kitchen()
    with pytest.raises(ValueError, match="expected 62 days, found 2"):
        Roster(problem, {"佐藤": ["○", "○"]})
    with pytest.raises(ValueError, match="there is no person"):
        Roster(problem, {"誰か": ["○"] * 62})
