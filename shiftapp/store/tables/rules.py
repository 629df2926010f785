"""Rules, and what staff members ask for."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Identity,
    Index,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from shiftapp.store.tables.accounts import now
from shiftapp.store.tables.columns import team_key


class RuleRow(SQLModel, table=True):
    """What a good roster keeps. ``params`` are the numbers of its kind, checked by ``domain.rule_settings``."""

    __tablename__ = "rule"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (CheckConstraint("weight BETWEEN 0 AND 100000", name="rule_weight"),)

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    team_id: int = Field(sa_column=team_key(index=True))
    rank: int = 0
    kind: str = Field(sa_type=Text)
    name: str = Field(default="", sa_type=Text, description="the team's own; empty: the kind's")
    enabled: bool = True
    hard: bool = False
    weight: int = 0
    scope: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSONB, nullable=False, server_default="{}"))
    params: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSONB, nullable=False, server_default="{}"))


class RequestRow(SQLModel, table=True):
    """A shift type wanted, or not wanted, on a date."""

    __tablename__ = "request"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        ForeignKeyConstraint(
            ["team_id", "staff_id"], ["staff.team_id", "staff.id"], ondelete="CASCADE", name="request_staff"
        ),
        ForeignKeyConstraint(
            ["team_id", "shift_type_id"],
            ["shift_type.team_id", "shift_type.id"],
            ondelete="CASCADE",
            name="request_shift",
        ),
        UniqueConstraint("staff_id", "day", "shift_type_id", name="request_once"),
        CheckConstraint("weight BETWEEN 0 AND 1000", name="request_weight"),
        CheckConstraint("state IN ('open', 'approved', 'declined')", name="request_state"),
        Index("request_day", "team_id", "day"),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    team_id: int = Field(sa_column=team_key())
    staff_id: int = Field(sa_column=Column(BigInteger, nullable=False))
    day: date
    shift_type_id: int = Field(sa_column=Column(BigInteger, nullable=False))
    wanted: bool = True
    weight: int = Field(default=10, description="cost when it is not kept")
    note: str = Field(default="", sa_type=Text)
    state: str = Field(default="open", sa_type=Text)
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))  # pyright: ignore[reportArgumentType]
