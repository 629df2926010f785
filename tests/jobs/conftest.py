"""A worker for tests that want one throughout."""

from collections.abc import AsyncIterator

import pytest

from shiftapp.jobs.worker import worker
from shiftapp.store.database import Database


@pytest.fixture
async def working(database: Database) -> AsyncIterator[None]:
    """A worker with one place."""
    async with worker(database.dsn, 1):
        yield
