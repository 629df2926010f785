"""With a database of your own the program still works as a role that owns nothing."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from shiftapp.errors import CannotStart
from shiftapp.store import embedded
from shiftapp.store.cluster import OWNER, Place
from shiftapp.store.prepare import prepare_given
from tests.served import as_url


@pytest.fixture
def yours(tmp_path: Path) -> Iterator[Place]:
    """A PostgreSQL that has never seen shiftapp, with a database that the user ``me`` owns."""
    place = embedded.start(tmp_path / "yours", {"fsync": "off"})
    administer(place, "CREATE ROLE me LOGIN")
    administer(place, "CREATE DATABASE rosters OWNER me")
    yield place
    embedded.release(place.root)
    assert embedded.await_stop(place.root)


def administer(place: Place, statement: str) -> None:
    with psycopg.connect(place.dsn(OWNER, "postgres"), autocommit=True) as connection:
        connection.execute(statement.encode())


def url(place: Place) -> str:
    return as_url(place.dsn("me", "rosters"))


def assert_walled(dsn: str) -> None:
    """Check that the role owns nothing, sees nothing without a team, and cannot alter what was logged."""
    with psycopg.connect(dsn) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("app",)
        owned = connection.execute("SELECT count(*) FROM pg_class WHERE relowner = 'app'::regrole").fetchone()
        assert owned == (0,)
        for statement in ("UPDATE change SET team_id = 1", "DELETE FROM audit", "DROP TABLE cell"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
                connection.execute(statement.encode())


def test_a_user_who_may_make_roles_needs_no_administrator(yours: Place):
    administer(yours, "ALTER ROLE me CREATEROLE")
    assert_walled(prepare_given(url(yours)).app)
    assert_walled(prepare_given(url(yours)).app)  # and the second start finds it made


def test_a_user_who_may_not_is_told_what_an_administrator_must_do(yours: Place):
    with pytest.raises(CannotStart) as refused:
        prepare_given(url(yours))
    told = str(refused.value)
    assert "\n" not in told
    for statement in told[told.index("CREATE ROLE") :].strip().split(";"):
        if statement.strip():
            administer(yours, statement)
    assert_walled(prepare_given(url(yours)).app)
