"""Every page of two servers follows what somebody changes elsewhere, without a reload."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from copy import deepcopy
from dataclasses import replace
from typing import Any, get_args

import httpx
import psycopg
import pytest
import reflex as rx

from shiftapp.domain.calendar import CalendarDay
from shiftapp.domain.refusal import Refused
from shiftapp.domain.request import Request
from shiftapp.domain.staff import StaffGroup
from shiftapp.importing.demo import demo_files
from shiftapp.services import calendar, groups, periods, requests, rules, runs, shift_types, staff
from shiftapp.services.boards import Board
from shiftapp.services.conflicts import choose_strategy
from shiftapp.services.edits import edit_cells
from shiftapp.services.imports import import_folder
from shiftapp.services.live_period import load
from shiftapp.store.database import Database, bind
from shiftapp.ui.pages import imports
from shiftapp.ui.pages.boards import BOARDS
from shiftapp.ui.state.calendar import CalendarState
from shiftapp.ui.state.conflicts import StrategyState
from shiftapp.ui.state.grid import GridState
from shiftapp.ui.state.imports import ImportNewsState, ImportState
from shiftapp.ui.state.periods import PeriodsState
from shiftapp.ui.state.requests import RequestsState
from shiftapp.ui.state.rules import RulesState
from shiftapp.ui.state.run import RunState
from shiftapp.ui.state.shift_types import ShiftTypesState
from shiftapp.ui.state.staff import StaffState
from tests.factories import Kitchen, add_account, add_team, kitchen, member
from tests.people import Person, enrol
from tests.served import Served
from tests.tab import Tab

PAGES: dict[str, tuple[Any, tuple[type[rx.State], ...]]] = {
    "/": (GridState.open, (GridState, RunState)),
    "/staff": (StaffState.open, (StaffState,)),
    "/staff/groups": (StaffState.open, (StaffState,)),
    "/settings": (RulesState.open, (RulesState,)),
    "/settings/periods": (PeriodsState.open, (PeriodsState,)),
    "/settings/shift-types": (ShiftTypesState.open, (ShiftTypesState,)),
    "/settings/calendar": (CalendarState.open, (CalendarState,)),
    "/settings/conflicts": (StrategyState.open, (StrategyState,)),
    "/requests": (RequestsState.open, (RequestsState, GridState)),
    "/import": (ImportState.open, (ImportNewsState,)),
}
"""Page → what it asks for when it is opened, and the states that it shows."""

Act = Callable[[Kitchen], Awaitable[object]]


async def _save_group(k: Kitchen) -> object:
    return await groups.save_group(k.owner, StaffGroup(0, 0, "New", (k.staff[1].id, k.staff[2].id)))


async def _switch_rule(k: Kitchen) -> object:
    every = await rules.list_rules(k.owner)
    assert not isinstance(every, Refused)
    return await rules.change_rule(k.owner, every[4].id, enabled=not every[4].enabled)


async def _import(k: Kitchen) -> object:
    report = await import_folder(k.owner, {"requests.csv": "name,date,symbol\nPerson 1,2026-12-24,△\n".encode()})
    return report if isinstance(report, Refused) or report.done else Refused("import")


async def _ask(k: Kitchen) -> object:
    return await requests.save_request(k.owner, Request(0, k.staff[0].id, k.day(2), k.shift("×"), False, 50))


async def _requests_of(k: Kitchen) -> Sequence[Request]:
    reading = await load(k.team_id, k.period.id)
    assert reading is not None
    return reading.book.requests


async def _decline(k: Kitchen) -> object:
    return await requests.decide_request(k.owner, (await _requests_of(k))[0].id, "declined")


async def _remove(k: Kitchen) -> object:
    return await requests.remove_request(k.owner, (await _requests_of(k))[-1].id)


CHANGES: dict[str, tuple[Act, frozenset[str]]] = {
    "staff": (
        lambda k: staff.add_staff(k.owner, member("Newcomer")),
        frozenset({"/", "/staff", "/staff/groups", "/settings", "/requests"}),
    ),
    "groups": (_save_group, frozenset({"/staff", "/staff/groups", "/settings"})),
    "shift types": (
        lambda k: shift_types.save_shift_type(k.owner, replace(k.shifts["×"], symbol="休")),
        frozenset({"/", "/settings/shift-types", "/settings", "/requests"}),
    ),
    "rules": (_switch_rule, frozenset({"/settings"})),
    "calendar": (
        lambda k: calendar.set_day(k.owner, CalendarDay(k.day(3), "must_off", "repair")),
        frozenset({"/", "/settings/calendar"}),
    ),
    "cells": (lambda k: edit_cells(k.owner, k.put(0, 2, "×")), frozenset({"/", "/requests"})),
    "requests": (_ask, frozenset({"/", "/requests"})),
    "requests that are imported": (_import, frozenset({"/", "/requests"})),
    "a request that is declined": (_decline, frozenset({"/", "/requests"})),
    "a request that is removed": (_remove, frozenset({"/", "/requests"})),
    "periods": (lambda k: periods.create_period(k.owner), frozenset({"/settings/periods", "/requests"})),
    "runs": (lambda k: runs.start_run(k.owner, k.period.id, "unpinned", 5), frozenset({"/"})),
    "strategy": (lambda k: choose_strategy(k.owner, "merge"), frozenset({"/settings/conflicts"})),
}
"""What somebody changes, and the pages that show it; an import's page follows all but `OWN`."""
OWN = {"cells", "runs", "strategy"}
"""Changes that are no part of what an import is checked against."""


@pytest.fixture
async def here(served: Served) -> AsyncIterator[Database]:
    """The served program's database, with this process as one more server that changes things."""
    assert served.dsns is not None
    database = await Database.open(served.dsns.app)
    bind(database)
    yield database
    bind(None)
    await database.close()


async def opened(stack: AsyncExitStack, served: Served, who: Person, path: str) -> Tab:
    """Open a page and wait until it shows what there is."""
    tab = await stack.enter_async_context(Tab(served.address, who.cookie, path))
    opens, states = PAGES[path]
    await tab.send(opens)
    await tab.until(lambda tab: all(tab.state(state) for state in states) and _settled(tab, path))
    return tab


def _settled(tab: Tab, path: str) -> bool:
    return bool(tab.state(GridState).get("period")) if path == "/" else bool(tab.state(PAGES[path][1][0]).get("ready"))


def looks(tab: Tab) -> dict[str, Any]:
    """What a page shows, but for what is its own: its socket, its clock, what was removed while it was open."""
    own = {"line", "clock", "changed", "removed"}
    states = PAGES[tab.path][1]
    return deepcopy({f"{s.__name__}.{n}": v for s in states for n, v in tab.state(s).items() if n not in own})


def test_every_page_and_every_part_of_a_team_is_in_the_table() -> None:
    assert {route for _, route, _ in BOARDS} | {"/", imports.ROUTE} == PAGES.keys()
    shown = frozenset[str]().union(*(pages for _, pages in CHANGES.values()))
    assert shown | {imports.ROUTE} == PAGES.keys()
    assert len(get_args(Board)) == len({states for _, states in PAGES.values()}) - 1


async def test_a_change_is_on_every_open_page_of_both_servers_and_then_each_is_as_if_opened_now(
    here: Database, served: Served, other: Served
) -> None:
    assert served.dsns is not None
    k = await kitchen(here, 4, 12)
    who = enrol(served.dsns, team_id=k.team_id)
    async with AsyncExitStack() as stack:
        tabs = [await opened(stack, server, who, path) for path in PAGES for server in (served, other)]
        for name, (change, pages) in CHANGES.items():
            before = [(looks(tab), tab.state(ImportNewsState).get("changed")) for tab in tabs]
            assert not isinstance(await change(k), Refused), name
            for tab, (old, checked) in zip(tabs, before, strict=True):
                if tab.path in pages:
                    await tab.until(lambda tab, old=old: looks(tab) != old)
                elif tab.path == imports.ROUTE and name not in OWN:
                    await tab.until(lambda tab, at=checked: tab.state(ImportNewsState)["changed"] > at)
        for tab in tabs:  # a run that goes on is not the same thing twice
            await tab.until(lambda tab: tab.path != "/" or tab.state(RunState)["status"] == "finished", 30)
        for tab in tabs:
            fresh = looks(await opened(stack, other if tab.address == served.address else served, who, tab.path))
            await tab.until(lambda tab, fresh=fresh: looks(tab) == fresh)


async def test_a_schedule_without_a_period_is_told_of_the_first_one(here: Database, served: Served) -> None:
    assert served.dsns is not None
    team = await add_team(here)
    owner, visitor = await add_account(here, team), enrol(served.dsns, team_id=team)
    async with Tab(served.address, visitor.cookie, "/") as tab:
        await tab.send(GridState.open)
        await tab.until(lambda tab: tab.state(GridState).get("missing") == "period.none")
        await periods.create_period(owner)
        await tab.until(lambda tab: len(tab.state(PeriodsState).get("periods", [])) == 1)


async def test_what_one_server_took_another_checks_and_imports_and_then_it_is_gone(
    served: Served, other: Served
) -> None:
    assert served.dsns is not None
    owner = enrol(served.dsns)
    sent = [("files", (name, content)) for name, content in demo_files().items()]
    async with httpx.AsyncClient(verify=False, headers={"cookie": owner.cookie}) as client:
        answer = await client.post(f"{served.address}/imports/files", files=sent)
    assert answer.headers["location"].endswith("/import")
    async with Tab(other.address, owner.cookie, "/import") as tab:
        await tab.send(ImportState.open)
        await tab.until(lambda tab: tab.state(ImportState).get("stage") == "checked")
        assert tab.state(ImportState)["tallies"][0] == {"what": "staff", "added": 18, "changed": 0, "same": 0}
        await tab.send(ImportState.confirm)
        await tab.until(lambda tab: any("_redirect" in str(event) for event in tab.events), 20)
    with psycopg.connect(served.dsns.owner) as connection:
        count = (
            "SELECT (SELECT count(*) FROM staff WHERE team_id = %s), (SELECT count(*) FROM upload WHERE team_id = %s)"
        )
        team = owner.visitor.team_id
        assert connection.execute(count, (team, team)).fetchone() == (18, 0)
    async with Tab(served.address, owner.cookie, "/import") as tab:
        await tab.send(ImportState.open)
        await tab.until(lambda tab: tab.state(ImportState).get("stage") == "choose")
