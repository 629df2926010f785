"""Teams, user accounts, their sessions and what they were refused.

``team`` and ``member`` belong to a team and are under row-level security (``team`` by its ``id``). ``audit`` has a team
where one is known; lines without one (a failed sign-in) can be written by anybody and read by the owner of the database
only. Accounts, sessions, set-up tokens and sign-in failures are looked up before any team is known: they have no
``team_id``, and only ``store.accounts`` reads them.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, DateTime, ForeignKey, Identity, Index, LargeBinary
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel


def now() -> datetime:
    """Return the current moment, aware, in UTC."""
    return datetime.now(UTC)


class Team(SQLModel, table=True):
    """A tenant: its staff, shift types, rules, periods, members. Nothing crosses teams."""

    __tablename__ = "team"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        CheckConstraint("language IN ('ja', 'en')", name="team_language"),
        CheckConstraint("start_day BETWEEN 1 AND 28", name="team_start_day"),
        CheckConstraint("conflicts IN ('last', 'first', 'merge', 'ask')", name="team_conflicts"),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    name: str = Field(max_length=120)
    language: str = Field(default="ja", max_length=2)
    country: str = Field(default="JP", max_length=2, description="ISO 3166 alpha-2, for public holidays")
    time_zone: str = Field(default="Asia/Tokyo", max_length=60)
    start_day: int = Field(default=21, description="day of the month a business month starts on")
    conflicts: str = Field(default="last", max_length=8, description="who wins when two edit one cell")
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))  # pyright: ignore[reportArgumentType]


class UserAccount(SQLModel, table=True):
    """A person who signs in, whatever the teams."""

    __tablename__ = "user_account"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (CheckConstraint("language IN ('ja', 'en')", name="user_account_language"),)

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    email: str = Field(max_length=254, unique=True, description="trimmed and case-folded")
    name: str = Field(max_length=120)
    password_hash: str = Field(max_length=200, description="argon2id, PHC string")
    language: str = Field(default="ja", max_length=2)
    home_team: int | None = Field(
        default=None,
        sa_column=Column(BigInteger, ForeignKey("team.id", ondelete="SET NULL"), nullable=True),
        description="the team a new session starts in",
    )
    disabled_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))  # pyright: ignore[reportArgumentType]
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))  # pyright: ignore[reportArgumentType]


class UserSession(SQLModel, table=True):
    """One signed-in browser. The cookie's token is kept hashed; signing out deletes the row."""

    __tablename__ = "user_session"  # pyright: ignore[reportAssignmentType]

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    token_hash: bytes = Field(sa_column=Column(LargeBinary(32), unique=True, nullable=False), description="SHA-256")
    user_id: int = Field(
        sa_column=Column(BigInteger, ForeignKey("user_account.id", ondelete="CASCADE"), nullable=False, index=True)
    )
    current_team: int = Field(sa_column=Column(BigInteger, ForeignKey("team.id", ondelete="CASCADE"), nullable=False))
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))  # pyright: ignore[reportArgumentType]
    seen_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))  # pyright: ignore[reportArgumentType]
    expires_at: datetime = Field(sa_type=DateTime(timezone=True), description="absolute end, however active")  # pyright: ignore[reportArgumentType]
    address: str = Field(default="", max_length=64)
    browser: str = Field(default="", max_length=200)


class Member(SQLModel, table=True):
    """A user account's role in a team."""

    __tablename__ = "member"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (CheckConstraint("role IN ('owner', 'manager', 'viewer', 'staff')", name="member_role"),)

    team_id: int = Field(sa_column=Column(BigInteger, ForeignKey("team.id", ondelete="CASCADE"), primary_key=True))
    user_id: int = Field(
        sa_column=Column(BigInteger, ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True, index=True)
    )
    role: str = Field(max_length=8)
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))  # pyright: ignore[reportArgumentType]


class SetupToken(SQLModel, table=True):
    """A one-time right to make the first team. The newest is the only one that counts."""

    __tablename__ = "setup_token"  # pyright: ignore[reportAssignmentType]

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    token_hash: bytes = Field(sa_column=Column(LargeBinary(32), unique=True, nullable=False), description="SHA-256")
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))  # pyright: ignore[reportArgumentType]


class SignInFailure(SQLModel, table=True):
    """How often an account was tried in vain from an address, lately."""

    __tablename__ = "sign_in_failure"  # pyright: ignore[reportAssignmentType]

    key: bytes = Field(sa_column=Column(LargeBinary(32), primary_key=True), description="SHA-256 of e-mail and address")
    failures: int = Field(default=0, description="in a row")
    last_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))  # pyright: ignore[reportArgumentType]


class Audit(SQLModel, table=True):
    """A line nobody changes: what was done to accounts and what was refused. Append only."""

    __tablename__ = "audit"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (Index("audit_team_at", "team_id", "at"),)

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))  # pyright: ignore[reportArgumentType]
    team_id: int | None = Field(default=None, sa_type=BigInteger, description="kept when the team goes")
    user_id: int | None = Field(default=None, sa_type=BigInteger, description="kept when the account goes")
    action: str = Field(max_length=60)
    outcome: str = Field(max_length=20, description="done or refused")
    code: str = Field(default="", max_length=60, description="why, as a text key")
    address: str = Field(default="", max_length=64)
    detail: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSONB, nullable=False))
