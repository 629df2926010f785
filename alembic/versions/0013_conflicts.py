"""Two people's values for one cell, of which one cannot stand: told to its owner, or open until chosen."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

ROLE = "app"
TEAM = "nullif(current_setting('app.team_id', true), '')::bigint"


def _side(name: str) -> list[sa.Column]:
    return [
        sa.Column(f"{name}_by", sa.BigInteger(), nullable=True),
        sa.Column(f"{name}_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(f"{name}_shift", sa.BigInteger(), nullable=True),
        sa.Column(f"{name}_pinned", sa.Boolean(), nullable=False),
        sa.Column(f"{name}_note", sa.Text(), nullable=False),
    ]


def upgrade() -> None:
    op.create_table(
        "conflict",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("period_id", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        *_side("lost"),
        *_side("stands"),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("open OR lost_by IS NOT NULL", name="conflict_told"),
        sa.ForeignKeyConstraint(
            ["period_id", "seq"], ["change_set.period_id", "change_set.seq"], name="conflict_of_set", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["team_id", "staff_id"], ["staff.team_id", "staff.id"], name="conflict_staff"),
        sa.ForeignKeyConstraint(
            ["team_id", "lost_shift"], ["shift_type.team_id", "shift_type.id"], name="conflict_lost_shift"
        ),
        sa.ForeignKeyConstraint(
            ["team_id", "stands_shift"], ["shift_type.team_id", "shift_type.id"], name="conflict_stands_shift"
        ),
        *(
            sa.ForeignKeyConstraint([column], ["user_account.id"], name=f"conflict_{column}")
            for column in ("lost_by", "stands_by", "settled_by")
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("conflict_set", "conflict", ["period_id", "seq"])
    op.create_index(
        "conflict_unsettled", "conflict", ["period_id", "id"], postgresql_where=sa.text("settled_at IS NULL")
    )
    op.execute("ALTER TABLE conflict ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY of_team ON conflict USING (team_id = {TEAM}) WITH CHECK (team_id = {TEAM})")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON conflict TO {ROLE}")


def downgrade() -> None:
    op.drop_table("conflict")
