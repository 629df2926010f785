"""Runs may look for alternatives to a roster."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_constraint("run_kind", "run")
    op.create_check_constraint("run_kind", "run", "kind IN ('generate', 'repair', 'alternatives')")


def downgrade() -> None:
    op.execute("DELETE FROM run WHERE kind = 'alternatives'")
    op.drop_constraint("run_kind", "run")
    op.create_check_constraint("run_kind", "run", "kind IN ('generate', 'repair')")
