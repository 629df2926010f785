"""People for tests: accounts with a session, written straight into the database (hashing is tested elsewhere)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count

import psycopg

from shiftapp.auth import sessions, tokens
from shiftapp.domain.permission import Role
from shiftapp.domain.visitor import Visitor
from shiftapp.store.prepare import Dsns

_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Person:
    """A signed-in account: who it is, and the ``Cookie`` header of its browser."""

    visitor: Visitor
    token: str

    @property
    def cookie(self) -> str:
        """The header its browser sends."""
        return f"{sessions.COOKIE}={self.token}"


def new_team(dsns: Dsns, name: str = "Kitchen") -> int:
    """Make a team without anything in it; return its key."""
    with psycopg.connect(dsns.owner, autocommit=True) as connection:
        row = connection.execute(
            "INSERT INTO team (name, language, country, time_zone, start_day, conflicts, created_at)"
            " VALUES (%s, 'ja', 'JP', 'Asia/Tokyo', 21, 'last', now()) RETURNING id",
            (name,),
        ).fetchone()
    assert row is not None
    return int(row[0])


def enrol(dsns: Dsns, role: Role = Role.OWNER, team_id: int | None = None, password_hash: str = "!") -> Person:
    """Make an account with ``role`` in a team, a new one where none is given, and open a session for it."""
    team = new_team(dsns) if team_id is None else team_id
    number, token, now = next(_numbers), tokens.new_token(), datetime.now(UTC)
    with psycopg.connect(dsns.owner) as connection:
        row = connection.execute(
            "INSERT INTO user_account (email, name, password_hash, language, home_team, created_at)"
            " VALUES (%s, %s, %s, 'ja', %s, %s) RETURNING id",
            (f"{role}{number}@example.com", f"{role} {number}", password_hash, team, now),
        ).fetchone()
        assert row is not None
        user = int(row[0])
        connection.execute(
            "INSERT INTO member (team_id, user_id, role, created_at) VALUES (%s, %s, %s, %s)", (team, user, role, now)
        )
        opened = connection.execute(
            "INSERT INTO user_session"
            " (token_hash, user_id, current_team, created_at, seen_at, expires_at, address, browser)"
            " VALUES (%s, %s, %s, %s, %s, %s, '', '') RETURNING id",
            (tokens.digest(token), user, team, now, now, now + timedelta(days=1)),
        ).fetchone()
    assert opened is not None
    return Person(Visitor(user, team, role, f"{role} {number}", "ja", int(opened[0])), token)
