"""Sockets as anybody may open and use them: bursts, huge frames, other origins, rights that are taken away."""

import asyncio
import json

import httpx
import psycopg
import pytest

from shiftapp.domain.permission import Action
from shiftapp.ui.door import Bucket
from tests.security.test_gate import guarded, person
from tests.served import Served
from tests.tab import Tab


async def test_a_burst_is_read_later_and_holds_up_nobody_else(served: Served):
    loud, quiet = person(served), person(served)
    name = next(name for name, action in guarded() if action is Action.SEE_SCHEDULE)
    async with Tab(served.address, loud.cookie, "/login") as one, Tab(served.address, quiet.cookie, "/login") as other:
        for _ in range(300):
            await one.send(name)
        began = asyncio.get_running_loop().time()
        seen = len(other.heard)
        await other.send("not.declared")
        await other.until(lambda tab: len(tab.heard) > seen)
        assert asyncio.get_running_loop().time() - began < 1.5


def test_a_page_that_is_too_fast_waits_its_turn_and_no_longer(monkeypatch: pytest.MonkeyPatch):
    now = [0.0]
    monkeypatch.setattr("shiftapp.ui.door.time.monotonic", lambda: now[0])
    bucket = Bucket(rate=10.0, burst=5.0, at=0.0)
    assert [bucket.take() for _ in range(7)] == [0, 0, 0, 0, 0, 0.1, 0.2]
    now[0] = 100.0
    assert bucket.take() == 0


async def test_a_frame_beyond_the_limit_ends_the_socket_and_not_the_server(served: Served):
    async with Tab(served.address, "", "/login") as tab:
        await tab.raw({"name": "x", "payload": {"asked": "y" * 600_000}})
        await asyncio.wait_for(tab.closed.wait(), 10)
    async with Tab(served.address, "", "/login") as tab:
        await tab.until(lambda tab: tab.values)


@pytest.mark.parametrize(
    ("origin", "let_in"),
    [
        ("http://evil.example", False),
        ("https://127.0.0.1:{port}", False),
        ("http://127.0.0.1:1", False),
        ("http://127.0.0.1.evil.example:{port}", False),
        ("http://user@127.0.0.1:{port}.evil.example", False),
        ("null", False),
        ("http://127.0.0.1:{port}", True),
    ],
)
async def test_a_page_of_another_origin_gets_no_socket(served: Served, origin: str, let_in: bool):
    from socketio.exceptions import ConnectionError as Refused

    tab = Tab(served.address, person(served).cookie, "/login", origin.format(port=served.port))
    try:
        async with tab:
            assert let_in
    except Refused:
        assert not let_in
        assert not tab.values


async def test_signing_out_acts_on_the_open_pages_of_that_session_only(served: Served):
    leaver, stayer = person(served), person(served)
    async with (
        Tab(served.address, leaver.cookie, "/login") as gone,
        Tab(served.address, stayer.cookie, "/login") as here,
    ):
        async with httpx.AsyncClient(verify=False, headers={"Cookie": leaver.cookie}) as client:
            assert (await client.post(f"{served.address}/auth/logout")).status_code == 303
        await asyncio.wait_for(gone.closed.wait(), 5)
        assert any('"/login' in text for text in gone.heard)
        assert not here.closed.is_set()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE member SET role = 'viewer' WHERE user_id = {user}",
        "UPDATE user_account SET disabled_at = now() WHERE id = {user}",
    ],
)
async def test_a_right_that_is_taken_away_acts_on_open_pages(served: Served, rows: psycopg.Connection, change: str):
    who = person(served)
    user = who.visitor.user_id
    async with Tab(served.address, who.cookie, "/login") as tab:
        rows.execute(change.format(user=user).encode())
        rows.execute("SELECT pg_notify('account', %s)", (f"user:{user}",))
        await asyncio.wait_for(tab.closed.wait(), 5)


async def test_a_tab_never_sees_what_another_session_left_under_its_token(served: Served):
    first, second = person(served), person(served)
    async with Tab(served.address, first.cookie, "/login") as tab:
        await tab.until(lambda tab: tab.values)
        token = tab.token
        async with Tab(served.address, second.cookie, "/login", token=token) as thief:
            await thief.until(lambda tab: tab.values)
            told = json.dumps(thief.values)
            assert first.token not in told
            assert second.token not in told, "nor the cookie itself"
    async with Tab(served.address, second.cookie, "/login", token=token) as heir:
        await heir.until(lambda tab: tab.values)
        assert first.token not in json.dumps(heir.values)
