"""The solver over HTTP: the served program, asked like anybody would."""

import asyncio
import time
from typing import Any

import httpx
import psutil
import pytest

from shiftapp.http.errors import ErrorBody
from shiftapp.http.limits import MOST
from solver.check import Checker
from solver.problem import Problem
from solver.roster import Roster
from tests.problems import endless
from tests.served import Served, command_of

SMALL: dict[str, Any] = {
    "start": "2026-12-21",
    "days": 7,
    "shifts": [{"id": "work", "minutes": 480}, {"id": "off", "kind": "off", "absence": 2, "rest": True}],
    "people": [{"id": name, "name": name} for name in ("ann", "ben", "eve")],
    "rules": [
        {"kind": "one_shift", "id": "one", "hard": True, "weight": 0},
        {"kind": "group_cover", "id": "pair", "hard": False, "weight": 100, "members": ["ann", "ben"], "limit": 2},
    ],
}

ENDLESS: dict[str, Any] = endless().model_dump(mode="json")


async def post(served: Served, content: Any, **headers: str) -> httpx.Response:
    async with httpx.AsyncClient(verify=False, timeout=60) as client:
        if isinstance(content, bytes):
            return await client.post(f"{served.address}/optimize", content=content, headers=headers)
        return await client.post(f"{served.address}/optimize", json=content, headers=headers)


def error_of(answer: httpx.Response) -> Any:
    """Return the error of an answer, which must have the one shape."""
    return ErrorBody.model_validate(answer.json(), strict=True).error


async def test_a_problem_goes_in_and_a_roster_with_its_price_comes_out(served: Served):
    answer = await post(served, {"problem": SMALL, "limits": {"seconds": 10, "seed": 1}})
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert told["status"] == "optimal"
    problem = Problem.model_validate(SMALL)
    checker = Checker(problem, Roster(problem, told["roster"]))
    assert (told["cost"], told["bound"]) == (checker.cost, checker.cost)
    assert checker.hard == 0
    assert told["violations"] == []
    assert 0 <= told["first_seconds"] <= told["seconds"]


async def test_broken_soft_rules_are_listed_with_their_cost(served: Served):
    pinned = [{"kind": "group_cover", "id": "tight", "hard": False, "weight": 7, "members": ["ann", "ben"], "limit": 0}]
    only_off = {**SMALL, "days": 1, "shifts": SMALL["shifts"][1:], "rules": [SMALL["rules"][0], *pinned]}
    answer = await post(served, {"problem": only_off, "limits": {"seconds": 10}})
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert told["cost"] == sum(each["cost"] for each in told["violations"]) == 28
    assert {each["rule"] for each in told["violations"]} == {"tight"}


@pytest.mark.parametrize(
    ("body", "status", "where"),
    [
        (b"{", 400, None),
        (b"", 422, None),
        (b"[]", 422, None),
        ({}, 422, "problem"),
        ({"problem": {**SMALL, "days": 0}}, 422, "problem.days"),
        ({"problem": {**SMALL, "colour": 1}}, 422, "problem.colour"),
        ({"problem": {**SMALL, "people": [{"id": "ann"}, {"id": "ann"}]}}, 422, "problem"),
        ({"problem": SMALL, "limits": {"seconds": 601}}, 422, "limits.seconds"),
        ({"problem": SMALL, "limits": {"seconds": 0}}, 422, "limits.seconds"),
        ({"problem": SMALL, "limits": {"workers": 99}}, 422, "limits.workers"),
        ({"problem": SMALL, "hurry": True}, 422, "hurry"),
    ],
)
async def test_what_is_not_a_problem_is_refused_by_naming_the_field(
    served: Served, body: Any, status: int, where: str | None
):
    answer = await post(served, body, **{"content-type": "application/json"})
    assert answer.status_code == status, answer.text
    error = error_of(answer)
    assert error.message
    assert where is None or where in [detail.where for detail in error.details]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/optimize", 405),
        ("DELETE", "/auth/login", 405),
        ("PUT", "/openapi.json", 405),
        ("GET", "/auth/nothing", 404),
        ("POST", "/optimize/more", 404),
        ("GET", "/auth", 404),
        ("GET", "/nothing", 404),
    ],
)
async def test_unknown_addresses_and_methods_are_answered_in_the_same_shape(
    served: Served, method: str, path: str, status: int
):
    async with httpx.AsyncClient(verify=False) as client:
        answer = await client.request(method, served.address + path)
    assert answer.status_code == status
    assert error_of(answer).code in ("not_found", "method_not_allowed")


@pytest.mark.parametrize("announced", [True, False])
async def test_a_body_beyond_the_limit_is_refused_announced_or_not(served: Served, announced: bool):
    async def stream():
        for _ in range(MOST // 65536 + 1):
            yield b" " * 65536
        await asyncio.sleep(0.3)  # a server that answered and closed would throw its answer away with what comes now
        for _ in range(8):
            yield b" " * 65536

    content = b" " * (MOST + 1) if announced else stream()
    async with httpx.AsyncClient(verify=False, timeout=30) as client:
        answer = await client.post(
            f"{served.address}/optimize", content=content, headers={"content-type": "application/json"}
        )
    assert answer.status_code == 413
    assert error_of(answer).code == "too_large"


async def test_another_sites_page_cannot_use_the_solver(served: Served):
    for headers in ({"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}):
        answer = await post(served, {"problem": SMALL}, **headers)
        assert answer.status_code == 403
        assert error_of(answer).code == "other_site"


def searches(served: Served) -> list[psutil.Process]:
    """Return the solver's processes under the served program."""
    return [each for each in served.descendants() if "solving_child" in command_of(each)]


async def test_hanging_up_ends_the_search(served: Served):
    async with httpx.AsyncClient(verify=False) as client:
        with pytest.raises(httpx.ReadTimeout):
            await client.post(
                f"{served.address}/optimize",
                json={"problem": ENDLESS, "limits": {"seconds": 120, "workers": 1}},
                timeout=httpx.Timeout(30, read=4),
            )
    deadline = time.monotonic() + 10
    while searches(served):
        assert time.monotonic() < deadline, "the search outlived its client"
        await asyncio.sleep(0.1)


async def searching(served: Served, count: int) -> None:
    """Return once so many searches go on, so that as many places are taken."""
    async with asyncio.timeout(20):
        while len(searches(served)) < count:  # noqa: ASYNC110  nobody tells when a process starts
            await asyncio.sleep(0.05)


async def admitted(served: Served, asked: Any) -> httpx.Response:
    """Return the answer to a search, asked again while the place of one that was hung up is still being cleared."""
    async with asyncio.timeout(20):
        while (answer := await post(served, asked)).status_code == 503:  # noqa: ASYNC110  nor when a place is free
            await asyncio.sleep(0.1)
    return answer


async def test_more_searches_than_places_are_told_when_to_come_back(served: Served):
    asked = {"problem": ENDLESS, "limits": {"seconds": 6, "workers": 1}}

    async def later() -> httpx.Response:
        await searching(served, 2)
        return await post(served, {"problem": SMALL, "limits": {"seconds": 1}})

    first, second, third = await asyncio.gather(admitted(served, asked), admitted(served, asked), later())
    assert {first.status_code, second.status_code} == {200}
    assert third.status_code == 503
    assert 1 <= int(third.headers["retry-after"]) <= 6
    assert error_of(third).code == "busy"
    assert (await post(served, {"problem": SMALL, "limits": {"seconds": 1}})).status_code == 200
