"""``/health`` says whether the server can work, soon, and again when the database is back."""

import asyncio
import signal
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil
import psycopg
import pytest

from shiftapp import __version__
from shiftapp.http.health import look
from shiftapp.store import embedded
from shiftapp.store.cluster import DATABASE, OWNER, Place
from shiftapp.store.database import Database
from shiftapp.store.prepare import prepare_embedded
from tests.served import Served, as_url

SOON = 10.0
"""Seconds: five times the promise of two."""


async def test_a_look_at_a_fresh_database_finds_nothing_wrong(database: Database):
    found = await look()
    assert found.problems == ()
    assert found.queue == {"waiting": 0, "running": 0, "workers": 0}


async def test_jobs_that_nobody_will_do_are_a_problem(database: Database, as_owner: psycopg.Connection):
    as_owner.execute("SET search_path TO queue")
    as_owner.execute("INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES ('runs', 't', '{}')")
    assert (await look()).problems == ("queue: jobs wait and no worker runs",)
    as_owner.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    assert (await look()).problems == ()


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Place]:
    """A database of the test alone, which the server is given by its address."""
    place = embedded.start(tmp_path / "elsewhere")
    prepare_embedded(place, DATABASE)
    yield place
    embedded.release(place.root)
    assert embedded.await_stop(place.root)


@pytest.fixture
async def client(elsewhere: Place, serve: Callable[..., Served]) -> AsyncIterator[httpx.AsyncClient]:
    served = serve({"DATABASE_URL": as_url(elsewhere.dsn(OWNER))}).wait_until_ready()
    async with httpx.AsyncClient(verify=False, base_url=served.address, timeout=30) as client:
        yield client


@contextmanager
def frozen(place: Place) -> Iterator[None]:
    """A database that is there and answers nothing."""
    first = psutil.Process(int((place.data / "postmaster.pid").read_text().split("\n")[0]))
    processes = [first, *first.children()]
    for process in processes:
        process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        for process in processes:
            process.send_signal(signal.SIGCONT)


async def asked(client: httpx.AsyncClient) -> httpx.Response:
    started = time.monotonic()
    answer = await client.get("/health")
    assert time.monotonic() - started < SOON
    return answer


async def healthy_again(client: httpx.AsyncClient) -> None:
    deadline = time.monotonic() + 5 * SOON
    while (await client.get("/health")).status_code != 200:
        assert time.monotonic() < deadline
        await asyncio.sleep(0.1)


async def test_the_database_goes_and_comes_back_without_a_restart(client: httpx.AsyncClient, elsewhere: Place):
    answer = await asked(client)
    assert answer.status_code == 200
    assert answer.json() | {"queue": None} == {
        "status": "ok",
        "version": __version__,
        "database": "ok",
        "queue": None,
    }
    assert set(answer.json()["queue"]) == {"waiting", "running", "workers"}

    with frozen(elsewhere):
        answers = await asyncio.gather(*(asked(client) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {503}
    assert answers[0].json()["database"] == "silent"
    await healthy_again(client)

    embedded.release(elsewhere.root)
    assert embedded.await_stop(elsewhere.root)
    answer = await asked(client)
    assert answer.status_code == 503
    assert answer.json()["database"] == "unreachable"
    assert answer.json()["problems"][0].startswith("database: ")
    embedded.start(elsewhere.root)
    await healthy_again(client)
