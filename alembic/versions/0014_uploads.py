"""An import's files between their check and their import: in the database, so that any server can go on with them.

What has expired may be deleted by whoever comes by, whatever team it is of; nobody sees it.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ROLE = "app"
TEAM = "nullif(current_setting('app.team_id', true), '')::bigint"


def upgrade() -> None:
    op.create_table(
        "upload",
        sa.Column("session_id", sa.BigInteger(), nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=False),
        sa.Column("names", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("sizes", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("octet_length(content) <= 8388608", name="upload_size"),
        sa.CheckConstraint("cardinality(names) = cardinality(sizes)", name="upload_sizes"),
        sa.ForeignKeyConstraint(["session_id"], ["user_session.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("session_id", "team_id"),
    )
    op.create_index("ix_upload_team_id", "upload", ["team_id"])
    op.execute("ALTER TABLE upload ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY of_team ON upload USING (team_id = {TEAM}) WITH CHECK (team_id = {TEAM})")
    op.execute("CREATE POLICY expired ON upload FOR DELETE USING (expires_at < now())")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON upload TO {ROLE}")


def downgrade() -> None:
    op.drop_table("upload")
