"""What the store's laws are tried on."""

import asyncio
from collections.abc import Iterator

import pytest

from shiftapp.store.database import Database
from shiftapp.store.prepare import Dsns


@pytest.fixture
def loop_database(fresh_database: Dsns) -> Iterator[tuple[Database, asyncio.AbstractEventLoop]]:
    """A database with a loop of its own, for tests that hypothesis calls many times."""
    loop = asyncio.new_event_loop()
    opened = loop.run_until_complete(Database.open(fresh_database.app))
    yield opened, loop
    loop.run_until_complete(opened.close())
    loop.close()
