"""The price of a roster and the reasons of a clash over HTTP: the served program, asked like anybody would."""

from datetime import date
from typing import Any

import httpx
import pytest

from shiftapp.http.errors import ErrorBody
from solver.check import Checker
from solver.problem import Problem
from solver.roster import Roster
from tests.http.test_optimize import SMALL
from tests.served import Served

CLASH: dict[str, Any] = {
    **SMALL,
    "days": 1,
    "shifts": SMALL["shifts"][1:],
    "rules": [
        SMALL["rules"][0],
        {"kind": "group_cover", "id": "tight", "hard": True, "weight": 0, "members": ["ann", "ben"], "limit": 0},
    ],
}
FULL = {"ann": ["work"] * 7, "ben": ["off"] * 7, "eve": ["work"] * 7}


async def post(served: Served, path: str, body: Any, **headers: str) -> httpx.Response:
    async with httpx.AsyncClient(verify=False, timeout=60) as client:
        return await client.post(served.address + path, json=body, headers=headers)


async def test_a_roster_is_told_what_it_breaks_and_costs_as_the_checker_counts(served: Served):
    for roster, valid in ((FULL, True), ({**FULL, "eve": [None, *["work"] * 6]}, False), ({}, False)):
        answer = await post(served, "/validate", {"problem": SMALL, "roster": roster})
        assert answer.status_code == 200, answer.text
        told = answer.json()
        problem = Problem.model_validate(SMALL)
        checker = Checker(problem, Roster(problem, roster))
        assert told["valid"] is valid
        assert (told["cost"], told["hard"], told["undecided"]) == (checker.cost, checker.hard, checker.undecided)
        assert [each["rule"] for each in told["violations"]] == [each.rule for each in checker.violations()]


async def test_a_roster_that_breaks_a_hard_rule_is_not_valid(served: Served):
    roster = {name: ["off"] for name in FULL}
    told = (await post(served, "/validate", {"problem": CLASH, "roster": roster})).json()
    assert not told["valid"]
    assert {each["rule"] for each in told["violations"] if each["hard"]} == {"tight"}


@pytest.mark.parametrize("roster", [{"zoe": ["work"] * 7}, {"ann": ["work"]}, {"ann": ["night"] * 7}, 3])
async def test_a_roster_that_does_not_fit_is_refused_by_naming_it(served: Served, roster: Any):
    answer = await post(served, "/validate", {"problem": SMALL, "roster": roster})
    assert answer.status_code == 422
    error = ErrorBody.model_validate(answer.json(), strict=True).error
    assert error.code == "not_valid"
    assert "roster" in [detail.where for detail in error.details]


async def test_a_clash_is_named_by_rule_and_date_with_ways_out_whose_price_is_the_checkers(served: Served):
    answer = await post(served, "/explain", {"problem": CLASH, "limits": {"seconds": 10}})
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert told["status"] == "clash"
    parts = [part for clash in told["clashes"] for part in clash["parts"]]
    assert "tight" in {part["rule"] for part in parts}
    assert {day for part in parts for day in part["dates"]} == {date(2026, 12, 21).isoformat()}
    assert told["relaxations"]
    problem = Problem.model_validate(CLASH)
    for relaxation in told["relaxations"]:
        assert relaxation["steps"]
        checker = Checker(problem, Roster(problem, relaxation["roster"]))
        assert checker.cost == relaxation["cost"]
        assert sum(each.amount for each in checker.violations() if each.hard) == relaxation["broken"]


async def test_a_problem_with_a_roster_is_told_to_be_solvable(served: Served):
    told = (await post(served, "/explain", {"problem": SMALL, "limits": {"seconds": 10}})).json()
    assert (told["status"], told["clashes"], told["relaxations"]) == ("solvable", [], [])


@pytest.mark.parametrize("path", ["/validate", "/explain"])
async def test_another_sites_page_cannot_ask(served: Served, path: str):
    answer = await post(served, path, {"problem": SMALL, "roster": {}}, origin="http://evil.example")
    assert answer.status_code == 403
