"""What every test may ask for: a real PostgreSQL, the served program, a real Chromium."""

import asyncio
import gc
import itertools
import os
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from shiftapp.store import embedded
from shiftapp.store.cluster import OWNER, Place
from shiftapp.store.database import Database, bind
from shiftapp.store.prepare import Dsns, prepare_embedded
from shiftapp.store.roles import app_dsn
from tests.chromium import ADVICE, FLAGS, chromium
from tests.served import Served, as_url

HURRIED = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}
"""Settings of the tests' PostgreSQL: it need not survive a power cut."""

LONGEST = (
    "cli/test_stop.py",
    "solver/test_agreement.py",
    "e2e/test_generate.py",
    "e2e/test_restart.py",
    "e2e/test_requests.py",
    "e2e/test_cell_requests.py",
    "e2e/test_grid_looks.py",
    "faults/test_worker_killed.py",
    "services/test_every_verb.py",
    "e2e/test_generate_stops.py",
    "e2e/test_first_run.py",
    "store/test_embedded.py",
    "e2e/test_queue.py",
    "services/test_solving.py",
    "e2e/test_note.py",
    "e2e/test_proof.py",
    "e2e/test_past.py",
    "jobs/test_worker.py",
    "e2e/test_cover.py",
    "faults/test_three_tabs.py",
    "solver/test_workers.py",
    "e2e/test_pages_rules.py",
    "e2e/test_why.py",
    "solver/test_search.py",
    "e2e/test_grid_hands.py",
    "jobs/test_repair.py",
    "e2e/test_pages_team.py",
    "cli/test_drain.py",
    "e2e/test_rule_list.py",
    "jobs/test_proved.py",
    "services/test_run_feed.py",
    "solver/test_command.py",
    "solver/test_curtois_qu.py",
)
"""The files that take longest are begun first: those that mostly wait beside those that mostly work."""
PATIENCE = 15_000
"""Milliseconds until a page must show what a test waits for, on a machine that runs several tests: far above what is
seen."""


def in_memory() -> Path | None:
    """Return a folder that is no disk, where a database is cloned in 20 ms instead of 300; None where there is none."""
    memory = Path("/dev/shm")
    usable = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2 * 1024**3
    return memory if usable else None


if (memory := in_memory()) is not None:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))  # where `tmp_path` lies
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a hundred processes import the program: one compiles it
sys.dont_write_bytecode = False  # and one of the runs after this one's prepares the tests' assertions
os.environ.setdefault("SHIFTAPP_NICE", "0")  # beside other tests a search that steps back would starve
gc.disable()  # until all tests are collected: what is imported stays, and to look for garbage costs a third of it
expect.set_options(timeout=PATIENCE)
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Place]:
    """An embedded PostgreSQL of this test run."""
    root = Path(tempfile.mkdtemp(prefix="shiftapp-test-", dir=in_memory()))
    yield embedded.start(root, HURRIED)
    embedded.release(root)
    embedded.await_stop(root)
    shutil.rmtree(root)


@pytest.fixture(scope="session")
def template(cluster: Place) -> str:
    """The name of a migrated, empty database to clone."""
    prepare_embedded(cluster, "template_migrated")
    return "template_migrated"


def clone(cluster: Place, template: str) -> Iterator[Dsns]:
    """Make a database like `template`, and drop it afterwards."""
    name = f"test_{next(_numbers)}"
    with psycopg.connect(cluster.dsn(OWNER, "postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        owner = cluster.dsn(OWNER, name)
        yield Dsns(owner=owner, app=app_dsn(owner, login=True), embedded=True)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def fresh_database(cluster: Place, template: str) -> Iterator[Dsns]:
    """The connection strings of a migrated, empty database of this test alone."""
    yield from clone(cluster, template)


@pytest.fixture
async def database(fresh_database: Dsns) -> AsyncIterator[Database]:
    """An open, bound database of this test alone, as the role ``app``."""
    opened = await Database.open(fresh_database.app)
    bind(opened)
    yield opened
    bind(None)
    await opened.close()


@pytest.fixture
def as_owner(fresh_database: Dsns) -> Iterator[psycopg.Connection]:
    """A connection past every wall, in autocommit, to look at what a test did."""
    with psycopg.connect(fresh_database.owner, autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def served(cluster: Place, template: str) -> Iterator[Served]:
    """The real program on a free port, with a database that all tests of this run share."""
    for dsns in clone(cluster, template):
        server = Served({"DATABASE_URL": as_url(dsns.owner)}, dsns=dsns)
        yield server.wait_until_ready()
        server.end()


@pytest.fixture(scope="module")
def other(served: Served) -> Iterator[Served]:
    """A second server on the same database."""
    assert served.dsns is not None
    second = Served({"DATABASE_URL": as_url(served.dsns.owner), "SHIFTAPP_RUNS_AT_ONCE": "0"}, dsns=served.dsns)
    yield second.wait_until_ready()
    second.end()


@pytest.fixture
def share(request: pytest.FixtureRequest) -> float:
    """Of the full length that a long fault is given."""
    return float(request.config.getoption("--share"))


@pytest.fixture
def serve() -> Iterator[Callable[..., Served]]:
    """Start servers of this test alone: call it like `Served`; what still runs at the end is ended."""
    started: list[Served] = []

    def start(*arguments: Any, **named: Any) -> Served:
        started.append(Served(*arguments, **named))
        return started[-1]

    yield start
    for server in started:
        server.end()


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """A Chromium for all tests of this run; give every user a context of their own."""
    path = await asyncio.to_thread(chromium)
    if path is None:
        pytest.fail(ADVICE)
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield opened
        await opened.close()


@pytest.fixture
async def page(browser: Browser) -> AsyncIterator[Page]:
    """An empty page of a user of its own."""
    context = await browser.new_context()
    yield await context.new_page()
    await context.close()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--soak`` and ``--share``."""
    parser.addoption("--soak", action="store_true", help="run also what takes minutes")
    parser.addoption("--share", type=float, default=1.0, help="of their full length that long faults are given (1)")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what drives a browser, so that ``-m 'not browser'`` leaves it out; leave out what takes minutes."""
    if not config.getoption("--soak"):
        long = [item for item in items if item.get_closest_marker("soak")]
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
    items.sort(key=_turn)


def pytest_collection_finish() -> None:
    """Look for garbage from now on, but not in what was imported."""
    gc.freeze()
    gc.enable()


def _turn(item: pytest.Item) -> int:
    """Return when a file has its turn: the longest first, so that none is left alone at the end."""
    name = item.path.relative_to(item.config.rootpath / "tests").as_posix()
    return LONGEST.index(name) if name in LONGEST else len(LONGEST)
