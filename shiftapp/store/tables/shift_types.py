"""Shift types: the symbols a cell may hold."""

from datetime import datetime

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    Identity,
    Index,
    SmallInteger,
    Text,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel

from shiftapp.store.tables.accounts import now
from shiftapp.store.tables.columns import team_key


class ShiftTypeRow(SQLModel, table=True):
    """A shift type. One that was ever used is never deleted, only made inactive."""

    __tablename__ = "shift_type"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("team_id", "id", name="shift_type_of_team"),
        UniqueConstraint("team_id", "code", name="shift_type_code"),
        UniqueConstraint("team_id", "symbol", name="shift_type_symbol"),
        Index("shift_type_key", "team_id", "key", unique=True, postgresql_where=text("key <> ''")),
        CheckConstraint("length(symbol) BETWEEN 1 AND 3", name="shift_type_symbol_length"),
        CheckConstraint("length(key) <= 1", name="shift_type_key_length"),
        CheckConstraint(
            "kind IN ('work', 'off', 'early', 'late', 'leave', 'unavailable')",
            name="shift_type_kind",
        ),
        CheckConstraint("start_minute BETWEEN 0 AND 1439", name="shift_type_start"),
        CheckConstraint("end_minute > start_minute AND end_minute <= 2880", name="shift_type_end"),
        CheckConstraint("(start_minute IS NULL) = (end_minute IS NULL)", name="shift_type_times"),
        CheckConstraint("minutes BETWEEN 0 AND 1440", name="shift_type_minutes"),
        CheckConstraint("absence BETWEEN 0 AND 2", name="shift_type_absence"),
        CheckConstraint(
            "staff_types <@ ARRAY['regular', 'contract', 'part_time']",
            name="shift_type_staff_types",
        ),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    team_id: int = Field(sa_column=team_key(index=True))
    rank: int = 0
    code: str = Field(sa_type=Text)
    symbol: str = Field(sa_type=Text)
    key: str = Field(default="", sa_type=Text, description="on the keyboard")
    name_ja: str = Field(sa_type=Text)
    name_en: str = Field(sa_type=Text)
    kind: str = Field(sa_type=Text)
    start_minute: int | None = Field(default=None, description="after midnight")
    end_minute: int | None = Field(default=None, description="beyond 1440: on the next day")
    minutes: int = Field(default=0, description="paid")
    absence: int = Field(default=0, sa_type=SmallInteger, description="half days")
    rest: bool = Field(default=False, description="ends a run of working days")
    colour: str = Field(default="gray", sa_type=Text)
    staff_types: list[str] | None = Field(
        default=None, sa_column=Column(ARRAY(Text), nullable=True), description="who may have it; null: everyone"
    )
    automatic: bool = Field(default=False, description="a run may give it to somebody who did not ask")
    active: bool = True
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))  # pyright: ignore[reportArgumentType]
