"""Fault 11: after every service that changes something, a stale snapshot plus what its room was told is a fresh one."""

import ast
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from shiftapp.domain.refusal import Refused
from shiftapp.live.open_period import OpenPeriod
from shiftapp.live.replica import Replica
from shiftapp.services import edits, live_period, runs
from tests.live.books import shown
from tests.services.conftest import Servers
from tests.services.every_verb import VERBS

READING = {"SEE_SCHEDULE", "SEE_HISTORY", "SEE_REQUESTS", "SEE_STATISTICS", "ASK", "EXPORT"}
"""Actions of services that change nothing."""
QUESTIONS = {"past.plan_restore", "why.look", "why.why_not", "uploads.keep", "uploads.kept"}
"""Services that ask what a change would mean, or only prepare one."""
ELSEWHERE = {"options.choose_option": "jobs/test_repair.py", "demo.create_demo": "services/test_imports.py"}
"""Services that need a search, or a team without anything, and the tests that have one."""


def verbs() -> set[str]:
    """Find the services that authorise an action which changes something."""
    folder = Path(edits.__file__).parent
    return {
        f"{path.stem}.{function.name}"
        for path in folder.glob("*.py")
        for function in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(function, ast.AsyncFunctionDef) and not function.name.startswith("_")
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "authorise"
        if isinstance(action := call.args[1], ast.Attribute) and action.attr not in READING
    }


async def run_on_page(servers: Servers) -> bool:
    """Whether the page knows the period's run as a fresh one would."""
    k = servers.k
    reading = await live_period.load(k.team_id, k.period.id)
    assert reading is not None
    replica = Replica(reading)
    replica.take_run(await runs.run_state(k.team_id, k.period.id))
    fresh, page = replica.snapshot()["RunState"], servers.here.values["RunState"]
    return {name: page.get(name) for name in fresh} == fresh


def test_no_service_that_changes_something_is_left_out():
    assert verbs() - QUESTIONS == VERBS.keys() | ELSEWHERE.keys()
    for name, path in ELSEWHERE.items():
        assert name.partition(".")[2] in (Path(__file__).parents[1] / path).read_text(encoding="utf-8"), name


@pytest.mark.fault(11)
@pytest.mark.parametrize("name", VERBS)
async def test_after_every_verb_pages_of_both_servers_are_fresh(
    servers: Servers, name: str, monkeypatch: pytest.MonkeyPatch
):
    module, _, verb = name.partition(".")
    where = import_module(f"shiftapp.services.{module}")
    plain, asked = getattr(where, verb), []

    async def counted(*given: Any, **named: Any) -> object:
        asked.append(answer := await plain(*given, **named))
        return answer

    monkeypatch.setattr(where, verb, counted)
    await edits.edit_cells(servers.k.owner, servers.k.edit(*(servers.k.cell(row, 3, "×") for row in range(4))))
    await servers.both_current()
    await VERBS[name](servers.k)
    assert asked
    assert not isinstance(asked[-1], Refused), asked[-1]
    await servers.both_current()
    await servers.here.until(lambda: run_on_page(servers))


@pytest.mark.fault(11, control=True)
async def test_a_server_that_does_not_read_anew_is_convicted(servers: Servers, monkeypatch: pytest.MonkeyPatch):
    async def nothing(self: OpenPeriod) -> None:
        return None

    monkeypatch.setattr(OpenPeriod, "reload", nothing)
    await VERBS["staff.add_staff"](servers.k)
    await VERBS["edits.edit_cells"](servers.k)
    assert await servers.fresh() != shown(servers.here.values)
