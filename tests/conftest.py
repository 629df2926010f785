"""What every test may ask for: a real PostgreSQL, the served program, a real Chromium."""

import itertools
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest

from shiftapp.store import embedded
from shiftapp.store.cluster import OWNER, Place
from shiftapp.store.database import Database, bind
from shiftapp.store.prepare import Dsns, prepare_embedded
from shiftapp.store.roles import app_dsn

HURRIED = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}
"""Settings of the tests' PostgreSQL: it need not survive a power cut."""

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Place]:
    """An embedded PostgreSQL of this test run."""
    root = Path(tempfile.mkdtemp(prefix="shiftapp-test-"))
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
