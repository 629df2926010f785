"""Runs are of a kind, and keep what was asked beside the problem: who is away."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("run", sa.Column("kind", sa.String(length=12), server_default="generate", nullable=False))
    op.add_column(
        "run", sa.Column("question", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False)
    )
    op.create_check_constraint("run_kind", "run", "kind IN ('generate', 'repair')")


def downgrade() -> None:
    op.drop_constraint("run_kind", "run")
    op.drop_column("run", "question")
    op.drop_column("run", "kind")
