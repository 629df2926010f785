"""Cells, their change log, and runs."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cell",
        sa.Column("period_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=False),
        sa.Column("shift_type_id", sa.BigInteger(), nullable=True),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("length(note) <= 500", name="cell_note"),
        sa.ForeignKeyConstraint(
            ["team_id", "period_id"], ["period.team_id", "period.id"], name="cell_period", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["team_id", "shift_type_id"], ["shift_type.team_id", "shift_type.id"], name="cell_shift"
        ),
        sa.ForeignKeyConstraint(["team_id", "staff_id"], ["staff.team_id", "staff.id"], name="cell_staff"),
        sa.PrimaryKeyConstraint("period_id", "staff_id", "day"),
    )
    op.create_index("cell_staff_day", "cell", ["team_id", "staff_id", "day"], unique=False)
    op.create_table(
        "change_set",
        sa.Column("period_id", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=False),
        sa.Column("edit_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("run_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('edit', 'paste', 'fill', 'run', 'import', 'undo', 'redo', 'restore', 'employment')",
            name="change_set_kind",
        ),
        sa.CheckConstraint("seq > 0", name="change_set_seq"),
        sa.ForeignKeyConstraint(
            ["team_id", "period_id"], ["period.team_id", "period.id"], name="change_set_period", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"]),
        sa.PrimaryKeyConstraint("period_id", "seq"),
        sa.UniqueConstraint("period_id", "edit_id", name="change_set_edit"),
    )
    op.create_index(op.f("ix_change_set_user_id"), "change_set", ["user_id"], unique=False)
    op.create_table(
        "change",
        sa.Column("period_id", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=False),
        sa.Column("before_shift", sa.BigInteger(), nullable=True),
        sa.Column("before_pinned", sa.Boolean(), nullable=False),
        sa.Column("before_note", sa.Text(), nullable=False),
        sa.Column("before_version", sa.BigInteger(), nullable=False),
        sa.Column("after_shift", sa.BigInteger(), nullable=True),
        sa.Column("after_pinned", sa.Boolean(), nullable=False),
        sa.Column("after_note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["period_id", "seq"], ["change_set.period_id", "change_set.seq"], name="change_of_set", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["team_id", "after_shift"], ["shift_type.team_id", "shift_type.id"], name="change_after_shift"
        ),
        sa.ForeignKeyConstraint(
            ["team_id", "before_shift"], ["shift_type.team_id", "shift_type.id"], name="change_before_shift"
        ),
        sa.ForeignKeyConstraint(["team_id", "staff_id"], ["staff.team_id", "staff.id"], name="change_staff"),
        sa.PrimaryKeyConstraint("period_id", "seq", "staff_id", "day"),
    )
    op.create_index("change_cell", "change", ["period_id", "staff_id", "day"], unique=False)
    op.create_table(
        "run",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=False),
        sa.Column("period_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("user_name", sa.String(length=120), nullable=False),
        sa.Column("scope", sa.String(length=10), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("workers", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("finishing", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.BigInteger(), nullable=True),
        sa.Column("problem", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("base_seq", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("spent", sa.Float(), server_default="0", nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("bound", sa.BigInteger(), nullable=True),
        sa.Column("hard", sa.Integer(), nullable=True),
        sa.Column("first_seconds", sa.Float(), nullable=True),
        sa.Column("error_code", sa.String(length=60), nullable=False),
        sa.Column("error_args", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("roster", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("violations", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False),
        sa.Column("progress", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False),
        sa.Column("applied_seq", sa.BigInteger(), nullable=True),
        sa.Column("clashes", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False),
        sa.CheckConstraint("scope IN ('blanks', 'unpinned', 'selection')", name="run_scope"),
        sa.CheckConstraint(
            "status IN ('queued', 'running', 'finished', 'failed', 'cancelled', 'applied', 'discarded')",
            name="run_status",
        ),
        sa.CheckConstraint("seconds BETWEEN 1 AND 600", name="run_seconds"),
        sa.CheckConstraint("workers BETWEEN 1 AND 64", name="run_workers"),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_run_team_id"), "run", ["team_id"], unique=False)
    op.create_index(
        "run_active", "run", ["period_id"], unique=True, postgresql_where=sa.text("status IN ('queued', 'running')")
    )
    op.create_index("run_period", "run", ["team_id", "period_id", "id"], unique=False)


def downgrade() -> None:
    op.drop_table("run")
    op.drop_table("change")
    op.drop_table("change_set")
    op.drop_table("cell")
