"""Runs keep why nothing was found and what would mend it, and which of the ways out is on show."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("run", sa.Column("answer", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True))
    op.add_column("run", sa.Column("choice", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("run", "choice")
    op.drop_column("run", "answer")
