"""Conflicts: two people's values for one cell, of which one cannot stand."""

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Text,
    text,
)
from sqlmodel import Field, SQLModel


def _person(name: str) -> Column[int]:
    return Column(BigInteger, ForeignKey("user_account.id", name=f"conflict_{name}"), nullable=True)


class ConflictRow(SQLModel, table=True):
    """Decided with change set ``seq``. ``open``: to be chosen; else ``lost_by`` is told that theirs does not stand.

    It is settled once it was chosen, or the person who was told has put theirs back or read it.
    """

    __tablename__ = "conflict"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        ForeignKeyConstraint(
            ["period_id", "seq"], ["change_set.period_id", "change_set.seq"], ondelete="CASCADE", name="conflict_of_set"
        ),
        ForeignKeyConstraint(["team_id", "staff_id"], ["staff.team_id", "staff.id"], name="conflict_staff"),
        ForeignKeyConstraint(
            ["team_id", "lost_shift"], ["shift_type.team_id", "shift_type.id"], name="conflict_lost_shift"
        ),
        ForeignKeyConstraint(
            ["team_id", "stands_shift"], ["shift_type.team_id", "shift_type.id"], name="conflict_stands_shift"
        ),
        CheckConstraint("open OR lost_by IS NOT NULL", name="conflict_told"),
        Index("conflict_set", "period_id", "seq"),
        Index("conflict_unsettled", "period_id", "id", postgresql_where=text("settled_at IS NULL")),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    period_id: int = Field(sa_type=BigInteger)
    seq: int = Field(sa_type=BigInteger)
    team_id: int = Field(sa_type=BigInteger)
    staff_id: int = Field(sa_type=BigInteger)
    day: date
    open: bool
    lost_by: int | None = Field(default=None, sa_column=_person("lost_by"))
    lost_at: datetime = Field(sa_type=DateTime(timezone=True))  # pyright: ignore[reportArgumentType]
    lost_shift: int | None = Field(default=None, sa_column=Column(BigInteger, nullable=True))
    lost_pinned: bool
    lost_note: str = Field(sa_type=Text)
    stands_by: int | None = Field(default=None, sa_column=_person("stands_by"))
    stands_at: datetime = Field(sa_type=DateTime(timezone=True))  # pyright: ignore[reportArgumentType]
    stands_shift: int | None = Field(default=None, sa_column=Column(BigInteger, nullable=True))
    stands_pinned: bool
    stands_note: str = Field(sa_type=Text)
    settled_at: datetime | None = Field(
        default=None,
        sa_type=DateTime(timezone=True),  # pyright: ignore[reportArgumentType]
        nullable=True,
    )
    settled_by: int | None = Field(default=None, sa_column=_person("settled_by"))
