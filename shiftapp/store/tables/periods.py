"""Periods and the team's calendar."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Column, Date, DateTime, Identity, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlmodel import Field, SQLModel

from shiftapp.store.tables.accounts import now
from shiftapp.store.tables.columns import team_key


class PeriodRow(SQLModel, table=True):
    """The dates of one grid. Two periods of a team never share a date. ``seq`` counts its change sets."""

    __tablename__ = "period"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("team_id", "id", name="period_of_team"),
        CheckConstraint("ends - starts BETWEEN 0 AND 91", name="period_length"),
        CheckConstraint("state IN ('draft', 'published', 'archived')", name="period_state"),
        # ranges of one number instead of "team_id =" need no extension
        ExcludeConstraint(
            (text("int8range(team_id, team_id, '[]')"), "&&"),
            (text("daterange(starts, ends, '[]')"), "&&"),
            using="gist",
            name="period_overlap",
        ),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    team_id: int = Field(sa_column=team_key(index=True))
    name: str = Field(default="", sa_type=Text)
    starts: date
    ends: date = Field(description="inclusive")
    state: str = Field(default="draft", sa_type=Text)
    seq: int = Field(default=0, sa_type=BigInteger)
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))  # pyright: ignore[reportArgumentType]


class CalendarDayRow(SQLModel, table=True):
    """A closure, a day that must be worked, or a holiday of the team's own."""

    __tablename__ = "calendar_day"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (CheckConstraint("kind IN ('must_off', 'must_work', 'holiday')", name="calendar_day_kind"),)

    team_id: int = Field(sa_column=team_key(primary=True))
    day: date = Field(sa_column=Column(Date, primary_key=True))
    kind: str = Field(sa_type=Text)
    note: str = Field(default="", sa_type=Text)
