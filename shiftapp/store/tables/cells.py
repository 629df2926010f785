"""Cells and their change log. The log is append only: the app's role may neither update nor delete it.

``team_id`` is held by the keys to period, staff and shift type, which name it too: a key of its own would only cost.
"""

import uuid
from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Text,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel

from shiftapp.domain.edit import EDIT_KINDS
from shiftapp.store.tables.accounts import now


def _of_team(column: str, table: str, name: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["team_id", column], [f"{table}.team_id", f"{table}.id"], name=name)


class CellRow(SQLModel, table=True):
    """One staff member on one date. A trigger refuses what lies outside the employment or the period."""

    __tablename__ = "cell"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        ForeignKeyConstraint(
            ["team_id", "period_id"], ["period.team_id", "period.id"], ondelete="CASCADE", name="cell_period"
        ),
        _of_team("staff_id", "staff", "cell_staff"),
        _of_team("shift_type_id", "shift_type", "cell_shift"),
        CheckConstraint("length(note) <= 500", name="cell_note"),
        Index("cell_staff_day", "team_id", "staff_id", "day"),
    )

    period_id: int = Field(sa_column=Column(BigInteger, primary_key=True))
    staff_id: int = Field(sa_column=Column(BigInteger, primary_key=True))
    day: date = Field(sa_column=Column(Date, primary_key=True))
    team_id: int = Field(sa_type=BigInteger)
    shift_type_id: int | None = Field(default=None, sa_column=Column(BigInteger, nullable=True))
    pinned: bool = False
    note: str = Field(default="", sa_type=Text)
    version: int = Field(sa_type=BigInteger, description="the seq of the change set that last changed it")


class ChangeSetRow(SQLModel, table=True):
    """One edit: one transaction, one seq, one undo. ``edit_id`` comes from the client and is applied once.

    An undo names the change set that it takes back, a redo the undo: each is taken back once at most.
    """

    __tablename__ = "change_set"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        ForeignKeyConstraint(
            ["team_id", "period_id"], ["period.team_id", "period.id"], ondelete="CASCADE", name="change_set_period"
        ),
        UniqueConstraint("period_id", "edit_id", name="change_set_edit"),
        CheckConstraint("seq > 0", name="change_set_seq"),
        CheckConstraint(f"kind IN ({', '.join(repr(kind) for kind in EDIT_KINDS)})", name="change_set_kind"),
        ForeignKeyConstraint(
            ["period_id", "undoes"], ["change_set.period_id", "change_set.seq"], name="change_set_undoes"
        ),
        CheckConstraint("(undoes IS NOT NULL) = (kind IN ('undo', 'redo')) AND undoes < seq", name="change_set_way"),
        Index("change_set_undone", "period_id", "undoes", unique=True, postgresql_where=text("undoes IS NOT NULL")),
        Index("change_set_of_person", "user_id", "period_id", "seq"),
    )

    period_id: int = Field(sa_column=Column(BigInteger, primary_key=True))
    seq: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    team_id: int = Field(sa_type=BigInteger)
    edit_id: uuid.UUID
    user_id: int | None = Field(
        default=None, sa_column=Column(BigInteger, ForeignKey("user_account.id"), nullable=True)
    )
    kind: str = Field(default="edit", sa_type=Text)
    run_id: int | None = Field(
        default=None, sa_column=Column(BigInteger, nullable=True), description="of the run that was applied"
    )
    undoes: int | None = Field(
        default=None, sa_column=Column(BigInteger, nullable=True), description="seq of what an undo or redo takes back"
    )
    at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))  # pyright: ignore[reportArgumentType]


class ChangeRow(SQLModel, table=True):
    """One cell of a change set, before and after."""

    __tablename__ = "change"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        ForeignKeyConstraint(
            ["period_id", "seq"], ["change_set.period_id", "change_set.seq"], ondelete="CASCADE", name="change_of_set"
        ),
        _of_team("staff_id", "staff", "change_staff"),
        _of_team("before_shift", "shift_type", "change_before_shift"),
        _of_team("after_shift", "shift_type", "change_after_shift"),
        Index("change_cell", "period_id", "staff_id", "day"),
    )

    period_id: int = Field(sa_column=Column(BigInteger, primary_key=True))
    seq: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    staff_id: int = Field(sa_column=Column(BigInteger, primary_key=True))
    day: date = Field(sa_column=Column(Date, primary_key=True))
    team_id: int = Field(sa_type=BigInteger)
    before_shift: int | None = Field(default=None, sa_column=Column(BigInteger, nullable=True))
    before_pinned: bool = False
    before_note: str = Field(default="", sa_type=Text)
    before_version: int = Field(sa_type=BigInteger)
    after_shift: int | None = Field(default=None, sa_column=Column(BigInteger, nullable=True))
    after_pinned: bool = False
    after_note: str = Field(default="", sa_type=Text)
