"""The served program's rows, past every wall."""

from collections.abc import Iterator

import psycopg
import pytest

from tests.served import Served


@pytest.fixture
def rows(served: Served) -> Iterator[psycopg.Connection]:
    """A connection past every wall to the served program's database."""
    assert served.dsns is not None
    with psycopg.connect(served.dsns.owner, autocommit=True) as connection:
        yield connection
