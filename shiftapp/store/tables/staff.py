"""Staff members and the groups who cover for one another."""

from datetime import date, datetime

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Identity,
    Text,
    UniqueConstraint,
)
from sqlmodel import Field, SQLModel

from shiftapp.store.tables.accounts import now
from shiftapp.store.tables.columns import team_key


class StaffRow(SQLModel, table=True):
    """A row of the grid. Somebody with cells or changes is never deleted, only made inactive."""

    __tablename__ = "staff"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("team_id", "id", name="staff_of_team"),
        UniqueConstraint("team_id", "name", name="staff_name"),
        CheckConstraint("length(name) BETWEEN 1 AND 80", name="staff_name_length"),
        CheckConstraint("staff_type IN ('regular', 'contract', 'part_time')", name="staff_type"),
        CheckConstraint("weekly_minutes BETWEEN 0 AND 10080", name="staff_weekly_minutes"),
        CheckConstraint("employed_from <= employed_to", name="staff_employment"),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    team_id: int = Field(sa_column=team_key(index=True))
    rank: int = Field(default=0, description="order in the grid")
    name: str = Field(sa_type=Text)
    position: str = Field(default="", sa_type=Text)
    department: str = Field(default="", sa_type=Text)
    staff_type: str = Field(default="regular", sa_type=Text)
    skills: list[str] = Field(default_factory=list, sa_column=Column(ARRAY(Text), nullable=False, server_default="{}"))
    weekly_minutes: int = Field(default=2400, description="contracted")
    employed_from: date | None = None
    employed_to: date | None = Field(default=None, description="inclusive")
    active: bool = True
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))  # pyright: ignore[reportArgumentType]


class StaffGroupRow(SQLModel, table=True):
    """Staff who cover for one another."""

    __tablename__ = "staff_group"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("team_id", "id", name="staff_group_of_team"),
        UniqueConstraint("team_id", "name", name="staff_group_name"),
        CheckConstraint("length(name) BETWEEN 1 AND 80", name="staff_group_name_length"),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    team_id: int = Field(sa_column=team_key(index=True))
    rank: int = 0
    name: str = Field(sa_type=Text)


class StaffGroupMemberRow(SQLModel, table=True):
    """A staff member in a group, or the backup who can step in for it."""

    __tablename__ = "staff_group_member"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        ForeignKeyConstraint(
            ["team_id", "group_id"], ["staff_group.team_id", "staff_group.id"], ondelete="CASCADE", name="member_group"
        ),
        ForeignKeyConstraint(
            ["team_id", "staff_id"], ["staff.team_id", "staff.id"], ondelete="CASCADE", name="member_staff"
        ),
    )

    group_id: int = Field(sa_column=Column(BigInteger, primary_key=True))
    staff_id: int = Field(sa_column=Column(BigInteger, primary_key=True, index=True))
    team_id: int = Field(sa_column=team_key())
    backup: bool = False
