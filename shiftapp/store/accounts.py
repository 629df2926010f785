"""Rows of teams, accounts, sessions and refusals. Every function works inside the caller's transaction."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString

from sqlalchemy import delete, func, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from shiftapp.store.database import Connection
from shiftapp.store.tables.accounts import (
    Audit,
    Member,
    SetupToken,
    SignInFailure,
    Team,
    UserAccount,
    UserSession,
)

FIRST_RUN_LOCK = 7_231_001
"""Advisory lock: one process at a time makes or uses a set-up link."""

ACCOUNT_CHANNEL = "account"
"""NOTIFY channel: ``session:<id>`` or ``user:<id>`` has ended or changed."""

_SESSION: LiteralString = """
SELECT s.id, s.user_id, s.current_team, a.name, a.language, s.seen_at, s.expires_at
  FROM user_session s JOIN user_account a ON a.id = s.user_id
 WHERE s.token_hash = %s AND a.disabled_at IS NULL
"""
_ROLE: LiteralString = "SELECT role FROM member WHERE team_id = %s AND user_id = %s"


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session with what the gate needs to know of its account and team.

    ``role`` is ``None`` where the account is no longer a member of the team.
    """

    id: int
    user_id: int
    team_id: int
    name: str
    language: str
    role: str | None
    seen_at: datetime
    expires_at: datetime


async def work_in(session: AsyncSession, team_id: int) -> None:
    """See and change the rows of ``team_id`` for the rest of the transaction."""
    await (await session.connection()).execute(
        text("SELECT set_config('app.team_id', :team, true)"), {"team": str(team_id)}
    )


async def lock_first_run(session: AsyncSession) -> None:
    """Wait until no other transaction makes or uses a set-up link."""
    await (await session.connection()).execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": FIRST_RUN_LOCK})


async def any_account(session: AsyncSession) -> bool:
    """Say whether anybody can sign in."""
    return (await session.exec(select(UserAccount.id).limit(1))).first() is not None


async def replace_setup_token(session: AsyncSession, token_hash: bytes) -> None:
    """Make ``token_hash`` the only set-up token."""
    await session.exec(delete(SetupToken))
    session.add(SetupToken(token_hash=token_hash))


async def has_setup_token(session: AsyncSession, token_hash: bytes) -> bool:
    """Say whether this is the set-up token that counts."""
    found = await session.exec(select(SetupToken.id).where(SetupToken.token_hash == token_hash))
    return found.first() is not None


async def drop_setup_tokens(session: AsyncSession) -> None:
    """Void every set-up token."""
    await session.exec(delete(SetupToken))


async def add_team(session: AsyncSession, team: Team) -> int:
    """Store a new team and work in it; return its key.

    The key is drawn first: under row-level security a team's row can be written only by who works in it.
    """
    drawn = await (await session.connection()).execute(text("SELECT nextval(pg_get_serial_sequence('team', 'id'))"))
    team.id = int(drawn.scalar_one())
    await work_in(session, team.id)
    session.add(team)
    await session.flush()
    return team.id


async def add_account(session: AsyncSession, account: UserAccount) -> int:
    """Store a new account; return its key."""
    session.add(account)
    await session.flush()
    assert account.id is not None
    return account.id


def add_member(session: AsyncSession, team_id: int, user_id: int, role: str) -> None:
    """Give an account a role in the team the transaction works in."""
    session.add(Member(team_id=team_id, user_id=user_id, role=role))


async def account_by_email(session: AsyncSession, email: str) -> UserAccount | None:
    """Find an account by its folded e-mail address."""
    return (await session.exec(select(UserAccount).where(UserAccount.email == email))).first()


async def account_by_id(session: AsyncSession, user_id: int) -> UserAccount | None:
    """Find an account by its key."""
    return await session.get(UserAccount, user_id)


async def role_in(session: AsyncSession, team_id: int, user_id: int) -> str | None:
    """Return the role of an account in a team, working in that team from here on."""
    await work_in(session, team_id)
    found = await session.exec(select(Member.role).where(Member.team_id == team_id, Member.user_id == user_id))
    return found.first()


async def find_session(connection: Connection, token_hash: bytes) -> OpenSession | None:
    """Find the session a cookie names, whose account is not disabled; the transaction goes on in its team."""
    found = await (await connection.execute(_SESSION, (token_hash,))).fetchone()
    if found is None:
        return None
    number, user_id, team_id, name, language, seen_at, expires_at = found
    await connection.execute("SELECT set_config('app.team_id', %s, true)", (str(team_id),))
    role = await (await connection.execute(_ROLE, (team_id, user_id))).fetchone()
    return OpenSession(number, user_id, team_id, name, language, None if role is None else role[0], seen_at, expires_at)


async def session_times(session: AsyncSession, ids: Collection[int]) -> dict[int, tuple[datetime, datetime]]:
    """Return the last use and the latest end of those sessions that have not been ended."""
    found = await session.exec(
        select(UserSession.id, UserSession.seen_at, UserSession.expires_at).where(col(UserSession.id).in_(ids))
    )
    return {number: (seen, ends) for number, seen, ends in found if number is not None}


async def touch_session(session: AsyncSession, session_id: int, now: datetime) -> None:
    """Write down the last use of a session."""
    await session.exec(update(UserSession).where(col(UserSession.id) == session_id).values(seen_at=now))


async def end_session(session: AsyncSession, session_id: int) -> None:
    """Delete a session and tell every server."""
    await session.exec(delete(UserSession).where(col(UserSession.id) == session_id))
    await announce(session, f"session:{session_id}")


async def end_sessions_of(session: AsyncSession, user_id: int) -> None:
    """Delete every session of an account and tell every server."""
    await session.exec(delete(UserSession).where(col(UserSession.user_id) == user_id))
    await announce(session, f"user:{user_id}")


async def sweep_sessions(session: AsyncSession, now: datetime, unused_since: datetime) -> None:
    """Delete the sessions that have ended, by age or by disuse."""
    await session.exec(
        delete(UserSession).where((col(UserSession.expires_at) <= now) | (col(UserSession.seen_at) <= unused_since))
    )


async def announce(session: AsyncSession, what: str) -> None:
    """Tell every server, at commit, that an account or session has changed."""
    await (await session.connection()).execute(
        text("SELECT pg_notify(:channel, :what)"), {"channel": ACCOUNT_CHANNEL, "what": what}
    )


async def failures(session: AsyncSession, keys: Sequence[bytes]) -> dict[bytes, tuple[int, datetime]]:
    """Return failures in a row and the last one's moment, by key; the rows stay locked until the commit.

    Missing rows are made first, in key order, so that a hundred tries at once are counted one by one.
    """
    rows = [{"key": key, "failures": 0, "last_at": func.now()} for key in sorted(keys)]
    await session.exec(insert(SignInFailure).values(rows).on_conflict_do_nothing())
    found = await session.exec(
        select(SignInFailure).where(col(SignInFailure.key).in_(keys)).order_by(col(SignInFailure.key)).with_for_update()
    )
    return {row.key: (row.failures, row.last_at) for row in found}


async def set_failures(session: AsyncSession, key: bytes, count: int, now: datetime) -> None:
    """Write down how often ``key`` failed in a row, the last time at ``now``."""
    await session.exec(update(SignInFailure).where(col(SignInFailure.key) == key).values(failures=count, last_at=now))


async def forget_failures(session: AsyncSession, key: bytes, before: datetime) -> None:
    """Forget the failures of ``key``, and everybody's that are older than ``before``."""
    await session.exec(
        delete(SignInFailure).where((col(SignInFailure.key) == key) | (col(SignInFailure.last_at) < before))
    )


async def forgive_one(session: AsyncSession, key: bytes) -> None:
    """Take back one failure of ``key``: the try turned out right."""
    await session.exec(
        update(SignInFailure)
        .where(col(SignInFailure.key) == key, col(SignInFailure.failures) > 0)
        .values(failures=col(SignInFailure.failures) - 1)
    )


async def note(session: AsyncSession, line: Audit) -> None:
    """Add one line to the audit.

    Plain SQL, for the ORM would read the line back, and who writes one may not read those without a team.
    """
    await (await session.connection()).execute(
        text(
            "INSERT INTO audit (at, team_id, user_id, action, outcome, code, address, detail) VALUES"
            " (:at, :team_id, :user_id, :action, :outcome, :code, :address, CAST(:detail AS jsonb))"
        ),
        {
            "at": line.at,
            "team_id": line.team_id,
            "user_id": line.user_id,
            "action": line.action[:60],
            "outcome": line.outcome[:20],
            "code": line.code[:60],
            "address": line.address[:64],
            "detail": json.dumps(line.detail),
        },
    )
