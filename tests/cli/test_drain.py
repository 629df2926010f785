"""A server that is asked to end sends its pages elsewhere first; one without a worker leaves runs to others."""

import asyncio
import random
import signal
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import httpx
import psycopg
import pytest
from starlette.types import Message

from shiftapp.domain.run import Run
from shiftapp.http import api
from shiftapp.http.health import health
from shiftapp.live import draining
from shiftapp.services import runs
from shiftapp.store.database import Database
from shiftapp.store.prepare import Dsns
from tests.factories import kitchen
from tests.faults.stand import new_kitchen, servers, type_on, typists
from tests.faults.workers import settled, worker_process
from tests.history import anomalies
from tests.typed import history, read_log
from tests.typist import all_at


@pytest.fixture
def about_to_end() -> Iterator[None]:
    draining.begin(lambda: 3)
    yield
    draining._left.clear()


async def answer(app: Callable[..., Awaitable[Any]], kind: str, path: str) -> list[Message]:
    """Ask an ASGI application once."""
    said: list[Message] = []

    async def send(message: Message) -> None:
        said.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {"type": kind, "path": path, "raw_path": path.encode(), "method": "GET", "headers": [], "query_string": b""}
    await app(scope, receive, send)
    return said


async def page(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "websocket.accept"})


@pytest.mark.usefixtures("about_to_end")
async def test_a_server_about_to_end_says_so_and_takes_no_socket() -> None:
    assert (await health(None)).status_code == 503  # type: ignore[arg-type]
    said = await answer(api.Split(api.build(), page), "websocket", "/_event/")
    assert [(message["type"], message.get("status")) for message in said] == [
        ("websocket.http.response.start", 503),
        ("websocket.http.response.body", None),
    ]


async def test_any_other_server_takes_sockets() -> None:
    said = await answer(api.Split(api.build(), page), "websocket", "/_event/")
    assert [message["type"] for message in said] == ["websocket.accept"]


async def test_a_server_that_is_asked_to_end_hands_its_pages_over(fresh_database: Dsns):
    """Who types on it goes on at the other server; nothing acknowledged is lost, nothing is applied twice."""
    mine = await new_kitchen(fresh_database, 6, 10)
    async with servers(fresh_database, 2) as (first, second):
        seats = [[first.address, second.address]] * 4
        async with typists(mine, fresh_database, seats) as team:

            async def ask() -> None:
                await asyncio.sleep(0.5)
                first.process.send_signal(signal.SIGTERM)
                for one in team:
                    await asyncio.wait_for(one.page.closed.wait(), 10)

            await asyncio.gather(ask(), *(type_on(one, 15, 10, random.Random(1)) for one in team))
            assert {one.page.address for one in team} == {second.address}
            assert await asyncio.to_thread(first.wait) == 0
            with psycopg.connect(fresh_database.owner) as connection:
                await all_at(team, len(read_log(connection, mine.period.id)), 10)
                assert anomalies(history(connection, team)) == []


async def test_runs_of_a_server_without_a_worker_are_worked_on_elsewhere(fresh_database: Dsns, database: Database):
    mine = await kitchen(database, 3, 10)
    async with (
        servers(fresh_database, SHIFTAPP_RUNS_AT_ONCE="0") as (served,),
        httpx.AsyncClient(verify=False) as client,
    ):
        assert isinstance(await runs.start_run(mine.owner, mine.period.id, "unpinned", 5), Run)
        said = await client.get(f"{served.address}/health")
        assert (said.status_code, said.json()["problems"]) == (503, ["queue: jobs wait and no worker runs"])
        async with worker_process(fresh_database):
            run = await settled(mine, lambda now: not now.active)
            assert run is not None
            assert run.status == "finished"
            assert (await client.get(f"{served.address}/health")).status_code == 200
