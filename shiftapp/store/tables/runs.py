"""Runs: one generation of a roster, from the press of the button to what was done with it."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Float,
    ForeignKey,
    Identity,
    Index,
    Integer,
    String,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

ACTIVE = "status IN ('queued', 'running')"


class Run(SQLModel, table=True):
    """One generation: the problem as it stood, its limits, how far it is, its best roster, what became of it.

    ``attempt`` is raised each time a worker takes the run and fences what workers write: one that was thought dead and
    comes back changes nothing. The row is also how people speak to the worker, which reads it several times a second:
    ``finishing`` asks for the best so far, a status that is no longer ``running`` ends the search. ``problem`` and
    ``seed`` never change, so that the run can be repeated.
    """

    __tablename__ = "run"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        CheckConstraint("scope IN ('blanks', 'unpinned', 'selection')", name="run_scope"),
        CheckConstraint("seconds BETWEEN 1 AND 600", name="run_seconds"),
        CheckConstraint("workers BETWEEN 1 AND 64", name="run_workers"),
        CheckConstraint(
            "status IN ('queued', 'running', 'finished', 'failed', 'cancelled', 'applied', 'discarded')",
            name="run_status",
        ),
        CheckConstraint("kind IN ('generate', 'repair', 'alternatives')", name="run_kind"),
        Index("run_active", "period_id", unique=True, postgresql_where=text(ACTIVE)),
        Index("run_period", "team_id", "period_id", "id"),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    team_id: int = Field(
        sa_column=Column(BigInteger, ForeignKey("team.id", ondelete="CASCADE"), nullable=False, index=True)
    )
    period_id: int = Field(sa_column=Column(BigInteger, ForeignKey("period.id", ondelete="CASCADE"), nullable=False))
    user_id: int | None = Field(
        sa_column=Column(BigInteger, ForeignKey("user_account.id", ondelete="SET NULL"), nullable=True),
        description="who started it",
    )
    user_name: str = Field(default="", max_length=120, description="as it was then; kept when the account goes")
    kind: str = Field(default="generate", sa_column=Column(String(12), nullable=False, server_default="generate"))
    question: dict[str, Any] = Field(
        default_factory=dict,
        sa_column=Column(JSONB, nullable=False, server_default="{}"),
        description="what was asked beside the problem: who is away, how much dearer",
    )
    answer: dict[str, Any] | None = Field(
        default=None,
        sa_column=Column(JSONB(none_as_null=True), nullable=True),
        description="why nothing keeps the hard rules, or who covers",
    )
    choice: int | None = Field(default=None, description="the option of the answer that ``roster`` shows")
    wishes: dict[str, Any] | None = Field(
        default=None,
        sa_column=Column(JSONB(none_as_null=True), nullable=True),
        description="how many can be met together at most: granted, wishes, met",
    )
    scope: str = Field(max_length=10)
    seconds: int = Field(description="time limit, 1-600")
    workers: int = Field(default=1, description="threads of the search, 1-64")
    seed: int = Field(default=0)
    status: str = Field(default="queued", max_length=10)
    finishing: bool = Field(
        default=False,
        sa_column=Column(Boolean, nullable=False, server_default="false"),
        description="its best so far is wanted",
    )
    attempt: int = Field(default=0, description="how many times a worker took it")
    job_id: int | None = Field(default=None, sa_column=Column(BigInteger, nullable=True), description="in the queue")
    problem: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False), description="the solver's wire format")
    base_seq: int = Field(
        sa_column=Column(BigInteger, nullable=False), description="the period's seq the problem was read at"
    )
    created_at: datetime = Field(
        default_factory=lambda: datetime.now(UTC), sa_column=Column(DateTime(timezone=True), nullable=False)
    )
    started_at: datetime | None = Field(default=None, sa_column=Column(DateTime(timezone=True), nullable=True))
    finished_at: datetime | None = Field(default=None, sa_column=Column(DateTime(timezone=True), nullable=True))
    spent: float = Field(
        default=0.0, sa_column=Column(Float, nullable=False, server_default="0"), description="seconds searched so far"
    )
    outcome: str = Field(default="", max_length=10, description="the solver's word: optimal, feasible, infeasible...")
    cost: int | None = Field(default=None, sa_column=Column(BigInteger, nullable=True), description="of ``roster``")
    bound: int | None = Field(
        default=None, sa_column=Column(BigInteger, nullable=True), description="no roster costs less"
    )
    hard: int | None = Field(
        default=None, sa_column=Column(Integer, nullable=True), description="hard breaches of ``roster``"
    )
    first_seconds: float | None = Field(default=None, sa_column=Column(Float, nullable=True))
    error_code: str = Field(default="", max_length=60, description="key of a text, empty when nothing went wrong")
    error_args: dict[str, Any] = Field(
        default_factory=dict, sa_column=Column(JSONB, nullable=False, server_default="{}")
    )
    roster: dict[str, Any] | None = Field(
        default=None, sa_column=Column(JSONB(none_as_null=True), nullable=True), description="the best so far"
    )
    violations: list[Any] = Field(
        default_factory=list, sa_column=Column(JSONB, nullable=False, server_default="[]"), description="of ``roster``"
    )
    progress: list[Any] = Field(
        default_factory=list,
        sa_column=Column(JSONB, nullable=False, server_default="[]"),
        description="[seconds, cost or null, bound or null], oldest first, bounded",
    )
    applied_seq: int | None = Field(
        default=None, sa_column=Column(BigInteger, nullable=True), description="the change set it became"
    )
    clashes: list[Any] = Field(
        default_factory=list,
        sa_column=Column(JSONB, nullable=False, server_default="[]"),
        description="[staff id, date, the run's shift id, the one that stands, its seq, its author]: edited since",
    )
