"""The gate: every handler is declared, and nobody gets past with less than its right. Over real sockets."""

import asyncio
import random
from types import FunctionType
from typing import Any

import httpx
import psycopg
import pytest
import reflex as rx
from reflex_base.registry import RegisteredEventHandler, RegistrationContext

import shiftapp.shiftapp
from shiftapp.domain.permission import ALLOWED, Action, Role, may
from shiftapp.ui.frame import internal, read
from shiftapp.ui.gate import declared, handler
from shiftapp.ui.state.grid import GridState
from tests.people import Person, enrol, new_team
from tests.served import Served
from tests.tab import Tab

REFLEX_KEEPS = {"setvar", "hydrate", "hydrate_and_load", "set_is_hydrated", "on_load_internal", "update_vars_internal"}
REFLEX_KEEPS |= {"handle_frontend_exception"}
"""Handlers that Reflex itself registers; the door lets through four of them, with arguments it has read."""

assert shiftapp.shiftapp.app  # everything the program registers is registered now


def registered() -> dict[str, RegisteredEventHandler]:
    """Return every handler of the program: of our states, of Reflex's, of its components."""
    return dict(RegistrationContext.get().event_handlers)


def bare(handlers: dict[str, RegisteredEventHandler]) -> list[str]:
    """Return the handlers that nobody declared and Reflex does not need."""
    return [
        name
        for name, each in handlers.items()
        if declared(each.handler.fn) is None and name.rpartition(".")[2] not in REFLEX_KEEPS
    ]


def guarded() -> list[tuple[str, Action]]:
    """Return the handlers that need a right, with the right."""
    found = [(name, declared(each.handler.fn)) for name, each in registered().items()]
    return [(name, each.action) for name, each in found if each is not None and each.action is not None]


def test_every_registered_handler_is_declared_and_few_are_open_to_all():
    assert bare(registered()) == []
    open_to_all = [n for n, e in registered().items() if (d := declared(e.handler.fn)) and d.action is None]
    assert len(open_to_all) <= 5, open_to_all
    assert guarded()


def test_a_planted_bare_handler_is_found_and_stopped():
    class PlantedState(rx.State):
        def wipe(self) -> None:
            """Do what nobody declared."""

        @handler(Action.EDIT_CELLS)
        async def edit(self, who: Any) -> None:
            """Do what somebody declared."""

    try:
        name = PlantedState.get_full_name()
        assert bare(registered()) == [f"{name}.wipe"]
        assert read({"name": f"{name}.wipe", "payload": {}}, internal()) is None
        assert read({"name": f"{name}.edit", "payload": {}}, internal()) is not None
    finally:
        context = RegistrationContext.get()
        for each in [key for key in context.event_handlers if "planted_state" in key]:
            del context.event_handlers[each]


def test_setters_are_stopped_for_every_state():
    names = [name for name in registered() if name.rpartition(".")[2].startswith(("setvar", "set_"))]
    assert names
    assert not [name for name in names if read({"name": name, "payload": {}}, internal())]


@pytest.mark.parametrize("role", Role)
def test_the_table_of_rights_names_what_each_role_may_and_refuses_the_rest(role: Role):
    assert {action for action in Action if may(role, action)} == ALLOWED[role]
    assert ALLOWED[Role.STAFF] < ALLOWED[Role.VIEWER] < ALLOWED[Role.MANAGER] < ALLOWED[Role.OWNER] == set(Action)


def contents(connection: psycopg.Connection) -> dict[str, Any]:
    """Return a digest of every table a refusal must not change."""
    tables = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('audit', 'user_session')"
    ).fetchall()
    return {
        table: connection.execute(
            f'SELECT md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM "{table}" t'.encode()
        ).fetchone()
        for (table,) in tables
    }


def person(served: Served, role: Role = Role.OWNER, team: int | None = None) -> Person:
    assert served.dsns is not None
    return enrol(served.dsns, role, team)


@pytest.mark.parametrize("role", [role for role in Role if ALLOWED[role] != set(Action)])
async def test_a_role_without_the_right_changes_nothing_and_leaves_one_line(
    served: Served, rows: psycopg.Connection, role: Role
):
    who = person(served, role)
    before = contents(rows)
    asked = [(name, action) for name, action in guarded() if not may(role, action)]
    async with Tab(served.address, who.cookie, "/login") as tab:
        for name, _ in asked:
            await tab.send(name, asked={"anything": 1})
        await tab.until(lambda tab: "".join(tab.heard).count("refused.right") >= len(asked))
    lines = rows.execute(
        "SELECT action, outcome, code FROM audit WHERE user_id = %s ORDER BY id", (who.visitor.user_id,)
    ).fetchall()
    assert sorted(lines) == sorted((str(action), "refused", "refused.right") for _, action in asked)
    assert contents(rows) == before


async def test_who_is_not_signed_in_is_sent_to_the_sign_in_whatever_is_asked(served: Served, rows: psycopg.Connection):
    before = contents(rows)
    async with Tab(served.address, "", "/schedule/1?x=1") as tab:
        for name, _ in guarded():
            await tab.send(name)
        await tab.until(lambda tab: sum('"/login' in text for text in tab.heard) >= len(guarded()))
        assert not any("refused.broken" in text for text in tab.heard)
    assert contents(rows) == before


async def test_an_edit_is_not_answered_to_who_must_sign_in_nor_on_a_line_that_is_lost(served: Served):
    """Unanswered it stays in the browser, and comes again: signed in, or on the new line in its turn."""
    async with Tab(served.address, "", "/") as nobody:
        await nobody.send(GridState.edit, {"number": 7})
        await nobody.until(lambda tab: any('"/login' in text for text in tab.heard))
        assert "ack" not in nobody.state(GridState)
    async with Tab(served.address, person(served).cookie, "/") as tab:
        await tab.send(GridState.edit, {"number": 8, "line": "an earlier one"})
        await tab.send(GridState.edit, {"number": 7})
        await tab.until(lambda tab: tab.state(GridState).get("ack") is not None)
        assert tab.state(GridState)["ack"] == 7


NONSENSE: list[Any] = [
    None,
    0,
    -1,
    1.5,
    True,
    "",
    "x" * 5000,
    [],
    [[]],
    {},
    {"a": {"b": []}},
    "\u202e\x00",
    10**30,
    ["asked"],
]


def nonsense(dice: random.Random) -> Any:
    """Return one message: sometimes almost right."""
    names = [*registered(), *internal(), "_redirect", "", "state.nobody", "__class__", None, 3]
    payload = dice.choice([*NONSENSE, {"asked": dice.choice(NONSENSE)}, {"vars": dice.choice(NONSENSE), "hashes": 3}])
    if dice.random() < 0.15:
        return dice.choice(NONSENSE)
    router = dice.choice(
        [None, {}, {"pathname": "/", "query": {}, "asPath": "/"}, dice.choice(NONSENSE), {"pathname": 3}]
    )
    return {"name": dice.choice(names), "payload": payload, "router_data": router, "token": "x", "extra": 1}


@pytest.mark.parametrize("role", [None, Role.VIEWER])
async def test_nonsense_leaves_no_traceback_no_change_and_a_short_log(
    served: Served, rows: psycopg.Connection, role: Role | None
):
    before, log = contents(rows), len(served.output)
    team = new_team(served.dsns) if role else None  # type: ignore[arg-type]
    before = contents(rows) if team else before
    people = [person(served, role, team) if role else None for _ in range(8)]
    before = contents(rows)
    dice = random.Random(20261123)

    async def pester(who: Person | None) -> None:
        async with Tab(served.address, who.cookie if who else "", "/login") as tab:
            for _ in range(63):
                await tab.raw(nonsense(dice))
            await asyncio.sleep(0.5)

    await asyncio.gather(*(pester(who) for who in people))
    async with httpx.AsyncClient(verify=False) as client:
        assert (await client.get(f"{served.address}/health")).status_code == 200
    written = served.output[log:]
    assert "Traceback" not in written, written[-3000:]
    assert len(written) < 20_000
    assert contents(rows) == before


def test_what_a_handler_is_declared_with_stays_with_it_through_a_mixin():
    class PlantedMixin(rx.State, mixin=True):
        @handler(Action.PUBLISH)
        async def publish(self, who: Any) -> None:
            """Publish."""

    class PlantedHeirState(PlantedMixin, rx.State):
        pass

    function = PlantedHeirState.event_handlers["publish"].fn
    assert isinstance(function, FunctionType)
    found = declared(function)
    assert found is not None
    assert found.action is Action.PUBLISH
    context = RegistrationContext.get()
    for each in [key for key in context.event_handlers if "planted_heir" in key]:
        del context.event_handlers[each]
